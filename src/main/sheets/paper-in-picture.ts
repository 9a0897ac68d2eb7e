/**
 * Where the paper is that somebody holds before a camera: four lines that enclose something brighter, or darker, than
 * what is around it. Hands hide some of each, and what is printed on the paper makes lines too: of all the fours that
 * could be a paper the one whose sides are seen best is taken, and none where none is seen well.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Point } from './askew-box.ts';
import { type Edges, findEdges } from './edges.ts';
import type { LookPicture } from './look-picture.ts';
import { lengthOf, type Quad } from './quad.ts';
import { findSideLines, SIDES, type SideLine } from './side-lines.ts';

type Plane = Pick<LookPicture, 'grey' | 'width' | 'height'>;
interface Candidate {
  /** Places are counted from the picture's middle. */
  readonly quad: Quad;
  readonly score: number;
}

/** Of the picture's area. */
const SMALLEST = 0.05;
/** Of the picture's width or height. */
const NARROWEST = 0.1;
/** Of the picture's longer side, by which a corner may lie outside of it. */
const OUTSIDE = 0.03;
/** Degrees of a corner. */
const SHARPEST = 50;
const BLUNTEST = 130;
/** Of a side: how much must be seen of it at least, and of all four together. A hand hides a third of one. */
const SEEN = 0.45;
const SEEN_OF_ALL = 0.68;
/** Pixels between a line and an edge that belongs to it. */
const NEAR = 2.5;
/** cos of the angle between them. */
const ALONG = Math.cos((14 * Math.PI) / 180);
/** Pixels from a side, in and out, where paper and surroundings are compared, and by how many grey levels they differ. */
const BESIDE = [4, 8, 12];
const DIFFERS = 9;
/** Places along a side at which it is looked for. */
const PLACES = 40;

/** Pixels of the picture given. Null: none is seen well enough. */
export async function findHeldPaper(picture: LookPicture): Promise<Quad | null> {
  const { width, height } = picture;
  let best: Candidate | null = null;
  for (const grey of planesOf(picture)) {
    const found = findIn({ grey, width, height });
    // Whoever asks this process for something else is answered in between.
    await nextTurn();
    if (found && found.score > (best?.score ?? 0)) best = found;
  }
  return best && fromCorner(best.quad, width, height);
}

/** The band of a card may be as dark as a table and only of another colour: its brightest channel tells them apart. */
function planesOf({ grey, colours, channels }: LookPicture): readonly Uint8Array[] {
  if (channels === 1) return [grey];
  const brightest = new Uint8Array(grey.length);
  for (let i = 0, at = 0; i < grey.length; i += 1, at += 3)
    brightest[i] = Math.max(colours[at] ?? 0, colours[at + 1] ?? 0, colours[at + 2] ?? 0);
  return [grey, brightest];
}

function findIn(plane: Plane): Candidate | null {
  const { grey, width, height } = plane;
  const edges = findEdges(grey, width, height);
  const near = edgeMap(edges, width, height);
  const reach = Math.hypot(width, height) / 2 + 2;
  const [left = [], top = [], right = [], bottom = []] = SIDES.map((side) =>
    findSideLines(edges, side, reach),
  );
  let best: Candidate | null = null;
  for (const quad of quadsOf(left, top, right, bottom, width, height)) {
    const score = scoreOf(quad, near, plane);
    if (score > (best?.score ?? 0)) best = { quad, score };
  }
  return best && { quad: refined(best.quad, edges), score: best.score };
}

type Lines = readonly SideLine[];

function quadsOf(
  left: Lines,
  top: Lines,
  right: Lines,
  bottom: Lines,
  width: number,
  height: number,
): Quad[] {
  const quads: Quad[] = [];
  for (const l of left)
    for (const r of right) {
      if (-r.distance - l.distance < width * NARROWEST) continue;
      for (const t of top)
        for (const b of bottom) {
          if (-b.distance - t.distance < height * NARROWEST) continue;
          const quad = cornersOf(l, t, r, b);
          if (quad && isPaperShaped(quad, width, height)) quads.push(quad);
        }
    }
  return quads;
}

