/**
 * The documents of this page: those the counsellor opened and those the terminal scanned. They live in this page's
 * memory and nowhere else; a reload forgets them. The terminal pulls the first kind from here in ranges.
 */
import { DOCUMENT_RANGE_BYTES } from '#shared/protocol.ts';
import { sha256Hex } from './digest.ts';
import type { HubLink } from './hub-link.ts';

export interface HeldDocument {
  readonly documentId: string;
  /** The file's or the form's name, as the counsellor knows it. Never sent. */
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
}

export interface OpenedDocuments {
  readonly snapshot: () => readonly HeldDocument[];
  readonly subscribe: (listener: () => void) => () => void;
  readonly add: (name: string, bytes: Uint8Array<ArrayBuffer>) => Promise<HeldDocument>;
  /** Null where the document is not held here. */
  readonly bytesOf: (documentId: string) => Uint8Array<ArrayBuffer> | null;
  readonly remove: (documentId: string) => void;
  readonly clear: () => void;
  readonly close: () => void;
}

/** Answers document.want with the range asked for, or document.gone where the document is not held here. */
export function createOpenedDocuments(link: HubLink): OpenedDocuments {
  let held: readonly HeldDocument[] = [];
  const contents = new Map<string, Uint8Array<ArrayBuffer>>();
  const listeners = new Set<() => void>();

  function set(next: readonly HeldDocument[]): void {
    held = next;
    for (const listener of [...listeners]) listener();
  }

  const stop = link.onDocumentMessage((message) => {
    if (message.type !== 'document.want') return;
    const { documentId, offset } = message;
    const bytes = contents.get(documentId);
    if (!bytes || offset >= bytes.length) {
      link.sendDocumentMessage({ type: 'document.gone', documentId });
      return;
    }
    const end = Math.min(bytes.length, offset + Math.min(message.length, DOCUMENT_RANGE_BYTES));
    link.sendFrame({ documentId, offset, payload: bytes.subarray(offset, end) });
  });

  return {
    snapshot: () => held,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    add: async (name, bytes) => {
      const sha256 = await sha256Hex(bytes);
      const document: HeldDocument = { documentId: crypto.randomUUID(), name, size: bytes.length, sha256 };
      contents.set(document.documentId, bytes);
      set([...held, document]);
      return document;
    },
    bytesOf: (documentId) => contents.get(documentId) ?? null,
    remove: (documentId) => {
      contents.delete(documentId);
      set(held.filter((document) => document.documentId !== documentId));
    },
    clear: () => {
      contents.clear();
      set([]);
    },
    close: stop,
  };
}
