/** "%PDF-" */
const HEADER = [0x25, 0x50, 0x44, 0x46, 0x2d] as const;
/** Bytes. Readers accept the header anywhere in the first of them (ISO 32000-1, annex H.3.4.1). */
export const PDF_HEADER_WITHIN = 1024;

/** Whether these bytes, the whole file or its beginning, say that they are a PDF. */
export function hasPdfHeader(bytes: Uint8Array): boolean {
  const last = Math.min(bytes.length, PDF_HEADER_WITHIN) - HEADER.length;
  for (let at = 0; at <= last; at += 1) {
    if (HEADER.every((byte, i) => bytes[at + i] === byte)) return true;
  }
  return false;
}
