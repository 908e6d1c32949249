import type { ComponentChildren } from "preact";
import type { Language } from "../kernel/language.ts";

export { type Column, Facts, Table } from "./table.tsx";

import { sayWhy, uiWords } from "./words.ts";

/** What pages are composed of. A feature page holds none of these class strings itself (style R18). */

type Kids = { children: ComponentChildren };

export const Title = ({ children, over }: Kids & { over?: ComponentChildren }) => (
  <div class="mb-5">
    {over && <div class="text-muted mb-1 text-sm">{over}</div>}
    <h1 class="text-2xl font-semibold sm:text-3xl">{children}</h1>
  </div>
);
export const Lead = ({ children }: Kids) => <p class="mb-6 max-w-3xl text-lg">{children}</p>;
/** A part in another language than the page, for those who hear it read. */
export const InLanguage = ({ lang, children }: Kids & { lang: Language }) => <div lang={lang}>{children}</div>;
export const Muted = ({ children }: Kids) => <p class="text-muted mb-2 text-sm last:mb-0">{children}</p>;
export const Text = ({ children }: Kids) => <div class="mb-4 max-w-3xl whitespace-pre-line">{children}</div>;
export const Stack = ({ children }: Kids) => <div class="flex flex-col gap-4">{children}</div>;
/** Things side by side that wrap. */
export const Row = ({ children }: Kids) => (
  <div class="mb-3 flex flex-wrap items-center gap-3 last:mb-0">{children}</div>
);
export const Grid = ({ children, columns = 3 }: Kids & { columns?: 2 | 3 | 4 }) => (
  <div
    class={`grid gap-4 ${{ 2: "md:grid-cols-2", 3: "md:grid-cols-2 xl:grid-cols-3", 4: "sm:grid-cols-2 xl:grid-cols-4" }[columns]}`}
  >
    {children}
  </div>
);
/** Main column with a narrower one beside it, below it on a phone. */
export const Columns = ({
  main,
  side,
  sideFirst,
}: {
  main: ComponentChildren;
  side: ComponentChildren;
  sideFirst?: boolean;
}) => (
  <div class={`grid gap-6 ${sideFirst ? "lg:grid-cols-[17rem_1fr]" : "lg:grid-cols-[1fr_20rem]"}`}>
    {sideFirst ? (
      <>
        <div>{side}</div>
        <div class="min-w-0">{main}</div>
      </>
    ) : (
      <>
        <div class="min-w-0">{main}</div>
        <div>{side}</div>
      </>
    )}
  </div>
);

export const Card = ({ children, title, id }: Kids & { title?: ComponentChildren; id?: string }) => (
  <section class="bg-base-100 border-base-300 rounded-box mb-4 border p-4 sm:p-5" id={id}>
    {title && <h2 class="mb-3 text-lg font-semibold">{title}</h2>}
    {children}
  </section>
);
export const Section = ({ children, title, id }: Kids & { title: ComponentChildren; id?: string }) => (
  <section class="mb-8" id={id}>
    <h2 class="mb-3 text-xl font-semibold">{title}</h2>
    {children}
  </section>
);

export const Link = ({ href, children }: Kids & { href: string }) => (
  <a class="text-link" href={href}>
    {children}
  </a>
);
/** The only way to link outside: anything but http(s) is shown as text (Preact passes `javascript:` in href). */
export const OutsideLink = ({ href, children }: Kids & { href: string }) =>
  /^https?:\/\//i.test(href) ? (
    <a class="text-link" href={href} rel="noopener nofollow external">
      {children}
    </a>
  ) : (
    <span>{children}</span>
  );
export const ButtonLink = ({
  href,
  children,
  tone = "primary",
}: Kids & { href: string; tone?: "primary" | "plain" | "quiet" }) => (
  <a class={`btn ${{ primary: "btn-primary", plain: "btn-outline", quiet: "btn-ghost" }[tone]}`} href={href}>
    {children}
  </a>
);

export type Tone = "good" | "wait" | "bad" | "info" | "plain";
const toneClass: Record<Tone, string> = {
  good: "badge-success",
  wait: "badge-warning",
  bad: "badge-error",
  info: "badge-info",
  plain: "bg-base-300 border-base-300 text-base-content",
};
export const Badge = ({ children, tone = "plain" }: Kids & { tone?: Tone }) => (
  <span class={`badge h-auto max-w-full py-0.5 text-left md:whitespace-nowrap ${toneClass[tone]}`}>{children}</span>
);

/** A sentence after an action or about a state; `bad` for a refusal, with its key for tests. */
export function Notice({
  children,
  tone = "info",
  why,
}: Kids & { tone?: "good" | "bad" | "info" | "wait"; why?: string | undefined }) {
  const edge = { good: "border-success", bad: "border-error", info: "border-info", wait: "border-warning" }[tone];
  return (
    <div
      class={`bg-base-100 rounded-box mb-4 border-l-8 p-4 ${edge}`}
      role={tone === "bad" ? "alert" : "status"}
      data-why={why}
    >
      {children}
    </div>
  );
}
/** The refusal of an action that had no form of its own. */
export const Problem = ({
  language,
  own,
  why,
}: {
  language: Language;
  own?: Readonly<Record<string, string>>;
  why: string | undefined;
}) =>
  why === undefined ? null : (
    <Notice tone="bad" why={why}>
      {sayWhy(language, own, why)}
    </Notice>
  );
