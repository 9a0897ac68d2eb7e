import { describe, expect, it } from 'vitest';
import type { DocumentFrame } from '#shared/document-frame.ts';
import { DOCUMENT_RANGE_BYTES, type HeldDocument } from '#shared/protocol.ts';
import { sha256Hex } from './digest.ts';
import { createOpenedDocuments } from './documents.ts';
import type { DocumentMessage, HubLink } from './hub-link.ts';
import { createScannedPages, type PullState } from './scanned-pages.ts';

/** The hub's end of the link, played by hand. */
function playedLink() {
  const sent: DocumentMessage[] = [];
  const frames: DocumentFrame[] = [];
  const onMessage = new Set<(message: DocumentMessage) => void>();
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
    message: (message: DocumentMessage) => {
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

async function pageOf(bytes: Uint8Array<ArrayBuffer>): Promise<HeldDocument> {
  const sha256 = await sha256Hex(bytes);
  const documentId = crypto.randomUUID();
  return { documentId, size: bytes.length, sha256 };
}

const settings = { makeUrl: () => 'blob:page', dropUrl: () => undefined };

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
  it('gives the range asked for, never more than one frame may carry', async () => {
    const played = playedLink();
    const documents = createOpenedDocuments(played.link);
    const bytes = patterned(DOCUMENT_RANGE_BYTES + 1000, 1);
    const { documentId } = await documents.add('formulaire.pdf', bytes);
    played.message({ type: 'document.want', documentId, offset: 10, length: 20 });
    played.message({
      type: 'document.want',
      documentId,
      offset: DOCUMENT_RANGE_BYTES,
      length: DOCUMENT_RANGE_BYTES,
    });
    expect(played.frames.map((frame) => [frame.offset, frame.payload.length])).toEqual([
      [10, 20],
      [DOCUMENT_RANGE_BYTES, 1000],
    ]);
    expect(played.frames[0]?.payload).toEqual(bytes.subarray(10, 30));
  });

  it('says gone for what it does not hold, or holds no more', async () => {
    const played = playedLink();
    const documents = createOpenedDocuments(played.link);
    const { documentId } = await documents.add('a.pdf', patterned(100, 1));
    documents.remove(documentId);
    played.message({ type: 'document.want', documentId, offset: 0, length: 20 });
    expect(played.frames).toEqual([]);
    expect(played.sent).toEqual([{ type: 'document.gone', documentId }]);
  });
});

describe('scanned pages', () => {
  it('pulls several ranges at once and checks the page', async () => {
    const played = playedLink();
    const pages = createScannedPages(played.link, { ...settings, ranges: 3 });
    const bytes = patterned(DOCUMENT_RANGE_BYTES * 4 + 17, 2);
    const page = await pageOf(bytes);
    pages.want([page]);
    pages.want([page]);
    expect(played.sent).toHaveLength(3);
    const contents = new Map([[page.documentId, bytes]]);
    played.answer(contents);
    played.answer(contents);
    const state = await settled(pages, page.documentId);
    expect(state.kind).toBe('here');
    expect(state.kind === 'here' && state.bytes).toEqual(bytes);
    pages.close();
  });

  it('asks again for the ranges that a cut cost, and only for those', async () => {
    const played = playedLink();
    const pages = createScannedPages(played.link, { ...settings, ranges: 2 });
    const bytes = patterned(DOCUMENT_RANGE_BYTES * 3, 3);
    const page = await pageOf(bytes);
    pages.want([page]);
    const [first] = played.sent.splice(0);
    if (first?.type !== 'document.want') throw new Error('nothing was asked for');
    played.state.open = false;
    played.frame({ documentId: page.documentId, offset: 0, payload: bytes.slice(0, DOCUMENT_RANGE_BYTES) });
    played.state.open = true;
    played.opened();
    const offsets = played.sent.map((message) => message.type === 'document.want' && message.offset);
    expect(offsets).toEqual([DOCUMENT_RANGE_BYTES, DOCUMENT_RANGE_BYTES * 2]);
    played.answer(new Map([[page.documentId, bytes]]));
    expect((await settled(pages, page.documentId)).kind).toBe('here');
    pages.close();
  });

  it('pulls a damaged page once more, then says so', async () => {
    const played = playedLink();
    const pages = createScannedPages(played.link, settings);
    const bytes = patterned(500, 4);
    const page = await pageOf(bytes);
    const wrong = new Map([[page.documentId, patterned(500, 5)]]);
    pages.want([page]);
    played.answer(wrong);
    await new Promise<void>((resolve) => {
      const stop = pages.subscribe(() => {
        stop();
        resolve();
      });
    });
    played.answer(wrong);
    expect(await settled(pages, page.documentId)).toEqual({ kind: 'failed', code: 'documentDamaged' });
    pages.tryAgain(page.documentId);
    played.answer(new Map([[page.documentId, bytes]]));
    expect((await settled(pages, page.documentId)).kind).toBe('here');
    pages.close();
  });

  it('says that a page is gone and goes on with the others', async () => {
    const played = playedLink();
    const pages = createScannedPages(played.link, { ...settings, ranges: 1 });
    const bytes = patterned(100, 6);
    const [gone, here] = [await pageOf(patterned(90, 7)), await pageOf(bytes)];
    pages.want([gone, here]);
    played.message({ type: 'document.gone', documentId: gone.documentId });
    played.answer(new Map([[here.documentId, bytes]]));
    expect(await settled(pages, gone.documentId)).toEqual({ kind: 'failed', code: 'documentGone' });
    expect((await settled(pages, here.documentId)).kind).toBe('here');
    pages.close();
  });
});
