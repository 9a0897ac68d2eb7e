/**
 * How far the lines of a text lie askew: at the right angle their ink falls into the fewest lines, so that the sum of the
 * squares of the ink of each line is the greatest (projection profile; W. Postl, 1986).
 */
import type { Ink } from './text-ink.ts';

/** Degrees. */
const MOST = 10;
const COARSE = 0.5;
const FINE = 0.05;
/** Places looked at: more of them make it no better. */
const PLACES = 30_000;
/** With less ink there are no lines. */
const FEWEST = 250;
/** How much the best angle must stand out from the mean of all. */
const CLEAR = 1.25;

export interface TextLines {
  /** Degrees clockwise. */
  readonly angle: number;
  /** The lines run from top to bottom: the page lies on its side. */
  readonly sideways: boolean;
}

/** Null: no lines of text to be seen. */
export function findTextLines(ink: Ink): TextLines | null {
  if (ink.count < FEWEST) return null;
  const [lying, standing] = [false, true].map((sideways) => bestAngle(ink, sideways));
  if (!lying || !standing) return null;
  const best = standing.clear > lying.clear ? standing : lying;
  return best.clear < CLEAR ? null : { angle: best.angle, sideways: best === standing };
}

function bestAngle(ink: Ink, sideways: boolean): { readonly angle: number; readonly clear: number } {
  const score = scorer(ink, sideways);
  let best = { angle: 0, score: 0 };
  let sum = 0;
  let count = 0;
  for (let angle = -MOST; angle <= MOST; angle += COARSE) {
    const here = score(angle);
    sum += here;
    count += 1;
    if (here > best.score) best = { angle, score: here };
  }
  const about = best.angle;
  for (let angle = about - COARSE; angle <= about + COARSE; angle += FINE) {
    const here = score(angle);
    if (here > best.score) best = { angle, score: here };
  }
  return { angle: best.angle, clear: best.score / (sum / count) };
}

function scorer({ xs, ys, count, middle }: Ink, sideways: boolean): (angle: number) => number {
  const step = Math.max(1, Math.floor(count / PLACES));
  let reach = 1;
  for (let i = 0; i < count; i += step)
    reach = Math.max(reach, Math.abs((xs[i] ?? 0) - middle.x) + Math.abs((ys[i] ?? 0) - middle.y));
  const zero = Math.ceil(reach) + 1;
  const lines = new Uint32Array(zero * 2 + 1);
  return (degrees) => {
    lines.fill(0);
    const angle = (degrees * Math.PI) / 180;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    for (let i = 0; i < count; i += step) {
      const x = (xs[i] ?? 0) - middle.x;
      const y = (ys[i] ?? 0) - middle.y;
      const at = zero + Math.round(sideways ? x * cos + y * sin : y * cos - x * sin);
      lines[at] = (lines[at] ?? 0) + 1;
    }
    let sum = 0;
    for (const line of lines) sum += line * line;
    return sum;
  };
}
