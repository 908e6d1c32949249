/**
 * Papers of the demo: one page of PDF that says what it stands for and, across the page, that it proves nothing. Written by hand with the
 * Helvetica that every reader has; it lacks Vietnamese letters, so base letters are set and their marks drawn as strokes.
 */
export const paperWarning = "BẢN MINH HỌA – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ";

/** Advance widths of Helvetica from space to "~", in thousandths. */
const widths = (
  "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 584 584 584 556 1015 " +
  "667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 333 " +
  "556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584"
)
  .split(" ")
  .map(Number);
const widthOf = (letter: string): number => (widths[letter.charCodeAt(0) - 32] ?? 556) / 1000;

/** Strokes of the marks in em: a line through points, or one curve of four; x from the letter's middle, y from its top. */
const marks: Record<string, { points: number[]; curved?: boolean; stacks?: boolean }> = {
  "\u0301": { points: [-0.05, 0.06, 0.09, 0.19] },
  "\u0300": { points: [0.05, 0.06, -0.09, 0.19] },
  "\u0302": { points: [-0.13, 0.05, 0, 0.16, 0.13, 0.05], stacks: true },
  "\u0306": { points: [-0.13, 0.16, -0.08, 0.02, 0.08, 0.02, 0.13, 0.16], curved: true, stacks: true },
  "\u0303": { points: [-0.14, 0.07, -0.05, 0.2, 0.05, 0.01, 0.14, 0.14], curved: true },
  "\u0309": { points: [-0.05, 0.2, 0.1, 0.25, 0.1, 0.13, 0.01, 0.07], curved: true },
};

const number = (value: number): string => value.toFixed(2).replace(/\.?0+$/, "");
const stroke = (points: readonly number[], curved: boolean | undefined): string => {
  const [x0 = 0, y0 = 0, ...rest] = points;
  const way = curved
    ? `${rest.map(number).join(" ")} c`
    : rest.flatMap((_, i) => (i % 2 ? [] : [`${number(rest[i] ?? 0)} ${number(rest[i + 1] ?? 0)} l`])).join(" ");
  return `${number(x0)} ${number(y0)} m ${way} S`;
};

/** The strokes over, under and beside one letter that begins at x. */
function marksOf(base: string, found: readonly string[], x: number, size: number): string[] {
  const top = /[a-z]/.test(base) && !/[bdfhiklt]/.test(base) ? 0.53 : 0.72;
  const width = widthOf(base);
  const at = (points: readonly number[], dx: number, dy: number) =>
    points.map((p, i) => (i % 2 ? (p + dy) * size : x + (p + dx) * size));
  const strokes: string[] = [];
  let [dx, dy] = [width / 2, top];
  for (const mark of found) {
    const shape = marks[mark];
    if (shape) strokes.push(stroke(at(shape.points, dx, dy), shape.curved));
    if (shape?.stacks) [dx, dy] = [dx + 0.12, dy + 0.1];
    if (mark === "\u0323") strokes.push(stroke(at([0, -0.13, 0.01, -0.13], width / 2, 0), false));
    if (mark === "\u031b")
      strokes.push(stroke(at([-0.08, -0.1, 0.02, -0.1, 0.08, -0.02, 0.05, 0.06], width, top), true));
    if (mark === "bar")
      strokes.push(stroke(at(base === "D" ? [-0.04, 0.36, 0.3, 0.36] : [0.24, 0.62, 0.58, 0.62], 0, 0), false));
  }
  return strokes;
}

/** One line of text from the origin, readable and copyable. */
function line(text: string, size: number): string {
  const shown: string[] = [];
  const strokes: string[] = [];
  let x = 0;
  for (const letter of text.normalize("NFC").replace(/[–—]/g, "-").replace(/[“”]/g, '"')) {
    const plain = letter === "đ" ? ["d", "bar"] : letter === "Đ" ? ["D", "bar"] : [...letter.normalize("NFD")];
    const base = /^[ -~]$/.test(plain[0] ?? "") ? (plain[0] ?? "?") : "?";
    shown.push(base);
    // A horn or a dot is drawn where it stands; what is above is stacked in the order circumflex, tone.
    const found = plain.slice(1).sort((a, b) => Number(marks[b]?.stacks ?? false) - Number(marks[a]?.stacks ?? false));
    strokes.push(...marksOf(base, found, x, size));
    x += widthOf(base) * size;
  }
  const actual = Buffer.from(`\ufeff${text}`, "utf16le").swap16().toString("hex");
  const literal = shown.join("").replace(/[\\()]/g, "\\$&");
  return `/Span << /ActualText <${actual}> >> BDC BT /F ${size} Tf (${literal}) Tj ET ${number(size * 0.06)} w 1 J 1 j ${strokes.join(" ")} EMC`;
}
const lengthOf = (text: string, size: number): number =>
  [...text].reduce((sum, letter) => sum + widthOf(letter.normalize("NFD")[0] ?? " "), 0) * size;

/** Breaks words into lines that fit. */
function wrapped(text: string, size: number, room: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && lengthOf(longer, size) <= room) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function pageOf(title: string, paragraphs: readonly string[]): string {
  const parts = [`q 0.85 0.85 0.85 rg 0.85 0.85 0.85 RG 0.78 0.62 -0.62 0.78 88 208 cm ${line(paperWarning, 26)} Q`];
  let y = 780;
  const set = (text: string, size: number, colour: string) => {
    for (const part of wrapped(text, size, 475)) {
      parts.push(`q ${colour} rg ${colour} RG 1 0 0 1 60 ${number(y)} cm ${line(part, size)} Q`);
      y -= size * 1.7;
    }
  };
  set(paperWarning, 12, "0.7 0 0");
  y -= 20;
  set(title, 17, "0 0 0");
  y -= 12;
  for (const paragraph of paragraphs) set(paragraph, 11, "0 0 0");
  return parts.join("\n");
}

/** The bytes of a paper; the same words make the same bytes. */
export function paperOf(title: string, paragraphs: readonly string[]): Uint8Array<ArrayBuffer> {
  const content = pageOf(title, paragraphs);
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R /Lang (vi-VN) >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F 4 0 R >> >> >>",
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
  ];
  let text = "%PDF-1.5\n";
  const offsets = objects.map((object, index) => {
    const at = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const table = offsets.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("");
  const startOfTable = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}`;
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${startOfTable}\n%%EOF\n`;
  return new Uint8Array(Buffer.from(text, "latin1"));
}
