/** Draws what the counsellor wrote on the page as a pen would. Coordinates: CSS pixels of the canvas. */
import type { DeskMark, DeskPlace } from '#shared/desk-live.ts';

/** Blue ink, at least 7:1 on white: it cannot be taken for the form's own print. */
const INK = '#0c2d73';
const HIGHLIGHT = 'rgb(255 214 64 / 45%)';
const FAMILY = '"Atkinson Hyperlegible", sans-serif';
/** Of the page's height: 11 points of an A4 page, where neither the form nor the place says more. */
const WRITING = 11 / 842;
const LINE = 1.2;
const SMALLEST = 0.4;

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * @param region the part of the page that the canvas shows, whole.
 * @param width @param height of the canvas.
 */
export function drawMarks(
  context: CanvasRenderingContext2D,
  marks: readonly DeskMark[],
  region: DeskPlace,
  width: number,
  height: number,
): void {
  const pageHeight = height / region.height;
  for (const mark of marks) {
    const box = {
      x: ((mark.place.x - region.x) / region.width) * width,
      y: ((mark.place.y - region.y) / region.height) * height,
      width: (mark.place.width / region.width) * width,
      height: (mark.place.height / region.height) * height,
    };
    if (mark.covers) {
      context.fillStyle = '#fff';
      context.fillRect(box.x, box.y, box.width, box.height);
    }
    if (mark.kind === 'highlight') drawHighlight(context, box);
    else if (mark.text !== '') {
      if (mark.kind === 'tick') drawTick(context, box);
      else drawText(context, mark, box, pageHeight);
    }
  }
}

function drawHighlight(context: CanvasRenderingContext2D, box: Box): void {
  context.fillStyle = HIGHLIGHT;
  context.fillRect(box.x, box.y, box.width, box.height);
}

function drawTick(context: CanvasRenderingContext2D, { x, y, width, height }: Box): void {
  const side = Math.min(width, height) * 0.7;
  const [left, top] = [x + (width - side) / 2, y + (height - side) / 2];
  context.strokeStyle = INK;
  context.lineWidth = Math.max(1.5, side * 0.2);
  context.lineCap = 'round';
  context.beginPath();
  context.moveTo(left, top);
  context.lineTo(left + side, top + side);
  context.moveTo(left + side, top);
  context.lineTo(left, top + side);
  context.stroke();
}

function drawText(context: CanvasRenderingContext2D, mark: DeskMark, box: Box, pageHeight: number): void {
  context.fillStyle = INK;
  context.textBaseline = 'middle';
  const wanted = mark.size ? mark.size * pageHeight : Math.min(WRITING * 1.2 * pageHeight, box.height * 0.75);
  if (mark.comb) drawComb(context, mark.text, mark.comb, box, wanted);
  else if (mark.multiline) drawLines(context, mark, box, mark.size ? wanted : WRITING * pageHeight);
  else {
    const padding = wanted * 0.2;
    const room = box.width - 2 * padding;
    context.font = font(wanted);
    const size = wanted * Math.max(SMALLEST, Math.min(1, room / context.measureText(mark.text).width));
    context.font = font(size);
    context.textAlign = mark.align;
    context.fillText(mark.text, startOf(mark, box, padding), box.y + box.height / 2);
  }
}

function drawComb(
  context: CanvasRenderingContext2D,
  text: string,
  cells: number,
  box: Box,
  size: number,
): void {
  const cell = box.width / cells;
  context.font = font(Math.min(size, cell * 1.3));
  context.textAlign = 'center';
  [...text].slice(0, cells).forEach((character, at) => {
    context.fillText(character, box.x + (at + 0.5) * cell, box.y + box.height / 2);
  });
}

function drawLines(context: CanvasRenderingContext2D, mark: DeskMark, box: Box, wanted: number): void {
  let size = wanted;
  let lines: string[] = [];
  for (; size > wanted * SMALLEST; size *= 0.92) {
    context.font = font(size);
    lines = linesOf(context, mark.text, box.width - size * 0.4);
    // A text of a given size is that large on paper, however long it is.
    if (mark.size !== null || lines.length * size * LINE <= box.height) break;
  }
  context.textAlign = mark.align;
  lines.forEach((line, at) => {
    context.fillText(line, startOf(mark, box, size * 0.2), box.y + (at + 0.6) * size * LINE);
  });
}

/** Breaks at spaces; a word that is wider than the place keeps its line. */
function linesOf(context: CanvasRenderingContext2D, text: string, width: number): string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines = [''];
    for (const word of paragraph.split(' ')) {
      const last = lines.at(-1) ?? '';
      const longer = last === '' ? word : `${last} ${word}`;
      if (last === '' || context.measureText(longer).width <= width) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines;
  });
}

function startOf({ align }: DeskMark, box: Box, padding: number): number {
  if (align === 'center') return box.x + box.width / 2;
  return align === 'right' ? box.x + box.width - padding : box.x + padding;
}

function font(size: number): string {
  return `700 ${size}px ${FAMILY}`;
}
