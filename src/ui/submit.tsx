import type { ComponentChildren } from "preact";

/** Forms and the buttons that send them. */

/** A form that posts; `files` makes it multipart. `hidden` carries ids and the version (style R9). */
export function Form(p: {
  action: string;
  hidden?: Record<string, string>;
  files?: boolean;
  children: ComponentChildren;
  label?: string;
}) {
  return (
    <form
      method="post"
      action={p.action}
      encType={p.files ? "multipart/form-data" : undefined}
      aria-label={p.label}
      class="max-w-3xl"
      noValidate
    >
      {Object.entries(p.hidden ?? {}).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {p.children}
    </form>
  );
}

/** A form that asks: its fields become the address. */
export const SearchForm = (p: { action: string; label: string; children: ComponentChildren }) => (
  <search aria-label={p.label}>
    <form
      method="get"
      action={p.action}
      class="mb-6 flex flex-wrap items-end gap-3 [&>div]:mb-0 [&>div]:min-w-56 [&>div]:grow"
    >
      {p.children}
    </form>
  </search>
);

/** A button of a form. `tone` says how weighty it is; `danger` for what hurts. */
export function Button(p: {
  children: ComponentChildren;
  name?: string;
  value?: string;
  tone?: "primary" | "plain" | "danger" | "quiet";
}) {
  const tone = { primary: "btn-primary", plain: "btn-outline", danger: "btn-error", quiet: "btn-ghost" }[
    p.tone ?? "primary"
  ];
  return (
    <button type="submit" class={`btn ${tone}`} name={p.name} value={p.value}>
      {p.children}
    </button>
  );
}
