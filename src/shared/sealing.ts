/** What console and terminal tell each other, through the hub, so that the hub cannot read what they send. */
import { z } from 'zod';

const base64Url = z.string().regex(/^[A-Za-z0-9_-]+$/);
/** P-256, uncompressed point (65 bytes). */
const publicKey = base64Url.length(87);

/** The key of one page, for a few words to it (src/sealing/page-words.ts). */
export const pageKey = publicKey;

/** Those words: HPKE's encapsulated key, a dot, and what is sealed. */
export const sealedWords = z
  .string()
  .regex(/^[A-Za-z0-9_-]{87}\.[A-Za-z0-9_-]+$/)
  .max(1_000);

/** A key for the holder of one private key alone (src/sealing/key-pair.ts). */
export const wrappedKey = z.strictObject({
  /** HPKE's encapsulated key. */
  enc: publicKey,
  /** 32 bytes and the seal's tag. */
  key: base64Url.length(64),
});
export type WrappedKey = z.infer<typeof wrappedKey>;

/** The terminal's key of this visit, in its report. */
export const visitKey = z.strictObject({
  publicKey,
  /** Ed25519, with the key that the terminal was enrolled with (src/sealing/visit-key.ts). */
  signature: base64Url.length(86),
});
export type VisitKey = z.infer<typeof visitKey>;

/** One page of a console: it has keys of its own, and forgets them when it is closed. */
const consoleId = z.uuid();

/** Console -> terminal, each answered, said again until it is: the same again changes nothing. */
export const sealCommit = z.strictObject({
  type: z.literal('seal.commit'),
  consoleId,
  /** commitmentTo(publicKey). */
  commitment: base64Url.length(43),
});
export const sealReveal = z.strictObject({
  type: z.literal('seal.reveal'),
  consoleId,
  publicKey,
  /** The key of what this console says while it is said (the pointer, a field under the pen). */
  liveKey: wrappedKey,
});

/** Terminal -> console. */
export const sealNonce = z.strictObject({
  type: z.literal('seal.nonce'),
  consoleId,
  /** By the terminal, 16 bytes, one for each commitment. */
  nonce: base64Url.length(22),
  /** The visit key that it is for. */
  visitKey: publicKey,
});
/** The terminal knows this console's key. */
export const sealReady = z.strictObject({ type: z.literal('seal.ready'), consoleId });

/**
 * To whoever holds the document: its key for the one who asks. Of the console too, where a key that came with an order was
 * for a process of the terminal that is no more.
 */
export const documentKeyWant = z.strictObject({
  type: z.literal('documentKey.want'),
  consoleId,
  documentId: z.uuid(),
});
/** The answer, from whichever page of the console has it; the terminal also says it unasked. */
export const documentKey = z.strictObject({
  type: z.literal('documentKey'),
  consoleId,
  documentId: z.uuid(),
  key: wrappedKey,
});

/** What a document's key is wrapped under. */
export function documentKeyName(documentId: string): string {
  return `document ${documentId}`;
}

/** What the name that the face page greets is sealed under. */
export function greetingName(visitId: string): string {
  return `greeting ${visitId}`;
}

/** What a console's live key is wrapped under. */
export function liveKeyName(consoleId: string): string {
  return `live ${consoleId}`;
}

/** Bytes of a shot, as a JPEG: of the largest pictures that webcams give. */
export const SHOT_BYTES = 8 * 1024 * 1024;

/** A picture of a paper, from the page that has the camera, for the paper process alone (src/sealing/shot-seal.ts). */
export const sealedShot = z.strictObject({
  /** Of whoever sealed it, made for this one shot. */
  sender: publicKey,
  key: wrappedKey,
  /** The JPEG and the seal's tag. */
  bytes: z.custom<Uint8Array<ArrayBuffer>>(
    (value) => value instanceof Uint8Array && value.length > 0 && value.length <= SHOT_BYTES + 16,
  ),
});
export type SealedShot = z.infer<typeof sealedShot>;

/** What a shot's key is wrapped under; `aim`: the order's id. */
export function shotKeyName(aim: string): string {
  return `shot ${aim}`;
}
