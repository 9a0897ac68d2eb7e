/** What can be told of a file before the terminal is troubled with it. The terminal checks again, and more. */
import type { FailureCode } from '#shared/failure.ts';
import { hasPdfHeader, PDF_HEADER_WITHIN } from '#shared/pdf-header.ts';

/** Bytes. What no terminal takes: its own limit is in its configuration and may be lower. */
export const OPENED_FILE_LIMIT = 250 * 1024 * 1024;

export function checkSize(size: number): FailureCode | null {
  if (size === 0) return 'documentBroken';
  return size > OPENED_FILE_LIMIT ? 'documentTooBig' : null;
}

export async function checkHeader(content: Blob): Promise<FailureCode | null> {
  const start = await content.slice(0, PDF_HEADER_WITHIN).arrayBuffer();
  return hasPdfHeader(new Uint8Array(start)) ? null : 'documentNotPdf';
}
