import { mkdir, mkdtemp, readdir, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { openWorld } from "../../test/support/world.ts";
import { showsMessages } from "./config.ts";
import { messagesTo, storedMessages } from "./messages.ts";

const message = (recipient: string) => ({ channel: "SMS", recipient, subject: "Mã", body: "Mã: 123456" }) as const;

test("a copy is the owner's alone, counts as sent, and can be removed", async () => {
  const { db } = await openWorld();
  const folder = path.join(await mkdtemp(path.join(tmpdir(), "opensan-mail-")), "mail");
  await mkdir(folder, { mode: 0o755 });
  const messages = messagesTo(folder);
  await messages.send(db, message("+84900000901"));
  const [name = ""] = await readdir(folder);
  expect([(await stat(folder)).mode & 0o777, (await stat(path.join(folder, name))).mode & 0o777]).toEqual([
    0o700, 0o600,
  ]);
  const row = await db
    .selectFrom("outgoing_message")
    .select(["id", "sent_at"])
    .where("recipient", "=", "+84900000901")
    .executeTakeFirstOrThrow();
  expect(row.sent_at).toBeInstanceOf(Date);
  await messages.forget?.([row.id, "unknown"]);
  expect(await readdir(folder)).toEqual([]);
});

test("a message that nobody has sent waits", async () => {
  const { db } = await openWorld();
  await storedMessages.send(db, message("+84900000902"));
  const row = await db
    .selectFrom("outgoing_message")
    .select("sent_at")
    .where("recipient", "=", "+84900000902")
    .executeTakeFirstOrThrow();
  expect(row.sent_at).toBeNull();
});

test("messages are copied on a developer's own machine and nowhere else", () => {
  const shows = (publicUrl: string, mode: "production" | "development" = "production", host = "localhost") =>
    showsMessages({ publicUrl, host, mode });
  expect([shows("http://localhost:3000"), shows("http://127.0.0.1:8080"), shows("http://[::1]:3000")]).toEqual([
    true,
    true,
    true,
  ]);
  expect([shows("https://san.example.vn"), shows("https://localhost.example.vn")]).toEqual([false, false]);
  expect(shows("https://san.example.vn", "development")).toBe(true);
  expect(shows("http://localhost:3000", "production", "0.0.0.0")).toBe(false);
});
