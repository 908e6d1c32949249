import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { type Browser, openSignInWorld } from "../../../../test/support/browsers.ts";
import { openAccounts } from "../index.ts";
import { readActor } from "./actor.ts";
import { limits, takeAttempt } from "./limit.ts";

/** An authenticator in software: a P-256 key, no attestation, user verified. Enough CBOR for one key and one statement. */
const world = await openSignInWorld();
const origin = "http://localhost:3000";
const text64 = (bytes: Uint8Array | string) => Buffer.from(bytes).toString("base64url");
const head = (major: number, n: number): Buffer =>
  n < 24
    ? Buffer.from([(major << 5) | n])
    : n < 256
      ? Buffer.from([(major << 5) | 24, n])
      : Buffer.from([(major << 5) | 25, n >> 8, n & 255]);
const int = (n: number) => (n < 0 ? head(1, -n - 1) : head(0, n));
const str = (s: string) => Buffer.concat([head(3, s.length), Buffer.from(s)]);
const bin = (b: Uint8Array) => Buffer.concat([head(2, b.length), b]);
const map = (...pairs: [Buffer, Buffer][]) => Buffer.concat([head(5, pairs.length), ...pairs.flat()]);

type Key = { id: Buffer; privateKey: KeyObject; publicKey: KeyObject };
const newKey = (): Key => ({ id: randomBytes(16), ...generateKeyPairSync("ec", { namedCurve: "P-256" }) });
function coseOf(key: Key): Buffer {
  const { x = "", y = "" } = key.publicKey.export({ format: "jwk" });
  return map(
    [int(1), int(2)],
    [int(3), int(-7)],
    [int(-1), int(1)],
    [int(-2), bin(Buffer.from(x, "base64url"))],
    [int(-3), bin(Buffer.from(y, "base64url"))],
  );
}
const authData = (count: number, key?: Key): Buffer => {
  const counter = Buffer.alloc(4);
  counter.writeUInt32BE(count);
  const flags = Buffer.from([key ? 0x45 : 0x05]);
  const own = key
    ? Buffer.concat([Buffer.alloc(16), Buffer.from([0, key.id.length]), key.id, coseOf(key)])
    : Buffer.alloc(0);
  return Buffer.concat([createHash("sha256").update("localhost").digest(), flags, counter, own]);
};
const clientData = (type: string, challenge: string) =>
  Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
const common = (key: Key) => ({
  id: text64(key.id),
  rawId: text64(key.id),
  type: "public-key",
  clientExtensionResults: {},
});

async function register(browser: Browser, key: Key): Promise<Response> {
  const options = await (await browser.get("/api/auth/passkey/generate-register-options")).json();
  const attestationObject = map(
    [str("fmt"), str("none")],
    [str("attStmt"), map()],
    [str("authData"), bin(authData(0, key))],
  );
  const response = {
    ...common(key),
    response: {
      clientDataJSON: text64(clientData("webauthn.create", options.challenge)),
      attestationObject: text64(attestationObject),
      transports: ["internal"],
    },
  };
  return browser.json("/api/auth/passkey/verify-registration", { name: "Điện thoại của tôi", response });
}
async function signIn(browser: Browser, key: Key, signer = key): Promise<Response> {
  const options = await (await browser.get("/api/auth/passkey/generate-authenticate-options")).json();
  const [data, client] = [authData(1), clientData("webauthn.get", options.challenge)];
  const signature = createSign("sha256")
    .update(Buffer.concat([data, createHash("sha256").update(client).digest()]))
    .sign(signer.privateKey);
  const response = {
    ...common(key),
    response: { clientDataJSON: text64(client), authenticatorData: text64(data), signature: text64(signature) },
  };
  return browser.json("/api/auth/passkey/verify-authentication", { response });
}
const actorOf = (b: Browser) =>
  readActor(
    world.deps,
    new Request(origin, { headers: { cookie: [...b.cookies].map(([k, v]) => `${k}=${v}`).join("; ") } }),
  );

test("a passkey is added, signs in with the worth of a second factor, and can be removed", async () => {
  const { browser } = await world.register();
  const key = newKey();
  expect((await register(browser, key)).status).toBe(200);
  const page = await (await browser.get("/khong-gian/bao-mat")).text();
  expect(page).toContain("Điện thoại của tôi");

  const other = world.browser();
  expect((await signIn(other, key, newKey())).ok).toBe(false);
  expect(await actorOf(other)).toBeUndefined();
  expect((await signIn(other, key)).status).toBe(200);
  expect((await actorOf(other))?.secondFactor).toBe(true);
  expect((await actorOf(other))?.personId).toBe((await actorOf(browser))?.personId);

  const id = /khoa\/([^"]+)"/.exec(page)?.[1];
  const stranger = await world.register();
  expect((await stranger.browser.post(`/khong-gian/bao-mat/khoa/${id}`)).status).toBe(404);
  expect((await browser.post(`/khong-gian/bao-mat/khoa/${id}`)).status).toBe(303);
  expect((await signIn(world.browser(), key)).ok).toBe(false);
});

test("who asks for passkeys too often from one address is refused there, and another address is not", async () => {
  const { handler } = await openAccounts(world.deps);
  const from = (address: string) =>
    handler(new Request(`${origin}/api/auth/passkey/generate-authenticate-options`), address);
  const address = `198.51.100.${Math.floor(Math.random() * 250)}`;
  for (let i = 1; i < limits.passkey.times; i++) await takeAttempt(world.deps, limits.passkey, address);
  expect([(await from(address)).status, (await from(address)).status]).toEqual([200, 429]);
  expect((await from("203.0.113.254")).status).toBe(200);
});
