import { sha256 } from '#sealing/bytes.ts';

/** The fingerprint of a file: its SHA-256, as 64 hexadecimal digits. */
export async function fileDigest(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return [...(await sha256(bytes))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
