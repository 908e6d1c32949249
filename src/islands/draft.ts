/** Saves a draft in the background while one types: forms with a hidden `autosave` field, and their `version` beside it. */

const pauseMilliseconds = 1_500;

function follow(form: HTMLFormElement, version: HTMLInputElement): void {
  const status = form.querySelector<HTMLElement>("#luu-nhap");
  let timer: ReturnType<typeof setTimeout> | undefined;
  let saving: Promise<void> | undefined;
  let changed = false;
  let stopped = false;

  const say = (text: string | undefined) => {
    if (status) status.textContent = text ?? "";
  };
  const save = async (): Promise<void> => {
    changed = false;
    say(status?.dataset.saving);
    try {
      const body = new URLSearchParams(
        [...new FormData(form)].map(([name, value]): [string, string] => [name, String(value)]),
      );
      const answer = await fetch(form.action, { method: "POST", body, headers: { accept: "application/json" } });
      const told = (await answer.json()) as { version?: number; message?: string };
      if (told.version !== undefined) version.value = String(told.version);
      if (answer.status === 409) stopped = true; // somebody else saved: only the person can decide what holds
      say(told.message);
    } catch {
      say(status?.dataset.failed);
    }
  };
  const begin = () => {
    if (stopped || saving) return;
    saving = save().finally(() => {
      saving = undefined;
      if (changed) plan();
    });
  };
  const plan = () => {
    changed = true;
    clearTimeout(timer);
    timer = setTimeout(begin, pauseMilliseconds);
  };

  form.addEventListener("input", plan);
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    changed = false;
    if (!saving) return;
    event.preventDefault(); // the save under way changes the version: wait for it, then send
    const by = event.submitter;
    void saving.then(() => form.requestSubmit(by instanceof HTMLElement ? by : undefined));
  });
}

for (const mark of document.querySelectorAll<HTMLInputElement>('input[name="autosave"][value="1"]')) {
  const version = mark.form?.elements.namedItem("version");
  if (mark.form && version instanceof HTMLInputElement) follow(mark.form, version);
}
