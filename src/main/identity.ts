/** Who this terminal is for the hub: a key pair made here, whose private half never leaves this machine. */
import { createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { enrolAnswer } from '#shared/protocol/http-bodies.ts';
import { proofMessage } from '#shared/terminal-proof.ts';

const identityFile = z.strictObject({ terminalId: z.uuid(), privateKey: z.string() });

/** ms */
const LONGEST_ANSWER = 20_000;
const TOO_MANY_REQUESTS = 429;

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

/** refused: the hub knows no such code (any more). away: it did not answer, or not now. */
export type NotEnrolled = 'refused' | 'away';

/**
 * Makes a key pair, gives its public half to the hub against the one-time code, and keeps the private half in `file`
 * (mode 0600, written whole or not at all).
 */
export async function enrol(file: string, hubOrigin: string, code: string): Promise<Identity | NotEnrolled> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const body = { code, publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64url') };
  const answer = await askToEnrol(hubOrigin, body);
  if (typeof answer === 'string') return answer;
  const { terminalId } = answer;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const text = JSON.stringify({
    terminalId,
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }),
  });
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return identityOf(terminalId, privateKey);
}

async function askToEnrol(
  hubOrigin: string,
  body: { code: string; publicKey: string },
): Promise<{ terminalId: string } | NotEnrolled> {
  try {
    const response = await fetch(new URL('/api/enrol', hubOrigin), {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: hubOrigin },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(LONGEST_ANSWER),
    });
    if (response.status === TOO_MANY_REQUESTS || response.status >= 500) return 'away';
    if (!response.ok) return 'refused';
    const parsed = enrolAnswer.safeParse(await response.json());
    return parsed.success ? parsed.data : 'away';
  } catch (error) {
    // What fetch, its deadline and JSON throw; anything else is a bug.
    if (error instanceof TypeError || error instanceof SyntaxError || error instanceof DOMException)
      return 'away';
    throw error;
  }
}

function identityOf(terminalId: string, privateKey: KeyObject): Identity {
  const signed = (message: Uint8Array): string => sign(null, message, privateKey).toString('base64url');
  return {
    terminalId,
    prove: (nonce, hubOrigin) => signed(Buffer.from(proofMessage(terminalId, nonce, hubOrigin))),
    sign: signed,
  };
}
