/** The scanned pages of the visit: each as the scanner saw it, and its pictures, made from that one again and again. */
import { randomUUID } from 'node:crypto';
import { sealedSize } from '#sealing/sealed-document.ts';
import { fail, type Result, succeed } from '#shared/failure.ts';
import type { PageCorrections, ScannedPage, ScanPurpose } from '#shared/protocol.ts';
import type { ScannedSheet } from '../scanner/scanner.ts';
import { decodeSheet, drawSheet, encodeSheet, isUntouched, type SheetJpeg } from '../sheets/draw-sheet.ts';
import { readSheet, type SheetReading } from '../sheets/read-sheet.ts';
import { SCAN_PURPOSES } from '../sheets/scan-purposes.ts';
import type { DocumentShelf } from './document-shelf.ts';

export interface ScannedSheets {
  /** A page that the scanner delivered, with the corrections that it seems to need. Failures: scanNoRoom. */
  readonly keep: (sheet: ScannedSheet, purpose: ScanPurpose) => Promise<Result<ScannedPage>>;
  /** Another picture of it. Failures: documentGone, scanNoRoom. */
  readonly correct: (original: string, corrections: PageCorrections) => Promise<Result<ScannedPage>>;
}

interface Original {
  readonly jpeg: SheetJpeg;
  readonly resolution: number;
  readonly purpose: ScanPurpose;
  readonly reading: SheetReading;
  /** Of its pictures, the one made last: the one before it is let go. */
  latest: string;
}

export function createScannedSheets(shelf: DocumentShelf): ScannedSheets {
  const originals = new Map<string, Original>();

  function put(jpeg: Uint8Array<ArrayBuffer>): string | null {
    if (!shelf.hasRoom(jpeg.length)) return null;
    const documentId = randomUUID();
    shelf.put(documentId, { kind: 'scanned', bytes: jpeg, pages: 1 });
    return documentId;
  }

  function pageOf(
    documentId: string,
    { jpeg, width, height }: SheetJpeg,
    original: string,
    { resolution, purpose, reading }: Original,
    corrections: PageCorrections,
  ): ScannedPage {
    const { found, blank } = reading;
    return {
      ...{ documentId, size: sealedSize(jpeg.length), width, height, resolution },
      ...{ purpose, original, corrections, found, blank },
    };
  }

  return {
    async keep(sheet, purpose) {
      const { quality } = SCAN_PURPOSES[purpose];
      const { resolution } = sheet;
      const [jpeg, reading] = await Promise.all([encodeSheet(sheet, quality), readSheet(sheet, purpose)]);
      const { found, whitening } = reading;
      // From the very pixels while they are here: a second JPEG of a JPEG is a little worse.
      const picture = isUntouched(found) ? jpeg : await drawSheet(sheet, found, whitening, quality);
      const original = put(jpeg.jpeg);
      const documentId = picture === jpeg ? original : put(picture.jpeg);
      if (original === null || documentId === null) {
        if (original !== null) shelf.remove(original);
        return fail('scanNoRoom');
      }
      const kept: Original = { jpeg, resolution, purpose, reading, latest: documentId };
      originals.set(original, kept);
      return succeed(pageOf(documentId, picture, original, kept, found));
    },

    async correct(original, corrections) {
      const kept = originals.get(original);
      if (!kept) return fail('documentGone');
      if (isUntouched(corrections)) return succeed(pageOf(original, kept.jpeg, original, kept, corrections));
      const { quality } = SCAN_PURPOSES[kept.purpose];
      const sheet = await decodeSheet(kept.jpeg.jpeg, kept.resolution);
      const picture = await drawSheet(sheet, corrections, kept.reading.whitening, quality);
      const documentId = put(picture.jpeg);
      if (documentId === null) return fail('scanNoRoom');
      if (kept.latest !== original) shelf.remove(kept.latest);
      kept.latest = documentId;
      return succeed(pageOf(documentId, picture, original, kept, corrections));
    },
  };
}
