/**
 * The short code that the counsellor and the resident compare aloud. It is made of both sides' keys as each of them saw
 * them: a hub that put its own in between shows them two codes. Six digits are enough because neither side's part can be
 * chosen to fit: the console commits to its key before the terminal draws its nonce, and shows the key only afterwards
 * (as in ZRTP, RFC 6189, 4.4.1.1). A hub in between has one guess in a million for each try, and each try is seen.
 */
import { type Bytes, fromBase64Url, sha256, toBase64Url, utf8 } from './bytes.ts';

const NONCE_BYTES = 16;

export function newNonce(): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(NONCE_BYTES)));
}

/** What a console says of its public key before it shows it. */
export async function commitmentTo(publicKey: string): Promise<string> {
  return toBase64Url(await sha256(utf8(`vis-a-vis commitment 1 ${publicKey}`)));
}

/** "482 913". */
export async function checkCode(visitKey: string, consoleKey: string, nonce: string): Promise<string> {
  const parts: Bytes[] = [
    utf8('vis-a-vis check code 1'),
    ...[visitKey, consoleKey, nonce].map(fromBase64Url),
  ];
  const hashed = new Uint8Array(await sha256(concatenated(parts)));
  // 48 bits over a million: no digit is likelier than another by more than one in 10^8.
  const number = Number(new DataView(hashed.buffer).getBigUint64(0) >> 16n) % 1_000_000;
  const digits = String(number).padStart(6, '0');
  return `${digits.slice(0, 3)} ${digits.slice(3)}`;
}

/** Each part after its length, so that no byte of one can be taken for another's. */
function concatenated(parts: readonly Bytes[]): Bytes {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + 4 + part.length, 0));
  const view = new DataView(all.buffer);
  let at = 0;
  for (const part of parts) {
    view.setUint32(at, part.length);
    all.set(part, at + 4);
    at += 4 + part.length;
  }
  return all;
}
