import { createHmac } from "node:crypto";
import type { Hono } from "hono";
import { createApp } from "../../src/app.tsx";
import { createPersonWithPassword, hashPassword, openAccounts } from "../../src/features/accounts/index.ts";
import type { Env } from "../../src/ui/page.tsx";
import { openWorld, type World } from "./world.ts";

/** For tests: the app with real sign-in, and browsers with cookies of their own. */
export const passwordForTests = "con bò ăn cỏ trên đồng";
export type Browser = {
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  post(path: string, fields?: Record<string, string | string[] | File | File[]>): Promise<Response>;
  /** Posts JSON, as the passkey script does. */
  json(path: string, body: object): Promise<Response>;
  cookies: Map<string, string>;
};
export type SignInWorld = World & {
  browser(): Browser;
  register(over?: { contact?: string; form?: boolean }): Promise<{ browser: Browser; contact: string }>;
};

const base = "http://localhost:3000";
let opened: Promise<SignInWorld> | undefined;
export const openSignInWorld = (): Promise<SignInWorld> => (opened ??= make());

async function make(): Promise<SignInWorld> {
  const world = await openWorld();
  const app = createApp(world.deps, { ...(await openAccounts(world.deps)), catalogue: world.catalogue });
  const browser = () => browserOf(app);
  return {
    ...world,
    browser,
    async register({ contact = newPhone(), form = false } = {}) {
      const b = browser();
      const name = "Thạch Thị Thử";
      if (form) {
        const answer = await b.post("/dang-ky", { name, contact, password: passwordForTests, consent: "yes" });
        if (answer.status !== 303) throw new Error(`registering answered ${answer.status}: ${await answer.text()}`);
        return { browser: b, contact };
      }
      const of = contact.includes("@") ? { email: contact } : { phone: contact };
      const made = await createPersonWithPassword(world.deps, { name, ...of, passwordHash: await hashForTests() });
      if (!made.ok) throw new Error(made.why);
      const answer = await b.post("/dang-nhap", { contact, password: passwordForTests });
      if (answer.status !== 303) throw new Error(`signing in answered ${answer.status}: ${await answer.text()}`);
      return { browser: b, contact };
    },
  };
}

/** Hashing is slow on purpose, so the tests do it once. */
let hashed: Promise<string> | undefined;
const hashForTests = (): Promise<string> => (hashed ??= hashPassword(passwordForTests));

let serial = Math.floor(Math.random() * 1_000_000);
export const newPhone = (): string => `09${String(10_000_000 + (serial++ % 89_000_000)).slice(0, 8)}`;
export const newMail = (): string => `thu${serial++}.${Math.random().toString(36).slice(2, 8)}@donvi.example`;

function browserOf(app: Hono<Env>): Browser {
  const cookies = new Map<string, string>();
  const keep = (answer: Response): Response => {
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      const at = pair.indexOf("=");
      const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
      if (/max-age=0(;|$)/i.test(line) || value === "") cookies.delete(name);
      else cookies.set(name, value);
    }
    return answer;
  };
  const headers = (): Record<string, string> => ({
    origin: base,
    "user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0",
    ...(cookies.size > 0 ? { cookie: [...cookies].map(([k, v]) => `${k}=${v}`).join("; ") } : {}),
  });
  return {
    cookies,
    get: async (path, more = {}) => keep(await app.request(base + path, { headers: { ...headers(), ...more } })),
    json: async (path, body) =>
      keep(
        await app.request(base + path, {
          method: "POST",
          headers: { ...headers(), "content-type": "application/json" },
          body: JSON.stringify(body),
        }),
      ),
    post: async (path, fields = {}) => {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) form.append(name, one);
      const files = [...form.values()].some((v) => typeof v !== "string");
      const body = files ? form : new URLSearchParams([...form.entries()].map(([k, v]) => [k, String(v)]));
      return keep(await app.request(base + path, { method: "POST", headers: headers(), body }));
    },
  };
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/** The six digits that an authenticator app shows for a key now. */
export function totpOf(secret: string, at = Date.now()): string {
  const bits = [...secret.toUpperCase().replace(/=+$/, "")]
    .map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, "0"))
    .join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const digest = createHmac("sha1", key).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

export const lastMessageTo = async (world: World, recipient: string) =>
  world.db
    .selectFrom("outgoing_message")
    .select(["channel", "subject", "body"])
    .where("recipient", "=", recipient)
    .orderBy("id", "desc")
    .executeTakeFirst();
