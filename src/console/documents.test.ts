import { describe, expect, it, vi } from 'vitest';
import type { ConsoleSeal } from '#sealing/console-seal.ts';
import {
  type DocumentSeal,
  documentSeal,
  newDocumentKey,
  PLAIN_RANGE_BYTES,
  sealedSize,
} from '#sealing/sealed-document.ts';
import type { DocumentFrame } from '#shared/document-frame.ts';
import {
  DOCUMENT_RANGE_BYTES,
  type DocumentToConsole,
  type DocumentToTerminal,
} from '#shared/protocol/documents.ts';
import type { HeldDocument } from '#shared/protocol/scanned-pages.ts';
import { createOpenedDocuments } from './documents.ts';
import type { HubLink } from './hub-link.ts';
import { createScannedPages, type PullState } from './scanned-pages.ts';
import { createSealedPuller, type SealedPullerSettings } from './sealed-puller.ts';

/** The hub's end of the link, played by hand. */
function playedLink() {
  const sent: DocumentToTerminal[] = [];
  const frames: DocumentFrame[] = [];
  const onMessage = new Set<(message: DocumentToConsole) => void>();
  const onFrame = new Set<(frame: DocumentFrame) => void>();
  const onOpen = new Set<() => void>();
  const state = { open: true };
  const add =
    <T>(set: Set<T>) =>
    (listener: T) => {
      set.add(listener);
      return () => {
        set.delete(listener);
      };
    };
  const link: HubLink = {
    snapshot: () => ({ state: 'open', view: null, clockOffset: 0 }),
    subscribe: () => () => undefined,
    request: async () => ({ ok: true }),
    sendDocumentMessage: (message) => {
      if (state.open) sent.push(message);
      return state.open;
    },
    sendFrame: (frame) => {
      if (state.open) frames.push(frame);
      return state.open;
    },
    onDocumentMessage: add(onMessage),
    onFrame: add(onFrame),
    onOpen: add(onOpen),
    hurry: () => undefined,
    close: () => undefined,
  };
  return {
    link,
    sent,
    frames,
    state,
    message: (message: DocumentToConsole) => {
      for (const listener of onMessage) listener(message);
    },
    frame: (frame: DocumentFrame) => {
      for (const listener of onFrame) listener(frame);
    },
    opened: () => {
      for (const listener of onOpen) listener();
    },
    /** Answers every range asked for since the last call. */
    answer: (contents: ReadonlyMap<string, Uint8Array>) => {
      for (const message of sent.splice(0)) {
        if (message.type !== 'document.want') continue;
        const bytes = contents.get(message.documentId);
        if (!bytes) continue;
        const payload = new Uint8Array(bytes.subarray(message.offset, message.offset + message.length));
        for (const listener of onFrame) {
          listener({ documentId: message.documentId, offset: message.offset, payload });
        }
      }
    },
  };
}

function patterned(size: number, seed: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: size }, (_, i) => (i * 31 + seed + (i >> 10)) & 255);
}

/** Both sides have agreed: the seal of each document is known by its id. */
function agreedSeal() {
  const seals = new Map<string, DocumentSeal>();
  const sealOf = async (documentId: string, size: number): Promise<DocumentSeal> => {
    const made = seals.get(documentId) ?? (await documentSeal(documentId, size, newDocumentKey()));
    seals.set(documentId, made);
    return made;
  };
  const wrapped = { enc: 'A'.repeat(87), key: 'A'.repeat(64) };
  const seal: ConsoleSeal = {
    consoleId: crypto.randomUUID(),
    state: () => ({ kind: 'ready', code: '123 456' }),
    follow: async () => undefined,
    receive: async () => undefined,
    again: () => undefined,
    sealOf,
    keyFor: async () => wrapped,
    openerOf: async (documentId) => seals.get(documentId) ?? null,
    learn: async () => undefined,
    sealLive: async () => null,
    close: () => undefined,
  };
  /** A page of the terminal, and its bytes as they travel. */
  const page = async (bytes: Uint8Array<ArrayBuffer>) => {
    const documentId = crypto.randomUUID();
    const { seal: sealRange } = await sealOf(documentId, bytes.length);
    const sealed = new Uint8Array(sealedSize(bytes.length));
    for (let offset = 0, at = 0; at < bytes.length; offset += DOCUMENT_RANGE_BYTES, at += PLAIN_RANGE_BYTES)
      sealed.set(await sealRange(offset, bytes.slice(at, at + PLAIN_RANGE_BYTES)), offset);
    const described: HeldDocument = { documentId, size: sealed.length };
    return { page: described, sealed };
  };
  return { seal, page };
}

