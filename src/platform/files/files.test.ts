import { createHash } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { textRow, worksheet, xlsx, zip } from "../sheet/sheet.support.ts";
import { checkUpload, downloadHeaders, type FileKind, localFileStore, safeFileName, TooLargeError } from "./index.ts";

const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const sheet = xlsx({ sheet: worksheet(textRow(1, "A")) });
const letter = zip([
  ["[Content_Types].xml", "<Types/>"],
  ["word/document.xml", "<x/>"],
]);
const pdf = Buffer.from("%PDF-1.7\n%âãÏÓ\n1 0 obj\n<<>>\nendobj\n");

describe("an upload", () => {
  const check = (bytes: Uint8Array | string, name: string, kind: FileKind, declaredType = "", maxBytes = 1_000_000) =>
    checkUpload(Buffer.from(bytes), { name, kind, declaredType, maxBytes });
  const why = async (...claim: Parameters<typeof check>) => {
    const outcome = await check(...claim);
    return outcome.ok ? outcome.value.extension : outcome.why;
  };

  it("is told by its content: type, size and hash", async () => {
    expect(await check(png, "Ảnh dừa sáp.PNG", "PICTURE", "image/png")).toEqual({
      ok: true,
      value: {
        mediaType: "image/png",
        extension: "png",
        safeName: "Ảnh dừa sáp.PNG",
        size: png.length,
        sha256: createHash("sha256").update(png).digest("hex"),
      },
    });
    expect(await why(sheet, "mẫu.xlsx", "SPREADSHEET")).toBe("xlsx");
    expect(await why(letter, "hợp đồng.docx", "EVIDENCE")).toBe("docx");
    expect(await why(pdf, "hợp đồng.pdf", "EVIDENCE")).toBe("pdf");
    expect(await why("Tên;Giá\n", "a.csv", "SPREADSHEET", "application/vnd.ms-excel")).toBe("csv");
    expect(await why('{"a":1}\n', "a.jsonl", "SPREADSHEET", "application/octet-stream")).toBe("jsonl");
  });

  it("is refused when its ending lies about its content", async () => {
    expect(await why(png, "a.xlsx", "SPREADSHEET")).toBe("file.content_differs");
    expect(await why(sheet, "a.docx", "EVIDENCE")).toBe("file.content_differs");
    expect(await why(png, "a.jpg", "PICTURE")).toBe("file.content_differs");
    expect(await why("<svg onload=alert(1)>", "a.png", "PICTURE")).toBe("file.content_differs");
    expect(await why("\ufeff <!DOCTYPE html><script>", "a.txt", "DOCUMENT")).toBe("file.content_differs");
    expect(await why(Buffer.from("Tên é", "latin1"), "a.csv", "SPREADSHEET")).toBe("file.content_differs");
    expect(await why(zip([["x", "y"]]), "a.xlsx", "SPREADSHEET")).toBe("file.content_differs");
  });

  it("is refused by kind, size, emptiness and name", async () => {
    expect(await why(pdf, "a.pdf", "PICTURE")).toBe("file.type_not_allowed");
    expect(await why(png, "a.png", "PICTURE", "image/svg+xml")).toBe("file.type_not_allowed");
    expect(await why(png, "a.gif", "PICTURE")).toBe("file.type_not_allowed");
    expect(await why("", "a.png", "PICTURE")).toBe("file.empty");
    expect(await why(png, "a.png", "PICTURE", "", png.length)).toBe("png");
    expect(await why(png, "a.png", "PICTURE", "", png.length - 1)).toBe("file.too_large");
    expect(await why("<svg/>", "a.svg", "PICTURE")).toBe("file.name_invalid");
  });

  it("stops reading a stream at its limit", async () => {
    let given = 0;
    const endless = (function* () {
      for (;;) {
        given++;
        yield Buffer.alloc(1000);
      }
    })();
    expect(await checkUpload(endless, { name: "a.png", kind: "PICTURE", maxBytes: 5000 })).toEqual({
      ok: false,
      why: "file.too_large",
    });
    expect(given).toBe(6);
  });

  it.each([
    "../a.png",
    "a/b.png",
    "C:\\a.png",
    "a\u0000.png",
    "a\n.png",
    "anh\u202egnp.exe",
    "bao-gia.exe.pdf",
    "a.php.png",
    ".htaccess",
    "a..png",
    "CON.png",
    "png",
    " .png",
    "a.png.",
    "\ud800.png",
    `${"x".repeat(117)}.png`,
  ])("has no name like %j", (name) => expect(safeFileName(name)).toBeUndefined());

  it("keeps Vietnamese names, composed, up to 120 characters", () => {
    expect(safeFileName(" Báo  giá v1.2.pdf ".normalize("NFD"))).toBe("Báo giá v1.2.pdf");
    expect(safeFileName(`${"x".repeat(116)}.png`)).toHaveLength(120);
  });
});

