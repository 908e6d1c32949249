import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { inLanguage } from "./kernel/language.ts";
import { type Env, page } from "./ui/page.tsx";
import { Lead, Link, Row, Title } from "./ui/parts.tsx";
import { uiWords } from "./ui/words.ts";

/** Pages for what goes wrong: in the visitor's language, with the frame, and never with a stack. */

const problems = {
  400: ["malformed", "malformedHint"],
  403: ["foreign", "foreignHint"],
  404: ["notFound", "notFoundHint"],
  413: ["tooLarge", "malformedHint"],
  500: ["failed", "failedHint"],
  503: ["away", "awayHint"],
} as const;
export type ProblemStatus = keyof typeof problems;

export function problemPage(c: Context<Env>, status: ProblemStatus): Response {
  const t = uiWords[c.var.language];
  const [title, hint] = problems[status];
  if (status === 503) c.header("retry-after", "5");
  const content = (
    <>
      <Title>{t[title]}</Title>
      <Lead>{t[hint]}</Lead>
      <Row>
        <Link href={inLanguage(c.var.language, "/")}>{t.home}</Link>
        {c.var.site.navigation
          .filter((entry) => entry.shownTo === undefined)
          .map((entry) => (
            <Link key={entry.href} href={inLanguage(c.var.language, entry.href)}>
              {entry.label[c.var.language]}
            </Link>
          ))}
      </Row>
    </>
  );
  return page(c, content, { title: t[title], status, noIndex: true });
}

/** The database's own ways of being away: refused, ended by an administrator, starting, out of connections. */
const awayCodes = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOENT",
  "57P01",
  "57P02",
  "57P03",
  "53300",
  "08006",
  "08003",
]);
export const isDatabaseAway = (error: Error): boolean =>
  ("code" in error && awayCodes.has(String(error.code)) && !("path" in error)) ||
  /Connection terminated|timeout exceeded when trying to connect/.test(error.message) ||
  ("syscall" in error && error.syscall === "connect");

/** What an error that nobody expected, or the framework threw, looks like to a visitor. */
export function answerError(error: Error, c: Context<Env>): Response {
  if (error instanceof HTTPException)
    return problemPage(c, error.status in problems ? (error.status as ProblemStatus) : 400);
  if (/parse body as FormData|Invalid boundary|Content-Type was not one of/.test(error.message))
    return problemPage(c, 400);
  console.error(c.req.method, c.req.path, error);
  return problemPage(c, isDatabaseAway(error) ? 503 : 500);
}
