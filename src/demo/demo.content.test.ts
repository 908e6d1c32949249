import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { checkUpload } from "../platform/files/index.ts";
import { planOf } from "./demo.load.ts";
import { paperOf, paperWarning } from "./demo.paper.ts";
import { readDemo } from "./demo.read.ts";

async function market() {
  const content = await readDemo("demo");
  if (!content.ok) throw new Error(JSON.stringify(content.faults));
  return content.market;
}

describe("papers", () => {
  test("a paper passes as evidence and says in every reader's text that it proves nothing", async () => {
    const bytes = paperOf("Hợp đồng", ["Công ty Minh Họa (bên mua)"]);
    expect(await checkUpload(bytes, { name: "hop-dong.pdf", kind: "EVIDENCE", maxBytes: 100_000 })).toMatchObject({
      ok: true,
    });
    const warning = Buffer.from(`\ufeff${paperWarning}`, "utf16le").swap16().toString("hex");
    expect(Buffer.from(bytes).toString("latin1").split(warning)).toHaveLength(3);
  });
});

describe("content", () => {
  test("steps come in the order of their days", async () => {
    const days = planOf(await market()).map((step) => step.day);
    expect(days).toEqual([...days].sort());
  });

  test("every fault is told with its file and line", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "opensan-demo-"));
    await cp("demo", folder, { recursive: true });
    const people = await readFile(path.join(folder, "people.yaml"), "utf8");
    await writeFile(path.join(folder, "people.yaml"), people.replace("phone: 0900 000 101", "phone: 0912 345 678"));
    const deals = await readFile(path.join(folder, "deals.yaml"), "utf8");
    await writeFile(path.join(folder, "deals.yaml"), deals.replace("currency: VND", "currency: dong"));
    const answer = await readDemo(folder);
    await rm(folder, { recursive: true });
    expect(answer.ok ? [] : answer.faults.map((fault) => `${fault.file}:${fault.line}`)).toEqual([
      `people.yaml:${lineOf(people, "phone: 0900 000 101")}`,
      `deals.yaml:${lineOf(deals, "currency: VND")}`,
    ]);
  });
});
const lineOf = (text: string, part: string) => text.slice(0, text.indexOf(part)).split("\n").length;
