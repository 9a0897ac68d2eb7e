/** What a document must be before anything is drawn or printed of it. */
import { createHash } from 'node:crypto';
import type { FailureCode } from '#shared/failure.ts';
import { hasPdfHeader } from '#shared/pdf-header.ts';

/** The end mark may be followed by some rubbish; a file cut short has none. */
const END_WITHIN = 4096;

/** Null: a whole PDF as far as its bytes tell. */
export function checkBytes(bytes: Uint8Array, sha256: string): FailureCode | null {
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) return 'documentDamaged';
  if (!hasPdfHeader(bytes)) return 'documentNotPdf';
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (!buffer.subarray(-END_WITHIN).includes('%%EOF')) return 'documentBroken';
  return null;
}
