import type { ComponentChildren } from "preact";
import type { Actor } from "../kernel/actor.ts";
import { inLanguage, type Language, languages } from "../kernel/language.ts";
import type { PageOptions } from "./page.tsx";
import { uiWords } from "./words.ts";

/** What the frame needs to know of this installation; made once in app.tsx. */
export type Site = {
  provinceName: Record<Language, string>;
  isDemo: boolean;
  /** The agency that leads the programme and answers for this site. */
  agencyName: Record<Language, string>;
  publicUrl: string;
  styleHref: string;
  scriptHref: string;
  /** Main navigation in the order shown; `needs` hides an entry from those who cannot use it. */
  navigation: readonly {
    href: string;
    label: Record<Language, string>;
    shownTo?: (actor: Actor | undefined) => boolean;
  }[];
};

type Props = {
  language: Language;
  actor: Actor | undefined;
  site: Site;
  path: string;
  options: PageOptions;
  children: ComponentChildren;
};

/** JSON in a script element of type ld+json is data, not script; `<` is escaped so that no text can close the element. */
const jsonText = (value: object): string => JSON.stringify(value).replaceAll("<", "\\u003c");

/** The frame around every page. */
export function Layout({ language, actor, site, path, options, children }: Props) {
  const t = uiWords[language];
  return (
    <html lang={language} data-theme="opensan">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${options.title} – ${t.brand} ${site.provinceName[language]}`}</title>
        {options.description && <meta name="description" content={options.description} />}
        {(site.isDemo || options.noIndex) && <meta name="robots" content="noindex" />}
        <link rel="stylesheet" href={site.styleHref} />
        <link rel="icon" href="/bieu-trung.svg" type="image/svg+xml" />
        {languages.map((other) => (
          <link key={other} rel="alternate" hreflang={other} href={site.publicUrl + inLanguage(other, path)} />
        ))}
        {options.jsonLd && (
          <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: jsonText(options.jsonLd) }} />
        )}
        {options.head}
        <script type="module" src={site.scriptHref} />
      </head>
      <body class="bg-base-200 text-base-content flex min-h-screen flex-col">
        <a href="#noi-dung" class="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:bg-base-100 focus:p-3">
          {t.skip}
        </a>
        {site.isDemo && (
          <p class="bg-warning text-warning-content px-4 py-1.5 text-center text-sm" data-demo>
            {t.demo}
          </p>
        )}
        <Header {...{ language, actor, site, path }} />
        <main id="noi-dung" class="mx-auto w-full max-w-6xl grow px-4 py-6 sm:py-8">
          {children}
        </main>
        <footer class="bg-neutral text-neutral-content mt-8">
          <div class="mx-auto flex max-w-6xl flex-col gap-1 px-4 py-6 text-sm">
            <p class="font-semibold">
              {t.brand} – {t.footer} {site.provinceName[language]}
            </p>
            <p>
              {t.agency}: {site.agencyName[language]}
            </p>
            <p>{t.source}</p>
          </div>
        </footer>
      </body>
    </html>
  );
}

function Header({ language, actor, site, path }: Pick<Props, "language" | "actor" | "site" | "path">) {
  const t = uiWords[language];
  const shown = site.navigation.filter((entry) => entry.shownTo === undefined || entry.shownTo(actor));
  return (
    <header class="bg-base-100 border-base-300 border-b">
      <div class="mx-auto flex max-w-6xl flex-wrap items-center gap-x-6 gap-y-2 px-4 py-3">
        <a href={inLanguage(language, "/")} class="flex items-center gap-2.5">
          <img src="/bieu-trung.svg" alt="" width="36" height="36" />
          <span class="leading-tight">
            <span class="text-primary block text-lg font-semibold">{t.brand}</span>
            <span class="text-muted block text-xs">{site.provinceName[language]}</span>
          </span>
        </a>
        <nav aria-label={t.mainNavigation} class="order-2 hidden grow lg:block">
          <Menu {...{ shown, language, path }} />
        </nav>
        <details class="order-3 w-full lg:hidden">
          <summary class="btn btn-outline btn-sm">{t.menu}</summary>
          <nav aria-label={t.mainNavigation} class="pt-2">
            <Menu {...{ shown, language, path }} />
          </nav>
        </details>
        <div class="order-2 ml-auto flex flex-wrap items-center gap-x-4 gap-y-1 text-sm lg:order-3">
          <LanguageSwitch language={language} path={path} />
          {actor ? (
            <>
              <a class="text-link" href={inLanguage(language, "/khong-gian")}>
                {actor.name}
              </a>
              <form method="post" action={inLanguage(language, "/dang-xuat")}>
                <button type="submit" class="text-link text-secondary cursor-pointer underline">
                  {t.signOut}
                </button>
              </form>
            </>
          ) : (
            <>
              <a class="text-link" href={inLanguage(language, "/dang-nhap")}>
                {t.signIn}
              </a>
              <a class="text-link" href={inLanguage(language, "/dang-ky")}>
                {t.signUp}
              </a>
            </>
          )}
        </div>
      </div>
    </header>
  );
}

type MenuProps = Pick<Props, "language" | "path"> & { shown: Site["navigation"] };
const Menu = ({ shown, language, path }: MenuProps) => (
  <ul class="flex flex-col gap-x-5 gap-y-1 lg:flex-row lg:flex-wrap">
    {shown.map((entry) => (
      <li key={entry.href}>
        <a
          href={inLanguage(language, entry.href)}
          class="hover:border-accent aria-[current]:border-accent inline-block border-b-3 border-transparent py-1.5 font-semibold"
          aria-current={path === entry.href || path.startsWith(`${entry.href}/`) ? "page" : undefined}
        >
          {entry.label[language]}
        </a>
      </li>
    ))}
  </ul>
);

/** Khmer is written in Latin letters here, so that no page fetches the Khmer font for one word (web.md §5). */
const tongues: Record<Language, string> = { vi: "Tiếng Việt", en: "English", km: "Khmer" };

function LanguageSwitch({ language, path }: { language: Language; path: string }) {
  return (
    <ul class="flex items-center gap-3" aria-label={uiWords[language].language}>
      {languages
        .filter((other) => other !== language)
        .map((other) => (
          <li key={other}>
            <a class="text-link" hreflang={other} href={inLanguage(other, path)}>
              {tongues[other]}
            </a>
          </li>
        ))}
    </ul>
  );
}
