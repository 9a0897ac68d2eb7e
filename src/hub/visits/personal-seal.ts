/**
 * What is known of a resident is encrypted before they reach the database (AES-256-GCM): neither a stolen database nor the pages
 * and logs that PostgreSQL keeps for a while after a row is deleted can be read without the hub's secret file.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { identityPaper, residentDetails } from '#shared/protocol/resident.ts';

const personal = z.strictObject({
  residentName: z.string(),
  motive: z.string(),
  // A visit that was announced before there was such a thing.
  details: residentDetails.default({}),
  identityPaper: identityPaper.nullable().default(null),
});
export type Personal = z.infer<typeof personal>;

/** `id`: of the visit, or of whatever else the content belongs to. */
export interface Seal<T> {
  readonly seal: (id: string, content: T) => Uint8Array;
  /** @throws where the bytes were changed, belong to another id, or were sealed with another secret. */
  readonly open: (id: string, sealed: Uint8Array) => T;
}
export type PersonalSeal = Seal<Personal>;

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** @param former keys of former secrets: they still open what they sealed, and seal nothing. */
export function createPersonalSeal(key: Uint8Array, former: readonly Uint8Array[] = []): PersonalSeal {
  return createSeal(key, personal, former);
}

/**
 * @param schema what was sealed, checked again when it is opened.
 * @param former keys of former secrets: they still open what they sealed, and seal nothing.
 */
export function createSeal<T>(
  key: Uint8Array,
  schema: z.ZodType<T>,
  former: readonly Uint8Array[] = [],
): Seal<T> {
  return {
    seal: (id, content) => sealBytes(key, id, Buffer.from(JSON.stringify(content))),
    open: (id, sealed) => schema.parse(JSON.parse(openBytes([key, ...former], id, sealed).toString('utf8'))),
  };
}

export function sealBytes(key: Uint8Array, id: string, content: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(id));
  const text = Buffer.concat([cipher.update(content), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]);
}

/** @param keys tried in this order. @throws where none of them sealed it for this id. */
export function openBytes(keys: readonly Uint8Array[], id: string, sealed: Uint8Array): Buffer {
  let failure: unknown;
  for (const key of keys) {
    const cipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES))
      .setAAD(Buffer.from(id))
      .setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    try {
      return Buffer.concat([cipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), cipher.final()]);
    } catch (error) {
      // Sealed with another key, or changed: the tag does not tell which.
      failure = error;
    }
  }
  throw failure;
}
