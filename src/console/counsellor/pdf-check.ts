/** What can be told of a file before the terminal is troubled with it. The terminal checks again, and more. */
import type { FailureCode } from '#shared/failure.ts';

/** Bytes. Only protects this page's memory: the terminal's own limit is in its configuration and may be lower. */
export const OPENED_FILE_LIMIT = 100 * 1024 * 1024;

/** The header may stand anywhere in the first 1024 bytes (ISO 32000-1, annex H, implementation note 13). */
const HEADER_WINDOW = 1024;
const HEADER = '%PDF-';

export function checkSize(size: number): FailureCode | null {
  if (size === 0) return 'documentBroken';
  return size > OPENED_FILE_LIMIT ? 'documentTooBig' : null;
}

export function checkHeader(bytes: Uint8Array): FailureCode | null {
  const head = String.fromCharCode(...bytes.subarray(0, HEADER_WINDOW));
  return head.includes(HEADER) ? null : 'documentNotPdf';
}
