import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

/** AES-256-GCM with the nonce and the tag in front: 12 + 16 + text. */
function seal(key: Uint8Array, text: Uint8Array): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  const body = Buffer.concat([cipher.update(text), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}
/** Throws when the key is another or a byte was changed. */
function unseal(key: Uint8Array, sealed: Uint8Array): Buffer {
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, 12));
  decipher.setAuthTag(sealed.subarray(12, 28));
  return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]);
}

const masterKey = (secret: string): Uint8Array =>
  new Uint8Array(hkdfSync("sha256", secret, "", "opensan person key", 32));

/** A new key for one person, itself sealed by the installation's secret: who steals the table alone reads nothing. */
export const newPersonKey = (secret: string): Buffer => seal(masterKey(secret), randomBytes(32));
export const sealFor = (secret: string, personKey: Uint8Array, text: string): Buffer =>
  seal(unseal(masterKey(secret), personKey), Buffer.from(text, "utf8"));
export const unsealFor = (secret: string, personKey: Uint8Array, sealed: Uint8Array): string =>
  unseal(unseal(masterKey(secret), personKey), sealed).toString("utf8");
