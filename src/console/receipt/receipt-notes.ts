/**
 * What of this visit belongs on the resident's receipt and is known on this page alone: the files kept and their
 * fingerprints, the documents' names, what the counsellor wrote for it. In memory, forgotten with the visit.
 */
import type { HeldDocument } from '../documents.ts';
import { listenerSet } from '../listener-set.ts';

export interface KeptFile {
  /** The same paper kept again replaces what was kept of it before. */
  readonly key: string;
  /** kept: written here and saved · scanned · signed: came back with its signature. */
  readonly kind: 'kept' | 'scanned' | 'signed';
  readonly name: string;
  readonly pages: number | null;
  /** SHA-256, 64 hexadecimal digits. */
  readonly digest: string;
}

interface Notes {
  readonly files: readonly KeptFile[];
  /** By document id; also of documents that were taken off the list since. */
  readonly names: ReadonlyMap<string, string>;
  /** Documents that are receipts themselves. */
  readonly receipts: ReadonlySet<string>;
  /** Ids of lines that shall not be on it. */
  readonly left: ReadonlySet<string>;
  /** In the counsellor's words: what was filed, and how to follow it. */
  readonly filed: string;
  readonly follow: string;
}

export interface ReceiptNotes {
  readonly snapshot: () => Notes;
  readonly subscribe: (listener: () => void) => () => void;
  readonly keep: (file: KeptFile) => void;
  readonly remember: (held: readonly HeldDocument[]) => void;
  readonly addReceipt: (documentId: string) => void;
  readonly change: (change: Partial<Pick<Notes, 'left' | 'filed' | 'follow'>>) => void;
  readonly clear: () => void;
}

const NOTHING: Notes = {
  ...{ files: [], names: new Map(), receipts: new Set(), left: new Set() },
  ...{ filed: '', follow: '' },
};

export function createReceiptNotes(): ReceiptNotes {
  let now = NOTHING;
  const listeners = listenerSet<void>();

  function set(change: Partial<Notes>): void {
    now = { ...now, ...change };
    listeners.tell();
  }

  return {
    snapshot: () => now,
    subscribe: listeners.add,
    keep: (file) => set({ files: [...now.files.filter(({ key }) => key !== file.key), file] }),
    remember(held) {
      const names = new Map([
        ...now.names,
        ...held.map((one): [string, string] => [one.documentId, one.name]),
      ]);
      if (names.size > now.names.size) set({ names });
    },
    addReceipt: (documentId) => set({ receipts: new Set(now.receipts).add(documentId) }),
    change: set,
    clear: () => set(NOTHING),
  };
}
