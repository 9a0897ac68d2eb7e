/** The paper of the invented bodies' forms: letterhead, sections, lines. */
import { type Color, PDFDocument, type PDFFont, type PDFPage, rgb, StandardFonts } from '@cantoo/pdf-lib';

/** Points (1/72 inch). A4. */
export const WIDTH = 595.28;
export const HEIGHT = 841.89;
export const MARGIN = 48;
export const RIGHT = WIDTH - MARGIN;

const INK = rgb(0.1, 0.12, 0.16);
export const GREY = rgb(0.38, 0.42, 0.48);
export const LINE = rgb(0.62, 0.66, 0.72);
const BRAND = rgb(0.05, 0.36, 0.4);
export const PALE = rgb(0.91, 0.955, 0.955);

const BODY = 'Office des familles du Val-Clair';
const ADDRESS = '12, allée des Tilleuls - 00000 Val-Clair - Accueil du lundi au vendredi, 9 h - 17 h';
export const FICTION = 'Organisme et formulaire inventés pour la démonstration de Vis-à-vis.';

export interface Sheet {
  readonly page: PDFPage;
  readonly regular: PDFFont;
  readonly bold: PDFFont;
  /** The next line goes below this height. */
  y: number;
}

export interface Pen {
  readonly size?: number;
  readonly font?: PDFFont;
  readonly color?: Color;
}

export function write(sheet: Sheet, text: string, x: number, y: number, pen: Pen = {}): void {
  const { size = 10, font = sheet.regular, color = INK } = pen;
  sheet.page.drawText(text, { x, y, size, font, color });
}

export function box(sheet: Sheet, x: number, y: number, width: number, height: number, fill?: Color): void {
  sheet.page.drawRectangle({
    x,
    y,
    width,
    height,
    borderColor: LINE,
    borderWidth: 0.8,
    ...(fill ? { color: fill } : {}),
  });
}

export function section(sheet: Sheet, number: number, title: string): void {
  sheet.page.drawRectangle({ x: MARGIN, y: sheet.y - 6, width: RIGHT - MARGIN, height: 21, color: PALE });
  sheet.page.drawRectangle({ x: MARGIN, y: sheet.y - 6, width: 21, height: 21, color: BRAND });
  write(sheet, String(number), MARGIN + 7.5, sheet.y + 1, {
    size: 11,
    font: sheet.bold,
    color: rgb(1, 1, 1),
  });
  write(sheet, title, MARGIN + 31, sheet.y + 1, { size: 11.5, font: sheet.bold, color: BRAND });
  sheet.y -= 25;
}

/** Two leaves around a hearth: the invented body's mark. */
function mark(sheet: Sheet, x: number, y: number): void {
  const leaf = 'M 0 0 C 2 -16 14 -25 27 -25 C 27 -11 17 -1 0 0 Z';
  const other = 'M 0 0 C -2 -16 -14 -25 -27 -25 C -27 -11 -17 -1 0 0 Z';
  sheet.page.drawSvgPath(leaf, { x, y, color: BRAND, borderWidth: 0 });
  sheet.page.drawSvgPath(other, { x, y, color: rgb(0.91, 0.62, 0.2), borderWidth: 0 });
  sheet.page.drawCircle({ x, y: y + 25, size: 5, color: BRAND });
}

export interface Heading {
  readonly title: string;
  readonly reference: string;
  readonly page: number;
  readonly pages: number;
}

export function open(
  document: PDFDocument,
  fonts: { regular: PDFFont; bold: PDFFont },
  heading: Heading,
): Sheet {
  const sheet: Sheet = { page: document.addPage([WIDTH, HEIGHT]), ...fonts, y: 0 };
  mark(sheet, MARGIN + 28, HEIGHT - 82);
  write(sheet, BODY, MARGIN + 70, HEIGHT - 62, { size: 13, font: sheet.bold, color: BRAND });
  write(sheet, ADDRESS, MARGIN + 70, HEIGHT - 77, { size: 8.5, color: GREY });
  sheet.page.drawLine({
    start: { x: MARGIN, y: HEIGHT - 96 },
    end: { x: RIGHT, y: HEIGHT - 96 },
    thickness: 1.4,
    color: BRAND,
  });
  sheet.page.drawLine({
    start: { x: MARGIN, y: 52 },
    end: { x: RIGHT, y: 52 },
    thickness: 0.6,
    color: LINE,
  });
  const place = `${heading.reference} - page ${heading.page} sur ${heading.pages}`;
  write(sheet, FICTION, MARGIN, 38, { size: 8, color: GREY });
  write(sheet, place, RIGHT - sheet.regular.widthOfTextAtSize(place, 8), 38, { size: 8, color: GREY });
  sheet.y = HEIGHT - 130;
  if (heading.page === 1) {
    write(sheet, heading.title, MARGIN, sheet.y, { size: 20, font: sheet.bold });
    sheet.y -= 20;
  }
  return sheet;
}

export function paragraph(sheet: Sheet, lines: readonly string[], pen: Pen = {}): void {
  for (const line of lines) {
    write(sheet, line, MARGIN, sheet.y, pen);
    sheet.y -= (pen.size ?? 10) * 1.45;
  }
}

export async function newDocument(title: string) {
  const document = await PDFDocument.create();
  fixDates(document, title);
  const fonts = {
    regular: await document.embedFont(StandardFonts.Helvetica),
    bold: await document.embedFont(StandardFonts.HelveticaBold),
  };
  return { document, fonts };
}

/** Fixed, so that the same drawing is the same file. */
export function fixDates(document: PDFDocument, title: string): void {
  const date = new Date('2026-01-01T00:00:00Z');
  document.setTitle(title);
  document.setAuthor(BODY);
  document.setLanguage('fr-FR');
  document.setCreationDate(date);
  document.setModificationDate(date);
}
