/** The scanned pages of the visit: each as the scanner saw it, and its pictures, made from that one again and again. */
import { randomUUID } from 'node:crypto';
import { sealedSize } from '#sealing/sealed-document.ts';
import { fail, type Result, succeed } from '#shared/failure.ts';
import type { PageCorrections, ScannedPage, ScanPurpose } from '#shared/protocol/scanned-pages.ts';
import type { ScannedSheet } from '../scanner/scanner.ts';
import {
  decodeSheet,
  decodeShot,
  drawSheet,
  encodeSheet,
  isUntouched,
  type SheetJpeg,
} from '../sheets/draw-sheet.ts';
import { readSheet, type SheetReading } from '../sheets/read-sheet.ts';
import { readShot } from '../sheets/read-shot.ts';
import { SCAN_PURPOSES } from '../sheets/scan-purposes.ts';
import type { DocumentShelf } from './document-shelf.ts';

/** JPEG, 1..100: a camera's letters are small, and one picture is no ten letters. */
const SHOT_QUALITY = 85;

export interface ScannedSheets {
  /** A page that the scanner delivered, with the corrections that it seems to need. Failures: scanNoRoom. */
  readonly keep: (sheet: ScannedSheet, purpose: ScanPurpose) => Promise<Result<ScannedPage>>;
  /** A JPEG of a paper held before the camera, likewise. Failures: cameraFailed (it is none), scanNoRoom. */
  readonly keepShot: (jpeg: Uint8Array<ArrayBuffer>) => Promise<Result<ScannedPage>>;
  readonly has: (original: string) => boolean;
  /** Nothing is left of it, nor of any picture of it. */
  readonly drop: (original: string) => void;
  /** Another picture of it. Failures: documentGone, scanNoRoom. */
  readonly correct: (original: string, corrections: PageCorrections) => Promise<Result<ScannedPage>>;
}

interface Original {
  readonly jpeg: SheetJpeg;
  /** Dots per inch: of the part that is cut out, and of the whole. */
  readonly resolution: number;
  readonly whole: number;
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
    { whole, purpose, reading, ...kept }: Original,
    corrections: PageCorrections,
  ): ScannedPage {
    const { found, blank } = reading;
    const resolution = corrections.crop === null ? whole : kept.resolution;
    return {
      ...{ documentId, size: sealedSize(jpeg.length), width, height, resolution },
      ...{ purpose, original, corrections, found, blank },
    };
  }

  /** @param picture the original's own, where nothing has to change in it. */
  function putBoth(picture: SheetJpeg, facts: Omit<Original, 'latest'>): Result<ScannedPage> {
    const original = put(facts.jpeg.jpeg);
    const documentId = picture === facts.jpeg ? original : put(picture.jpeg);
    if (original === null || documentId === null) {
      if (original !== null) shelf.remove(original);
      return fail('scanNoRoom');
    }
    const kept: Original = { ...facts, latest: documentId };
    originals.set(original, kept);
    return succeed(pageOf(documentId, picture, original, kept, facts.reading.found));
  }

  return {
    async keep(sheet, purpose) {
      const { quality } = SCAN_PURPOSES[purpose];
      const { resolution } = sheet;
      const [jpeg, reading] = await Promise.all([encodeSheet(sheet, quality), readSheet(sheet, purpose)]);
      const { found, whitening } = reading;
      // From the very pixels while they are here: a second JPEG of a JPEG is a little worse.
      const picture = isUntouched(found) ? jpeg : await drawSheet(sheet, found, whitening, quality);
      return putBoth(picture, { jpeg, resolution, whole: resolution, purpose, reading });
    },

    async keepShot(bytes) {
      const purpose = 'letter';
      const sheet = await decodeShot(bytes);
      if (!sheet) return fail('cameraFailed');
      const { width, height } = sheet.pixels;
      const jpeg: SheetJpeg = { jpeg: bytes, width, height };
      const { resolution, whole, ...reading } = await readShot(sheet.pixels);
      const { found, whitening } = reading;
      const picture = isUntouched(found)
        ? jpeg
        : await drawSheet({ ...sheet, resolution }, found, whitening, SHOT_QUALITY);
      return putBoth(picture, { jpeg, resolution, whole, purpose, reading });
    },

    has: (original) => originals.has(original),

    drop(original) {
      const kept = originals.get(original);
      if (kept) shelf.remove(kept.latest);
      shelf.remove(original);
      originals.delete(original);
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
