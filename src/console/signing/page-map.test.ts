import { describe, expect, it } from 'vitest';
import { affine, mapped, similarity } from './page-map.ts';

const points = [
  { x: 0, y: 0 },
  { x: 900, y: 40 },
  { x: 100, y: 1200 },
  { x: 800, y: 1300 },
];

describe('a page map', () => {
  it('is found again from points that were turned, made smaller and moved', () => {
    const map = { a: 0.95, b: -0.05, c: 30, d: 0.05, e: 0.95, f: -12 };
    const found = similarity(points.map((from) => ({ from, to: mapped(map, from) })));
    for (const [key, value] of Object.entries(map))
      expect(found[key as keyof typeof map]).toBeCloseTo(value, 6);
  });

  it('is found with another stretch in each direction, and not from a line of points', () => {
    const map = { a: 0.97, b: -0.03, c: 3, d: 0.04, e: 1.01, f: 7 };
    const found = affine(points.map((from) => ({ from, to: mapped(map, from) })));
    for (const [key, value] of Object.entries(map))
      expect(found?.[key as keyof typeof map]).toBeCloseTo(value, 6);
    const line = [1, 2, 3].map((x) => ({ from: { x, y: 2 * x }, to: { x, y: 2 * x } }));
    expect(affine(line)).toBeNull();
  });
});
