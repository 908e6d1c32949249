import { inLanguage, type Language } from "../../../kernel/language.ts";
import { Button, Form } from "../../../ui/form.tsx";
import { showInstant, showNumber } from "../../../ui/format.ts";
import { Badge, Empty, Lead, Notice, Problem, Section, Table, Title } from "../../../ui/parts.tsx";
import type { Difference, Recount } from "./indicator.recount.queries.ts";
import { recountWords } from "./indicator.recount.words.ts";

type Props = {
  language: Language;
  history: readonly Recount[];
  differences: readonly Difference[] | undefined;
  problem?: string | undefined;
};

/** The recount that proves the published sums equal, its history, and where they differ. */
export function RecountPage({ language, history, differences, problem }: Props) {
  const t = recountWords[language];
  const [last] = history;
  return (
    <>
      <Title>{t.title}</Title>
      <Lead>{t.lead}</Lead>
      <Problem language={language} why={problem} />
      {last && (
        <Notice tone={last.differences === 0 ? "good" : "bad"}>
          <span data-differences={last.differences}>
            {last.differences === 0 ? t.equal : t.differs(last.differences)}
          </span>
          : {showInstant(last.at)}, {t.lines(showNumber(language, last.lines))}
        </Notice>
      )}
      <Section title={t.run}>
        <Form action={inLanguage(language, "/van-phong/chi-tieu/dem-lai")}>
          <Button>{t.run}</Button>
        </Form>
      </Section>
      {differences && differences.length > 0 && <Differences language={language} differences={differences} />}
      <Section title={t.history}>
        {history.length === 0 ? (
          <Empty>{t.never}</Empty>
        ) : (
          <Table
            caption={t.history}
            rows={history}
            keyOf={(one) => one.id}
            columns={[
              { head: t.at, cell: (one) => showInstant(one.at) },
              { head: t.count, cell: (one) => showNumber(language, one.lines), number: true },
              {
                head: t.result,
                cell: (one) => (
                  <Badge tone={one.differences === 0 ? "good" : "bad"}>
                    {one.differences === 0 ? t.equal : t.differs(one.differences)}
                  </Badge>
                ),
              },
            ]}
          />
        )}
      </Section>
    </>
  );
}

/** Where a stored sum is not what counting anew gives. */
function Differences({ language, differences }: { language: Language; differences: readonly Difference[] }) {
  const t = recountWords[language];
  return (
    <Section title={t.differs(differences.length)}>
      <Table
        caption={t.title}
        rows={differences}
        keyOf={(d) => `${d.table}${d.key}`}
        columns={[
          { head: t.table, cell: (d) => d.table },
          { head: t.key, cell: (d) => d.key },
          { head: t.stored, cell: (d) => d.stored, number: true },
          { head: t.recounted, cell: (d) => d.recounted, number: true },
        ]}
      />
    </Section>
  );
}
