import type { ComponentChildren } from "preact";
import type { Typed, Why } from "../kernel/form.ts";
import { listOf, textOf } from "../kernel/form.ts";
import type { Language } from "../kernel/language.ts";
import { sayWhy, uiWords } from "./words.ts";

/** Fields of every kind: label, hint, what was typed, and the reason at its place (style R5, R18). */

/** What a form page hands to its fields. `own` are the noun's sentences for refusals. */
export type FormState = { language: Language; typed: Typed; why: Why; own?: Readonly<Record<string, string>> };

type FieldProps = {
  form: FormState;
  name: string;
  label: string;
  hint?: string | undefined;
  required?: boolean;
};

const idOf = (name: string) => `o-${name.replace(/[^a-zA-Z0-9_-]/g, "-")}`;

/** The summary on top of a refused form: every problem, each a link to its field. `labels` gives the field's name as shown. */
export function ErrorSummary({ form, labels }: { form: FormState; labels?: Readonly<Record<string, string>> }) {
  const entries = Object.entries(form.why);
  if (entries.length === 0) return null;
  const t = uiWords[form.language];
  return (
    <div class="border-error bg-base-100 mb-6 rounded-box border-l-8 p-4" role="alert" tabIndex={-1} id="loi">
      <h2 class="text-error text-lg font-semibold">{t.problemTitle}</h2>
      <p>{t.problemCount(entries.length)}</p>
      <ul class="list-disc pl-6">
        {entries.map(([field, key]) => (
          <li key={field} data-why={key}>
            {field === "" ? (
              sayWhy(form.language, form.own, key)
            ) : (
              <a class="text-link" href={`#${idOf(field)}`}>
                {labels?.[field] ? `${labels[field]}: ` : ""}
                {sayWhy(form.language, form.own, key)}
              </a>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Frame({
  form,
  name,
  label,
  hint,
  required,
  children,
  group,
}: FieldProps & { children: ComponentChildren; group?: boolean }) {
  const why = form.why[name];
  const t = uiWords[form.language];
  const mark = required ? null : <span class="text-muted font-normal"> ({t.optional})</span>;
  const parts = (
    <>
      {hint && (
        <p id={`${idOf(name)}-hint`} class="text-muted text-sm">
          {hint}
        </p>
      )}
      {why && (
        <p id={`${idOf(name)}-why`} class="text-error font-semibold" data-why={why}>
          {sayWhy(form.language, form.own, why)}
        </p>
      )}
      {children}
    </>
  );
  const edge = why ? "border-error border-l-4 pl-3" : "";
  return group ? (
    <fieldset class={`mb-5 ${edge}`} id={idOf(name)}>
      <legend class="mb-1 font-semibold">
        {label}
        {mark}
      </legend>
      {parts}
    </fieldset>
  ) : (
    <div class={`mb-5 ${edge}`}>
      <label for={idOf(name)} class="mb-1 block font-semibold">
        {label}
        {mark}
      </label>
      {parts}
    </div>
  );
}

const described = (form: FormState, name: string, hint?: string) => ({
  "aria-invalid": form.why[name] ? ("true" as const) : undefined,
  "aria-describedby":
    [hint && `${idOf(name)}-hint`, form.why[name] && `${idOf(name)}-why`].filter(Boolean).join(" ") || undefined,
});

type TextKind = "text" | "email" | "tel" | "password" | "url" | "search";
export function TextField(
  p: FieldProps & {
    type?: TextKind;
    maxLength?: number;
    autoComplete?: string;
    inputMode?: "numeric" | "tel" | "text";
    width?: "short" | "full";
  },
) {
  return (
    <Frame {...p}>
      <input
        class={`input mt-1 ${p.width === "short" ? "w-full max-w-60" : "w-full"}`}
        id={idOf(p.name)}
        name={p.name}
        {...({ type: p.type ?? "text" } as object)}
        value={p.type === "password" ? "" : textOf(p.form.typed, p.name)}
        maxLength={p.maxLength}
        autoComplete={p.autoComplete}
        inputMode={p.inputMode}
        {...described(p.form, p.name, p.hint)}
      />
    </Frame>
  );
}

export function TextArea(p: FieldProps & { rows?: number; maxLength?: number }) {
  return (
    <Frame {...p}>
      <textarea
        class="textarea mt-1 w-full"
        id={idOf(p.name)}
        name={p.name}
        rows={p.rows ?? 4}
        maxLength={p.maxLength}
        {...described(p.form, p.name, p.hint)}
      >
        {textOf(p.form.typed, p.name)}
      </textarea>
    </Frame>
  );
}

export type Choice = { value: string; label: string; hint?: string | undefined };

export function SelectField(p: FieldProps & { choices: readonly Choice[]; empty?: boolean }) {
  const typed = textOf(p.form.typed, p.name);
  return (
    <Frame {...p}>
      <select class="select mt-1 w-full" id={idOf(p.name)} name={p.name} {...described(p.form, p.name, p.hint)}>
        {p.empty !== false && <option value="">{uiWords[p.form.language].choose}</option>}
        {p.choices.map((choice) => (
          <option key={choice.value} value={choice.value} selected={choice.value === typed}>
            {choice.label}
          </option>
        ))}
      </select>
    </Frame>
  );
}

function Choices({
  p,
  type,
}: {
  p: FieldProps & { choices: readonly Choice[]; columns?: boolean };
  type: "radio" | "checkbox";
}) {
  const typed = listOf(p.form.typed, p.name);
  return (
    <Frame {...p} group>
      <div class={`mt-2 grid gap-2 ${p.columns ? "sm:grid-cols-2" : ""}`}>
        {p.choices.map((choice) => (
          <label key={choice.value} class="flex cursor-pointer items-start gap-3">
            <input
              class={type === "radio" ? "radio radio-primary mt-0.5" : "checkbox checkbox-primary mt-0.5"}
              type={type}
              name={type === "radio" ? p.name : `${p.name}[]`}
              value={choice.value}
              checked={typed.includes(choice.value)}
            />
            <span>
              {choice.label}
              {choice.hint && <span class="text-muted block text-sm">{choice.hint}</span>}
            </span>
          </label>
        ))}
      </div>
    </Frame>
  );
}
export const RadioField = (p: FieldProps & { choices: readonly Choice[]; columns?: boolean }) => (
  <Choices p={p} type="radio" />
);
/** Several choices; the form sends `name[]`. */
export const CheckboxesField = (p: FieldProps & { choices: readonly Choice[]; columns?: boolean }) => (
  <Choices p={p} type="checkbox" />
);

/** One statement to tick; sends "yes". */
export function TickField(p: FieldProps) {
  return (
    <div class="mb-5">
      <label class="flex cursor-pointer items-start gap-3" for={idOf(p.name)}>
        <input
          class="checkbox checkbox-primary mt-0.5"
          type="checkbox"
          id={idOf(p.name)}
          name={p.name}
          value="yes"
          checked={textOf(p.form.typed, p.name) === "yes"}
          {...described(p.form, p.name, p.hint)}
        />
        <span class="font-semibold">{p.label}</span>
      </label>
      {p.hint && (
        <p id={`${idOf(p.name)}-hint`} class="text-muted pl-9 text-sm">
          {p.hint}
        </p>
      )}
      {p.form.why[p.name] && (
        <p id={`${idOf(p.name)}-why`} class="text-error pl-9 font-semibold" data-why={p.form.why[p.name]}>
          {sayWhy(p.form.language, p.form.own, p.form.why[p.name] ?? "")}
        </p>
      )}
    </div>
  );
}

export function FileField(p: FieldProps & { accept?: string; multiple?: boolean }) {
  return (
    <Frame {...p}>
      <input
        class="file-input mt-1 w-full"
        type="file"
        id={idOf(p.name)}
        name={p.name}
        accept={p.accept}
        multiple={p.multiple}
        {...described(p.form, p.name, p.hint)}
      />
    </Frame>
  );
}

export { Button, Form, SearchForm } from "./submit.tsx";
