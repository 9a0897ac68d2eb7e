/**
 * Which way up a text stands: in the Latin alphabet more ink rises above the small letters (b, d, f, h, k, l, t, capitals,
 * figures, accents) than hangs below them (g, j, p, q, y), about three to one in French.
 */
import type { Ink } from './text-ink.ts';
import type { TextLines } from './text-skew.ts';

/** Pixels of a line of text, from the top of a capital to the bottom of a p. */
const LOWEST = 6;
const HIGHEST = 40;
/** Lines of which each has a voice, at least. */
const VOICES = 4;
/** Of the voices: how many must agree. */
const AGREED = 0.72;
/** Of a line's densest row: as much ink as this is the body of the small letters. */
const BODY = 0.45;

/** Quarter turns in degrees clockwise that make the page stand; null: cannot be told. */
export function uprightTurn(ink: Ink, lines: TextLines): 0 | 90 | 180 | 270 | null {
  const rows = profileOf(ink, lines);
  let up = 0;
  let down = 0;
  for (const line of splitLines(rows)) {
    const voice = voiceOf(line);
    if (voice > 0) up += 1;
    if (voice < 0) down += 1;
  }
  const all = up + down;
  if (all < VOICES || Math.max(up, down) < AGREED * all) return null;
  const stands = up > down;
  // A page on its side is read with its left edge as the top (see profileOf).
  if (lines.sideways) return stands ? 90 : 270;
  return stands ? 0 : 180;
}

/** Ink of each row of the page, top first, as it would stand after its angle, and a turn of 90° where it lies sideways. */
function profileOf({ xs, ys, count, middle }: Ink, { angle: degrees, sideways }: TextLines): number[] {
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const rows = new Map<number, number>();
  let [first, last] = [Infinity, -Infinity];
  for (let i = 0; i < count; i += 1) {
    const x = (xs[i] ?? 0) - middle.x;
    const y = (ys[i] ?? 0) - middle.y;
    const at = Math.round(sideways ? x * cos + y * sin : y * cos - x * sin);
    rows.set(at, (rows.get(at) ?? 0) + 1);
    first = Math.min(first, at);
    last = Math.max(last, at);
  }
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => rows.get(first + i) ?? 0);
}

function splitLines(rows: readonly number[]): number[][] {
  const lines: number[][] = [];
  let line: number[] = [];
  for (const ink of [...rows, 0]) {
    if (ink > 1) {
      line.push(ink);
      continue;
    }
    if (line.length >= LOWEST && line.length <= HIGHEST) lines.push(line);
    line = [];
  }
  return lines;
}

/** Above 0: more rises than hangs. 0: it says nothing (capitals, figures, a rule). */
function voiceOf(line: readonly number[]): number {
  const body = Math.max(...line) * BODY;
  const top = line.findIndex((ink) => ink >= body);
  const bottom = line.findLastIndex((ink) => ink >= body);
  if (bottom - top < 2) return 0;
  const sum = (part: readonly number[]): number => part.reduce((all, ink) => all + ink, 0);
  const rises = sum(line.slice(0, top));
  const hangs = sum(line.slice(bottom + 1));
  const whole = sum(line);
  return Math.abs(rises - hangs) < whole * 0.03 ? 0 : rises - hangs;
}
