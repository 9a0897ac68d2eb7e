/**
 * Pulls what the terminal gives (scanned pages, pictures of pages): several ranges on their way at once, what a cut cost
 * asked for again, opened with the document's key once all of it is here. Whatever was asked for first comes first.
 */

import type { ConsoleSeal } from '#sealing/console-seal.ts';
import { type DocumentSeal, plainSize } from '#sealing/sealed-document.ts';
import { DOCUMENT_RANGE_BYTES } from '#shared/protocol/documents.ts';
import type { HubLink } from './hub-link.ts';

export type Pulled =
  | { readonly ok: true; readonly bytes: Uint8Array<ArrayBuffer> }
  /** gone: the terminal no longer holds it · damaged: it arrived wrong twice. */
  | { readonly ok: false; readonly code: 'documentGone' | 'documentDamaged' };

export interface SealedPuller {
  /** `size`: bytes as sealed. Resolves never where it was dropped. */
  readonly pull: (
    documentId: string,
    size: number,
    onProgress?: (received: number) => void,
  ) => Promise<Pulled>;
  /** Nobody wants it any more. */
  readonly drop: (documentId: string) => void;
  readonly close: () => void;
}

export interface SealedPullerSettings {
  /** Ranges on their way at once, over all documents: a page of the glass, so that none waits for this page to be drawn. */
  readonly ranges?: number;
  /** ms without any range before those on their way are asked for again; one that others have overtaken, alone. */
  readonly patience?: number;
}

/** A range on its way. */
interface Asked {
  /** Ranges come in the order in which they were asked for, about. */
  readonly turn: number;
  /** performance.now(). */
  readonly at: number;
}

interface Pull {
  readonly documentId: string;
  readonly size: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Offsets not asked for yet. */
  todo: number[];
  /** By offset. */
  readonly underWay: Map<number, Asked>;
  received: number;
  attempts: number;
  readonly onProgress: (received: number) => void;
  readonly settle: (result: Pulled) => void;
}

const ATTEMPTS = 2;

export function createSealedPuller(
  link: HubLink,
  seal: Pick<ConsoleSeal, 'openerOf'>,
  { ranges = 16, patience = 10_000 }: SealedPullerSettings = {},
): SealedPuller {
  const pulls = new Map<string, Pull>();
  let watchdog: ReturnType<typeof setTimeout> | null = null;
  let turns = 0;

  function begin(pull: Pull): void {
    pull.todo = [];
    for (let offset = 0; offset < pull.size; offset += DOCUMENT_RANGE_BYTES) pull.todo.push(offset);
    pull.underWay.clear();
    pull.received = 0;
    pull.attempts += 1;
    ask();
  }

  /** Fills the pipe. */
  function ask(): void {
    let free = ranges - [...pulls.values()].reduce((sum, pull) => sum + pull.underWay.size, 0);
    for (const pull of pulls.values()) {
      while (free > 0) {
        const offset = pull.todo[0];
        if (offset === undefined) break;
        const { documentId, size } = pull;
        const length = Math.min(DOCUMENT_RANGE_BYTES, size - offset);
        if (!link.sendDocumentMessage({ type: 'document.want', documentId, offset, length })) return;
        pull.todo.shift();
        turns += 1;
        pull.underWay.set(offset, { turn: turns, at: performance.now() });
        free -= 1;
      }
    }
    watch();
  }

  function watch(): void {
    if (watchdog !== null) clearTimeout(watchdog);
    watchdog = pulls.size > 0 ? setTimeout(askAgain, patience) : null;
  }

  /** The answers may have been lost on either leg. */
  function askAgain(): void {
    for (const pull of pulls.values()) {
      putBack(pull, [...pull.underWay.keys()]);
    }
    ask();
  }

  function putBack(pull: Pull, offsets: readonly number[]): void {
    pull.todo = [...offsets, ...pull.todo].sort((a, b) => a - b);
    for (const offset of offsets) pull.underWay.delete(offset);
  }

  /** The hub was there again before the terminal was: what was asked for in between never arrived, and others come. */
  function putBackOvertaken({ turn }: Asked): void {
    const before = performance.now() - patience;
    for (const pull of pulls.values()) {
      const lost = [...pull.underWay].filter(([, asked]) => asked.turn < turn && asked.at <= before);
      putBack(
        pull,
        lost.map(([offset]) => offset),
      );
    }
  }

  async function finish(pull: Pull): Promise<void> {
    const { documentId, size, bytes } = pull;
    const plain = plainSize(size);
    const opener = plain === null ? null : await seal.openerOf(documentId, plain);
    const opened = opener && plain !== null ? await openAll(opener, bytes, plain) : null;
    // Dropped in the meantime.
    if (pulls.get(documentId) !== pull) return;
    if (opened || pull.attempts >= ATTEMPTS || !opener) {
      pulls.delete(documentId);
      watch();
      if (opened) pull.settle({ ok: true, bytes: opened });
      else pull.settle({ ok: false, code: opener ? 'documentDamaged' : 'documentGone' });
    } else begin(pull);
  }

  const stops = [
    link.onOpen(askAgain),
    link.onFrame(({ documentId, offset, payload }) => {
      const pull = pulls.get(documentId);
      const asked = pull?.underWay.get(offset);
      if (!pull || !asked) return;
      if (payload.length !== Math.min(DOCUMENT_RANGE_BYTES, pull.size - offset)) return;
      pull.underWay.delete(offset);
      pull.bytes.set(payload, offset);
      pull.received += payload.length;
      pull.onProgress(pull.received);
      putBackOvertaken(asked);
      ask();
      if (pull.received === pull.size) void finish(pull);
    }),
    link.onDocumentMessage((message) => {
      if (message.type !== 'document.gone') return;
      const pull = pulls.get(message.documentId);
      if (!pull) return;
      pulls.delete(message.documentId);
      pull.settle({ ok: false, code: 'documentGone' });
      ask();
    }),
  ];

  return {
    pull: (documentId, size, onProgress = () => undefined) =>
      new Promise((settle) => {
        const pull: Pull = {
          ...{ documentId, size, bytes: new Uint8Array(size), todo: [], underWay: new Map() },
          ...{ received: 0, attempts: 0, onProgress, settle },
        };
        pulls.set(documentId, pull);
        begin(pull);
      }),
    drop(documentId) {
      pulls.delete(documentId);
      watch();
    },
    close() {
      for (const stop of stops) stop();
      pulls.clear();
      watch();
    },
  };
}

/** Null: a range that is not what was sealed. */
async function openAll(
  opener: DocumentSeal,
  sealed: Uint8Array<ArrayBuffer>,
  size: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const plain = new Uint8Array(size);
  let at = 0;
  for (let offset = 0; offset < sealed.length; offset += DOCUMENT_RANGE_BYTES) {
    const range = await opener.open(offset, sealed.slice(offset, offset + DOCUMENT_RANGE_BYTES));
    if (!range) return null;
    plain.set(range, at);
    at += range.length;
  }
  return plain;
}