describe("a download", () => {
  it("carries its Vietnamese name for all programs and is saved unless it is a picture or PDF", () => {
    const headers = downloadHeaders({ name: "Đề án (1)'.xlsx", mediaType: "application/x", size: 3 });
    expect(headers["Content-Disposition"]).toBe(
      "attachment; filename=\"De an (1)'.xlsx\"; filename*=UTF-8''%C4%90%E1%BB%81%20%C3%A1n%20%281%29%27.xlsx",
    );
    expect(headers["X-Content-Type-Options"]).toBe("nosniff");
    expect(downloadHeaders({ name: "a.png", mediaType: "image/png", size: 3 })["Content-Disposition"]).toMatch(
      /^inline/,
    );
    expect(
      downloadHeaders({ name: "a.png", mediaType: "image/png", size: 3, saved: true })["Content-Disposition"],
    ).toMatch(/^attachment/);
    const hostile = downloadHeaders({ name: 'a"\r\nX: y.txt', mediaType: "text/plain", size: 3 });
    expect(hostile["Content-Disposition"]).not.toMatch(/[\r\n]/);
  });
});

describe("the local store", () => {
  let root = "";
  beforeAll(async () => {
    root = await mkdtemp(path.join(tmpdir(), "opensan-files-"));
  });
  afterAll(() => rm(root, { recursive: true, force: true }));
  const all = async () =>
    (await readdir(root, { recursive: true, withFileTypes: true })).filter((each) => each.isFile());

  it("keeps the same bytes once, gives them back whole or in part, and forgets them", async () => {
    const files = localFileStore(root);
    const [first, second] = await Promise.all([
      files.put([Buffer.from("Trà "), Buffer.from("Vinh")]),
      files.put([Buffer.from("Trà Vinh")]),
    ]);
    expect(first).toEqual(second);
    expect((await all()).map((each) => each.name)).toEqual([first.sha256]);
    expect(await files.size(first.sha256)).toBe(first.size);
    const read = async (range?: { start: number; end: number }) => {
      const stream = await files.get(first.sha256, range);
      return stream && Buffer.concat(await stream.toArray()).toString();
    };
    expect(await read()).toBe("Trà Vinh");
    expect(await read({ start: 0, end: 1 })).toBe("Tr");
    await files.remove(first.sha256);
    await files.remove(first.sha256);
    expect(await files.get(first.sha256)).toBeUndefined();
    expect(await files.size(first.sha256)).toBeUndefined();
  });

  it("keeps nothing of what is too large or breaks off", async () => {
    const files = localFileStore(root);
    const before = (await all()).length;
    await expect(files.put([Buffer.alloc(11)], { maxBytes: 10 })).rejects.toBeInstanceOf(TooLargeError);
    const broken = (async function* () {
      yield Buffer.from("x");
      throw new Error("line lost");
    })();
    await expect(files.put(broken)).rejects.toThrow("line lost");
    expect((await all()).length).toBe(before);
  });

  it("takes no key that is not a hash", async () => {
    await expect(localFileStore(root).get("../../etc/passwd")).rejects.toThrow("not a sha256");
  });
});
