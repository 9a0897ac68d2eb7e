/** The link by which somebody without an account comes into a call. Its token is made here, and the hub is given its hash. */
import { sha256, toBase64Url, utf8 } from '#sealing/bytes.ts';

/** In the address, before the token, or before ACCOUNT and the visit. Behind "#": it is in no server's log and in no Referer. */
export const INVITED_PATH = 'appel';
/** For a colleague, who comes by the own account. */
export const BY_ACCOUNT = 'visite';

/** @returns 256 random bits, base64url, and their SHA-256. */
export async function newToken(): Promise<{ readonly token: string; readonly tokenHash: string }> {
  const token = toBase64Url(crypto.getRandomValues(new Uint8Array(32)));
  return { token, tokenHash: toBase64Url(await sha256(utf8(token))) };
}

export function addressOfLink(token: string): string {
  return `${location.origin}/#/${INVITED_PATH}/${token}`;
}

/** Of this console. */
export function addressOfVisit(visitId: string): string {
  return `/#/${INVITED_PATH}/${BY_ACCOUNT}/${visitId}`;
}