/** Each edge's direction where it is, and one pixel about it; NaN: no edge. */
function edgeMap(edges: Edges, width: number, height: number): Float32Array {
  const map = new Float32Array(width * height).fill(Number.NaN);
  const reach = Math.floor(NEAR);
  for (let i = 0; i < edges.count; i += 1) {
    const x = Math.floor((edges.xs[i] ?? 0) + width / 2);
    const y = Math.floor((edges.ys[i] ?? 0) + height / 2);
    const towards = edges.towards[i] ?? 0;
    for (let ny = Math.max(0, y - reach); ny <= Math.min(height - 1, y + reach); ny += 1)
      for (let nx = Math.max(0, x - reach); nx <= Math.min(width - 1, x + reach); nx += 1) {
        const at = ny * width + nx;
        // The edge's own pixel counts more than its neighbours'.
        if (Number.isNaN(map[at]) || (nx === x && ny === y)) map[at] = towards;
      }
  }
  return map;
}

/** Places are counted from the picture's middle here. */
function cornersOf(left: SideLine, top: SideLine, right: SideLine, bottom: SideLine): Quad | null {
  const [topLeft, topRight] = [crossing(left, top), crossing(right, top)];
  const [bottomRight, bottomLeft] = [crossing(right, bottom), crossing(left, bottom)];
  return topLeft && topRight && bottomRight && bottomLeft
    ? { topLeft, topRight, bottomRight, bottomLeft }
    : null;
}

function crossing(a: SideLine, b: SideLine): Point | null {
  const [ca, sa, cb, sb] = [Math.cos(a.normal), Math.sin(a.normal), Math.cos(b.normal), Math.sin(b.normal)];
  const whole = ca * sb - cb * sa;
  if (Math.abs(whole) < 0.2) return null;
  return { x: (a.distance * sb - b.distance * sa) / whole, y: (ca * b.distance - cb * a.distance) / whole };
}

function isPaperShaped(quad: Quad, width: number, height: number): boolean {
  const corners = [quad.topLeft, quad.topRight, quad.bottomRight, quad.bottomLeft];
  const out = OUTSIDE * Math.max(width, height);
  let area = 0;
  for (const [i, at] of corners.entries()) {
    if (Math.abs(at.x) > width / 2 + out || Math.abs(at.y) > height / 2 + out) return false;
    const [before, after] = [corners[(i + 3) % 4] ?? at, corners[(i + 1) % 4] ?? at];
    const [ax, ay, bx, by] = [after.x - at.x, after.y - at.y, before.x - at.x, before.y - at.y];
    // Clockwise, as the picture's y grows downwards.
    const degrees = (Math.atan2(ax * by - ay * bx, ax * bx + ay * by) * 180) / Math.PI;
    if (degrees < SHARPEST || degrees > BLUNTEST) return false;
    area += (at.x * after.y - at.y * after.x) / 2;
  }
  return area > SMALLEST * width * height && holdsMiddle(quad);
}

/** The resident was shown where: what lies elsewhere is a window, or a picture on the wall. */
function holdsMiddle(quad: Quad): boolean {
  return sidesOf(quad).every(([from, to]) => (to.y - from.y) * from.x - (to.x - from.x) * from.y > 0);
}

/** 0: no paper. More of it the better its sides are seen, and the larger it is. */
function scoreOf(quad: Quad, near: Float32Array, picture: Plane): number {
  let [sum, around] = [0, 0];
  for (const [from, to] of sidesOf(quad)) {
    const seen = seenOf(from, to, near, picture);
    if (seen < SEEN) return 0;
    const length = lengthOf(from, to);
    sum += seen * length;
    around += length;
  }
  const mean = sum / around;
  return mean < SEEN_OF_ALL ? 0 : mean * mean * around;
}

function sidesOf({ topLeft, topRight, bottomRight, bottomLeft }: Quad): readonly (readonly [Point, Point])[] {
  return [
    [topLeft, topRight],
    [topRight, bottomRight],
    [bottomRight, bottomLeft],
    [bottomLeft, topLeft],
  ];
}

