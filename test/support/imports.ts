/** For tests of imports: files of our own in the shapes that imports meet. */

import { importJobs } from "../../src/features/exchange/import/import.jobs.ts";
import { newId } from "../../src/kernel/id.ts";
import { type SheetFormat, writeSheet } from "../../src/platform/sheet/index.ts";
import type { World } from "./world.ts";

export const offer = (over: Record<string, string> = {}): Record<string, string> => ({
  "Mã tại nguồn": `CN-${newId().slice(-8)}`,
  "Loại hàng hóa": "Công nghệ",
  "Tiêu đề": "Quy trình sấy cơm dừa bằng bơm nhiệt",
  "Mô tả": "Sấy ở nhiệt độ thấp, giữ màu trắng của cơm dừa.",
  ...over,
});

export async function sheetFile(
  rows: readonly Record<string, string>[],
  format: SheetFormat,
  name = `tep.${format}`,
): Promise<File> {
  const headers = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const chunks: Uint8Array[] = [];
  for await (const chunk of writeSheet(
    rows.map((cells) => ({ cells })),
    { format, headers, sheetTitle: "Dữ liệu" },
  ))
    chunks.push(chunk);
  return new File(chunks as BlobPart[], name);
}
export const textFile = (text: string, name: string): File => new File([text], name);

/** A seller of an organisation of their own, and what they do with imports through the door. */
export async function importer(world: World, role: "MEMBER_SELLER" | "PROGRAMME_OFFICER" = "MEMBER_SELLER") {
  const organisation = await world.makeOrganisation();
  const actor = await world.makeActor(organisation, role);
  const caller = world.as(actor);
  const work = () =>
    world.runJobs(importJobs.filter((job) => job.name === "import.stage" || job.name === "import.accept"));
  await work(); // the queues must stand before anything is put into them
  return {
    organisation,
    actor,
    caller,
    work,
    /** Sends a file, lets the jobs run, answers the batch's address. */
    async send(file: File, over: { kind?: string; source?: string } = {}): Promise<string> {
      const answer = await caller.post("/khong-gian/nhap-du-lieu/moi", {
        kind: over.kind ?? "OFFERS",
        organisationId: organisation.id,
        source: over.source ?? "Danh mục thử",
        file,
      });
      if (answer.status !== 303)
        throw new Error(
          `${answer.status} ${[...(await answer.text()).matchAll(/data-why="([^"]+)"/g)].map((found) => found[1])}`,
        );
      await work();
      return answer.headers.get("location") ?? "";
    },
    async decide(address: string, decision: string): Promise<Response> {
      const answer = await caller.post(address, { decision });
      await work();
      return answer;
    },
    page: async (address: string): Promise<string> => (await caller.get(address)).text(),
    listings: () =>
      world.db
        .selectFrom("listing")
        .selectAll()
        .where("organisation_id", "=", organisation.id)
        .orderBy("source_id")
        .execute(),
    batch: (address: string) =>
      world.db
        .selectFrom("import_batch")
        .selectAll()
        .where("code", "=", address.split("/").at(-1) ?? "")
        .executeTakeFirstOrThrow(),
  };
}
export const whysOn = (html: string): string[] =>
  [...html.matchAll(/data-why="([^"]+)"/g)].map((found) => found[1] ?? "");
