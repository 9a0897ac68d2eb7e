/** What a document must be before anything of it is opened. */
import type { FileHandle } from 'node:fs/promises';
import type { FailureCode } from '#shared/failure.ts';
import { hasPdfHeader, PDF_HEADER_WITHIN } from '#shared/pdf-header.ts';

/** The end mark may be followed by some rubbish; a file cut short has none. */
const END_WITHIN = 4096;

/** Null: a whole PDF as far as its first and last bytes tell. */
export async function checkFile(file: FileHandle, size: number): Promise<FailureCode | null> {
  if (!hasPdfHeader(await part(file, 0, Math.min(size, PDF_HEADER_WITHIN)))) return 'documentNotPdf';
  const tail = await part(file, Math.max(0, size - END_WITHIN), Math.min(size, END_WITHIN));
  return tail.includes('%%EOF') ? null : 'documentBroken';
}

async function part(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
  return buffer.subarray(0, bytesRead);
}
