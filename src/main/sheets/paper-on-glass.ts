/**
 * Where the paper lies on the glass: what stands out from the lid, if it is a rectangle. Its sides are found to a fraction
 * of a pixel, by a line through the outermost points of each.
 */
import { type AskewBox, turned } from './askew-box.ts';
import { findPatches } from './find-patches.ts';
import { hullOf } from './hull.ts';
import { LOOK_DPI, type LookPicture } from './look-picture.ts';

const MM = LOOK_DPI / 25.4;
/** Grey levels by which paper differs from the lid, at least. */
const STANDS_OUT = 22;
/** mm of the picture's edge by which the lid is known. */
const RING = 3 * MM;
/** Of the ring: so much of one grey may be the lid. */
const RING_SHARE = 0.15;
/** Of the box's own area: what is cut from it is then no rectangle (rounded corners are). */
const RECTANGULAR = 0.9;
/** Of the whole picture. Above: there is nothing to cut off. Below: not a paper. */
const LARGEST = 0.96;
const SMALLEST = 0.015;
/** Degrees; as PageCorrections allow. */
const ASKEW = 12;
/** Pixels from the picture's edge where a side is the glass's and not the paper's. */
const AT_EDGE = 2;

export interface PaperOnGlass {
  readonly box: AskewBox;
  /** False: no side of it was seen, its angle is unknown. */
  readonly angleSeen: boolean;
}

/** @param filled of the box: how much must stand out. A letter on a white lid is only its lines, which are not its edges. */
export function findPaper(picture: LookPicture, filled: number): PaperOnGlass | null {
  for (const lid of lidsOf(picture)) {
    const found = findAgainst(picture, lid, filled);
    if (found) return found;
  }
  return null;
}

/** The greys that may be the lid's, the likeliest first. Paper pushed into a corner shows on the ring as well. */
function lidsOf({ grey, width, height }: LookPicture): number[] {
  const counts = new Uint32Array(32);
  let all = 0;
  const ring = Math.round(RING);
  for (let y = 0; y < height; y += 1) {
    const middle = y >= ring && y < height - ring;
    for (let x = 0; x < width; x += 1) {
      if (middle && x === ring) x = width - ring;
      const bin = (grey[y * width + x] ?? 0) >> 3;
      counts[bin] = (counts[bin] ?? 0) + 1;
      all += 1;
    }
  }
  const lids: number[] = [];
  const bins = [...counts.keys()].sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0));
  for (const bin of bins) {
    const near = (counts[bin - 1] ?? 0) + (counts[bin] ?? 0) + (counts[bin + 1] ?? 0);
    const level = bin * 8 + 4;
    if (near < all * RING_SHARE) break;
    if (lids.every((lid) => Math.abs(lid - level) > STANDS_OUT)) lids.push(level);
  }
  return lids;
}

function findAgainst(picture: LookPicture, lid: number, filled: number): PaperOnGlass | null {
  const { grey, width, height } = picture;
  const stands = new Uint8Array(width * height);
  for (let i = 0; i < stands.length; i += 1) stands[i] = Math.abs((grey[i] ?? 0) - lid) > STANDS_OUT ? 1 : 0;
  const paper = findPatches(stands, width, height);
  const outline = outlineOf(paper, width, height);
  if (outline.length < 8) return null;
  const hull = hullOf(outline);
  const rough = smallestBox(hull);
  const area = rough.width * rough.height;
  const whole = width * height;
  if (area > LARGEST * whole || area < SMALLEST * whole) return null;
  if (areaOf(hull) < RECTANGULAR * area) return null;
  let count = 0;
  for (const one of paper) count += one;
  if (count < filled * area) return null;
  return refined(rough, outline, width, height);
}

/** First and last of each line and of each column, pixel centres. */
function outlineOf(paper: Uint8Array, width: number, height: number): Outline {
  const points: { x: number; y: number }[] = [];
  const top = new Int32Array(width).fill(-1);
  const bottom = new Int32Array(width).fill(-1);
  for (let y = 0; y < height; y += 1) {
    let first = -1;
    let last = -1;
    for (let x = 0; x < width; x += 1) {
      if (!paper[y * width + x]) continue;
      if (first < 0) first = x;
      last = x;
      if (top[x] === -1) top[x] = y;
      bottom[x] = y;
    }
    if (first >= 0) points.push({ x: first, y }, { x: last, y });
  }
  for (let x = 0; x < width; x += 1)
    if (top[x] !== -1) points.push({ x, y: top[x] ?? 0 }, { x, y: bottom[x] ?? 0 });
  return points;
}
type Outline = readonly { readonly x: number; readonly y: number }[];

