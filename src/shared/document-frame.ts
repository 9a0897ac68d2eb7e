/**
 * The binary frame that carries a range of a document over a WebSocket:
 * 1 byte version · 16 bytes document id · 8 bytes offset (big endian) · payload.
 */
const VERSION = 1;
const HEADER_BYTES = 25;

export interface DocumentFrame {
  readonly documentId: string;
  /** Position of the payload's first byte in the document. */
  readonly offset: number;
  readonly payload: Uint8Array<ArrayBuffer>;
}

export function encodeDocumentFrame(frame: DocumentFrame): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(HEADER_BYTES + frame.payload.length);
  bytes[0] = VERSION;
  bytes.set(uuidBytes(frame.documentId), 1);
  new DataView(bytes.buffer).setBigUint64(17, BigInt(frame.offset));
  bytes.set(frame.payload, HEADER_BYTES);
  return bytes;
}

/** Returns null for anything that is not a frame of this version; never throws. The payload is a copy. */
export function decodeDocumentFrame(bytes: Uint8Array): DocumentFrame | null {
  if (bytes.length <= HEADER_BYTES || bytes[0] !== VERSION) return null;
  const offset = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getBigUint64(17);
  if (offset > BigInt(Number.MAX_SAFE_INTEGER)) return null;
  return {
    documentId: uuidText(bytes.subarray(1, 17)),
    offset: Number(offset),
    payload: new Uint8Array(bytes.subarray(HEADER_BYTES)),
  };
}

function uuidBytes(uuid: string): Uint8Array {
  const hex = uuid.replaceAll('-', '');
  return Uint8Array.from({ length: 16 }, (_, i) => Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16));
}

function uuidText(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
