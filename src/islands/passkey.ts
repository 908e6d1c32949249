/** Passkeys: the only part of signing in that needs a script. Pages mark their places with data-passkey; without a passkey-able browser they stay hidden. */

const toBytes = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0));
const toText = (bytes: ArrayBuffer | null): string =>
  bytes === null
    ? ""
    : btoa(String.fromCharCode(...new Uint8Array(bytes)))
        .replace(/\+/g, "-")
        .replace(/\//g, "_")
        .replace(/=+$/, "");

type Descriptor = { id: string; type: "public-key"; transports?: AuthenticatorTransport[] };
const descriptors = (list: Descriptor[] | undefined) => (list ?? []).map((one) => ({ ...one, id: toBytes(one.id) }));

// biome-ignore lint/suspicious/noExplicitAny: what the server sends is checked by the browser's own interface
async function ask(path: string, body?: object): Promise<any> {
  const answer = await fetch(`/api/auth/passkey/${path}`, {
    method: body ? "POST" : "GET",
    headers: body ? { "content-type": "application/json" } : {},
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!answer.ok) throw new Error(`passkey ${path} ${answer.status}`);
  return answer.json();
}
const common = (made: PublicKeyCredential) => ({
  id: made.id,
  rawId: toText(made.rawId),
  type: made.type,
  authenticatorAttachment: made.authenticatorAttachment ?? undefined,
  clientExtensionResults: made.getClientExtensionResults(),
});

async function add(name: string): Promise<void> {
  const options = await ask("generate-register-options");
  const made = (await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: toBytes(options.challenge),
      user: { ...options.user, id: toBytes(options.user.id) },
      excludeCredentials: descriptors(options.excludeCredentials),
    },
  })) as PublicKeyCredential;
  const response = made.response as AuthenticatorAttestationResponse;
  await ask("verify-registration", {
    name,
    response: {
      ...common(made),
      response: {
        clientDataJSON: toText(response.clientDataJSON),
        attestationObject: toText(response.attestationObject),
        transports: response.getTransports?.() ?? [],
      },
    },
  });
}

async function signIn(): Promise<void> {
  const options = await ask("generate-authenticate-options");
  const made = (await navigator.credentials.get({
    publicKey: {
      ...options,
      challenge: toBytes(options.challenge),
      allowCredentials: descriptors(options.allowCredentials),
    },
  })) as PublicKeyCredential;
  const response = made.response as AuthenticatorAssertionResponse;
  await ask("verify-authentication", {
    response: {
      ...common(made),
      response: {
        clientDataJSON: toText(response.clientDataJSON),
        authenticatorData: toText(response.authenticatorData),
        signature: toText(response.signature),
        userHandle: toText(response.userHandle) || undefined,
      },
    },
  });
}

for (const place of document.querySelectorAll<HTMLElement>("[data-passkey]")) {
  if (!("PublicKeyCredential" in window)) break;
  place.hidden = false;
  const problem = place.querySelector<HTMLElement>("[data-passkey-problem]");
  place.querySelector("form")?.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (problem) problem.hidden = true;
    try {
      if (place.dataset.passkey === "them")
        await add(place.querySelector<HTMLInputElement>("input[name=passkeyName]")?.value.trim() || "Passkey");
      else await signIn();
      location.assign(place.dataset.next ?? "/khong-gian");
    } catch {
      if (problem) problem.hidden = false;
    }
  });
}

export {};