function areaOf(hull: Outline): number {
  let twice = 0;
  hull.forEach((a, i) => {
    const b = hull[(i + 1) % hull.length] ?? a;
    twice += a.x * b.y - b.x * a.y;
  });
  return Math.abs(twice) / 2;
}

function boxAround(points: Outline, angle: number): AskewBox {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const point of points) {
    const { x, y } = turned(point, -angle);
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  const centre = turned({ x: (left + right) / 2, y: (top + bottom) / 2 }, angle);
  return { ...centre, width: right - left, height: bottom - top, angle };
}

function smallestBox(hull: Outline): AskewBox {
  let best = boxAround(hull, 0);
  for (let angle = -ASKEW; angle <= ASKEW; angle += 0.5) {
    const box = boxAround(hull, angle);
    if (box.width * box.height < best.width * best.height) best = box;
  }
  return best;
}

/** The same box by its four sides. In its own frame: `along` a side, `out` of the box. */
function refined(rough: AskewBox, outline: Outline, width: number, height: number): PaperOnGlass {
  const inside = outline.map((point) => ({
    ...turned({ x: point.x - rough.x, y: point.y - rough.y }, -rough.angle),
    atEdge:
      point.x < AT_EDGE || point.y < AT_EDGE || point.x >= width - AT_EDGE || point.y >= height - AT_EDGE,
  }));
  const sides = [
    { half: rough.height / 2, length: rough.width, of: (p: Seen) => ({ along: p.x, out: -p.y, sign: -1 }) },
    { half: rough.height / 2, length: rough.width, of: (p: Seen) => ({ along: p.x, out: p.y, sign: 1 }) },
    { half: rough.width / 2, length: rough.height, of: (p: Seen) => ({ along: p.y, out: -p.x, sign: 1 }) },
    { half: rough.width / 2, length: rough.height, of: (p: Seen) => ({ along: p.y, out: p.x, sign: -1 }) },
  ].map(({ half, length, of }) => sideThrough(inside, half, length, of));
  let [slopes, weights] = [0, 0];
  for (const side of sides) {
    if (side.slope === null) continue;
    slopes += side.slope * side.weight;
    weights += side.weight;
  }
  const [up = 0, down = 0, left = 0, right = 0] = sides.map(({ out }) => out);
  const angleSeen = weights > 0;
  const angle = rough.angle + (angleSeen ? (Math.atan(slopes / weights) * 180) / Math.PI : 0);
  const middle = turned({ x: (right - left) / 2, y: (down - up) / 2 }, rough.angle);
  return {
    // A pixel is as wide as the distance of two centres.
    box: {
      x: rough.x + middle.x + 0.5,
      y: rough.y + middle.y + 0.5,
      width: left + right + 1,
      height: up + down + 1,
      angle,
    },
    angleSeen,
  };
}

interface Seen {
  readonly x: number;
  readonly y: number;
  readonly atEdge: boolean;
}
interface Side {
  /** Of the line, in the box's frame, clockwise; null: too little of it was seen. */
  readonly slope: number | null;
  readonly weight: number;
  /** Pixels from the box's centre. */
  readonly out: number;
}

/** A line through what lies near the side, without its ends (corners may be round), drawn again without what is far. */
function sideThrough(
  points: readonly Seen[],
  half: number,
  length: number,
  of: (point: Seen) => { readonly along: number; readonly out: number; readonly sign: number },
): Side {
  const near = Math.max(3, half * 0.08);
  const reach = (length / 2) * 0.85;
  let kept = points
    .filter(({ atEdge }) => !atEdge)
    .map(of)
    .filter(({ along, out }) => Math.abs(along) < reach && out > half - near);
  let line = { slope: 0, out: half };
  for (const within of [2, 1]) {
    if (kept.length < length * 0.3) return { slope: null, weight: 0, out: half };
    line = lineThrough(kept);
    kept = kept.filter(({ along, out }) => Math.abs(out - line.out - line.slope * along) < within);
  }
  const sign = kept[0]?.sign ?? 1;
  return { slope: line.slope * sign, weight: kept.length * length, out: line.out };
}

function lineThrough(points: readonly { readonly along: number; readonly out: number }[]): {
  slope: number;
  out: number;
} {
  const middle = (values: readonly number[]): number =>
    values.reduce((sum, one) => sum + one, 0) / values.length;
  const [x, y] = [middle(points.map((p) => p.along)), middle(points.map((p) => p.out))];
  let [both, squares] = [0, 0];
  for (const { along, out } of points) {
    both += (along - x) * (out - y);
    squares += (along - x) ** 2;
  }
  const slope = squares > 0 ? both / squares : 0;
  return { slope, out: y - slope * x };
}
