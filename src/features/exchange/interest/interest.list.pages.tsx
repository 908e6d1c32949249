import { inLanguage } from "../../../kernel/language.ts";
import type { Page } from "../../../kernel/paging.ts";
import { showInstant } from "../../../ui/format.ts";
import { ButtonLink, Empty, Link, Pager, Row, Table, Title } from "../../../ui/parts.tsx";
import { type Base, State } from "./interest.parts.tsx";
import { type Interest, showsOwner } from "./interest.rules.ts";
import { interestWords } from "./interest.words.ts";

/** What the organisation sent and received; or, at the office, what waits to be screened. */
export function InterestList(
  p: Base & { box: "SENT" | "RECEIVED" | "QUEUE"; list: Page<Interest>; after: string | undefined },
) {
  const t = interestWords[p.language];
  const here = p.box === "QUEUE" ? "/van-phong/quan-tam" : "/khong-gian/quan-tam";
  const query = p.box === "SENT" ? "loai=gui&" : "";
  const side = p.box === "SENT" ? "SENDER" : p.box === "RECEIVED" ? "OWNER" : "SCREENER";
  const other = (i: Interest) =>
    p.box === "SENT"
      ? showsOwner(side, i)
        ? i.to.name
        : t.hiddenOwner
      : (i.from?.name ?? i.guest?.organisation ?? t.guestTitle);
  return (
    <>
      <Title>{p.box === "QUEUE" ? t.queue : t.mine}</Title>
      {p.box !== "QUEUE" && (
        <Row>
          <ButtonLink href={inLanguage(p.language, here)} tone={p.box === "RECEIVED" ? "primary" : "plain"}>
            {t.received}
          </ButtonLink>
          <ButtonLink href={inLanguage(p.language, `${here}?loai=gui`)} tone={p.box === "SENT" ? "primary" : "plain"}>
            {t.sent}
          </ButtonLink>
        </Row>
      )}
      {p.list.rows.length === 0 ? (
        <Empty action={p.box === "SENT" && <ButtonLink href={inLanguage(p.language, "/san")}>{t.browse}</ButtonLink>}>
          {{ QUEUE: t.emptyQueue, SENT: t.emptySent, RECEIVED: t.emptyReceived }[p.box]}
        </Empty>
      ) : (
        <Table
          caption={t.mine}
          rows={p.list.rows}
          keyOf={(i) => i.id}
          columns={[
            {
              head: t.code,
              nowrap: true,
              cell: (i) => <Link href={inLanguage(p.language, `${here}/${i.code}`)}>{i.code}</Link>,
            },
            { head: t.listing, cell: (i) => i.listing.title },
            { head: p.box === "SENT" ? t.to : t.from, cell: other },
            { head: t.when, cell: (i) => showInstant(i.createdAt) },
            { head: t.status, cell: (i) => <State language={p.language} state={i.state} /> },
          ]}
        />
      )}
      <Pager
        language={p.language}
        nextHref={p.list.next && inLanguage(p.language, `${here}?${query}sau=${p.list.next}`)}
        firstHref={p.after && inLanguage(p.language, `${here}${query ? "?loai=gui" : ""}`)}
      />
    </>
  );
}
