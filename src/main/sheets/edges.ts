/** Where a grey picture gets brighter or darker, and which way: thin lines of pixels with their slope. */

export interface Edges {
  /** Pixels of the picture, from its middle. */
  readonly xs: Float32Array;
  readonly ys: Float32Array;
  /** Towards the brighter side, radians. */
  readonly towards: Float32Array;
  /** 1: just an edge; more of it the steeper it is, up to 4. */
  readonly strength: Float32Array;
  readonly count: number;
}

/** Grey levels from one side of an edge to the other, at least. */
const STEP = 14;
const STRONGEST = 4;

/** Sobel's operator, and of each edge only its steepest pixels, placed to a fraction of a pixel. */
export function findEdges(grey: Uint8Array, width: number, height: number): Edges {
  const slopes = new Float32Array(width * height);
  const [across, down] = [new Int16Array(width * height), new Int16Array(width * height)];
  for (let y = 1; y < height - 1; y += 1)
    for (let x = 1; x < width - 1; x += 1) {
      const at = y * width + x;
      const [a = 0, b = 0, c = 0] = [grey[at - width - 1], grey[at - width], grey[at - width + 1]];
      const [d = 0, e = 0] = [grey[at - 1], grey[at + 1]];
      const [f = 0, g = 0, h = 0] = [grey[at + width - 1], grey[at + width], grey[at + width + 1]];
      const gx = c + 2 * e + h - a - 2 * d - f;
      const gy = f + 2 * g + h - a - 2 * b - c;
      across[at] = gx;
      down[at] = gy;
      slopes[at] = Math.hypot(gx, gy);
    }
  const xs = new Float32Array(width * height);
  const ys = new Float32Array(width * height);
  const towards = new Float32Array(width * height);
  const strength = new Float32Array(width * height);
  let count = 0;
  // The operator weighs four pixels on each side.
  const least = STEP * 4;
  for (let y = 2; y < height - 2; y += 1)
    for (let x = 2; x < width - 2; x += 1) {
      const at = y * width + x;
      const slope = slopes[at] ?? 0;
      if (slope < least) continue;
      const [gx, gy] = [across[at] ?? 0, down[at] ?? 0];
      const sideways = Math.abs(gx) > Math.abs(gy);
      const step = sideways ? 1 : width;
      const [before, after] = [slopes[at - step] ?? 0, slopes[at + step] ?? 0];
      if (slope < before || slope <= after) continue;
      // The top of a parabola through the three.
      const off = (before - after) / (2 * (before - 2 * slope + after));
      xs[count] = x - width / 2 + 0.5 + (sideways ? off : 0);
      ys[count] = y - height / 2 + 0.5 + (sideways ? 0 : off);
      towards[count] = Math.atan2(gy, gx);
      strength[count] = Math.min(STRONGEST, slope / least);
      count += 1;
    }
  return { xs, ys, towards, strength, count };
}