function scannedPages(link: HubLink, seal: ConsoleSeal, settings: SealedPullerSettings = {}) {
  const puller = createSealedPuller(link, seal, settings);
  const pages = createScannedPages(puller, { makeUrl: () => 'blob:page', dropUrl: () => undefined });
  return {
    ...pages,
    close: () => {
      pages.close();
      puller.close();
    },
  };
}

function settled(pages: ReturnType<typeof createScannedPages>, documentId: string): Promise<PullState> {
  return new Promise((resolve) => {
    const look = () => {
      const state = pages.snapshot().get(documentId);
      if (!state || state.kind === 'pulling') return;
      stop();
      resolve(state);
    };
    const stop = pages.subscribe(look);
    look();
  });
}

describe('opened documents', () => {
  it('gives the range asked for, sealed', async () => {
    const played = playedLink();
    const { seal } = agreedSeal();
    const documents = createOpenedDocuments(played.link, seal);
    const bytes = patterned(PLAIN_RANGE_BYTES + 1000, 1);
    const { documentId } = await documents.add('formulaire.pdf', new Blob([bytes]));
    for (const offset of [0, DOCUMENT_RANGE_BYTES])
      played.message({ type: 'document.want', documentId, offset, length: DOCUMENT_RANGE_BYTES });
    await expect.poll(() => played.frames.length).toBe(2);
    const frames = [...played.frames].sort((a, b) => a.offset - b.offset);
    expect(frames.map(({ offset, payload }) => [offset, payload.length])).toEqual([
      [0, DOCUMENT_RANGE_BYTES],
      [DOCUMENT_RANGE_BYTES, 1016],
    ]);
    const opener = await seal.openerOf(documentId, bytes.length);
    const opened = await Promise.all(frames.map(({ offset, payload }) => opener?.open(offset, payload)));
    expect(Buffer.concat(opened.map((part) => part ?? new Uint8Array()))).toEqual(Buffer.from(bytes));
    expect(Buffer.from(frames[0]?.payload ?? []).includes(Buffer.from(bytes.subarray(0, 32)))).toBe(false);
  });

  it('says gone for what it does not hold, holds no more, or does not have', async () => {
    const played = playedLink();
    const documents = createOpenedDocuments(played.link, agreedSeal().seal);
    const { documentId } = await documents.add('a.pdf', new Blob([patterned(100, 1)]));
    played.message({ type: 'document.want', documentId, offset: DOCUMENT_RANGE_BYTES, length: 20 });
    await expect.poll(() => played.sent).toEqual([{ type: 'document.gone', documentId }]);
    documents.remove(documentId);
    played.message({ type: 'document.want', documentId, offset: 0, length: 20 });
    await expect.poll(() => played.sent.length).toBe(2);
    expect(played.frames).toEqual([]);
    expect(await documents.takeRequest(documentId)).toBeNull();
  });
});

