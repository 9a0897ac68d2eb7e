/** A scanned page that may be one of those that were printed to be signed: its code, and what was written on it. Pure. */
import { decodeQR, type FinderPoints } from 'qr/decode.js';
import type { DeskPlace } from '#shared/desk-live.ts';
import { modulesOf } from './code-place.ts';
import { findMark, type Mark } from './find-mark.ts';
import type { GreyPicture } from './grey-picture.ts';
import { lineUp } from './line-up.ts';
import { type Point, similarity } from './page-map.ts';
import { readSheetCode, type SheetCode } from './sheet-code.ts';

/** ms that a page without a code may take. */
const PATIENCE = 1_500;
/** Of the print: a page of which less is found is another one, whatever its code says. */
const SAME_PAGE = 0.35;

export interface FoundCode extends SheetCode {
  /** The code's corners on the scan, clockwise from its own top left; fractions of the scan. */
  readonly corners: readonly Point[];
}

/** Null: the page has no code of ours. @param rgba four bytes a dot */
export function findCode(
  rgba: Uint8Array | Uint8ClampedArray,
  width: number,
  height: number,
): FoundCode | null {
  const seen: FinderPoints[] = [];
  const pointsOnDetect = (points: FinderPoints) => {
    seen.push(points);
  };
  try {
    const text = decodeQR(
      { data: rgba, width, height },
      { format: 'RGBA', effort: 4, timeLimit: PATIENCE, pointsOnDetect },
    );
    const code = readSheetCode(text);
    const bounds = seen.at(-1)?.bounds;
    return code && bounds
      ? { ...code, corners: bounds.map(({ x, y }) => ({ x: x / width, y: y / height })) }
      : null;
  } catch {
    // The library throws where it finds no code.
    return null;
  }
}

export interface SheetCheck {
  /** As printed and as scanned, both at 150 dots to the inch. */
  readonly printed: GreyPicture;
  readonly scan: GreyPicture;
  readonly corners: readonly Point[];
  /** Where the code was printed, with its quiet zone. */
  readonly codePlace: DeskPlace;
  /** Where somebody is to sign. */
  readonly places: readonly DeskPlace[];
}

/** different: it has the code, but is not the page that was printed. */
export type SheetVerdict =
  | { readonly kind: 'different' }
  | { readonly kind: 'marks'; readonly marks: readonly Mark[] };

export function checkSheet({ printed, scan, corners, codePlace, places }: SheetCheck): SheetVerdict {
  const { x, y, width, height } = modulesOf(codePlace);
  const own = [
    { x, y },
    { x: x + width, y },
    { x: x + width, y: y + height },
    { x, y: y + height },
  ];
  const first = similarity(
    own.map((corner, at) => ({
      from: { x: corner.x * printed.width, y: corner.y * printed.height },
      to: { x: (corners[at]?.x ?? 0) * scan.width, y: (corners[at]?.y ?? 0) * scan.height },
    })),
  );
  const { map, agreement } = lineUp(printed, scan, first);
  if (agreement !== null && agreement < SAME_PAGE) return { kind: 'different' };
  return { kind: 'marks', marks: places.map((place) => findMark(printed, scan, map, place)) };
}
