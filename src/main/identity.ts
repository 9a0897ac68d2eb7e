/** Who this terminal is for the hub: a key pair made here, whose private half never leaves this machine. */
import { createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { enrolAnswer } from '#shared/protocol/http-bodies.ts';
import { proofMessage } from '#shared/terminal-proof.ts';

const identityFile = z.strictObject({ terminalId: z.uuid(), privateKey: z.string() });

export interface Identity {
  readonly terminalId: string;
  /** Ed25519 signature, base64url, of proofMessage() for this hub and nonce. */
  readonly prove: (nonce: string, hubOrigin: string) => string;
  /** The same kind of signature of what the terminal says of itself; each kind of message begins with its own words. */
  readonly sign: (message: Uint8Array) => string;
}

/** Null where this terminal was never enrolled. @throws where the file is there and cannot be read. */
export function loadIdentity(file: string): Identity | null {
  if (!existsSync(file)) return null;
  const { terminalId, privateKey } = identityFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  return identityOf(terminalId, createPrivateKey(privateKey));
}

/**
 * Makes a key pair, gives its public half to the hub against the one-time code, and keeps the private half in `file`
 * (mode 0600, written whole or not at all). @throws Error with the hub's HTTP status where the code is refused.
 */
export async function enrol(file: string, hubOrigin: string, code: string): Promise<Identity> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const response = await fetch(new URL('/api/enrol', hubOrigin), {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: hubOrigin },
    body: JSON.stringify({
      code,
      publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64url'),
    }),
  });
  if (!response.ok) throw new Error(`The hub refused the enrolment code (HTTP ${response.status}).`);
  const { terminalId } = enrolAnswer.parse(await response.json());
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const text = JSON.stringify({
    terminalId,
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }),
  });
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return identityOf(terminalId, privateKey);
}

function identityOf(terminalId: string, privateKey: KeyObject): Identity {
  const signed = (message: Uint8Array): string => sign(null, message, privateKey).toString('base64url');
  return {
    terminalId,
    prove: (nonce, hubOrigin) => signed(Buffer.from(proofMessage(terminalId, nonce, hubOrigin))),
    sign: signed,
  };
}
