/** The pages that the terminal's scanner delivered, pulled as soon as they are known. They live in this page's memory only. */
import type { HeldDocument } from '#shared/protocol/scanned-pages.ts';
import { listenerSet } from './listener-set.ts';
import type { SealedPuller } from './sealed-puller.ts';

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
  readonly makeUrl?: (bytes: Uint8Array<ArrayBuffer>) => string;
  readonly dropUrl?: (url: string) => void;
}

export function createScannedPages(puller: SealedPuller, settings: ScannedPagesSettings = {}): ScannedPages {
  const {
    makeUrl = (bytes) => URL.createObjectURL(new Blob([bytes], { type: 'image/jpeg' })),
    dropUrl = (url) => URL.revokeObjectURL(url),
  } = settings;

  const known = new Map<string, HeldDocument>();
  let states: ReadonlyMap<string, PullState> = new Map();
  const listeners = listenerSet<void>();
  let telling: ReturnType<typeof setTimeout> | null = null;

  function tell(): void {
    if (telling !== null) clearTimeout(telling);
    telling = null;
    listeners.tell();
  }
  /** The bar moves ten times a second: drawing the visit at every range would keep the next ones waiting. */
  function tellSoon(): void {
    telling ??= setTimeout(tell, 100);
  }
  function set(documentId: string, state: PullState): void {
    states = new Map(states).set(documentId, state);
  }

  async function start({ documentId, size }: HeldDocument): Promise<void> {
    set(documentId, { kind: 'pulling', received: 0 });
    tell();
    const pulled = await puller.pull(documentId, size, (received) => {
      set(documentId, { kind: 'pulling', received });
      tellSoon();
    });
    // Cleared in the meantime.
    if (!known.has(documentId)) return;
    if (pulled.ok) set(documentId, { kind: 'here', url: makeUrl(pulled.bytes), bytes: pulled.bytes });
    else set(documentId, { kind: 'failed', code: pulled.code });
    tell();
  }

  function clear(): void {
    for (const state of states.values()) if (state.kind === 'here') dropUrl(state.url);
    for (const documentId of known.keys()) puller.drop(documentId);
    known.clear();
    states = new Map();
    tell();
  }

  return {
    snapshot: () => states,
    subscribe: listeners.add,
    want: (pages) => {
      for (const page of pages) {
        if (known.has(page.documentId)) continue;
        known.set(page.documentId, page);
        void start(page);
      }
    },
    forget: (documentId) => {
      const state = states.get(documentId);
      if (state?.kind === 'here') dropUrl(state.url);
      known.delete(documentId);
      puller.drop(documentId);
      const left = new Map(states);
      if (left.delete(documentId)) states = left;
      tellSoon();
    },
    tryAgain: (documentId) => {
      const page = known.get(documentId);
      if (page && states.get(documentId)?.kind === 'failed') void start(page);
    },
    clear,
    close: clear,
  };
}
