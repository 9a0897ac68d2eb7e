/** Lays a scan over the page that was printed: small pieces of the print are looked for on the scan, and most must agree. Pure. */
import { type GreyPicture, shrunk } from './grey-picture.ts';
import { affine, distance, mapped, type PageMap, type Pair, type Point, similarity } from './page-map.ts';

interface LinedUp {
  /** From dots of the printed picture to dots of the scan. */
  readonly map: PageMap;
  /** Of the pieces looked for, those found where all others say they are; 0 to 1. Null: too little is printed to tell. */
  readonly agreement: number | null;
}

interface Pass {
  readonly factor: number;
  /** mm: how far a piece is looked for from where it should be, and how far it may be from where the others put it. */
  readonly search: number;
  readonly tolerance: number;
}

/** Of both pictures: dots to the inch. */
const RESOLUTION = 150;
const PASSES: readonly Pass[] = [
  { factor: 3, search: 7, tolerance: 1.2 },
  { factor: 2, search: 2, tolerance: 0.6 },
];
/** mm. */
const PIECE = 11;
const MOST_PIECES = 48;
/** Normalised correlation from which a piece counts as found. */
const FOUND = 0.55;
const FEWEST = 5;

/** Both pictures at 150 dots to the inch. @param first a map that is right within 7 mm */
export function lineUp(printed: GreyPicture, scan: GreyPicture, first: PageMap): LinedUp {
  let map = first;
  let agreement: number | null = null;
  for (const pass of PASSES) {
    const found = onePass(
      shrunk(printed, pass.factor),
      shrunk(scan, pass.factor),
      scaled(map, 1 / pass.factor),
      pass,
    );
    if (!found) continue;
    agreement = found.agreement;
    if (found.map) map = scaled(found.map, pass.factor);
  }
  return { map, agreement };
}

function onePass(printed: GreyPicture, scan: GreyPicture, map: PageMap, pass: Pass) {
  const mm = RESOLUTION / pass.factor / 25.4;
  const side = Math.round(PIECE * mm);
  const pieces = piecesOf(printed, side);
  if (pieces.length < FEWEST) return null;
  const pairs = pieces.flatMap((piece): Pair[] => {
    const to = lookFor(printed, piece, side, scan, map, Math.ceil(pass.search * mm));
    const middle = { x: piece.x + side / 2, y: piece.y + side / 2 };
    return to ? [{ from: middle, to }] : [];
  });
  const agreeing = mostAgreeing(pairs, pass.tolerance * mm);
  const share = agreeing.length / pieces.length;
  if (agreeing.length < FEWEST) return { map: null, agreement: share };
  return { map: affineWhereSafe(agreeing, printed), agreement: share };
}

/** Points on one side of the page say nothing of how the other is stretched. */
function affineWhereSafe(pairs: readonly Pair[], { width, height }: GreyPicture): PageMap {
  const spread = (of: (point: Point) => number) => {
    const all = pairs.map(({ from }) => of(from));
    return Math.max(...all) - Math.min(...all);
  };
  const isWide = spread(({ x }) => x) > width / 2 && spread(({ y }) => y) > height / 2;
  const exact = isWide && pairs.length >= 10 ? affine(pairs) : null;
  return exact ?? similarity(pairs);
}

/** The pieces that have the most to be recognised by, all over the page. Top left corners. */
function piecesOf({ dots, width, height }: GreyPicture, side: number): Point[] {
  const all: (Point & { readonly contrast: number })[] = [];
  for (let y = 0; y + side < height; y += side) {
    for (let x = 0; x + side < width; x += side) {
      let across = 0;
      let along = 0;
      for (let down = 0; down < side - 1; down += 1) {
        for (let right = 0; right < side - 1; right += 1) {
          const at = (y + down) * width + x + right;
          const here = dots[at] ?? 255;
          across += Math.abs((dots[at + 1] ?? 255) - here);
          along += Math.abs((dots[at + width] ?? 255) - here);
        }
      }
      // A line alone could be anywhere along itself.
      const contrast = Math.min(across, along) / (side * side);
      if (contrast > 4) all.push({ x, y, contrast });
    }
  }
  return all.sort((one, other) => other.contrast - one.contrast).slice(0, MOST_PIECES);
}

/** The middle of the piece on the scan; null: not found. */
function lookFor(
  printed: GreyPicture,
  piece: Point,
  side: number,
  scan: GreyPicture,
  map: PageMap,
  reach: number,
): Point | null {
  const count = side * side;
  const wanted = new Float32Array(count);
  const places = new Float32Array(count * 2);
  let mean = 0;
  for (let at = 0; at < count; at += 1) {
    const [x, y] = [piece.x + (at % side), piece.y + Math.floor(at / side)];
    wanted[at] = printed.dots[y * printed.width + x] ?? 255;
    mean += (wanted[at] ?? 0) / count;
    const to = mapped(map, { x, y });
    places[at * 2] = to.x;
    places[at * 2 + 1] = to.y;
  }
  let norm = 0;
  for (let at = 0; at < count; at += 1) {
    wanted[at] = (wanted[at] ?? 0) - mean;
    norm += (wanted[at] ?? 0) ** 2;
  }
  let best = FOUND;
  let shift: Point | null = null;
  for (let down = -reach; down <= reach; down += 1) {
    for (let right = -reach; right <= reach; right += 1) {
      let [sum, squares, product] = [0, 0, 0];
      for (let at = 0; at < count; at += 1) {
        const value = dotAt(scan, (places[at * 2] ?? 0) + right, (places[at * 2 + 1] ?? 0) + down);
        sum += value;
        squares += value * value;
        product += value * (wanted[at] ?? 0);
      }
      const variance = squares - (sum * sum) / count;
      const score = variance > 0 ? product / Math.sqrt(variance * norm) : 0;
      if (score <= best) continue;
      best = score;
      shift = { x: right, y: down };
    }
  }
  if (!shift) return null;
  const middle = mapped(map, { x: piece.x + side / 2, y: piece.y + side / 2 });
  return { x: middle.x + shift.x, y: middle.y + shift.y };
}

/** The nearest dot; white outside. */
export function dotAt({ dots, width, height }: GreyPicture, x: number, y: number): number {
  const [column, row] = [Math.round(x), Math.round(y)];
  if (column < 0 || row < 0 || column >= width || row >= height) return 255;
  return dots[row * width + column] ?? 255;
}

/** The largest set that one similarity explains: every two pairs propose one (RANSAC without chance). */
function mostAgreeing(pairs: readonly Pair[], tolerance: number): readonly Pair[] {
  let best: readonly Pair[] = [];
  for (const [at, one] of pairs.entries()) {
    for (const other of pairs.slice(at + 1)) {
      const apart = distance(one.from, other.from);
      if (apart < tolerance * 8) continue;
      const ratio = distance(one.to, other.to) / apart;
      if (ratio < 0.9 || ratio > 1.1) continue;
      const map = similarity([one, other]);
      const agreeing = pairs.filter(({ from, to }) => distance(mapped(map, from), to) <= tolerance);
      if (agreeing.length > best.length) best = agreeing;
    }
  }
  return best;
}

/** The same map between pictures that are `factor` times as large. */
function scaled(map: PageMap, factor: number): PageMap {
  return { ...map, c: map.c * factor, f: map.f * factor };
}
