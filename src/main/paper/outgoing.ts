/** What consoles pull from the terminal: scanned pages and pictures of pages, sealed range by range as they are asked for. */
import { randomUUID } from 'node:crypto';
import type { Bytes } from '#sealing/bytes.ts';
import { PLAIN_RANGE_BYTES, plainOffset, sealedSize } from '#sealing/sealed-document.ts';
import { fail, type Result, succeed } from '#shared/failure.ts';
import type { DocumentToConsole, DocumentToTerminal } from '#shared/protocol/documents.ts';
import { pictureFile } from '../pages/page-picture.ts';
import type { PagePress } from '../pages/page-press.ts';
import type { DocumentShelf } from './document-shelf.ts';
import type { VisitSeal } from './visit-seal.ts';

export interface Outgoing {
  /** The sealed range at `sealedOffset`. Failures: documentGone. */
  readonly read: (documentId: string, sealedOffset: number) => Promise<Result<Bytes>>;
  readonly answer: (
    message: Extract<DocumentToTerminal, { type: 'documentKey.want' | 'page.want' }>,
  ) => Promise<DocumentToConsole | null>;
}

/** Pictures of pages that a console may still be pulling; the oldest are made again when they are wanted. */
const PICTURES_KEPT = 12;

export function createOutgoing(shelf: DocumentShelf, press: PagePress, seal: VisitSeal): Outgoing {
  /** By their own id. */
  const pictures = new Map<string, Bytes>();
  /** Ids by document and page. */
  const pictureIds = new Map<string, string>();

  function bytesOf(documentId: string): Bytes | null {
    const document = shelf.get(documentId);
    return document?.kind === 'scanned' ? document.bytes : (pictures.get(documentId) ?? null);
  }

  function keepPicture(of: string, bytes: Bytes): string {
    const known = pictureIds.get(of);
    if (known && pictures.has(known)) return known;
    // A new id, and so a new key: no key ever seals two things.
    const pictureId = randomUUID();
    pictureIds.set(of, pictureId);
    pictures.set(pictureId, bytes);
    const [oldest] = pictures.keys();
    if (pictures.size > PICTURES_KEPT && oldest !== undefined) pictures.delete(oldest);
    return pictureId;
  }

  async function drawn(
    message: Extract<DocumentToTerminal, { type: 'page.want' }>,
  ): Promise<DocumentToConsole | null> {
    const { consoleId, documentId, page } = message;
    const about = { consoleId, documentId, page };
    const picture = await press.draw(documentId, page);
    if (!picture.ok) return { type: 'page.failed', ...about, code: picture.failure.code };
    const { width, height } = picture.value;
    const { bytes, type } = pictureFile(picture.value);
    const pictureId = keepPicture(`${documentId}/${page}`, bytes);
    const key = await seal.keyFor(consoleId, pictureId, await seal.sealOf(pictureId, bytes.length));
    if (!key) return null;
    const size = sealedSize(bytes.length);
    return {
      type: 'page.drawn',
      ...about,
      picture: { documentId: pictureId, size, type, width, height, key },
    };
  }

  return {
    async read(documentId, sealedOffset) {
      const bytes = bytesOf(documentId);
      const at = plainOffset(sealedOffset);
      if (!bytes || at === null || at >= bytes.length) return fail('documentGone');
      const sealer = await seal.sealOf(documentId, bytes.length);
      return succeed(await sealer.seal(sealedOffset, bytes.slice(at, at + PLAIN_RANGE_BYTES)));
    },
    async answer(message) {
      if (message.type === 'page.want') return drawn(message);
      const { consoleId, documentId } = message;
      const bytes = bytesOf(documentId);
      if (!bytes) return { type: 'document.gone', documentId };
      const key = await seal.keyFor(consoleId, documentId, await seal.sealOf(documentId, bytes.length));
      return key && { type: 'documentKey', consoleId, documentId, key };
    },
  };
}
