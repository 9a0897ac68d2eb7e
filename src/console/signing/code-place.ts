/** Where on a page the code is printed: in a margin that is white. Pure. */
import type { DeskPlace } from '#shared/desk-live.ts';
import type { GreyPicture } from './grey-picture.ts';

const MM = 72 / 25.4;
/**
 * Points. 21 modules of 0.6 mm (four dots of the poorest scanner, at 200 to the inch), four white ones around them
 * (ISO/IEC 18004, 6.3.8), and the digits below.
 */
export const CODE = { side: 12.6 * MM, quiet: 2.4 * MM, digits: 6, width: 18 * MM, height: 20 * MM };
/** Printers leave 4 to 5 mm white at the edges. */
const MARGIN = 6 * MM;
const STEP = 8 * MM;
/** Of a place's dots: dust of a picture, not print. */
const WHITE = 0.001;
const DARK = 235;

interface Page {
  /** Points, as shown. */
  readonly width: number;
  readonly height: number;
  /** Null: not known what is printed there. */
  readonly picture: GreyPicture | null;
  /** Places that something is written on. */
  readonly taken: readonly DeskPlace[];
}

/** The place of code, quiet zone and digits: the lower corners first, then along the edges; where nothing is white, the whitest. */
export function codePlace(page: Page): DeskPlace {
  let best: DeskPlace | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const place of candidates(page)) {
    const ink = page.taken.some((taken) => overlap(taken, place)) ? 1 : inkOn(page.picture, place);
    if (ink <= WHITE) return place;
    if (ink >= least) continue;
    best = place;
    least = ink;
  }
  if (!best) throw new Error('A page has four corners.');
  return best;
}

/** Of a place: where the modules are, without the white around them. */
export function modulesOf(place: DeskPlace): DeskPlace {
  const { width, height, quiet, side } = CODE;
  const inset = (width - side) / 2;
  return {
    x: place.x + (place.width * inset) / width,
    y: place.y + (place.height * quiet) / height,
    width: (place.width * side) / width,
    height: (place.height * side) / height,
  };
}

function candidates({ width, height }: Page): DeskPlace[] {
  const right = width - MARGIN - CODE.width;
  const bottom = height - MARGIN - CODE.height;
  const corners = [
    [right, bottom],
    [MARGIN, bottom],
    [right, MARGIN],
    [MARGIN, MARGIN],
  ];
  const edges: number[][] = [];
  for (let x = MARGIN; x < right; x += STEP) edges.push([x, bottom], [x, MARGIN]);
  for (let y = MARGIN; y < bottom; y += STEP) edges.push([right, y], [MARGIN, y]);
  const fraction = (value: number) => Math.min(1, Math.max(0, value));
  return [...corners, ...edges].map(([x = 0, y = 0]) => ({
    x: fraction(x / width),
    y: fraction(y / height),
    width: fraction(CODE.width / width),
    height: fraction(CODE.height / height),
  }));
}

function overlap(one: DeskPlace, other: DeskPlace): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}

/** 0 to 1. */
function inkOn(picture: GreyPicture | null, place: DeskPlace): number {
  if (!picture) return 0;
  const { dots, width, height } = picture;
  let dark = 0;
  let all = 0;
  for (let y = Math.floor(place.y * height); y < (place.y + place.height) * height; y += 1) {
    for (let x = Math.floor(place.x * width); x < (place.x + place.width) * width; x += 1) {
      all += 1;
      if ((dots[y * width + x] ?? 255) < DARK) dark += 1;
    }
  }
  return all === 0 ? 1 : dark / all;
}
