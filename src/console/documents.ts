/**
 * The documents that the counsellor opened. They live in this page's memory (a file stays where the browser has it) and
 * nowhere else; a reload forgets them. The terminal pulls them from here in ranges, each sealed as it leaves.
 */
import type { ConsoleSeal } from '#sealing/console-seal.ts';
import { type DocumentSeal, PLAIN_RANGE_BYTES, plainOffset, sealedSize } from '#sealing/sealed-document.ts';
import type { OrderRequest } from '#shared/protocol/orders.ts';
import type { HubLink } from './hub-link.ts';
import { listenerSet } from './listener-set.ts';

export interface HeldDocument {
  readonly documentId: string;
  /** The file's or the form's name, as the counsellor knows it. Never sent. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
}

export interface OpenedDocuments {
  readonly snapshot: () => readonly HeldDocument[];
  readonly subscribe: (listener: () => void) => () => void;
  readonly add: (name: string, content: Blob) => Promise<HeldDocument>;
  /** Its bytes; null: not held (any more). */
  readonly content: (documentId: string) => Blob | null;
  /** The order that brings it to the terminal, once the two know each other. Null: not held, or the visit is over. */
  readonly takeRequest: (documentId: string) => Promise<OrderRequest | null>;
  readonly remove: (documentId: string) => void;
  readonly clear: () => void;
  readonly close: () => void;
}

export type DocumentLine = Pick<HubLink, 'sendDocumentMessage' | 'sendFrame' | 'onDocumentMessage'>;

interface Content {
  readonly blob: Blob;
  readonly seal: DocumentSeal;
}

/** Answers document.want with the sealed range asked for, or document.gone where the document is not held here. */
export function createOpenedDocuments(link: DocumentLine, seal: ConsoleSeal): OpenedDocuments {
  let held: readonly HeldDocument[] = [];
  const contents = new Map<string, Content>();
  const listeners = listenerSet<void>();

  function set(next: readonly HeldDocument[]): void {
    held = next;
    listeners.tell();
  }

  async function give(documentId: string, offset: number): Promise<void> {
    const content = contents.get(documentId);
    const at = plainOffset(offset);
    if (!content || at === null || at >= content.blob.size) {
      link.sendDocumentMessage({ type: 'document.gone', documentId });
      return;
    }
    const plain = new Uint8Array(await content.blob.slice(at, at + PLAIN_RANGE_BYTES).arrayBuffer());
    link.sendFrame({ documentId, offset, payload: await content.seal.seal(offset, plain) });
  }

  /** The terminal lost the key with the process that had it. */
  async function giveKey(documentId: string): Promise<void> {
    const content = contents.get(documentId);
    const key = content && (await seal.keyFor(documentId, content.seal));
    if (key) link.sendDocumentMessage({ type: 'documentKey', consoleId: seal.consoleId, documentId, key });
    else link.sendDocumentMessage({ type: 'document.gone', documentId });
  }

  const stop = link.onDocumentMessage((message) => {
    if (message.type === 'documentKey.want') void giveKey(message.documentId);
    if (message.type !== 'document.want') return;
    const { documentId, offset } = message;
    // The file was changed or deleted since it was opened.
    give(documentId, offset).catch(() => link.sendDocumentMessage({ type: 'document.gone', documentId }));
  });

  return {
    snapshot: () => held,
    subscribe: listeners.add,
    add: async (name, blob) => {
      const document: HeldDocument = { documentId: crypto.randomUUID(), name, size: blob.size };
      contents.set(document.documentId, { blob, seal: await seal.sealOf(document.documentId, blob.size) });
      set([...held, document]);
      return document;
    },
    content: (documentId) => contents.get(documentId)?.blob ?? null,
    takeRequest: async (documentId) => {
      const content = contents.get(documentId);
      const key = content && (await seal.keyFor(documentId, content.seal));
      if (!content || !key) return null;
      const { consoleId } = seal;
      return { kind: 'take', documentId, size: sealedSize(content.blob.size), consoleId, key };
    },
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
