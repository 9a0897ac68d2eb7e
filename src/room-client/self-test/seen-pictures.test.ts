import { expect, it } from 'vitest';
import { lookAt } from './seen-pictures.ts';

const grey = (luma: number, pixels = 400) =>
  Uint8ClampedArray.from({ length: pixels * 4 }, (_, at) => (at % 4 === 3 ? 255 : luma));

it('sees nothing without a picture', () => {
  expect(lookAt([])).toBeNull();
});

it('tells how bright they are', () => {
  expect(lookAt([grey(0), grey(0)])).toEqual({ brightness: 0, brightest: 0, moving: false });
  expect(lookAt([grey(100), grey(100)])?.brightness).toBeCloseTo(100);
  const green = Uint8ClampedArray.from({ length: 400 }, (_, at) => (at % 4 === 1 ? 255 : 0));
  expect(lookAt([green])?.brightness).toBeCloseTo(0.587 * 255);
});

it('sees a lamp in a dark room, and not one hot pixel', () => {
  const lit = (pixels: number) => grey(2).map((value, at) => (at < pixels * 4 ? 200 : value));
  expect(lookAt([lit(8)])?.brightest).toBeCloseTo(200);
  expect(lookAt([lit(1)])?.brightest).toBeCloseTo(2);
});

it('sees the smallest movement, also in the last picture', () => {
  const still = grey(90);
  const moved = grey(90);
  moved[1_001] = 91;
  expect(lookAt([still, still, still])?.moving).toBe(false);
  expect(lookAt([still, still, moved])?.moving).toBe(true);
});
