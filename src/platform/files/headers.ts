/** Shown in the browser; everything else is saved. */
const inlineTypes = new Set(["image/jpeg", "image/png", "image/webp", "image/avif", "application/pdf"]);

/** RFC 5987: percent-encoded UTF-8, also for the characters that encodeURIComponent leaves. */
const encoded = (name: string): string =>
  encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** For programs that know no `filename*`: ASCII without diacritics, quotes or path marks. */
const plain = (name: string): string =>
  name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/đ/g, "d")
    .replace(/Đ/g, "D")
    .replace(/[^ -~]|["\\/;%]/g, "_");

/** Headers for sending a stored file; `mediaType` is the one that `checkUpload` found, never the browser's. `saved` always saves. */
export function downloadHeaders(file: {
  name: string;
  mediaType: string;
  size: number;
  saved?: boolean;
}): Record<string, string> {
  const way = inlineTypes.has(file.mediaType) && !file.saved ? "inline" : "attachment";
  return {
    "Content-Type": file.mediaType.startsWith("text/") ? `${file.mediaType}; charset=utf-8` : file.mediaType,
    "Content-Length": String(file.size),
    "Content-Disposition": `${way}; filename="${plain(file.name)}"; filename*=UTF-8''${encoded(file.name)}`,
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
  };
}
