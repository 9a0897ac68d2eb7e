/** What a file is by its bytes, whatever its name says; and whether all of it is there. */

export type AttachmentKind = 'pdf' | 'jpeg' | 'png';
export type AttachmentFinding = AttachmentKind | 'broken' | 'other';

/** Bytes at the end in which a PDF's last line is looked for, as readers do (ISO 32000-1, Annex H). */
const PDF_TAIL = 1024;

/**
 * PDF: "%PDF-" at the start and "%%EOF" at the end. JPEG: start and end of image (ITU-T T.81, B.1.1.3); some cameras write
 * a little of their own after it. PNG: its signature and the IEND chunk (ISO/IEC 15948, 5.2 and 11.2.5).
 * 'broken': it begins as one of these and does not end as one.
 */
export function attachmentKind(bytes: Uint8Array): AttachmentFinding {
  if (startsWith(bytes, [0x25, 0x50, 0x44, 0x46, 0x2d])) {
    return finds(bytes.subarray(-PDF_TAIL), [0x25, 0x25, 0x45, 0x4f, 0x46]) ? 'pdf' : 'broken';
  }
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return finds(bytes, [0xff, 0xd9]) ? 'jpeg' : 'broken';
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) {
    return finds(bytes.subarray(-12), [0x49, 0x45, 0x4e, 0x44]) ? 'png' : 'broken';
  }
  return 'other';
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, at) => bytes[at] === byte);
}

function finds(bytes: Uint8Array, wanted: readonly [number, ...number[]]): boolean {
  for (
    let at = bytes.lastIndexOf(wanted[0]);
    at >= 0;
    at = at > 0 ? bytes.lastIndexOf(wanted[0], at - 1) : -1
  ) {
    if (startsWith(bytes.subarray(at), wanted)) return true;
  }
  return false;
}
