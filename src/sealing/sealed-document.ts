/**
 * A document on its way: cut into ranges, each sealed by itself (AES-256-GCM, NIST SP 800-38D) with the document's own
 * key and its place as the nonce, so that ranges may come in any order and none can be changed, left out, moved or taken
 * from another document. The hub sees the sealed ranges and nothing else.
 */
import { DOCUMENT_RANGE_BYTES } from '#shared/protocol/documents.ts';
import { type Bytes, utf8 } from './bytes.ts';

const TAG_BYTES = 16;
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
/** Plain bytes of each range but the last. */
export const PLAIN_RANGE_BYTES = DOCUMENT_RANGE_BYTES - TAG_BYTES;

export interface DocumentSeal {
  /** The document's key, to be wrapped for whoever may read it. */
  readonly key: Bytes;
  /** `sealedOffset`: where the range begins among the sealed bytes; a multiple of DOCUMENT_RANGE_BYTES. */
  readonly seal: (sealedOffset: number, plain: Bytes) => Promise<Bytes>;
  /** Null: not what was sealed for this place of this document. */
  readonly open: (sealedOffset: number, sealed: Bytes) => Promise<Bytes | null>;
}

export function newDocumentKey(): Bytes {
  return crypto.getRandomValues(new Uint8Array(KEY_BYTES));
}

/** Bytes on their way of a document of `size` bytes. */
export function sealedSize(size: number): number {
  return size + Math.ceil(size / PLAIN_RANGE_BYTES) * TAG_BYTES;
}

/** The other way round; null where no document has this sealed size. */
export function plainSize(sealed: number): number | null {
  const size = sealed - Math.ceil(sealed / DOCUMENT_RANGE_BYTES) * TAG_BYTES;
  return size > 0 && sealedSize(size) === sealed ? size : null;
}

/** Where the plain bytes of the range at `sealedOffset` begin; null: no range begins there. */
export function plainOffset(sealedOffset: number): number | null {
  if (sealedOffset % DOCUMENT_RANGE_BYTES !== 0) return null;
  return (sealedOffset / DOCUMENT_RANGE_BYTES) * PLAIN_RANGE_BYTES;
}

/** `size`: plain bytes of the whole document. Each key is for one document, never for a second one or a changed one. */
export async function documentSeal(documentId: string, size: number, key: Bytes): Promise<DocumentSeal> {
  const handle = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt', 'decrypt']);
  // Its length is bound too: a document cannot be cut short.
  const additionalData = utf8(`vis-a-vis document 1 ${documentId} ${size}`);
  const algorithm = (sealedOffset: number) => ({ name: 'AES-GCM', iv: nonce(sealedOffset), additionalData });
  return {
    key,
    async seal(sealedOffset, plain) {
      return new Uint8Array(await crypto.subtle.encrypt(algorithm(sealedOffset), handle, plain));
    },
    async open(sealedOffset, sealed) {
      try {
        return new Uint8Array(await crypto.subtle.decrypt(algorithm(sealedOffset), handle, sealed));
      } catch (error) {
        // WebCrypto's one word for "not what was sealed".
        if (error instanceof Error && error.name === 'OperationError') return null;
        throw error;
      }
    },
  };
}

/** The range's number, big endian. */
function nonce(sealedOffset: number): Bytes {
  const bytes = new Uint8Array(NONCE_BYTES);
  new DataView(bytes.buffer).setBigUint64(4, BigInt(sealedOffset / DOCUMENT_RANGE_BYTES));
  return bytes;
}
