/**
 * Lines that may be a side of a paper: of each side, those with the most edge along them
 * (Hough's transform by angle and distance; R. Duda, P. Hart, 1972).
 */
import type { Edges } from './edges.ts';

/** x · cos(normal) + y · sin(normal) = distance, in pixels from the picture's middle; the normal points into the paper. */
export interface SideLine {
  /** Radians. */
  readonly normal: number;
  readonly distance: number;
}

/** Which way the normal of each side points where the paper is held straight, in degrees. */
export const SIDES = [0, 90, 180, 270] as const;
/** Degrees by which a side may lean. */
const LEAN = 35;
/** Degrees by which an edge's own direction may differ from that of its line. */
const ROUGH = 5;
/** Pixels to one step of distance. */
const STEP = 2;
const MOST = 12;
/** Of one side: nearer to a stronger line than this, in degrees and steps, it is the same line. */
const SAME = { lean: 4, steps: 5 };

const RADIAN = Math.PI / 180;

/** @param reach of the picture, from its middle to a corner. */
export function findSideLines(edges: Edges, side: (typeof SIDES)[number], reach: number): SideLine[] {
  const leans = 2 * LEAN + 1;
  const steps = 2 * Math.ceil(reach / STEP) + 1;
  const votes = new Float32Array(leans * steps);
  const [cosines, sines] = [new Float32Array(leans), new Float32Array(leans)];
  for (let lean = 0; lean < leans; lean += 1) {
    cosines[lean] = Math.cos((side + lean - LEAN) * RADIAN);
    sines[lean] = Math.sin((side + lean - LEAN) * RADIAN);
  }
  for (let i = 0; i < edges.count; i += 1) {
    // Inward or outward: a card may be brighter than what is around it here, and darker there.
    const off = (edges.towards[i] ?? 0) / RADIAN - side;
    const lean = Math.round(off - 180 * Math.round(off / 180)) + LEAN;
    const strength = edges.strength[i] ?? 0;
    const [x, y] = [edges.xs[i] ?? 0, edges.ys[i] ?? 0];
    for (let one = Math.max(0, lean - ROUGH); one <= Math.min(leans - 1, lean + ROUGH); one += 1) {
      const distance = x * (cosines[one] ?? 0) + y * (sines[one] ?? 0);
      const at = one * steps + Math.round(distance / STEP) + (steps - 1) / 2;
      votes[at] = (votes[at] ?? 0) + strength;
    }
  }
  return strongest(votes, leans, steps).map(({ lean, step }) => ({
    normal: (side + lean - LEAN) * RADIAN,
    distance: (step - (steps - 1) / 2) * STEP,
  }));
}

function strongest(votes: Float32Array, leans: number, steps: number): { lean: number; step: number }[] {
  const found: { lean: number; step: number }[] = [];
  while (found.length < MOST) {
    let [best, most] = [-1, 0];
    for (let at = 0; at < votes.length; at += 1)
      if ((votes[at] ?? 0) > most) [best, most] = [at, votes[at] ?? 0];
    if (best < 0) break;
    const [lean, step] = [Math.floor(best / steps), best % steps];
    found.push({ lean, step });
    for (let l = Math.max(0, lean - SAME.lean); l <= Math.min(leans - 1, lean + SAME.lean); l += 1)
      for (let s = Math.max(0, step - SAME.steps); s <= Math.min(steps - 1, step + SAME.steps); s += 1)
        votes[l * steps + s] = 0;
  }
  return found;
}
