/** Sets a letter or a CV on A4 pages: margins, page breaks, French typography. Same letter, same pages. */
import { type PDFDocument, type PDFFont, type PDFPage, rgb } from '@cantoo/pdf-lib';
import { type Result, succeed } from '#shared/failure.ts';
import type { FilledPdf } from '../forms/fill-pdf.ts';
import { writableText } from '../forms/form-fonts.ts';
import { breakLines } from './break-lines.ts';
import type { Letter, LetterBlock } from './letter.ts';
import { PAPER, type PaperOptions, startPaper } from './start-paper.ts';

/** Points: 25 mm on the left and right, 20 mm above and below. */
const SIDE = 71;
const TOP = 57;
const BOTTOM = 62;
const TEXT = 11;
const HEADING = 13;
const TITLE = 20;
const LINE = 1.38;
/** Where a window envelope shows the address (NF Z 11-001): from the left edge, from the upper edge. */
const WINDOW = { x: 312, y: 142 };
const BULLET = 14;
const INK = rgb(0.1, 0.12, 0.16);
const ACCENT = rgb(0.05, 0.31, 0.38);

interface Options extends PaperOptions {
  /** "Objet : " */
  readonly subject: (text: string) => string;
}

/** What no font can write is told (`unwritten`, by part or block id), and the letter is not to be sent. */
export async function letterPdf(letter: Letter, options: Options): Promise<Result<FilledPdf>> {
  const texts = partsOf(letter).map(([name, text]) => ({ name, text }));
  const started = await startPaper(texts, options, '•');
  if ('unwritten' in started) return succeed({ bytes: new Uint8Array(), unwritten: started.unwritten });
  const { document, regular, bold } = started.paper;
  const setter = createSetter(document, regular, bold);
  if (letter.kind === 'cv') setTitle(setter, letter.sender);
  else setHead(setter, letter, options.subject);
  for (const block of letter.blocks) setBlock(setter, block);
  if (letter.kind === 'letter' && letter.signature.trim() !== '') {
    setter.skip(TEXT * 2);
    setter.keep(TEXT * LINE * 5);
    setter.write(letter.signature, { x: WINDOW.x });
  }
  numberPages(document, regular);
  return succeed({ bytes: new Uint8Array(await document.save()), unwritten: [] });
}

function partsOf(letter: Letter): [string, string][] {
  const { sender, recipient, placeAndDate, subject, signature, blocks } = letter;
  const parts = Object.entries({ sender, recipient, placeAndDate, subject, signature });
  return [...parts, ...blocks.map(({ id, text }): [string, string] => [id, text])];
}

interface Style {
  readonly size?: number;
  readonly isBold?: boolean;
  readonly isAccent?: boolean;
  readonly x?: number;
  readonly align?: 'left' | 'right';
}

interface Setter {
  readonly write: (text: string, style?: Style) => void;
  /** A mark at the left of the next line. */
  readonly mark: (text: string, x: number) => void;
  readonly skip: (height: number) => void;
  /** The next line begins at this height from the upper edge, or lower. */
  readonly goDown: (y: number) => void;
  /** The next lines of this height stay on one page. */
  readonly keep: (height: number) => void;
}

function createSetter(document: PDFDocument, regular: PDFFont, bold: PDFFont): Setter {
  let page: PDFPage = document.addPage([PAPER.width, PAPER.height]);
  /** From the upper edge, of the next line's top. */
  let y = TOP;

  function keep(height: number): void {
    if (y + height <= PAPER.height - BOTTOM) return;
    page = document.addPage([PAPER.width, PAPER.height]);
    y = TOP;
  }

  return {
    keep,
    write(text, { size = TEXT, isBold = false, isAccent = false, x = SIDE, align = 'left' } = {}) {
      const font = isBold ? bold : regular;
      const lines = breakLines(writableText(text), PAPER.width - SIDE - x, (part) =>
        font.widthOfTextAtSize(part, size),
      );
      for (const line of lines) {
        keep(size * LINE);
        const left = align === 'right' ? PAPER.width - SIDE - font.widthOfTextAtSize(line, size) : x;
        page.drawText(line, {
          x: left,
          y: PAPER.height - y - size,
          size,
          font,
          color: isAccent ? ACCENT : INK,
        });
        y += size * LINE;
      }
    },
    mark(text, x) {
      keep(TEXT * LINE);
      page.drawText(text, { x, y: PAPER.height - y - TEXT, size: TEXT, font: regular, color: INK });
    },
    skip(height) {
      y += height;
    },
    goDown(to) {
      y = Math.max(y, to);
    },
  };
}

function setHead(setter: Setter, letter: Letter, subject: Options['subject']): void {
  setter.write(letter.sender);
  setter.goDown(WINDOW.y);
  if (letter.recipient.trim() !== '') setter.write(letter.recipient, { x: WINDOW.x });
  setter.skip(TEXT * 2);
  if (letter.placeAndDate.trim() !== '') setter.write(letter.placeAndDate, { align: 'right' });
  setter.skip(TEXT * 2);
  if (letter.subject.trim() !== '') setter.write(subject(letter.subject), { isBold: true });
  setter.skip(TEXT * 1.5);
}

function setTitle(setter: Setter, sender: string): void {
  const [name = '', ...address] = sender.split('\n');
  setter.write(name, { size: TITLE, isBold: true, isAccent: true });
  if (address.length > 0) setter.write(address.join('\n'));
  setter.skip(TEXT);
}

function setBlock(setter: Setter, { kind, text }: LetterBlock): void {
  if (text.trim() === '') return;
  if (kind === 'heading') {
    setter.skip(TEXT * 0.6);
    // Never alone at the foot of a page.
    setter.keep(HEADING * LINE + TEXT * LINE * 2);
    setter.write(text, { size: HEADING, isBold: true, isAccent: true });
    setter.skip(TEXT * 0.25);
    return;
  }
  if (kind === 'paragraph') setter.write(text);
  else {
    for (const point of text.split('\n').filter((line) => line.trim() !== '')) {
      setter.mark('•', SIDE + 2);
      setter.write(point, { x: SIDE + BULLET });
    }
  }
  setter.skip(TEXT * 0.8);
}

/** Only where there are several. */
function numberPages(document: PDFDocument, font: PDFFont): void {
  const pages = document.getPages();
  if (pages.length === 1) return;
  for (const [at, page] of pages.entries()) {
    const text = `${at + 1} / ${pages.length}`;
    const x = (PAPER.width - font.widthOfTextAtSize(text, 9)) / 2;
    page.drawText(text, { x, y: 32, size: 9, font, color: INK });
  }
}
