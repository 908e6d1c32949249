import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";
import type { CitizenCode } from "./organisation.rules.ts";

/**
 * A household's tax code is the citizen id of its owner. It is kept sealed by the installation's secret, is found by an HMAC, and only its
 * last four digits are shown. Erasing the owner clears all three (person/erasure.queries.ts).
 */
export const isCitizenCode = (code: string | undefined): code is string => code !== undefined && /^\d{12}$/.test(code);

const keyOf = (secret: string, use: string): Uint8Array =>
  new Uint8Array(hkdfSync("sha256", secret, "", `opensan citizen code ${use}`, 32));

/** What a code is found by: the same code gives the same bytes on this installation, and on no other. */
export const citizenCodeHmac = (secret: string, code: string): Buffer =>
  createHmac("sha256", keyOf(secret, "lookup")).update(code).digest();

export function sealCitizenCode(secret: string, code: string): CitizenCode {
  if (!isCitizenCode(code)) throw new Error("not a citizen id");
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", keyOf(secret, "seal"), nonce);
  const body = Buffer.concat([cipher.update(code, "utf8"), cipher.final()]);
  const sealed = Buffer.concat([nonce, cipher.getAuthTag(), body]);
  return { hmac: citizenCodeHmac(secret, code), sealed, end: code.slice(-4) };
}

/** Throws when the secret is another or a byte was changed. */
export function openCitizenCode(secret: string, { sealed }: Pick<CitizenCode, "sealed">): string {
  const decipher = createDecipheriv("aes-256-gcm", keyOf(secret, "seal"), sealed.subarray(0, 12));
  decipher.setAuthTag(sealed.subarray(12, 28));
  return decipher.update(sealed.subarray(28), undefined, "utf8") + decipher.final("utf8");
}

export const maskOf = (code: Pick<CitizenCode, "end">): string => `•••• •••• ${code.end}`;

/** The columns of an organisation that keep its code, whichever kind it is. */
export const codeColumns = (code: { taxCode?: string | undefined; citizenCode?: CitizenCode | undefined }) => {
  if (isCitizenCode(code.taxCode)) throw new Error("a citizen id is sealed before it is kept");
  return {
    tax_code: code.taxCode || null,
    citizen_code_hmac: code.citizenCode?.hmac ?? null,
    citizen_code_sealed: code.citizenCode?.sealed ?? null,
    citizen_code_end: code.citizenCode?.end ?? null,
  };
};
/** A code as it is kept: sealed when it is a citizen id. */
export const keptCode = (
  secret: string,
  code: string | undefined,
): { taxCode: string | undefined; citizenCode: CitizenCode | undefined } =>
  isCitizenCode(code)
    ? { taxCode: undefined, citizenCode: sealCitizenCode(secret, code) }
    : { taxCode: code, citizenCode: undefined };
