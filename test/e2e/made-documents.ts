/** Files as a counsellor's own machine may hold them: good ones, and those that nobody should print. */
import { PDFDocument, StandardFonts } from '@cantoo/pdf-lib';

export interface MadeFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** A4, one line of text a page: "Feuille 1 sur 3". */
export async function madePdf(name: string, pages: number): Promise<MadeFile> {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  for (let page = 1; page <= pages; page += 1) {
    pdf.addPage([595.28, 841.89]).drawText(`Feuille ${page} sur ${pages}`, { x: 72, y: 700, size: 24, font });
  }
  return { name, mimeType: 'application/pdf', buffer: Buffer.from(await pdf.save()) };
}
