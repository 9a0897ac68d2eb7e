/** The hub's one secret, kept outside the database, and the keys derived from it. */
import { hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const SECRET_BYTES = 48;

/** The current secret, and those that came before it, the newest first. */
export type Secrets = readonly [current: Uint8Array, ...former: Uint8Array[]];

/**
 * Reads the current secret, or makes one (mode 0600) where the file does not exist. Several hubs on one database share it.
 * @throws where the file is there and too short to be one.
 */
export function readSecret(file: string): Uint8Array {
  return readSecrets(file)[0];
}

/** The same with those that came before: one a line, below the current one (rotate-secret.ts). */
export function readSecrets(file: string): Secrets {
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    // 'wx': of two hubs that start together one makes it, the other fails loudly rather than use another.
    writeFileSync(file, secretLines([newSecret()]), { mode: 0o600, flag: 'wx' });
  }
  try {
    return parseSecrets(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file} does not hold a secret of ${SECRET_BYTES} bytes.`, { cause: error });
  }
}

/** @throws where a line is too short to be one. */
export function parseSecrets(text: string): Secrets {
  const [current, ...former] = text
    .trim()
    .split('\n')
    .map((line) => Buffer.from(line.trim(), 'base64url'));
  if (!current || [current, ...former].some((secret) => secret.length < SECRET_BYTES))
    throw new Error(`A secret has ${SECRET_BYTES} bytes.`);
  return [current, ...former];
}

export function newSecret(): Uint8Array {
  return randomBytes(SECRET_BYTES);
}

/** As readSecrets() reads them. */
export function secretLines(secrets: readonly Uint8Array[]): string {
  return secrets.map((secret) => `${Buffer.from(secret).toString('base64url')}\n`).join('');
}

export type KeyUse =
  | 'session'
  | 'personal'
  | 'invited'
  | 'appointments'
  | 'appointmentLink'
  | 'enrolment'
  | 'attempts'
  | 'room'
  | 'mail'
  | 'questions'
  | 'provider'
  | 'neighbours'
  | 'secondFactor'
  | 'recoveryCode'
  | 'audit';

/** One independent key for each use (HKDF-SHA256, RFC 5869): a key that leaks says nothing of the others. */
export function deriveKey(secret: Uint8Array, use: KeyUse): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, '', `vis-a-vis hub ${use} 1`, 32));
}
