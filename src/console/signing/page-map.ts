/** From a point of a printed page to the same point of its scan: an affine map, fitted to points that were found on both. */

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Pair {
  readonly from: Point;
  readonly to: Point;
}

/** x' = a x + b y + c, y' = d x + e y + f. */
export interface PageMap {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
}

export function mapped({ a, b, c, d, e, f }: PageMap, { x, y }: Point): Point {
  return { x: a * x + b * y + c, y: d * x + e * y + f };
}

export function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}

/** Turned, made larger and moved, nothing else: least squares (Umeyama 1991, in the plane). Two pairs at least. */
export function similarity(pairs: readonly Pair[]): PageMap {
  const [from, to] = [center(pairs.map((pair) => pair.from)), center(pairs.map((pair) => pair.to))];
  let [cos, sin, size] = [0, 0, 0];
  for (const pair of pairs) {
    const [x, y] = [pair.from.x - from.x, pair.from.y - from.y];
    const [u, v] = [pair.to.x - to.x, pair.to.y - to.y];
    cos += x * u + y * v;
    sin += x * v - y * u;
    size += x * x + y * y;
  }
  const [a, d] = size === 0 ? [1, 0] : [cos / size, sin / size];
  return { a, b: -d, c: to.x - a * from.x + d * from.y, d, e: a, f: to.y - d * from.x - a * from.y };
}

/** Stretched and sheared as scanners and printers do: least squares by normal equations. Null: the points lie on a line. */
export function affine(pairs: readonly Pair[]): PageMap | null {
  const from = center(pairs.map((pair) => pair.from));
  const to = center(pairs.map((pair) => pair.to));
  let [xx, xy, yy, xu, yu, xv, yv] = [0, 0, 0, 0, 0, 0, 0];
  for (const pair of pairs) {
    const [x, y] = [pair.from.x - from.x, pair.from.y - from.y];
    const [u, v] = [pair.to.x - to.x, pair.to.y - to.y];
    xx += x * x;
    xy += x * y;
    yy += y * y;
    xu += x * u;
    yu += y * u;
    xv += x * v;
    yv += y * v;
  }
  const determinant = xx * yy - xy * xy;
  if (Math.abs(determinant) < 1e-6 * xx * yy || determinant === 0) return null;
  const a = (xu * yy - yu * xy) / determinant;
  const b = (yu * xx - xu * xy) / determinant;
  const d = (xv * yy - yv * xy) / determinant;
  const e = (yv * xx - xv * xy) / determinant;
  return { a, b, c: to.x - a * from.x - b * from.y, d, e, f: to.y - d * from.x - e * from.y };
}

function center(points: readonly Point[]): Point {
  const sum = points.reduce((all, { x, y }) => ({ x: all.x + x, y: all.y + y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}
