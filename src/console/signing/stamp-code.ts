/** Draws a page's code and its digits into the PDF, as vectors: sharp at any resolution. */
import { degrees, type PDFFont, type PDFPage, rgb } from '@cantoo/pdf-lib';
import encodeQR from 'qr';
import type { DeskPlace } from '#shared/desk-live.ts';
import { pageSpace } from '../forms/page-space.ts';
import { CODE, modulesOf } from './code-place.ts';
import { type SheetCode, sheetCodeDigits, sheetCodeText } from './sheet-code.ts';

const INK = rgb(0, 0, 0);
const WHITE = rgb(1, 1, 1);
/** The library draws at least one white module around. */
const BORDER = 1;

export function stampCode(page: PDFPage, code: SheetCode, place: DeskPlace, font: PDFFont): void {
  const { toPoint, turn } = pageSpace(page);
  const box = (x: number, y: number, width: number, height: number) => {
    const [one, other] = [toPoint(x, y), toPoint(x + width, y + height)];
    return {
      x: Math.min(one.x, other.x),
      y: Math.min(one.y, other.y),
      width: Math.abs(one.x - other.x),
      height: Math.abs(one.y - other.y),
    };
  };
  // Where no margin was white, the code must still be found.
  page.drawRectangle({ ...box(place.x, place.y, place.width, place.height), color: WHITE });
  const rows = encodeQR(sheetCodeText(code), 'raw', { ecc: 'quartile', border: BORDER })
    .slice(BORDER, -BORDER)
    .map((row) => row.slice(BORDER, -BORDER));
  const modules = modulesOf(place);
  const [across, down] = [modules.width / rows.length, modules.height / rows.length];
  for (const [y, row] of rows.entries()) {
    // Whole runs: between single modules a printer could leave hairlines.
    for (const { start, length } of runs(row)) {
      const run = box(modules.x + start * across, modules.y + y * down, length * across, down);
      page.drawRectangle({ ...run, color: INK });
    }
  }
  const digits = sheetCodeDigits(code);
  const size = CODE.digits;
  const wide = (font.widthOfTextAtSize(digits, size) / CODE.width) * place.width;
  const below = (CODE.quiet * 2 + CODE.side) / CODE.height;
  const at = toPoint(
    place.x + Math.max(0, (place.width - wide) / 2),
    place.y + place.height * Math.min(1, below + 0.05),
  );
  page.drawText(digits, { ...at, size, font, color: INK, rotate: degrees(turn) });
}

function runs(row: readonly boolean[]): { readonly start: number; readonly length: number }[] {
  const found: { start: number; length: number }[] = [];
  for (const [at, isDark] of row.entries()) {
    const last = found.at(-1);
    if (!isDark) continue;
    if (last && last.start + last.length === at) last.length += 1;
    else found.push({ start: at, length: 1 });
  }
  return found;
}
