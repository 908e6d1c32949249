/** File names that people give: what is safe to keep, show and send back. */

const maxName = 120;
/** What a system runs or a browser renders as a page; refused anywhere among a name's endings ("bao-gia.pdf.exe", "anh.svg.png"). */
const dangerous = new Set(
  (
    "ade adp apk app appimage bat bin cgi chm class cmd com cpl deb dll dmg docm dotm exe gadget hta htm html inf ins iso jar js jse jsp lnk mht " +
    "mhtml mjs msc msi msix msp mst php php3 php5 phtml pif pl pptm ps1 psm1 py rb reg scf scr sct sh shb shtml svg svgz swf url vb vbe vbs " +
    "vbscript wasm ws wsc wsf wsh xhtml xht xlsm xltm xml xsl xslt"
  ).split(" "),
);
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)$/i;
// Control characters, marks that turn the direction of writing, zero-width ones, and what paths and Windows forbid.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
const forbidden = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffd/\\:*?"<>|]/u;

/** NFC, spaces tidied. Undefined for a name with a path, control characters, a dangerous ending or more than 120 characters. */
export function safeFileName(name: string): string | undefined {
  if (!name.isWellFormed()) return undefined;
  const tidy = name
    .normalize("NFC")
    .replace(/\u00a0/g, " ")
    .replace(/ +/g, " ")
    .trim();
  if (tidy === "" || tidy.length > maxName || forbidden.test(tidy)) return undefined;
  if (/^\.|\.$|\.\./.test(tidy)) return undefined;
  const [stem = "", ...endings] = tidy.toLowerCase().split(".");
  if (endings.length === 0 || stem.trim() === "" || reserved.test(stem)) return undefined;
  return endings.some((ending) => dangerous.has(ending.trim())) ? undefined : tidy;
}

/** The last ending in lower case, without its dot. */
export const extensionOf = (name: string): string => name.slice(name.lastIndexOf(".") + 1).toLowerCase();
