/** The hub's one secret, kept outside the database, and the keys derived from it. */
import { hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const SECRET_BYTES = 48;

/**
 * Reads the secret, or makes one (mode 0600) where the file does not exist. Several hubs on one database share it.
 * @throws where the file is there and too short to be one.
 */
export function readSecret(file: string): Uint8Array {
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    // 'wx': of two hubs that start together one makes it, the other fails loudly rather than use another.
    writeFileSync(file, `${randomBytes(SECRET_BYTES).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  }
  const secret = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64url');
  if (secret.length < SECRET_BYTES)
    throw new Error(`${file} does not hold a secret of ${SECRET_BYTES} bytes.`);
  return secret;
}

/** One independent key for each use (HKDF-SHA256, RFC 5869): a key that leaks says nothing of the others. */
export function deriveKey(
  secret: Uint8Array,
  use: 'session' | 'personal' | 'appointments' | 'enrolment' | 'attempts' | 'room',
): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, '', `vis-a-vis hub ${use} 1`, 32));
}