/** How much of a side has an edge, with what differs on its two sides. */
function seenOf(from: Point, to: Point, near: Float32Array, picture: Plane): number {
  const { grey, width, height } = picture;
  const length = lengthOf(from, to);
  // Inward, as the sides go clockwise.
  const [ix, iy] = [-(to.y - from.y) / length, (to.x - from.x) / length];
  const across = Math.atan2(iy, ix);
  const levelAt = (x: number, y: number, away: number): number => {
    const [px, py] = [Math.floor(x + ix * away), Math.floor(y + iy * away)];
    return px < 0 || py < 0 || px >= width || py >= height
      ? Number.NaN
      : (grey[py * width + px] ?? Number.NaN);
  };
  let seen = 0;
  for (let place = 0; place < PLACES; place += 1) {
    const part = 0.03 + (0.94 * (place + 0.5)) / PLACES;
    const x = from.x + (to.x - from.x) * part + width / 2;
    const y = from.y + (to.y - from.y) * part + height / 2;
    const [px, py] = [Math.floor(x), Math.floor(y)];
    if (px < 0 || py < 0 || px >= width || py >= height) continue;
    const edge = near[py * width + px] ?? Number.NaN;
    if (!isAlong(edge - across)) continue;
    let differs = true;
    for (const away of BESIDE) {
      const more = levelAt(x, y, away) - levelAt(x, y, -away);
      // Beyond the picture's edge nothing is known, and nothing is held against it.
      if (!Number.isNaN(more) && Math.abs(more) < DIFFERS) differs = false;
    }
    if (differs) seen += 1;
  }
  return seen / PLACES;
}

/** @param off of an edge's direction from the one across its side, radians; NaN: there is no edge. */
function isAlong(off: number): boolean {
  return Math.abs(Math.cos(off)) > ALONG;
}

/** The same with each side a line through the edges that lie on it. */
function refined(quad: Quad, edges: Edges): Quad {
  const [top, right, bottom, left] = sidesOf(quad).map(([from, to]) => lineThrough(from, to, edges));
  return (top && right && bottom && left && cornersOf(left, top, right, bottom)) || quad;
}

/** Least squares across the line, and once more without what is far from it. */
function lineThrough(from: Point, to: Point, edges: Edges): SideLine {
  const length = lengthOf(from, to);
  const normal = Math.atan2(to.x - from.x, -(to.y - from.y));
  let line: SideLine = { normal, distance: from.x * Math.cos(normal) + from.y * Math.sin(normal) };
  const [ax, ay] = [(to.x - from.x) / length, (to.y - from.y) / length];
  for (const within of [NEAR + 1, 1.5]) {
    const [cos, sin] = [Math.cos(line.normal), Math.sin(line.normal)];
    let [n, sx, sy, sxx, sxy, syy] = [0, 0, 0, 0, 0, 0];
    for (let i = 0; i < edges.count; i += 1) {
      const [x, y] = [edges.xs[i] ?? 0, edges.ys[i] ?? 0];
      if (Math.abs(x * cos + y * sin - line.distance) > within) continue;
      const along = (x - from.x) * ax + (y - from.y) * ay;
      if (along < length * 0.03 || along > length * 0.97) continue;
      const towards = edges.towards[i] ?? 0;
      if (!isAlong(towards - line.normal)) continue;
      n += 1;
      sx += x;
      sy += y;
      sxx += x * x;
      sxy += x * y;
      syy += y * y;
    }
    if (n < 10) return line;
    const [mx, my] = [sx / n, sy / n];
    const [vxx, vxy, vyy] = [sxx / n - mx * mx, sxy / n - mx * my, syy / n - my * my];
    // Across the direction in which the points spread most; of the two ways, the one that points into the paper.
    const across = Math.atan2(2 * vxy, vxx - vyy) / 2 + Math.PI / 2;
    const inwards = Math.cos(across - line.normal) < 0 ? across + Math.PI : across;
    line = { normal: inwards, distance: mx * Math.cos(inwards) + my * Math.sin(inwards) };
  }
  return line;
}

function fromCorner(quad: Quad, width: number, height: number): Quad {
  const moved = ({ x, y }: Point): Point => ({ x: x + width / 2, y: y + height / 2 });
  return {
    topLeft: moved(quad.topLeft),
    topRight: moved(quad.topRight),
    bottomRight: moved(quad.bottomRight),
    bottomLeft: moved(quad.bottomLeft),
  };
}
