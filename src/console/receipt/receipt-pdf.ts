/** Sets a receipt on one A4 page, in type that is read without glasses. Never a second page: what is too long is summed up. */
import { type PDFFont, rgb } from '@cantoo/pdf-lib';
import { type Result, succeed } from '#shared/failure.ts';
import type { FilledPdf } from '../forms/fill-pdf.ts';
import { writableText } from '../forms/form-fonts.ts';
import { breakLines } from '../letters/break-lines.ts';
import { PAPER, type PaperOptions, startPaper } from '../letters/start-paper.ts';
import type { Receipt } from './receipt.ts';
import { shortDigest } from './short-digest.ts';

/** Points: 20 mm on the left and right. */
const SIDE = 57;
const TOP = 50;
const BOTTOM = 42;
const TITLE = 26;
const BODY = 20;
const HEADING = 17;
const TEXT = 16;
/** Of the whole digest only: whoever checks it copies it from the file. */
const SMALL = 8.5;
const LINE = 1.26;
const INDENT = 14;
/** Of one line's text, on paper: a name longer than this is cut with an ellipsis. */
const MOST_LINES = 4;
const INK = rgb(0.07, 0.09, 0.12);
const ACCENT = rgb(0.05, 0.31, 0.38);

type Options = Omit<PaperOptions, 'title'>;

interface Piece {
  readonly text: string;
  readonly size: number;
  readonly isBold?: boolean;
  readonly isAccent?: boolean;
  readonly x?: number;
  /** Points above it. */
  readonly gap?: number;
}

/** What no font can write is told (`unwritten`, by the line's id), and the receipt is not to be printed. */
export async function receiptPdf(receipt: Receipt, options: Options): Promise<Result<FilledPdf>> {
  const lines = [...receipt.head, ...receipt.sections.flatMap((section) => section.lines)];
  const texts = lines.map(({ id, text }) => ({ name: id, text }));
  const started = await startPaper(texts, { ...options, title: receipt.title });
  if ('unwritten' in started) return succeed({ bytes: new Uint8Array(), unwritten: started.unwritten });
  const { document, regular, bold } = started.paper;
  const fontOf = ({ isBold }: Piece) => (isBold ? bold : regular);

  const page = document.addPage([PAPER.width, PAPER.height]);
  let y = TOP;
  for (const piece of fitting(receipt, fontOf)) {
    const { text, size, isAccent, x = 0, gap = 0 } = piece;
    y += gap + size * LINE;
    const color = isAccent ? ACCENT : INK;
    page.drawText(text, { x: SIDE + x, y: PAPER.height - y, size, font: fontOf(piece), color });
  }
  return succeed({ bytes: new Uint8Array(await document.save()), unwritten: [] });
}

/** All of it where it fits; else the longest list loses its last line, again and again. Lists shrink to nothing before that fails. */
function fitting(receipt: Receipt, fontOf: (piece: Piece) => PDFFont): readonly Piece[] {
  const kept = receipt.sections.map(({ lines }) => lines.length);
  const summable = (at: number) => ((receipt.sections[at]?.more.length ?? 0) > 0 ? (kept[at] ?? 0) : 0);
  for (;;) {
    const pieces = piecesOf(receipt, kept).flatMap((piece) => broken(piece, fontOf(piece)));
    const height = pieces.reduce((sum, { gap = 0, size }) => sum + gap + size * LINE, 0);
    const sizes = kept.map((_, at) => summable(at));
    const most = Math.max(...sizes, 0);
    if (height <= PAPER.height - TOP - BOTTOM || most === 0) return pieces;
    kept[sizes.lastIndexOf(most)] = most - 1;
  }
}

/** The first `kept[i]` lines of each section. */
function piecesOf(receipt: Receipt, kept: readonly number[]): Piece[] {
  const { title, head, sections, digestLabel, digestNote } = receipt;
  const [first, ...rest] = head;
  const pieces: Piece[] = [{ text: title, size: TITLE, isBold: true, isAccent: true }];
  if (first) pieces.push({ text: first.text, size: BODY, isBold: true, gap: 8 });
  for (const { text } of rest) pieces.push({ text, size: TEXT });
  let hasDigest = false;
  for (const [at, { title, lines, more }] of sections.entries()) {
    pieces.push({ text: title, size: HEADING, isBold: true, isAccent: true, gap: 12 });
    const shown = lines.slice(0, kept[at]);
    for (const { text, digest } of shown) {
      pieces.push({ text, size: TEXT, x: INDENT, gap: 2 });
      if (digest === null) continue;
      hasDigest = true;
      pieces.push({ text: `${digestLabel}${shortDigest(digest)}`, size: TEXT, x: INDENT });
      pieces.push({ text: digest, size: SMALL, x: INDENT });
    }
    const left = lines.length - shown.length;
    if (left > 0) pieces.push({ text: more[left - 1] ?? '', size: TEXT, x: INDENT, gap: 2 });
  }
  if (hasDigest) pieces.push({ text: digestNote, size: TEXT, gap: 14 });
  return pieces;
}

function broken(piece: Piece, font: PDFFont): Piece[] {
  const { text, size, x = 0 } = piece;
  const width = PAPER.width - SIDE * 2 - x;
  const lines = breakLines(writableText(text), width, (part) => font.widthOfTextAtSize(part, size));
  const kept = lines.slice(0, MOST_LINES);
  if (lines.length > MOST_LINES) kept[MOST_LINES - 1] = `${kept[MOST_LINES - 1]?.slice(0, -2)}…`;
  return kept.map((line, at) => ({ ...piece, text: line, gap: at === 0 ? (piece.gap ?? 0) : 0 }));
}
