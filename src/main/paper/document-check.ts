/** What a document must be before anything is drawn or printed of it. */
import { createHash } from 'node:crypto';
import type { FailureCode } from '#shared/failure.ts';

/** Readers accept the header anywhere in the first KB (ISO 32000-1, Annex H.3.4.1). */
const HEADER_WITHIN = 1024;
/** The end mark may be followed by some rubbish; a file cut short has none. */
const END_WITHIN = 4096;

/** Null: a whole PDF as far as its bytes tell. */
export function checkBytes(bytes: Uint8Array, sha256: string): FailureCode | null {
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) return 'documentDamaged';
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (!buffer.subarray(0, HEADER_WITHIN).includes('%PDF-')) return 'documentNotPdf';
  if (!buffer.subarray(-END_WITHIN).includes('%%EOF')) return 'documentBroken';
  return null;
}
