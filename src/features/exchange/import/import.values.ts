import { isDay } from "../../../kernel/clock.ts";
import { foldVietnamese } from "../../../kernel/text.ts";
import type { CellValue } from "../../../platform/sheet/index.ts";
import { readDay } from "../../../ui/format.ts";
import { readDecimal } from "../deal/deal.money.rules.ts";
import type { Choices } from "./import.choices.ts";
import type { ImportColumn } from "./import.columns.ts";

/** One cell as the value of a column of ours, or why it is none. */
export type Party = { taxCode?: string; name?: string };
export type Value = string | number | boolean | string[] | Party | { party: Party; shareBp: number }[];
export type ValueRead = { ok: true; value: Value } | { ok: false; why: string; detail: string };

const bad = (why: string, detail: CellValue): ValueRead => ({ ok: false, why, detail: shown(detail) });
const shown = (value: CellValue): string =>
  (typeof value === "string" ? value : (JSON.stringify(value) ?? "")).slice(0, 80);
const good = (value: Value): ValueRead => ({ ok: true, value });

/** Whole numbers as people type them or as Excel stores them: "1.200.000", "1200000", "1200000.0". */
function readAmount(text: string): string | undefined {
  const bare = text.replace(/\s*(đồng|đ|vnđ|vnd|₫)$/iu, "");
  if (!/^\d{1,3}([.\s,]\d{3})+$|^\d+([.,]0+)?$/.test(bare)) return undefined;
  const digits =
    /^\d+[.,]0+$/.test(bare) && !/^\d{1,3}[.,]000$/.test(bare)
      ? bare.replace(/[.,]0+$/, "")
      : bare.replace(/[.\s,]/g, "");
  return digits.length > 18 ? undefined : BigInt(digits).toString();
}

const yes = new Set(["co", "yes", "true", "1", "x", "dung", "បាទ", "បាទ/ចាស"]);
const no = new Set(["khong", "no", "false", "0", "sai", "ទេ"]);

/** Texts of a list: as JSON gives them, else cut at semicolons and line ends (commas may stand inside a value). */
const partsOf = (value: CellValue, more = ""): string[] | undefined => {
  if (Array.isArray(value))
    return value.every((one) => typeof one === "string" || typeof one === "number") ? value.map(String) : undefined;
  return typeof value === "string"
    ? value
        .split(new RegExp(`[;\\n${more}]`))
        .map((part) => part.trim())
        .filter(Boolean)
    : undefined;
};

/** Reads one value; a text where a list is wanted is cut, a list where a text is wanted is a fault that the mapping can join. */
export function readValue(column: ImportColumn, value: CellValue, choices: Choices): ValueRead {
  switch (column.as) {
    case "LIST": {
      const parts = partsOf(value, ",");
      return parts ? good(parts) : bad("import.value.not_list", value);
    }
    case "CHOICES":
      return readChoices(column, value, choices);
    case "YES_NO": {
      if (typeof value === "boolean") return good(value);
      const text = foldVietnamese(String(value)).trim();
      return yes.has(text) ? good(true) : no.has(text) ? good(false) : bad("import.value.not_yes_no", value);
    }
    case "PARTIES":
      return readParties(value);
    default:
      return typeof value === "string" ? readText(column, value, choices) : bad("import.value.not_text", value);
  }
}

function readText(column: ImportColumn, text: string, choices: Choices): ValueRead {
  switch (column.as) {
    case "NUMBER":
      return /^\d{1,9}([.,]0+)?$/.test(text) ? good(Number.parseInt(text, 10)) : bad("import.value.not_number", text);
    case "MONEY": {
      const amount = readAmount(text);
      return amount === undefined ? bad("field.money.invalid", text) : good(amount);
    }
    case "DECIMAL": {
      const decimal = readDecimal(text, 6);
      return decimal === undefined ? bad("import.value.not_decimal", text) : good(decimal);
    }
    case "DAY": {
      const day = readDay(text.replace(/T\d\d:\d\d(:\d\d)?.*$/, ""));
      return isDay(day) ? good(day) : bad("field.day.invalid", text);
    }
    case "CHOICE": {
      const key = column.of && choices.find(column.of, text);
      return key === undefined ? bad("import.value.not_choice", text) : good(key);
    }
    case "PARTY":
      return good(partyOf(text));
    default:
      return good(text);
  }
}

function readChoices(column: ImportColumn, value: CellValue, choices: Choices): ValueRead {
  const find = (text: string) => (column.of ? choices.find(column.of, text) : undefined);
  const parts = partsOf(value);
  if (!parts) return bad("import.value.not_list", value);
  const keys: string[] = [];
  for (const part of parts) {
    const whole = find(part);
    const pieces = whole === undefined ? part.split(",").map((piece) => find(piece)) : [whole];
    if (pieces.includes(undefined)) return bad("import.value.not_choice", part);
    keys.push(...pieces.filter((key) => key !== undefined));
  }
  return good([...new Set(keys)]);
}

/** What people type for an organisation: its tax code, or its name as registered. */
const partyOf = (text: string): Party => (/^\d{10}(-\d{3})?$|^\d{12}$/.test(text) ? { taxCode: text } : { name: text });

/** "2100654321:60; Viện Dừa:40"; one supplier alone needs no share. */
function readParties(value: CellValue): ValueRead {
  const parts = partsOf(value);
  if (!parts || parts.length === 0) return bad("import.value.not_list", value);
  const found: { party: Party; shareBp: number }[] = [];
  for (const part of parts) {
    const [, who = "", share] = /^(.*?)(?::\s*([\d.,]+)\s*%?)?$/.exec(part) ?? [];
    const percent = share === undefined ? (parts.length === 1 ? "100" : undefined) : readDecimal(share, 2);
    const shareBp = percent === undefined ? 0 : Math.round(Number(percent) * 100);
    if (who.trim() === "" || shareBp < 1 || shareBp > 10_000) return bad("import.value.not_share", part);
    found.push({ party: partyOf(who.trim()), shareBp });
  }
  return good(found);
}
