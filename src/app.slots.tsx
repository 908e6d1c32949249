import type { Context } from "hono";
import type { ComponentChildren } from "preact";
import { appWords } from "./app.words.ts";
import type { AccountsOptions, OfficeLink } from "./features/accounts/index.ts";
import {
  dealFileReader,
  type ExchangeDeps,
  eraseGuest,
  listingAddressOf,
  listingFileReader,
  listingsOfOrganisation,
} from "./features/exchange/index.ts";
import { admit } from "./kernel/access.ts";
import type { Actor } from "./kernel/actor.ts";
import { inLanguage } from "./kernel/language.ts";
import { routeAccess } from "./route-access.ts";
import type { Env } from "./ui/page.tsx";
import { Link, List, Section } from "./ui/parts.tsx";

/** What higher features put into the pages of accounts: handed down by app.tsx, because accounts knows nobody above it. */

const mayOpen = (actor: Actor | undefined, path: string): boolean =>
  admit(routeAccess[`GET ${path}`], actor) === "ENTER";

const rooms = [
  ["/van-phong/duyet-tin", "review"],
  ["/van-phong/quan-tam", "screening"],
  ["/van-phong/giao-dich", "deals"],
  ["/van-phong/trung-gian", "intermediaries"],
  ["/van-phong/cot-moc", "milestones"],
  ["/van-phong/chi-tieu", "counting"],
  ["/khong-gian/nhap-du-lieu", "import"],
] as const;

const officeLinks = async (c: Context<Env>): Promise<OfficeLink[]> =>
  rooms
    .filter(([href]) => mayOpen(c.var.actor, href))
    .map(([href, key]) => ({ href, label: appWords[c.var.language][key] }));

/** Brokers have no office of the state's, but interests to screen: their workspace leads there. */
async function workspaceCards(c: Context<Env>): Promise<ComponentChildren> {
  if (mayOpen(c.var.actor, "/van-phong")) return null;
  const links = (await officeLinks(c)).filter(({ href }) => href.startsWith("/van-phong/"));
  if (links.length === 0) return null;
  const { language } = c.var;
  return (
    <Section title={appWords[language].tasks}>
      <List
        of={links.map(({ href, label }) => ({
          key: href,
          item: <Link href={inLanguage(language, href)}>{label}</Link>,
        }))}
      />
    </Section>
  );
}

/** The newest listings of an organisation, on its public page. */
const listingsShown = 12;
async function organisationListings(
  deps: ExchangeDeps,
  c: Context<Env>,
  organisationId: string,
): Promise<ComponentChildren> {
  const { language } = c.var;
  const { rows } = await listingsOfOrganisation(deps.db, organisationId, undefined, listingsShown);
  if (rows.length === 0) return null;
  return (
    <Section title={appWords[language].listings}>
      <List
        of={rows.map((row) => ({
          key: row.shortCode,
          item: <Link href={inLanguage(language, listingAddressOf(deps.pack, row))}>{row.title}</Link>,
        }))}
      />
    </Section>
  );
}

export const accountsSlots = (deps: ExchangeDeps): AccountsOptions => ({
  fileReaders: [listingFileReader, dealFileReader],
  officeLinks,
  workspaceCards,
  onErase: [(tx, { phone }) => eraseGuest(tx, phone)],
  organisationSlot: (c, organisation) => organisationListings(deps, c, organisation.id),
});
