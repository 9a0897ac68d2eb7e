/** Scanned pages (JPEG) to one PDF, in the browser. */
import { PDFDocument } from '@cantoo/pdf-lib';

export interface AssemblyPage {
  readonly jpeg: Uint8Array;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Dots per inch. */
  readonly resolution: number;
}

/** PDF user space: 72 units to the inch (ISO 32000-1, 8.3.2.3). */
const UNITS_PER_INCH = 72;

/**
 * One PDF page a picture, of the paper's true size, so that printing it at 100 % gives the paper back. The JPEG bytes
 * are embedded as they are: nothing is compressed twice. Null where one of them is not a readable JPEG.
 */
export async function assembleScan(
  pages: readonly AssemblyPage[],
  date: Date,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const pdf = await PDFDocument.create();
  pdf.setTitle('Numérisation');
  pdf.setCreationDate(date);
  pdf.setModificationDate(date);
  for (const { jpeg, width, height, resolution } of pages) {
    if (!isJpeg(jpeg)) return null;
    const picture = await pdf.embedJpg(jpeg);
    const size: [number, number] = [
      (width / resolution) * UNITS_PER_INCH,
      (height / resolution) * UNITS_PER_INCH,
    ];
    pdf.addPage(size).drawImage(picture, { x: 0, y: 0, width: size[0], height: size[1] });
  }
  return new Uint8Array(await pdf.save());
}

/** SOI marker (ITU-T T.81, table B.1) and the start of another one. */
function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
}
