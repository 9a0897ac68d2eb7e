/** Makes what the fields show part of the pages: nothing can be changed afterwards, and nothing is left of the form. */
import {
  concatTransformationMatrix,
  drawObject,
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFName,
  PDFNumber,
  type PDFPage,
  PDFRef,
  PDFStream,
  popGraphicsState,
  pushGraphicsState,
} from '@cantoo/pdf-lib';

const HIDDEN = 1 << 1;
const NO_VIEW = 1 << 5;

/** By the pages rather than by the fields: what a page shows is what is kept, whether the form knows it or not. */
export function flattenForm(document: PDFDocument): void {
  for (const page of document.getPages()) {
    const annotations = page.node.Annots();
    if (!annotations) continue;
    // In their order: what comes later lies over what came before.
    for (let at = 0; at < annotations.size(); ) {
      const widget = annotations.lookup(at);
      if (!(widget instanceof PDFDict) || widget.lookup(PDFName.of('Subtype')) !== PDFName.of('Widget')) {
        at += 1;
        continue;
      }
      annotations.remove(at);
      const flags = widget.lookup(PDFName.of('F'));
      const isHidden = flags instanceof PDFNumber && (flags.asNumber() & (HIDDEN | NO_VIEW)) !== 0;
      if (!isHidden) drawWidget(page, widget);
    }
  }
  document.catalog.delete(PDFName.of('AcroForm'));
}

function drawWidget(page: PDFPage, widget: PDFDict): void {
  const appearance = appearanceOf(widget);
  const rectangle = numbers(widget.lookup(PDFName.of('Rect')), 4);
  const stream = appearance && page.doc.context.lookup(appearance);
  if (!appearance || !rectangle || !(stream instanceof PDFStream)) return;
  const matrix = fitted(
    numbers(stream.dict.lookup(PDFName.of('BBox')), 4) ?? [0, 0, 1, 1],
    numbers(stream.dict.lookup(PDFName.of('Matrix')), 6) ?? [1, 0, 0, 1, 0, 0],
    rectangle,
  );
  if (!matrix) return;
  const name = page.node.newXObject('Field', appearance);
  page.pushOperators(
    pushGraphicsState(),
    concatTransformationMatrix(...matrix),
    drawObject(name),
    popGraphicsState(),
  );
}

/** The picture of the widget's present state. */
function appearanceOf(widget: PDFDict): PDFRef | null {
  const appearances = widget.lookup(PDFName.of('AP'));
  if (!(appearances instanceof PDFDict)) return null;
  const normal = appearances.get(PDFName.of('N'));
  const states = appearances.lookup(PDFName.of('N'));
  if (!(states instanceof PDFDict)) return normal instanceof PDFRef ? normal : null;
  const state = widget.lookup(PDFName.of('AS'));
  const chosen = state instanceof PDFName ? states.get(state) : undefined;
  return chosen instanceof PDFRef ? chosen : null;
}

type Matrix = [number, number, number, number, number, number];

/** ISO 32000-1, 12.5.5, algorithm 8.1: the box, turned by its matrix, is stretched to the annotation's rectangle. */
function fitted(
  box: readonly number[],
  turn: readonly number[],
  rectangle: readonly number[],
): Matrix | null {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = turn;
  const [left = 0, bottom = 0, right = 0, top = 0] = box;
  const corners = [
    [left, bottom],
    [right, bottom],
    [left, top],
    [right, top],
  ] as const;
  const xs = corners.map(([x, y]) => a * x + c * y + e);
  const ys = corners.map(([x, y]) => b * x + d * y + f);
  const [x0, x1] = [Math.min(...xs), Math.max(...xs)];
  const [y0, y1] = [Math.min(...ys), Math.max(...ys)];
  if (x1 <= x0 || y1 <= y0) return null;
  const [r0 = 0, s0 = 0, r1 = 0, s1 = 0] = rectangle;
  const [toLeft, toBottom] = [Math.min(r0, r1), Math.min(s0, s1)];
  const across = Math.abs(r1 - r0) / (x1 - x0);
  const along = Math.abs(s1 - s0) / (y1 - y0);
  return [across, 0, 0, along, toLeft - x0 * across, toBottom - y0 * along];
}

function numbers(value: unknown, count: number): number[] | null {
  if (!(value instanceof PDFArray) || value.size() !== count) return null;
  const found = Array.from({ length: count }, (_, at) => {
    const number = value.lookup(at);
    return number instanceof PDFNumber ? number.asNumber() : Number.NaN;
  });
  return found.every(Number.isFinite) ? found : null;
}
