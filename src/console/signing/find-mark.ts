/** Whether somebody wrote in a place: ink on the scan where nothing was printed near. Pure. */
import type { DeskPlace } from '#shared/desk-live.ts';
import type { GreyPicture } from './grey-picture.ts';
import { dotAt } from './line-up.ts';
import { mapped, type PageMap } from './page-map.ts';

/** faint: something is there that a person should look at. */
export type Mark = 'signed' | 'faint' | 'none';

/** Dots to the mm, at 150 to the inch. */
const MM = 150 / 25.4;
/** mm: how far the print may lie from where the map puts it, and how far beyond the place people write. */
const SHIFT = 0.8;
const BEYOND = 2;
/** Darker than the print near it by this much of the paper's white. */
const DARKER = 0.22;
/** mm²: a speck is less than this; and what a cross and a short name need at least. */
const SPECK = 0.5;
const FAINT = 1;
const SIGNED = 3.5;
/** mm: of the largest stroke. */
const STROKE = 3.5;

/** Both pictures at 150 dots to the inch. */
export function findMark(printed: GreyPicture, scan: GreyPicture, map: PageMap, place: DeskPlace): Mark {
  const left = Math.max(0, Math.round(place.x * printed.width - BEYOND * MM));
  const top = Math.max(0, Math.round(place.y * printed.height - BEYOND * MM));
  const width = Math.min(printed.width - left, Math.round(place.width * printed.width + BEYOND * MM * 2));
  const height = Math.min(printed.height - top, Math.round(place.height * printed.height + BEYOND * MM * 2));
  const seen = new Uint8Array(width * height);
  for (let at = 0; at < seen.length; at += 1) {
    const to = mapped(map, { x: left + (at % width), y: top + Math.floor(at / width) });
    seen[at] = dotAt(scan, to.x, to.y);
  }
  const paper = [...seen].sort((one, other) => one - other)[Math.floor(seen.length * 0.9)] ?? 255;
  const inked = new Uint8Array(seen.length);
  for (let at = 0; at < seen.length; at += 1) {
    const darkness = 1 - (seen[at] ?? 255) / Math.max(1, paper);
    if (darkness <= DARKER) continue;
    const near = darkestNear(printed, left + (at % width), top + Math.floor(at / width));
    if (darkness > 1 - near / 255 + DARKER) inked[at] = 1;
  }
  let area = 0;
  let longest = 0;
  for (const { dots, extent } of strokes(inked, width)) {
    if (dots / MM ** 2 < SPECK) continue;
    area += dots / MM ** 2;
    longest = Math.max(longest, extent / MM);
  }
  if (area >= SIGNED && longest >= STROKE) return 'signed';
  return area >= FAINT ? 'faint' : 'none';
}

function darkestNear(picture: GreyPicture, x: number, y: number): number {
  const reach = Math.ceil(SHIFT * MM);
  let darkest = 255;
  for (let down = -reach; down <= reach; down += 1)
    for (let right = -reach; right <= reach; right += 1)
      darkest = Math.min(darkest, dotAt(picture, x + right, y + down));
  return darkest;
}

/** Dots that touch each other, also by their corners. */
function strokes(inked: Uint8Array, width: number): { readonly dots: number; readonly extent: number }[] {
  const found: { dots: number; extent: number }[] = [];
  for (let start = 0; start < inked.length; start += 1) {
    if (inked[start] !== 1) continue;
    const queue = [start];
    inked[start] = 2;
    let [dots, west, east, north, south] = [0, width, 0, inked.length, 0];
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      const [x, y] = [at % width, Math.floor(at / width)];
      dots += 1;
      [west, east, north, south] = [
        Math.min(west, x),
        Math.max(east, x),
        Math.min(north, y),
        Math.max(south, y),
      ];
      for (const [right, down] of AROUND) {
        const next = at + down * width + right;
        if (x + right < 0 || x + right >= width || inked[next] !== 1) continue;
        inked[next] = 2;
        queue.push(next);
      }
    }
    found.push({ dots, extent: Math.hypot(east - west, south - north) });
  }
  return found;
}

const AROUND = [-1, 0, 1].flatMap((down) => [-1, 0, 1].map((right) => [right, down] as const));
