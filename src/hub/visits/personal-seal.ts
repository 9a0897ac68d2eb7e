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

export function createPersonalSeal(key: Uint8Array): PersonalSeal {
  return createSeal(key, personal);
}

/** @param schema what was sealed, checked again when it is opened. */
export function createSeal<T>(key: Uint8Array, schema: z.ZodType<T>): Seal<T> {
  return {
    seal(id, content) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(id));
      const text = Buffer.concat([cipher.update(JSON.stringify(content), 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), text]);
    },
    open(id, sealed) {
      const cipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES))
        .setAAD(Buffer.from(id))
        .setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      const text = Buffer.concat([cipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), cipher.final()]);
      return schema.parse(JSON.parse(text.toString('utf8')));
    },
  };
}
