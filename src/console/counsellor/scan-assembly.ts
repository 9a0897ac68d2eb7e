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
 * are embedded as they are: nothing is compressed twice.
 */
export async function assembleScan(
  pages: readonly AssemblyPage[],
  date: Date,
): Promise<Uint8Array<ArrayBuffer>> {
  const pdf = await PDFDocument.create();
  pdf.setTitle('Numérisation');
  pdf.setCreationDate(date);
  pdf.setModificationDate(date);
  for (const { jpeg, width, height, resolution } of pages) {
    const picture = await pdf.embedJpg(jpeg);
    const size: [number, number] = [
      (width / resolution) * UNITS_PER_INCH,
      (height / resolution) * UNITS_PER_INCH,
    ];
    pdf.addPage(size).drawImage(picture, { x: 0, y: 0, width: size[0], height: size[1] });
  }
  return new Uint8Array(await pdf.save());
}

/** "numerisation-2026-03-09-14h05.pdf", by this computer's clock. No name of a person: files outlive visits. */
export function scanFileName(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `numerisation-${day}-${two(date.getHours())}h${two(date.getMinutes())}.pdf`;
}
