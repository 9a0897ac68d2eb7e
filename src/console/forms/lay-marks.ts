/** Draws what was laid on the pages into the PDF: texts, ticks, highlights, and the place to sign. */
import {
  BlendMode,
  degrees,
  layoutMultilineText,
  type PDFDocument,
  type PDFFont,
  type PDFPage,
  rgb,
  TextAlignment,
} from '@cantoo/pdf-lib';
import type { DeskPlace } from '#shared/desk-live.ts';
import type { FillDraft, LaidMark } from './fill-draft.ts';
import { type FormFonts, writableText } from './form-fonts.ts';
import { type PageSpace, pageSpace } from './page-space.ts';
import type { Unwritten } from './write-fields.ts';

const INK = rgb(0, 0, 0);
const YELLOW = rgb(1, 0.87, 0.3);
const SIGN = rgb(0.75, 0.1, 0.1);

/** A part of a page in the page's own coordinates, and how to write upright on it. */
interface Spot {
  readonly page: PDFPage;
  readonly space: PageSpace;
  /** Points, as shown. */
  readonly width: number;
  readonly height: number;
  /** The page's own point under a point of the spot: points to the right and down from its top left corner. */
  readonly at: (right: number, down: number) => { x: number; y: number };
}

/** Marks of pages that are not there are left out. Returns the ids of the texts that no font can write. */
export async function layMarks(
  document: PDFDocument,
  { laid, signHere }: Pick<FillDraft, 'laid' | 'signHere'>,
  fonts: FormFonts,
  signWords: string,
): Promise<readonly Unwritten[]> {
  const pages = document.getPages();
  const unwritten: Unwritten[] = [];
  for (const mark of laid) {
    const page = pages[mark.page - 1];
    if (!page) continue;
    const spot = spotOf(page, mark.place);
    if (mark.kind === 'text') {
      const text = writableText(mark.text);
      const font = await fonts.fontFor(text);
      if (font) drawText(spot, mark, text, font);
      else unwritten.push({ name: mark.id, why: 'letters' });
    } else if (mark.kind === 'tick') drawTick(spot);
    else fill(spot);
  }
  const page = signHere && pages[signHere.page - 1];
  if (page) await drawSignHere(spotOf(page, signHere.place), signWords, await fonts.bold());
  return unwritten;
}

function spotOf(page: PDFPage, place: DeskPlace): Spot {
  const space = pageSpace(page);
  return {
    page,
    space,
    width: place.width * space.width,
    height: place.height * space.height,
    at: (right, down) => space.toPoint(place.x + right / space.width, place.y + down / space.height),
  };
}

/** As on the screen: from the top left, lines broken at the place's width, never cut. */
function drawText(spot: Spot, { size }: LaidMark, text: string, font: PDFFont): void {
  const { lines } = layoutMultilineText(text, {
    alignment: TextAlignment.Left,
    fontSize: size,
    font,
    bounds: { x: 0, y: 0, width: spot.width, height: spot.height },
  });
  for (const [line, { text: words }] of lines.entries()) {
    const { x, y } = spot.at(0, size * (LINE * line + 1));
    spot.page.drawText(words, { x, y, size, font, color: INK, rotate: degrees(spot.space.turn) });
  }
}

/** Of the letters' size, between two lines; the console draws them as far apart. */
export const LINE = 1.2;

function drawTick(spot: Spot): void {
  const side = Math.min(spot.width, spot.height) * 0.8;
  const [left, top] = [(spot.width - side) / 2, (spot.height - side) / 2];
  const thickness = Math.max(1, side * 0.14);
  for (const [from, to] of [
    [spot.at(left, top), spot.at(left + side, top + side)],
    [spot.at(left + side, top), spot.at(left, top + side)],
  ] as const) {
    spot.page.drawLine({ start: from, end: to, thickness, color: INK });
  }
}

function fill(spot: Spot): void {
  spot.page.drawRectangle({ ...boxOf(spot), color: YELLOW, blendMode: BlendMode.Multiply });
}

function boxOf({ at, width, height }: Spot) {
  const [one, other] = [at(0, 0), at(width, height)];
  const [x, y] = [Math.min(one.x, other.x), Math.min(one.y, other.y)];
  return { x, y, width: Math.abs(one.x - other.x), height: Math.abs(one.y - other.y) };
}

async function drawSignHere(spot: Spot, words: string, font: PDFFont): Promise<void> {
  spot.page.drawRectangle({
    ...boxOf(spot),
    borderColor: SIGN,
    borderWidth: 1.5,
    borderDashArray: [5, 3],
  });
  // Inside, along the upper edge: what stands above belongs to the form.
  const size = Math.min(11, spot.height * 0.4, (spot.width * 0.9) / font.widthOfTextAtSize(words, 1));
  const { x, y } = spot.at(4, size + 3);
  spot.page.drawText(words, { x, y, size, font, color: SIGN, rotate: degrees(spot.space.turn) });
}
