/** What opens something to whoever holds it: known to the hub only by its hash, so that a stolen database opens nothing. */
import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits, base64url. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** SHA-256, base64url: enough where nobody could try all that may have been hashed. */
export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
