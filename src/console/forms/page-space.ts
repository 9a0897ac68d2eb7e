/** Between a PDF page's own coordinates (points, from the bottom left, before it is turned) and the page as shown. */
import type { PDFPage } from '@cantoo/pdf-lib';
import type { DeskPlace } from '#shared/desk-live.ts';

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PageSpace {
  /** Points, as shown. */
  readonly width: number;
  readonly height: number;
  /** Degrees clockwise that the page is turned by when shown: 0, 90, 180 or 270. */
  readonly turn: number;
  /** Fractions of the page as shown, cut to the page; null where the rectangle lies outside of it. */
  readonly toPlace: (rectangle: Rectangle) => DeskPlace | null;
  /** The page's own point under a point of the page as shown. */
  readonly toPoint: (x: number, y: number) => { readonly x: number; readonly y: number };
}

/** What is shown is the crop box within the media box (ISO 32000-1, 14.11.2), turned by /Rotate (table 30). */
export function pageSpace(page: PDFPage): PageSpace {
  const crop = intersection(page.getCropBox(), page.getMediaBox());
  const turn = (((Math.round(page.getRotation().angle / 90) * 90) % 360) + 360) % 360;
  const sideways = turn === 90 || turn === 270;
  return {
    width: sideways ? crop.height : crop.width,
    height: sideways ? crop.width : crop.height,
    turn,
    toPlace({ x, y, width, height }) {
      const [one, other] = [shown(x, y), shown(x + width, y + height)];
      const [left, right] = [Math.min(one.x, other.x), Math.max(one.x, other.x)].map(clamp);
      const [top, bottom] = [Math.min(one.y, other.y), Math.max(one.y, other.y)].map(clamp);
      if (left === undefined || right === undefined || top === undefined || bottom === undefined) return null;
      if (right <= left || bottom <= top) return null;
      return { x: left, y: top, width: right - left, height: bottom - top };
    },
    toPoint(x, y) {
      const { u, v } = unturned(turn, x, y);
      return { x: crop.x + u * crop.width, y: crop.y + v * crop.height };
    },
  };

  function shown(x: number, y: number): { x: number; y: number } {
    const u = (x - crop.x) / crop.width;
    const v = (y - crop.y) / crop.height;
    if (turn === 90) return { x: v, y: u };
    if (turn === 180) return { x: 1 - u, y: v };
    return turn === 270 ? { x: 1 - v, y: 1 - u } : { x: u, y: 1 - v };
  }
}

function unturned(turn: number, x: number, y: number): { u: number; v: number } {
  if (turn === 90) return { u: y, v: x };
  if (turn === 180) return { u: 1 - x, v: y };
  return turn === 270 ? { u: 1 - y, v: 1 - x } : { u: x, v: 1 - y };
}

function intersection(one: Rectangle, other: Rectangle): Rectangle {
  const x = Math.max(one.x, other.x);
  const y = Math.max(one.y, other.y);
  const width = Math.min(one.x + one.width, other.x + other.width) - x;
  const height = Math.min(one.y + one.height, other.y + other.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : other;
}

function clamp(fraction: number): number {
  return Math.min(1, Math.max(0, fraction));
}
