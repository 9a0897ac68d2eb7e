/** The page under way as small pictures, of which the newest counts: each is offered like any document, and soon let go. */
import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { sealedSize } from '#sealing/sealed-document.ts';
import type { GrowingPage } from '#shared/protocol/scanned-pages.ts';
import type { GrownPicture } from '../scanner/grow-picture.ts';
import type { DocumentShelf } from './document-shelf.ts';

export interface GrowingPreview {
  /** Some are left out where they come faster than they can be drawn. */
  readonly show: (picture: GrownPicture) => void;
  readonly latest: () => GrowingPage | null;
  /** The page is whole: nothing of it is shown any more. */
  readonly clear: () => void;
}

/** JPEG: it is looked at for some seconds, and must not hold up the pages on a slow line. */
const QUALITY = 60;
/** The one before may just be on its way. */
const KEPT = 3;

export function createGrowingPreview(shelf: DocumentShelf, onNew: () => void): GrowingPreview {
  let latest: GrowingPage | null = null;
  let next: GrownPicture | null = null;
  let drawing = false;
  /** Counts pages: a picture that was drawn too late belongs to none. */
  let page = 0;
  const offered: string[] = [];

  async function draw(picture: GrownPicture, of: number): Promise<void> {
    const { bytes, width, height, channels, wholeHeight } = picture;
    const jpeg = new Uint8Array(
      await sharp(bytes, { raw: { width, height, channels } })
        .toColourspace(channels === 1 ? 'b-w' : 'srgb')
        .jpeg({ quality: QUALITY, optimiseCoding: false })
        .toBuffer(),
    );
    if (of !== page || !shelf.hasRoom(jpeg.length)) return;
    const documentId = randomUUID();
    shelf.put(documentId, { kind: 'scanned', bytes: jpeg, pages: 1 });
    offered.push(documentId);
    for (const old of offered.splice(0, offered.length - KEPT)) shelf.remove(old);
    latest = { documentId, size: sealedSize(jpeg.length), width, height, wholeHeight };
    onNew();
  }

  async function drawAll(): Promise<void> {
    if (drawing) return;
    drawing = true;
    try {
      while (next) {
        const picture = next;
        next = null;
        await draw(picture, page);
      }
    } finally {
      drawing = false;
    }
  }

  return {
    show(picture) {
      next = picture;
      // Nothing but a look: without it the scan goes on.
      drawAll().catch((error: unknown) => console.error(error));
    },
    latest: () => latest,
    clear() {
      page += 1;
      next = null;
      latest = null;
    },
  };
}
