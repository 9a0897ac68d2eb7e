/**
 * Pulls the pages that the terminal's scanner delivered: several ranges on their way at once, each page checked
 * against its SHA-256, what a cut cost asked for again. The bytes live in this page's memory only.
 */
import { DOCUMENT_RANGE_BYTES, type HeldDocument } from '#shared/protocol.ts';
import { sha256Hex } from './digest.ts';
import type { HubLink } from './hub-link.ts';

export type PullState =
  /** The counsellor sees the page's place and a bar. */
  | { readonly kind: 'pulling'; readonly received: number }
  /** The counsellor sees the page. `url` is a blob: address of the JPEG. */
  | { readonly kind: 'here'; readonly url: string; readonly bytes: Uint8Array<ArrayBuffer> }
  /** gone: the terminal no longer holds it · damaged: it arrived wrong twice. */
  | { readonly kind: 'failed'; readonly code: 'documentGone' | 'documentDamaged' };

export interface ScannedPages {
  readonly snapshot: () => ReadonlyMap<string, PullState>;
  readonly subscribe: (listener: () => void) => () => void;
  /** Starts pulling what is not known yet (pages, a page that still grows, words); harmless to repeat with the same list. */
  readonly want: (held: readonly HeldDocument[]) => void;
  /** Another picture has taken its place. */
  readonly forget: (documentId: string) => void;
  readonly tryAgain: (documentId: string) => void;
  readonly clear: () => void;
  readonly close: () => void;
}

export interface ScannedPagesSettings {
  /** Ranges on their way at once, over all pages: a page of the glass, so that none waits for this page to be drawn. */
  readonly ranges?: number;
  /** ms without any range before those on their way are asked for again. */
  readonly patience?: number;
  readonly makeUrl?: (bytes: Uint8Array<ArrayBuffer>) => string;
  readonly dropUrl?: (url: string) => void;
}

interface Pull {
  readonly page: HeldDocument;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Offsets not asked for yet. */
  todo: number[];
  readonly underWay: Set<number>;
  received: number;
  attempts: number;
}

const ATTEMPTS = 2;

export function createScannedPages(link: HubLink, settings: ScannedPagesSettings = {}): ScannedPages {
  const {
    ranges = 16,
    patience = 10_000,
    makeUrl = (bytes) => URL.createObjectURL(new Blob([bytes], { type: 'image/jpeg' })),
    dropUrl = (url) => URL.revokeObjectURL(url),
  } = settings;

  const known = new Map<string, HeldDocument>();
  const pulls = new Map<string, Pull>();
  let states: ReadonlyMap<string, PullState> = new Map();
  const listeners = new Set<() => void>();
  let telling: ReturnType<typeof setTimeout> | null = null;
  let watchdog: ReturnType<typeof setTimeout> | null = null;

  function set(documentId: string, state: PullState): void {
    states = new Map(states).set(documentId, state);
    tell();
  }
  function tell(): void {
    if (telling !== null) clearTimeout(telling);
    telling = null;
    for (const listener of [...listeners]) listener();
  }
  /** The bar moves ten times a second: drawing the visit at every range would keep the next ones waiting. */
  function tellSoon(): void {
    telling ??= setTimeout(tell, 100);
  }

  function start(page: HeldDocument, attempts: number): void {
    const offsets: number[] = [];
    for (let offset = 0; offset < page.size; offset += DOCUMENT_RANGE_BYTES) offsets.push(offset);
    pulls.set(page.documentId, {
      page,
      bytes: new Uint8Array(page.size),
      todo: offsets,
      underWay: new Set(),
      received: 0,
      attempts,
    });
    set(page.documentId, { kind: 'pulling', received: 0 });
    ask();
  }

  /** Fills the pipe, first page first. */
  function ask(): void {
    let free = ranges - [...pulls.values()].reduce((sum, pull) => sum + pull.underWay.size, 0);
    for (const pull of pulls.values()) {
      while (free > 0) {
        const offset = pull.todo[0];
        if (offset === undefined) break;
        const { documentId, size } = pull.page;
        const length = Math.min(DOCUMENT_RANGE_BYTES, size - offset);
        if (!link.sendDocumentMessage({ type: 'document.want', documentId, offset, length })) return;
        pull.todo.shift();
        pull.underWay.add(offset);
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
      pull.todo = [...pull.underWay, ...pull.todo].sort((a, b) => a - b);
      pull.underWay.clear();
    }
    ask();
  }

  async function finish(pull: Pull): Promise<void> {
    const { documentId, sha256 } = pull.page;
    const digest = await sha256Hex(pull.bytes);
    // Cleared, or started again, in the meantime.
    if (pulls.get(documentId) !== pull) return;
    pulls.delete(documentId);
    watch();
    if (digest === sha256) {
      set(documentId, { kind: 'here', url: makeUrl(pull.bytes), bytes: pull.bytes });
    } else if (pull.attempts < ATTEMPTS) start(pull.page, pull.attempts + 1);
    else set(documentId, { kind: 'failed', code: 'documentDamaged' });
  }

  const stops = [
    link.onOpen(askAgain),
    link.onFrame(({ documentId, offset, payload }) => {
      const pull = pulls.get(documentId);
      if (!pull?.underWay.has(offset)) return;
      const expected = Math.min(DOCUMENT_RANGE_BYTES, pull.page.size - offset);
      if (payload.length !== expected) return;
      pull.underWay.delete(offset);
      pull.bytes.set(payload, offset);
      pull.received += payload.length;
      states = new Map(states).set(documentId, { kind: 'pulling', received: pull.received });
      tellSoon();
      ask();
      if (pull.received === pull.page.size) void finish(pull);
    }),
    link.onDocumentMessage((message) => {
      if (message.type !== 'document.gone' || !pulls.delete(message.documentId)) return;
      set(message.documentId, { kind: 'failed', code: 'documentGone' });
      ask();
    }),
  ];

  function clear(): void {
    for (const state of states.values()) if (state.kind === 'here') dropUrl(state.url);
    known.clear();
    pulls.clear();
    states = new Map();
    watch();
    tell();
  }

  return {
    snapshot: () => states,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    want: (pages) => {
      for (const page of pages) {
        if (known.has(page.documentId)) continue;
        known.set(page.documentId, page);
        start(page, 1);
      }
    },
    forget: (documentId) => {
      const state = states.get(documentId);
      if (state?.kind === 'here') dropUrl(state.url);
      known.delete(documentId);
      pulls.delete(documentId);
      const left = new Map(states);
      if (left.delete(documentId)) states = left;
      ask();
      tellSoon();
    },
    tryAgain: (documentId) => {
      const page = known.get(documentId);
      if (page && states.get(documentId)?.kind === 'failed') start(page, 1);
    },
    clear,
    close: () => {
      for (const stop of stops) stop();
      clear();
    },
  };
}
