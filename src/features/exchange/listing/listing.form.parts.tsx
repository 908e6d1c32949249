import { textOf } from "../../../kernel/form.ts";
import type { Language } from "../../../kernel/language.ts";
import type { ProvincePack } from "../../../province/index.ts";
import { CheckboxesField, type FormState, SelectField, TextArea, TextField, TickField } from "../../../ui/form.tsx";
import { Card, Details, Grid, Muted, Problem } from "../../../ui/parts.tsx";
import { choicesOf } from "./listing.choices.ts";
import { fieldWords } from "./listing.field.words.ts";
import type { Field, Part } from "./listing.fields.ts";
import { formWords } from "./listing.form.words.ts";
import { ticksOf } from "./listing.input.ts";

/** One field of a step, of whatever kind. */

type Shown = { pack: ProvincePack; language: Language; day: string };

export function FieldView({
  field,
  form,
  isRequired,
  ...shown
}: Shown & { field: Field; form: FormState; isRequired: boolean }) {
  const { pack, language, day } = shown;
  const { label, hint } = fieldWords[language];
  const hints: Readonly<Record<string, string>> = hint;
  const common = { form, name: field.name, label: label[field.name], hint: hints[field.name], required: isRequired };
  switch (field.as) {
    case "text":
    case "day":
      return <TextField {...common} maxLength={field.max} width={field.as === "day" ? "short" : "full"} />;
    case "area":
      return <TextArea {...common} maxLength={field.max} {...(field.rows ? { rows: field.rows } : {})} />;
    case "list":
      return <TextField {...common} maxLength={field.max} />;
    case "choice":
    case "number":
      return <SelectField {...common} choices={choicesOf(pack, language, field.of, day)} />;
    case "checks":
      return field.of === "fields" ? (
        <FieldsOfScience {...common} pack={pack} language={language} />
      ) : (
        <CheckboxesField {...common} choices={choicesOf(pack, language, field.of, day)} columns />
      );
    case "tick":
      return <TickField {...common} />;
    case "group":
      return (
        <Card title={label[field.name]} id={`o-${field.name}`}>
          <Parts parts={field.parts} prefix={field.name} form={form} {...shown} />
        </Card>
      );
    case "rows":
      return <RowsView field={field} form={form} {...shown} />;
  }
}

/** Fields of science by their groups; a group with something ticked stands open. */
function FieldsOfScience({
  form,
  name,
  label,
  hint,
  pack,
  language,
}: Pick<Shown, "pack" | "language"> & { form: FormState; name: string; label: string; hint: string | undefined }) {
  const why = form.why[name];
  const ticked = ticksOf(form.typed, name);
  return (
    <Card title={label} id={`o-${name}`}>
      {hint && <Muted>{hint}</Muted>}
      <Problem language={language} {...(form.own ? { own: form.own } : {})} why={why} />
      {pack.fields.fields.map((group) => (
        <Details
          key={group.code}
          summary={`${group.code}. ${group.name[language]}`}
          open={group.children.some((child) => ticked.includes(child.code))}
        >
          <CheckboxesField
            form={{ language, typed: { [`${name}.${group.code}`]: ticked }, why: {} }}
            name={`${name}.${group.code}`}
            label={label}
            required
            columns
            choices={group.children.map((child) => ({
              value: child.code,
              label: `${child.code} ${child.name[language]}`,
            }))}
          />
        </Details>
      ))}
    </Card>
  );
}

const emptyRows = 2;
function RowsView({ field, form, ...shown }: Shown & { field: Extract<Field, { as: "rows" }>; form: FormState }) {
  const { language } = shown;
  const t = formWords[language];
  const hints: Readonly<Record<string, string>> = fieldWords[language].hint;
  const used = Object.keys(form.typed).flatMap((name) =>
    name.startsWith(`${field.name}.`) && textOf(form.typed, name) ? [Number(name.split(".")[1]) + 1] : [],
  );
  const count = Math.min(
    field.max,
    Math.max(0, ...used.filter((n) => Number.isInteger(n) && n <= field.max)) + emptyRows,
  );
  return (
    <Card title={fieldWords[language].label[field.name]} id={`o-${field.name}`}>
      {hints[field.name] && <Muted>{hints[field.name]}</Muted>}
      {Array.from({ length: count }, (_, at) => (
        <Details key={`${field.name}-${at + 1}`} summary={t.row(at + 1)} open={at < count - emptyRows || at === 0}>
          <Parts parts={field.parts} prefix={`${field.name}.${at}`} form={form} {...shown} />
        </Details>
      ))}
      {count < field.max && <Muted>{t.moreRows}</Muted>}
    </Card>
  );
}

function Parts({
  parts,
  prefix,
  form,
  pack,
  language,
  day,
}: Shown & { parts: readonly Part[]; prefix: string; form: FormState }) {
  const words: Readonly<Record<string, string>> = fieldWords[language].part;
  return (
    <Grid columns={parts.length > 2 ? 3 : 2}>
      {parts.map((part) => {
        const common = { form, name: `${prefix}.${part.name}`, label: words[part.name] ?? part.name, required: true };
        return part.of ? (
          <SelectField
            key={part.name}
            {...common}
            choices={choicesOf(pack, language, part.of, day)}
            empty={part.of !== "currencies"}
          />
        ) : (
          <TextField
            key={part.name}
            {...common}
            {...(part.max ? { maxLength: part.max } : {})}
            {...(part.as === "money" ? { inputMode: "numeric" as const } : {})}
          />
        );
      })}
    </Grid>
  );
}
