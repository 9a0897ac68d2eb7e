/** Scanned pages (JPEG) to one PDF, in the browser. */
import { PDFDocument, StandardFonts } from '@cantoo/pdf-lib';
import type { PageWords } from '#shared/page-words.ts';
import { makeArchive } from './archive-pdf.ts';
import { addTextLayer } from './text-layer.ts';

export interface AssemblyPage {
  readonly jpeg: Uint8Array;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Dots per inch. */
  readonly resolution: number;
  /** What is written on it, to be found and copied; null: not read. */
  readonly words: PageWords | null;
}

export interface AssemblyFacts {
  readonly date: Date;
  /** PDF/A-2b. */
  readonly archive: boolean;
}

const TITLE = 'Numérisation';
const PRODUCER = 'Vis-à-vis';

/** PDF user space: 72 units to the inch (ISO 32000-1, 8.3.2.3). */
const UNITS_PER_INCH = 72;

/** A4 in mm (ISO 216), for pictures that share a sheet; and what lies between them. */
const SHEET = { width: 210, height: 297, gap: 15 };
const MM_PER_INCH = 25.4;

/**
 * One PDF page a sheet, of the paper's true size, so that printing it at 100 % gives the paper back; pictures that share a
 * sheet lie one below the other on A4, at their true size. The JPEG bytes are embedded as they are: nothing is compressed
 * twice. Null where one of them is not a readable JPEG.
 */
export async function assembleScan(
  sheets: readonly (readonly AssemblyPage[])[],
  { date, archive }: AssemblyFacts,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const pdf = await PDFDocument.create();
  pdf.setTitle(TITLE);
  pdf.setProducer(PRODUCER);
  pdf.setCreator(PRODUCER);
  pdf.setCreationDate(date);
  pdf.setModificationDate(date);
  // Never seen, so that it need not be embedded, not even for the archives (ISO 19005-2, 6.2.11.4.1).
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  for (const pictures of sheets) {
    if (!pictures.every(({ jpeg }) => isJpeg(jpeg))) return null;
    const { size, places } = layOut(pictures);
    const page = pdf.addPage([size.width, size.height]);
    for (const { picture, ...place } of places) {
      page.drawImage(await pdf.embedJpg(picture.jpeg), place);
      if (!picture.words) continue;
      const scale = UNITS_PER_INCH / picture.resolution;
      addTextLayer(page, font, { ...place, words: picture.words, scale });
    }
  }
  if (archive) makeArchive(pdf, { title: TITLE, producer: PRODUCER, date });
  return new Uint8Array(await pdf.save({ useObjectStreams: !archive }));
}

interface Place {
  readonly picture: AssemblyPage;
  /** PDF units, from the page's lower left corner. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function layOut(pictures: readonly AssemblyPage[]): {
  readonly size: { readonly width: number; readonly height: number };
  readonly places: readonly Place[];
} {
  const sized = pictures.map((picture) => ({
    picture,
    width: (picture.width / picture.resolution) * UNITS_PER_INCH,
    height: (picture.height / picture.resolution) * UNITS_PER_INCH,
  }));
  const [only] = sized;
  if (only && sized.length === 1) return { size: only, places: [{ ...only, x: 0, y: 0 }] };
  const units = (mm: number): number => (mm / MM_PER_INCH) * UNITS_PER_INCH;
  const size = { width: units(SHEET.width), height: units(SHEET.height) };
  const gap = units(SHEET.gap);
  const high = sized.reduce((sum, { height }) => sum + height, gap * (sized.length - 1));
  let top = (size.height + high) / 2;
  const places = sized.map((one) => {
    const place = { ...one, x: (size.width - one.width) / 2, y: top - one.height };
    top -= one.height + gap;
    return place;
  });
  return { size, places };
}

/** SOI marker (ITU-T T.81, table B.1) and the start of another one. */
function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
}