/** An empty list says what to do next. */
export const Empty = ({ children, action }: Kids & { action?: ComponentChildren }) => (
  <div class="border-base-300 rounded-box border border-dashed p-6 text-center">
    <div class="text-muted">{children}</div>
    {action && <div class="mt-3">{action}</div>}
  </div>
);

/** Where one is in a form of several steps; steps already reached are links. */
export const StepList = ({
  steps,
  current,
  label,
}: {
  steps: readonly { key: string; label: string; href?: string | undefined }[];
  current: string;
  label: string;
}) => (
  <nav aria-label={label} class="mb-6">
    <ol class="flex flex-wrap gap-x-4 gap-y-2">
      {steps.map((step, index) => (
        <li key={step.key} class="flex items-center gap-2" aria-current={step.key === current ? "step" : undefined}>
          <span
            class={`grid size-7 shrink-0 place-items-center rounded-full text-sm font-semibold ${step.key === current ? "bg-primary text-primary-content" : "bg-base-300"}`}
          >
            {index + 1}
          </span>
          {step.href && step.key !== current ? (
            <Link href={step.href}>{step.label}</Link>
          ) : (
            <span class={step.key === current ? "font-semibold" : "text-muted"}>{step.label}</span>
          )}
        </li>
      ))}
    </ol>
  </nav>
);

export const List = ({ of }: { of: readonly { key: string; item: ComponentChildren }[] }) => (
  <ul class="bg-base-100 border-base-300 rounded-box divide-base-300 divide-y border">
    {of.map(({ key, item }) => (
      <li key={key} class="px-4 py-3">
        {item}
      </li>
    ))}
  </ul>
);

/** A drawing made on the server, e.g. a QR code: an image of its own, so that the page's policy stays strict. */
export const Drawing = ({ svg, alt, size }: { svg: string; alt: string; size: number }) => (
  <img
    class="rounded-box mb-4 bg-white p-2"
    src={`data:image/svg+xml,${encodeURIComponent(svg)}`}
    alt={alt}
    width={size}
    height={size}
  />
);

/** A number set large with what it is. */
export const Figure = ({
  value,
  label,
  note,
}: {
  value: ComponentChildren;
  label: ComponentChildren;
  note?: ComponentChildren;
}) => (
  <div class="mb-3">
    <div class="text-muted text-sm">{label}</div>
    <div class="text-3xl leading-tight font-semibold tabular-nums">{value}</div>
    {note && <div class="text-muted text-sm">{note}</div>}
  </div>
);

/** Next page by key; the first page again when one is further on. */
export function Pager({
  language,
  nextHref,
  firstHref,
}: {
  language: Language;
  nextHref?: string | undefined;
  firstHref?: string | undefined;
}) {
  if (!nextHref && !firstHref) return null;
  const t = uiWords[language];
  return (
    <nav class="mt-5 flex flex-wrap gap-3" aria-label={t.more}>
      {firstHref && (
        <a class="btn btn-ghost" href={firstHref} rel="first">
          {t.firstPage}
        </a>
      )}
      {nextHref && (
        <a class="btn btn-outline" href={nextHref} rel="next">
          {t.more}
        </a>
      )}
    </nav>
  );
}

/** What happened, newest last. */
export const Timeline = ({
  entries,
}: {
  entries: readonly { key: string; when: string; what: ComponentChildren; note?: ComponentChildren }[];
}) => (
  <ol class="border-base-300 ml-2 border-l-2">
    {entries.map((entry) => (
      <li key={entry.key} class="relative pb-4 pl-5 last:pb-0">
        <span class="bg-primary absolute top-2 -left-[7px] size-3 rounded-full" />
        <div class="text-muted text-sm">{entry.when}</div>
        <div>{entry.what}</div>
        {entry.note && <div class="text-muted text-sm">{entry.note}</div>}
      </li>
    ))}
  </ol>
);

/** Long work under way; the script follows `poll`, without it the page says to reload. */
export const ProgressBar = ({
  done,
  total,
  poll,
  label,
}: {
  done: number;
  total: number | undefined;
  poll?: string;
  label: string;
}) => (
  <div class="mb-4">
    <label class="mb-1 block font-semibold" for="tien-do">
      {label}
    </label>
    <progress
      id="tien-do"
      class="progress progress-primary h-3 w-full"
      value={done}
      max={total ?? Math.max(done, 1)}
      data-poll={poll}
    />
  </div>
);

/** A part that opens; works without script. */
export const Details = ({ summary, children, open }: Kids & { summary: ComponentChildren; open?: boolean }) => (
  <details class="border-base-300 rounded-box bg-base-100 mb-3 border" open={open}>
    <summary class="cursor-pointer p-3 font-semibold">{summary}</summary>
    <div class="px-4 pb-4">{children}</div>
  </details>
);
