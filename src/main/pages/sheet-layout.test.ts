import { expect, it } from 'vitest';
import { codeRows } from './page-rows.ts';
import { layOut } from './sheet-layout.ts';

const A4 = { width: 2480, height: 3508 };
/** mm: 10 mm are 119 pixels, 20 mm are 237, both made larger by what is cut of a pixel. */
const margins = { top: 10, right: 10, bottom: 20, left: 10 };

/** Where the ink comes to lie on the sheet. */
function inkOn(page: Parameters<typeof layOut>[0], given: typeof margins | null = margins) {
  const { left, top, scale, sheet } = layOut(page, given);
  const ink = page.ink ?? { left: 0, top: 0, right: 0, bottom: 0 };
  return {
    left: left + ink.left * scale,
    top: top + ink.top * scale,
    right: sheet.width - (left + ink.right * scale),
    bottom: sheet.height - (top + ink.bottom * scale),
  };
}

it('leaves a page alone whose margins are wide enough', () => {
  const page = { ...A4, ink: { left: 200, top: 200, right: 2200, bottom: 3200 } };
  expect(layOut(page, margins)).toMatchObject({ left: 0, top: 0, ...A4, scale: 1 });
});

it('moves a page whose foot would be cut, and leaves its size', () => {
  const page = { ...A4, ink: { left: 200, top: 300, right: 2200, bottom: 3400 } };
  expect(layOut(page, margins)).toMatchObject({ left: 0, scale: 1 });
  expect(inkOn(page).bottom).toBe(237);
  expect(inkOn(page).top).toBeGreaterThan(119);
});

it('makes a page smaller that is full to its edges, by no more than it must', () => {
  const page = { ...A4, ink: { left: 0, top: 0, right: 2480, bottom: 3508 } };
  const { scale } = layOut(page, margins);
  expect(scale).toBeCloseTo((3508 - 119 - 237) / 3508, 4);
  const { left, right, top, bottom } = inkOn(page);
  expect(Math.min(left, right)).toBeGreaterThanOrEqual(119);
  expect(top).toBeCloseTo(119, 3);
  expect(bottom).toBeCloseTo(237, 3);
});

it('lays a small page in the middle, and a white one too', () => {
  const card = { width: 1000, height: 600, ink: { left: 0, top: 0, right: 1000, bottom: 600 } };
  expect(layOut(card, margins)).toMatchObject({ left: 1254, top: 940, scale: 1 });
  expect(layOut({ ...A4, ink: null }, margins)).toMatchObject({ left: 0, top: 0, scale: 1 });
});

it('counts the wider margin on both sides of a lying page', () => {
  const page = { width: 3508, height: 2480, ink: { left: 0, top: 200, right: 3400, bottom: 2300 } };
  const { left, right } = inkOn(page);
  expect(Math.min(left, right)).toBeGreaterThanOrEqual(236.9);
});

it('prints in true size where the printer says nothing of its margins', () => {
  const page = { ...A4, ink: { left: 0, top: 0, right: 2480, bottom: 3508 } };
  expect(layOut(page, null)).toMatchObject({ left: 0, top: 0, scale: 1 });
});

it('finds what is on a page, whatever its colour, and nothing on paper that is nearly white', () => {
  const [width, height] = [40, 30];
  const paper = () => new Uint32Array(width * height).fill(0xfffcfdfe);
  const box = (...dots: readonly (readonly [x: number, y: number, colour: number])[]) => {
    const pixels = paper();
    for (const [x, y, colour] of dots) pixels[y * width + x] = colour;
    return codeRows({ pixels, width, height }).ink;
  };
  expect(box()).toBeNull();
  // Yellow: only the blue is missing.
  expect(box([7, 3, 0xff00ffff])).toEqual({ left: 7, top: 3, right: 8, bottom: 4 });
  expect(box([20, 3, 0xff000000], [5, 10, 0xff000000], [33, 25, 0xff0000ff])).toEqual({
    ...{ left: 5, top: 3, right: 34, bottom: 26 },
  });
});
