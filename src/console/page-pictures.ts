/**
 * Pages of the documents on the terminal as pictures: the very ones that lie on the desk and go to the printer. Asked for
 * when somebody looks at them, kept for a while in this page's memory.
 */
import type { ConsoleSeal } from '#sealing/console-seal.ts';
import type { FailureCode } from '#shared/failure.ts';
import type { DocumentToConsole } from '#shared/protocol/documents.ts';
import type { HubLink } from './hub-link.ts';
import { listenerSet } from './listener-set.ts';
import type { SealedPuller } from './sealed-puller.ts';

export type PagePictureState =
  | { readonly kind: 'coming' }
  /** `url` is a blob: address. Pixels of the paper (300 to the inch). */
  | {
      readonly kind: 'here';
      readonly url: string;
      readonly blob: Blob;
      readonly width: number;
      readonly height: number;
    }
  | { readonly kind: 'failed'; readonly code: FailureCode };

export interface PagePictures {
  /** By pageKey(). */
  readonly snapshot: () => ReadonlyMap<string, PagePictureState>;
  readonly subscribe: (listener: () => void) => () => void;
  /** A page, from 1. Harmless to repeat; a failed one is tried again. */
  readonly want: (documentId: string, page: number) => void;
  readonly clear: () => void;
  readonly close: () => void;
}

/** Pages whose pictures are kept; a page of photographs is 2 MB. */
const KEPT = 40;

export function pageKey(documentId: string, page: number): string {
  return `${documentId}/${page}`;
}

export interface PagePicturesOptions {
  readonly link: HubLink;
  readonly seal: ConsoleSeal;
  readonly puller: SealedPuller;
}

export function createPagePictures({ link, seal, puller }: PagePicturesOptions): PagePictures {
  let states: ReadonlyMap<string, PagePictureState> = new Map();
  const asked = new Map<string, { readonly documentId: string; readonly page: number }>();
  const listeners = listenerSet<void>();

  function set(key: string, state: PagePictureState): void {
    const next = new Map(states);
    next.delete(key);
    next.set(key, state);
    for (const [oldest, old] of next) {
      if (next.size <= KEPT) break;
      drop(old);
      next.delete(oldest);
    }
    states = next;
    listeners.tell();
  }

  function drop(state: PagePictureState): void {
    if (state.kind === 'here') URL.revokeObjectURL(state.url);
  }

  function say(key: string): void {
    const page = asked.get(key);
    if (page) link.sendDocumentMessage({ type: 'page.want', consoleId: seal.consoleId, ...page });
  }

  async function receive(message: Extract<DocumentToConsole, { type: 'page.drawn' }>): Promise<void> {
    const key = pageKey(message.documentId, message.page);
    const { documentId, size, type, width, height, key: wrapped } = message.picture;
    await seal.learn(documentId, wrapped);
    const pulled = await puller.pull(documentId, size);
    if (!states.has(key)) return;
    if (pulled.ok) {
      const blob = new Blob([pulled.bytes], { type });
      set(key, { kind: 'here', url: URL.createObjectURL(blob), blob, width, height });
    } else set(key, { kind: 'failed', code: pulled.code });
  }

  const stops = [
    // What was asked for on the line that was cut.
    link.onOpen(() => {
      for (const key of asked.keys()) say(key);
    }),
    link.onDocumentMessage((message) => {
      if (message.type !== 'page.drawn' && message.type !== 'page.failed') return;
      const key = pageKey(message.documentId, message.page);
      if (message.consoleId !== seal.consoleId || !asked.delete(key)) return;
      if (message.type === 'page.drawn') void receive(message);
      else set(key, { kind: 'failed', code: message.code });
    }),
  ];

  function clear(): void {
    for (const state of states.values()) drop(state);
    states = new Map();
    asked.clear();
    listeners.tell();
  }

  return {
    snapshot: () => states,
    subscribe: listeners.add,
    want(documentId, page) {
      const key = pageKey(documentId, page);
      const state = states.get(key);
      if (asked.has(key) || (state && state.kind !== 'failed')) return;
      asked.set(key, { documentId, page });
      set(key, { kind: 'coming' });
      say(key);
    },
    clear,
    close() {
      for (const stop of stops) stop();
      clear();
    },
  };
}
