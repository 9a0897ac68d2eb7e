/** "Relevé d'heures": pages that are turned when shown, and cut to a part of themselves, as scanners and plotters make them. */
import { degrees, PDFDocument, rgb, StandardFonts } from '@cantoo/pdf-lib';
import { FICTION, fixDates } from './paper.ts';

const TURNS = [90, 180, 270] as const;

/** Each page is 500 x 700 points within a larger sheet, and shows a name and a number of hours upright. */
export async function turnedForm(): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  fixDates(document, 'Relevé d’heures');
  const font = await document.embedFont(StandardFonts.Helvetica);
  const form = document.getForm();
  for (const turn of TURNS) {
    const page = document.addPage([600, 800]);
    page.setCropBox(50, 60, 500, 700);
    page.setRotation(degrees(turn));
    // Along the reading direction: where a text starts, and where its field is, on the unturned page.
    const at = (right: number, down: number) => {
      if (turn === 90) return { x: 50 + down, y: 60 + right };
      if (turn === 180) return { x: 550 - right, y: 60 + down };
      return { x: 550 - down, y: 760 - right };
    };
    const write = (text: string, right: number, down: number, size = 11) =>
      page.drawText(text, { ...at(right, down), size, font, rotate: degrees(turn) });
    write(`Relevé d’heures, page ${TURNS.indexOf(turn) + 1}`, 60, 80, 20);
    write(FICTION, 60, 105, 8);
    for (const [row, [name, label]] of [
      ['nom', 'Nom'],
      ['heures', 'Heures du mois'],
    ].entries()) {
      const down = 160 + row * 60;
      write(label ?? '', 60, down);
      const [one, other] = [at(200, down - 18), at(440, down + 8)];
      const place = { x: Math.min(one.x, other.x), y: Math.min(one.y, other.y) };
      const [width, height] = [Math.abs(one.x - other.x), Math.abs(one.y - other.y)];
      page.drawRectangle({ ...place, width, height, borderColor: rgb(0.6, 0.6, 0.6), borderWidth: 0.8 });
      const text = form.createTextField(`page${turn}.${name}`);
      text.addToPage(page, { ...place, width, height, font, borderWidth: 0, rotate: degrees(turn) });
      // The library turns the rectangle too; a form has it where it is.
      text.acroField.getWidgets()[0]?.setRectangle({ ...place, width, height });
      text.setFontSize(11);
    }
  }
  return document.save();
}
