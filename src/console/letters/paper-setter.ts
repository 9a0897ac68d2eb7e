/** Sets lines on A4 pages one below the other, and begins a new page where one is full. Points throughout. */
import { type PDFDocument, type PDFFont, type PDFPage, rgb } from '@cantoo/pdf-lib';
import { writableText } from '../forms/form-fonts.ts';
import { breakLines } from './break-lines.ts';
import { PAPER, type StartedPaper } from './start-paper.ts';

const INK = rgb(0.1, 0.12, 0.16);
const ACCENT = rgb(0.05, 0.31, 0.38);
/** Of the page numbers: their size, and where they stand from the lower edge. */
const NUMBER = { size: 9, y: 32 };

export interface Measures {
  /** Left and right. */
  readonly side: number;
  readonly top: number;
  readonly bottom: number;
  /** Of the letters, where a line says nothing else. */
  readonly text: number;
  /** From one line to the next, in sizes of its letters. */
  readonly line: number;
}

interface Style {
  readonly size?: number;
  readonly isBold?: boolean;
  readonly isAccent?: boolean;
  readonly x?: number;
  readonly align?: 'left' | 'right';
}

export interface PaperSetter {
  readonly write: (text: string, style?: Style) => void;
  /** A mark at the left of the next line. */
  readonly mark: (text: string, x: number) => void;
  readonly skip: (height: number) => void;
  /** The next line begins at this height from the upper edge, or lower. */
  readonly goDown: (y: number) => void;
  /** The next lines of this height stay on one page. */
  readonly keep: (height: number) => void;
}

export function createPaperSetter(
  { document, regular, bold }: StartedPaper,
  { side, top, bottom, text: usual, line: leading }: Measures,
): PaperSetter {
  let page: PDFPage = document.addPage([PAPER.width, PAPER.height]);
  /** From the upper edge, of the next line's top. */
  let y = top;

  function keep(height: number): void {
    if (y + height <= PAPER.height - bottom) return;
    page = document.addPage([PAPER.width, PAPER.height]);
    y = top;
  }

  return {
    keep,
    write(text, { size = usual, isBold = false, isAccent = false, x = side, align = 'left' } = {}) {
      const font = isBold ? bold : regular;
      const lines = breakLines(writableText(text), PAPER.width - side - x, (part) =>
        font.widthOfTextAtSize(part, size),
      );
      for (const line of lines) {
        keep(size * leading);
        const left = align === 'right' ? PAPER.width - side - font.widthOfTextAtSize(line, size) : x;
        page.drawText(line, {
          x: left,
          y: PAPER.height - y - size,
          size,
          font,
          color: isAccent ? ACCENT : INK,
        });
        y += size * leading;
      }
    },
    mark(text, x) {
      keep(usual * leading);
      page.drawText(text, { x, y: PAPER.height - y - usual, size: usual, font: regular, color: INK });
    },
    skip(height) {
      y += height;
    },
    goDown(to) {
      y = Math.max(y, to);
    },
  };
}

/** Only where there are several. */
export function numberPages(document: PDFDocument, font: PDFFont): void {
  const pages = document.getPages();
  if (pages.length === 1) return;
  for (const [at, page] of pages.entries()) {
    const text = `${at + 1} / ${pages.length}`;
    const x = (PAPER.width - font.widthOfTextAtSize(text, NUMBER.size)) / 2;
    page.drawText(text, { x, y: NUMBER.y, size: NUMBER.size, font, color: INK });
  }
}
