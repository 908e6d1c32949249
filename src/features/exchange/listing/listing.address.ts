import type { ProvincePack } from "../../../province/index.ts";

type Addressed = { kind: string; goodsKind: string; slug: string; shortCode: string };

/** The segment of a goods kind: /san/cong-nghe. */
export const segmentOf = (pack: ProvincePack, goodsKind: string): string =>
  pack.goods.goodsKinds.find((kind) => kind.key === goodsKind)?.segment ?? "cong-nghe";

/** A listing's readable address; its short code is what resolves (decisions.md 10). */
export const addressOf = (pack: ProvincePack, one: Addressed): string =>
  one.kind === "OFFER"
    ? `/san/${segmentOf(pack, one.goodsKind)}/${one.slug}-${one.shortCode}`
    : `/nhu-cau/${one.slug}-${one.shortCode}`;

/** The short code at the end of an address' last part; undefined when there is none. */
export const shortCodeIn = (lastPart: string): string | undefined => /(?:^|-)([a-z0-9]{8})$/.exec(lastPart)?.[1];
