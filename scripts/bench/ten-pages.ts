/** Ten pages of text, as a body sends them. */
import { PDFDocument, StandardFonts } from '@cantoo/pdf-lib';

const PAGES = 10;
const LINES = 48;

export async function tenPages(): Promise<Buffer> {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.TimesRoman);
  for (let page = 1; page <= PAGES; page += 1) {
    const sheet = pdf.addPage([595.28, 841.89]);
    for (let line = 0; line < LINES; line += 1) {
      const words = `Page ${page}, ligne ${line + 1} : le dossier est instruit dans un délai de deux mois.`;
      sheet.drawText(words, { x: 60, y: 780 - line * 15, size: 11, font });
    }
  }
  return Buffer.from(await pdf.save());
}
