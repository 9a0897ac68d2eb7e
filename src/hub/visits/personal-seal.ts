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

export interface PersonalSeal {
  readonly seal: (visitId: string, content: Personal) => Uint8Array;
  /** @throws where the bytes were changed, belong to another visit, or were sealed with another secret. */
  readonly open: (visitId: string, sealed: Uint8Array) => Personal;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export function createPersonalSeal(key: Uint8Array): PersonalSeal {
  return {
    seal(visitId, content) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(visitId));
      const text = Buffer.concat([cipher.update(JSON.stringify(content), 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), text]);
    },
    open(visitId, sealed) {
      const cipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES))
        .setAAD(Buffer.from(visitId))
        .setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      const text = Buffer.concat([cipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), cipher.final()]);
      return personal.parse(JSON.parse(text.toString('utf8')));
    },
  };
}
