/**
 * What a console says while it is said, in frames like those of documents: its own id in the document's place, a count in
 * the place of the offset. Only a higher count than the last is heard, so that nothing old can be played again.
 */
import type { DocumentFrame } from '#shared/document-frame.ts';
import { DOCUMENT_RANGE_BYTES } from '#shared/protocol/documents.ts';
import type { Bytes } from './bytes.ts';
import { documentSeal } from './sealed-document.ts';

export interface LiveSeal {
  readonly seal: (plain: Bytes) => Promise<DocumentFrame>;
  /** Null: not what was sealed by that console, or said before. */
  readonly open: (frame: DocumentFrame) => Promise<Bytes | null>;
}

/** It has no size: the seal is told of the largest there is. */
const SIZE = Number.MAX_SAFE_INTEGER;

/** `key`: for this console page and nothing else. */
export async function liveSeal(consoleId: string, key: Bytes): Promise<LiveSeal> {
  const sealed = await documentSeal(consoleId, SIZE, key);
  let said = 0;
  let heard = 0;
  return {
    async seal(plain) {
      said += 1;
      const offset = said * DOCUMENT_RANGE_BYTES;
      return { documentId: consoleId, offset, payload: await sealed.seal(offset, plain) };
    },
    async open({ offset, payload }) {
      if (offset <= heard || offset % DOCUMENT_RANGE_BYTES !== 0) return null;
      const plain = await sealed.open(offset, payload);
      if (!plain || offset <= heard) return null;
      heard = offset;
      return plain;
    },
  };
}
