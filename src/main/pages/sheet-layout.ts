/** Where a page's picture lies on its A4 sheet, so that the printer cuts nothing of what is on the page. */
import { A4_PIXELS, type InkBox, PAPER_DPI } from './contract.ts';

/** Millimetres along the sides of an upright A4 sheet on which the printer cannot print. */
export interface SheetMargins {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

/** Pixels at PAPER_DPI, from the sheet's upper left corner. */
export interface SheetLayout {
  readonly sheet: { readonly width: number; readonly height: number };
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** 1: the page's true size. */
  readonly scale: number;
}

export interface PageOnSheet {
  /** Pixels at PAPER_DPI. */
  readonly width: number;
  readonly height: number;
  /** Null: nothing is on the page. */
  readonly ink: InkBox | null;
}

const MILLIMETRES_PER_INCH = 25.4;

/**
 * In its true size in the middle of the sheet, upright or lying as the page is. Where something of it would fall on a
 * margin, it is moved; where that is not enough, made as much smaller as it must be. `margins` null: true size.
 */
export function layOut({ width, height, ink }: PageOnSheet, margins: SheetMargins | null): SheetLayout {
  const lying = width > height;
  const { short, long } = A4_PIXELS;
  const sheet = lying ? { width: long, height: short } : { width: short, height: long };
  const free = freePart(sheet, margins && pixelMargins(margins, lying));
  const box = ink ?? { left: 0, top: 0, right: 0, bottom: 0 };
  const scale = Math.min(
    1,
    (free.right - free.left) / Math.max(1, box.right - box.left),
    (free.bottom - free.top) / Math.max(1, box.bottom - box.top),
  );
  const placed = (
    sheetSide: number,
    side: number,
    [from, to]: readonly [number, number],
    [first, last]: readonly [number, number],
  ): number => {
    const middle = (sheetSide - side * scale) / 2;
    if (!ink) return middle;
    return Math.min(Math.max(middle, first - from * scale), last - to * scale);
  };
  return {
    sheet,
    left: placed(sheet.width, width, [box.left, box.right], [free.left, free.right]),
    top: placed(sheet.height, height, [box.top, box.bottom], [free.top, free.bottom]),
    width: width * scale,
    height: height * scale,
    scale,
  };
}

/** A lying page is printed turned by a quarter, to which side is for the print system to know: the wider margin counts. */
function pixelMargins({ top, right, bottom, left }: SheetMargins, lying: boolean): SheetMargins {
  const turned = { along: Math.max(left, right), across: Math.max(top, bottom) };
  const millimetres = lying
    ? { top: turned.along, right: turned.across, bottom: turned.along, left: turned.across }
    : { top, right, bottom, left };
  const pixels = (length: number): number => Math.ceil((length / MILLIMETRES_PER_INCH) * PAPER_DPI);
  return {
    top: pixels(millimetres.top),
    right: pixels(millimetres.right),
    bottom: pixels(millimetres.bottom),
    left: pixels(millimetres.left),
  };
}

function freePart(
  { width, height }: { readonly width: number; readonly height: number },
  margins: SheetMargins | null,
): InkBox {
  const { top, right, bottom, left } = margins ?? { top: 0, right: 0, bottom: 0, left: 0 };
  return { left, top, right: width - right, bottom: height - bottom };
}
