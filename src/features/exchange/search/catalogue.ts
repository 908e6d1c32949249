import type { Deps } from "../../../deps.ts";
import {
  apply,
  build,
  type FacetCount,
  query,
  type SearchCursor,
  type SearchDocument,
  type SearchIndex,
} from "../../../engine/search/index.ts";
import { publishedAfter, publishedByIds } from "../listing/listing.published.queries.ts";
import { documentOf, isListed, shape } from "./catalogue.document.ts";
import {
  type CatalogueRow,
  catalogueRows,
  type FeedCursor,
  feedPlace,
  listingIdsOfOrganisations,
  readFeed,
} from "./catalogue.queries.ts";

/** The catalogue in memory of this node: a projection of published_listing (decisions.md 21). */
export type Catalogue = {
  /** Brings the projection up to what is committed now; call after publishing or withdrawing so that it holds at once on this node. */
  refresh(): Promise<void>;
  query(asked: CatalogueQuery): Promise<CataloguePage>;
  close(): Promise<void>;
};

export type CatalogueQuery = {
  kind: "OFFER" | "REQUEST";
  text?: string | undefined;
  filters?: Readonly<Record<string, readonly string[]>>;
  /** The facets to count. */
  facets?: readonly string[];
  sort?: "relevance" | "newest";
  size: number;
  after?: SearchCursor | undefined;
  /** Members see what is for members; a guest does not even see it counted. */
  signedIn: boolean;
};
export type CataloguePage = {
  rows: CatalogueRow[];
  total: number;
  facets: Record<string, FacetCount[]>;
  next?: SearchCursor;
  relaxed: boolean;
};

const pollMilliseconds = 1_000;
const batch = 500;

/** Reads what is published and follows every committed change from there on. */
export async function openCatalogue(deps: Pick<Deps, "db" | "pack">): Promise<Catalogue> {
  const { db } = deps;
  // The place is taken before reading, so that what commits meanwhile is read again, never missed.
  let place = await feedPlace(db);
  const index = await readAll(deps);

  async function catchUp(): Promise<void> {
    let cursor: FeedCursor | undefined;
    do {
      const { place: until, events, next } = await readFeed(db, place, cursor);
      const of = (subject: string) => [...new Set(events.filter((e) => e.subject === subject).map((e) => e.subjectId))];
      const ids = new Set([...of("listing"), ...(await listingIdsOfOrganisations(db, of("organisation")))]);
      await renew(deps, index, [...ids]);
      cursor = next;
      // A reading that fails on the way begins again at the old place: reading a listing anew does no harm.
      if (!next) place = until;
    } while (cursor);
  }

  const follower = oneAtATime(catchUp);
  const timer = setInterval(follower.tick, pollMilliseconds);
  timer.unref();
  return {
    // What was asked for is committed already: a reading that fails now is made up by the next poll.
    refresh: () => follower.run().catch((error: unknown) => console.error("catalogue:", error)),
    query: (asked) => ask(deps, index, asked),
    async close() {
      clearInterval(timer);
      await follower.stop();
    },
  };
}

/** Runs work one after the other; who asks while one runs waits for the next, which begins after the asking. */
function oneAtATime(work: () => Promise<void>) {
  let running: Promise<void> = Promise.resolve();
  let waiting: Promise<void> | undefined;
  let failing = false;
  let stopped = false;
  const run = (): Promise<void> => {
    waiting ??= running
      .catch(() => {})
      .then(() => {
        waiting = undefined;
        running = stopped ? Promise.resolve() : work();
        return running;
      });
    return waiting;
  };
  return {
    run,
    tick: () => {
      run().then(
        () => {
          failing = false;
        },
        (error: unknown) => {
          if (!failing && !stopped) console.error("catalogue:", error instanceof Error ? error.message : error);
          failing = true;
        },
      );
    },
    stop: () => {
      stopped = true;
      return running.catch(() => {});
    },
  };
}

async function readAll({ db, pack }: Pick<Deps, "db" | "pack">): Promise<SearchIndex> {
  const index = build(shape, []);
  for (let last = "00000000-0000-0000-0000-000000000000"; ; ) {
    const some = await publishedAfter(db, last, batch);
    apply(index, { put: some.filter(isListed).map((one) => documentOf(pack, one)) });
    const end = some.at(-1);
    if (!end || some.length < batch) return index;
    last = end.listingId;
  }
}

/** Reads these listings again and puts or takes each, a batch at a time. */
async function renew(
  { db, pack }: Pick<Deps, "db" | "pack">,
  index: SearchIndex,
  ids: readonly string[],
): Promise<void> {
  for (let at = 0; at < ids.length; at += batch) {
    const some = ids.slice(at, at + batch);
    const listed = (await publishedByIds(db, some)).filter(isListed);
    const put: SearchDocument[] = listed.map((one) => documentOf(pack, one));
    const kept = new Set(put.map((one) => one.id));
    apply(index, { put, remove: some.filter((id) => !kept.has(id)) });
  }
}

async function ask({ db }: Pick<Deps, "db">, index: SearchIndex, asked: CatalogueQuery): Promise<CataloguePage> {
  const found = query(index, {
    text: asked.text,
    filters: { ...asked.filters, kind: [asked.kind], visibility: asked.signedIn ? ["PUBLIC", "MEMBERS"] : ["PUBLIC"] },
    facets: asked.facets ?? [],
    sort: asked.sort ?? "relevance",
    limit: asked.size,
    after: asked.after,
  });
  const rows = await catalogueRows(
    db,
    found.hits.map((hit) => hit.id),
  );
  const shown = found.hits.flatMap(({ id }) => {
    const row = rows.get(id);
    return row && (asked.signedIn || row.visibility === "PUBLIC") ? [row] : [];
  });
  const { total, facets, relaxed } = found;
  return { rows: shown, total, facets, relaxed, ...(found.next ? { next: found.next } : {}) };
}
