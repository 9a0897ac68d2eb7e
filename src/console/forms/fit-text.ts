/** How large a text can be written in its place: whole, or not at all. */
import { layoutMultilineText, type PDFFont, TextAlignment } from '@cantoo/pdf-lib';

/** Points. What is smaller cannot be read on paper. */
const SMALLEST = 5;
const USUAL = 11;
/** The library's margin inside a field. */
const PADDING = 1;

export interface Room {
  /** Points, within the field's border. */
  readonly width: number;
  readonly height: number;
}

/** The letters' size in points: as wanted (0: as usual) or as much smaller as it must be. Null: it does not fit. */
export function fitLine(text: string, font: PDFFont, room: Room, wanted: number): number | null {
  const tallest = wanted || Math.min(USUAL, (room.height - 2 * PADDING) / 1.1);
  const width = font.widthOfTextAtSize(text, 1);
  const size = width > 0 ? Math.min(tallest, (room.width - 2 * PADDING) / width) : tallest;
  return roundedDown(size);
}

/** The same for a text that may break into lines. */
export function fitLines(text: string, font: PDFFont, room: Room, wanted: number): number | null {
  const bounds = { x: 0, y: 0, width: room.width - 2 * PADDING, height: room.height - 2 * PADDING };
  for (let size = wanted || USUAL; size >= SMALLEST; size -= 0.5) {
    const { lines, lineHeight } = layoutMultilineText(text, {
      alignment: TextAlignment.Left,
      fontSize: size,
      font,
      bounds,
    });
    const isWide = lines.some(({ width }) => width > bounds.width);
    if (!isWide && lines.length * lineHeight <= bounds.height) return size;
  }
  return null;
}

/** The same for one character in each of `cells`. */
export function fitCells(
  text: string,
  font: PDFFont,
  room: Room,
  wanted: number,
  cells: number,
): number | null {
  const characters = [...text];
  if (characters.length > cells) return null;
  const widest = Math.max(0, ...characters.map((character) => font.widthOfTextAtSize(character, 1)));
  const tallest = wanted || Math.min(USUAL + 1, room.height / 1.1);
  return roundedDown(widest > 0 ? Math.min(tallest, (room.width / cells / widest) * 0.95) : tallest);
}

function roundedDown(size: number): number | null {
  const rounded = Math.floor(size * 10) / 10;
  return rounded >= SMALLEST ? rounded : null;
}