describe('scanned pages', () => {
  it('pulls several ranges at once and opens the page', async () => {
    const played = playedLink();
    const { seal, page: make } = agreedSeal();
    const pages = scannedPages(played.link, seal, { ranges: 3 });
    const bytes = patterned(PLAIN_RANGE_BYTES * 4 + 17, 2);
    const { page, sealed } = await make(bytes);
    pages.want([page]);
    pages.want([page]);
    expect(played.sent).toHaveLength(3);
    const contents = new Map([[page.documentId, sealed]]);
    played.answer(contents);
    played.answer(contents);
    const state = await settled(pages, page.documentId);
    expect(state.kind).toBe('here');
    expect(state.kind === 'here' && state.bytes).toEqual(bytes);
    pages.close();
  });

  it('asks again for the ranges that a cut cost, and only for those', async () => {
    const played = playedLink();
    const { seal, page: make } = agreedSeal();
    const pages = scannedPages(played.link, seal, { ranges: 2 });
    const { page, sealed } = await make(patterned(PLAIN_RANGE_BYTES * 3, 3));
    pages.want([page]);
    const [first] = played.sent.splice(0);
    if (first?.type !== 'document.want') throw new Error('nothing was asked for');
    played.state.open = false;
    played.frame({ documentId: page.documentId, offset: 0, payload: sealed.slice(0, DOCUMENT_RANGE_BYTES) });
    played.state.open = true;
    played.opened();
    const offsets = played.sent.map((message) => message.type === 'document.want' && message.offset);
    expect(offsets).toEqual([DOCUMENT_RANGE_BYTES, DOCUMENT_RANGE_BYTES * 2]);
    played.answer(new Map([[page.documentId, sealed]]));
    expect((await settled(pages, page.documentId)).kind).toBe('here');
    pages.close();
  });

  it('asks again for a range that others overtook long ago, though something comes all the time', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    try {
      const played = playedLink();
      const { seal, page: make } = agreedSeal();
      const pages = scannedPages(played.link, seal, { ranges: 3, patience: 10_000 });
      const lost = await make(patterned(90, 8));
      pages.want([lost.page]);
      expect(played.sent.splice(0)).toHaveLength(1);
      const asksAgain = () =>
        played.sent.filter((one) => one.type === 'document.want' && one.documentId === lost.page.documentId);
      for (let second = 0; second < 12; second += 4) {
        vi.advanceTimersByTime(4_000);
        // Where nothing overtakes it, it may only be slow.
        expect(asksAgain()).toEqual([]);
        const other = await make(patterned(100, second));
        pages.want([other.page]);
        played.answer(new Map([[other.page.documentId, other.sealed]]));
      }
      expect(asksAgain()).toHaveLength(1);
      played.answer(new Map([[lost.page.documentId, lost.sealed]]));
      expect((await settled(pages, lost.page.documentId)).kind).toBe('here');
      pages.close();
    } finally {
      vi.useRealTimers();
    }
  });

  it('pulls a page that was changed on its way once more, then says so', async () => {
    const played = playedLink();
    const { seal, page: make } = agreedSeal();
    const pages = scannedPages(played.link, seal);
    const { page, sealed } = await make(patterned(500, 4));
    const changed = sealed.slice();
    changed[20] = (changed[20] ?? 0) ^ 1;
    const wrong = new Map([[page.documentId, changed]]);
    pages.want([page]);
    played.answer(wrong);
    await expect.poll(() => played.sent.length).toBe(1);
    played.answer(wrong);
    expect(await settled(pages, page.documentId)).toEqual({ kind: 'failed', code: 'documentDamaged' });
    pages.tryAgain(page.documentId);
    played.answer(new Map([[page.documentId, sealed]]));
    expect((await settled(pages, page.documentId)).kind).toBe('here');
    pages.close();
  });

  it('says that a page is gone and goes on with the others', async () => {
    const played = playedLink();
    const { seal, page: make } = agreedSeal();
    const pages = scannedPages(played.link, seal, { ranges: 1 });
    const [gone, here] = [await make(patterned(90, 7)), await make(patterned(100, 6))];
    pages.want([gone.page, here.page]);
    played.message({ type: 'document.gone', documentId: gone.page.documentId });
    played.answer(new Map([[here.page.documentId, here.sealed]]));
    expect(await settled(pages, gone.page.documentId)).toEqual({ kind: 'failed', code: 'documentGone' });
    expect((await settled(pages, here.page.documentId)).kind).toBe('here');
    pages.close();
  });
});
