import { SaxesParser } from "saxes";
import { FaultOfFile } from "./sheet.types.ts";

export type XmlAttributes = Record<string, string>;
export type XmlHandler = {
  /** Names come without their prefix. */
  open(name: string, attributes: XmlAttributes): void;
  close(name: string): void;
  text(text: string): void;
};

const maxDepth = 64;
/** Characters without any event: one tag or one text longer than this is no spreadsheet. */
const maxSilence = 4 * 1024 * 1024;
const bare = (name: string): string => {
  const at = name.indexOf(":");
  return at < 0 ? name : name.slice(at + 1);
};

/**
 * Drives a handler over the XML of a part and yields after each chunk, so that the caller can hand on what was gathered. A DOCTYPE is
 * refused outright (no entities, inside or outside), as are deep nesting and endless tags. Needs UTF-8. An absent part has no events.
 */
export async function* parseXml(
  chunks: AsyncIterable<Uint8Array>,
  part: string,
  handler: XmlHandler,
): AsyncGenerator<void> {
  const fault = (detail: string) => new FaultOfFile("sheet.damaged", `${part}: ${detail}`);
  const parser = new SaxesParser();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let depth = 0;
  let absent = true;
  let silence = 0;
  let failure: FaultOfFile | undefined;
  parser.on("doctype", () => {
    failure ??= new FaultOfFile("sheet.not_a_spreadsheet", `${part}: DOCTYPE`);
  });
  parser.on("opentag", (tag) => {
    silence = 0;
    if (++depth > maxDepth) failure ??= fault("depth");
    if (!failure) handler.open(bare(tag.name), tag.attributes);
  });
  parser.on("closetag", (tag) => {
    silence = 0;
    depth--;
    if (!failure) handler.close(bare(tag.name));
  });
  const text = (piece: string) => {
    silence = 0;
    if (!failure) handler.text(piece);
  };
  parser.on("text", text);
  parser.on("cdata", text);
  const feed = (step: () => void) => {
    try {
      step();
    } catch (error) {
      // With a DOCTYPE the parser stumbles over the entities it does not know: the cause is named, not the stumble.
      throw error instanceof FaultOfFile ? error : (failure ?? fault(error instanceof Error ? error.message : ""));
    }
    if (failure) throw failure;
  };
  for await (const chunk of chunks) {
    absent = false;
    silence += chunk.length;
    feed(() => parser.write(decoder.decode(chunk, { stream: true })));
    if (silence > maxSilence) throw fault("length");
    yield;
  }
  if (absent) return;
  feed(() => parser.write(decoder.decode()).close());
  yield;
}

/** Drives a small part to its end. */
export async function drainXml(chunks: AsyncIterable<Uint8Array>, part: string, handler: XmlHandler): Promise<void> {
  for await (const _ of parseXml(chunks, part, handler));
}
