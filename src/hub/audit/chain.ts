/**
 * The hashes that make the audit trail show tampering. Each entry is sealed when it is written; each link is a keyed
 * hash over the link before. The key is derived from the secret outside the database: whoever holds only the database
 * can delete rows, and be noticed, but can neither invent nor change one.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

export interface ChainedEntry {
  /** ms since the epoch. */
  readonly at: number;
  readonly actor: string;
  readonly action: string;
  readonly subject: string | null;
  readonly outcome: string;
}

/** What the first kept link follows. */
export interface ChainBase {
  /** 0 where nothing was removed yet. */
  readonly link: number;
  readonly chain: Uint8Array;
  /** Entries up to this position were written before there was a chain. */
  readonly firstPosition: number;
}

/** Bytes. Without it two equal entries of the same instant would have equal seals, and a copied row would not be noticed. */
const NONCE = 8;

export function sealEntry(key: Uint8Array, entry: ChainedEntry): Uint8Array {
  const nonce = randomBytes(NONCE);
  return Buffer.concat([nonce, entryHash(key, nonce, entry)]);
}

export function isSealOf(key: Uint8Array, entry: ChainedEntry, seal: Uint8Array): boolean {
  return isSame(seal.subarray(NONCE), entryHash(key, seal.subarray(0, NONCE), entry));
}

export function linkHash(
  key: Uint8Array,
  before: Uint8Array,
  link: number,
  seal: Uint8Array | null,
): Uint8Array {
  return hash(key, 'link', [before, Buffer.from(String(link)), seal ?? Buffer.alloc(0)]);
}

export function baseHash(key: Uint8Array, { link, chain, firstPosition }: ChainBase): Uint8Array {
  return hash(key, 'base', [Buffer.from(`${link} ${firstPosition}`), chain]);
}

/** Where a chain begins: nothing was before. */
export function firstChain(key: Uint8Array): Uint8Array {
  return hash(key, 'beginning', []);
}

export function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}

function entryHash(key: Uint8Array, nonce: Uint8Array, entry: ChainedEntry): Uint8Array {
  const { at, actor, action, subject, outcome } = entry;
  const canonical = JSON.stringify([at, actor, action, subject, outcome]);
  return hash(key, 'entry', [nonce, Buffer.from(canonical)]);
}

/** Lengths are hashed too: no two lists of parts are read as the same bytes. */
function hash(key: Uint8Array, use: string, parts: readonly Uint8Array[]): Uint8Array {
  const hmac = createHmac('sha256', key).update(`${use}\n`);
  for (const part of parts) hmac.update(`${part.length}\n`).update(part);
  return hmac.digest();
}
