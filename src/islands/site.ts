import "./draft.ts";

/** Small behaviour for every page; each page works whole without it. */

/** A double click must not send a form twice: the second submit of the same form is held back. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 8_000);
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-sent]")) delete form.dataset.sent;
});

/** <progress data-poll="/address.json"> follows long work and reloads the page at its end. */
for (const bar of document.querySelectorAll<HTMLProgressElement>("progress[data-poll]")) {
  const ask = async () => {
    const answer = await fetch(bar.dataset.poll ?? "", { headers: { accept: "application/json" } });
    if (!answer.ok) return;
    const { done, total, finished } = (await answer.json()) as {
      done: number;
      total: number | null;
      finished: boolean;
    };
    if (finished) return location.reload();
    if (total) bar.max = total;
    bar.value = done;
    setTimeout(ask, 1_000);
  };
  setTimeout(ask, 1_000);
}

/** Passkeys are fetched only by the two pages that have a place for them. */
if (document.querySelector("[data-passkey]")) import("./passkey.ts");
