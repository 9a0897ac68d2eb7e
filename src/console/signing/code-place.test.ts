import { describe, expect, it } from 'vitest';
import { CODE, codePlace, modulesOf } from './code-place.ts';

const A4 = { width: 595.28, height: 841.89 };
const white = () => ({ dots: new Uint8Array(210 * 297).fill(255), width: 210, height: 297 });

/** Printed from one row of the page to another, mm. */
function printedRows(from: number, to: number) {
  const picture = white();
  picture.dots.fill(40, from * 210, to * 210);
  return picture;
}

describe('the place of the code', () => {
  it('is the lower right corner of a white page, within what printers reach', () => {
    const place = codePlace({ ...A4, picture: white(), taken: [] });
    expect((place.x + place.width) * 210).toBeCloseTo(204, 1);
    expect((place.y + place.height) * 297).toBeCloseTo(291, 1);
    expect((modulesOf(place).width * A4.width) / CODE.side).toBeCloseTo(1);
  });

  it('leaves what is printed and what is written alone', () => {
    const foot = printedRows(260, 297);
    expect(codePlace({ ...A4, picture: foot, taken: [] }).y * 297).toBeLessThan(30);
    const field = { x: 0.5, y: 0, width: 0.5, height: 0.2 };
    const place = codePlace({ ...A4, picture: foot, taken: [field] });
    expect(place.x * 210).toBeLessThan(20);
  });

  it('is the whitest margin where none is white', () => {
    const all = printedRows(0, 297);
    // A hand's breadth in the middle of the left edge.
    for (let y = 140; y < 180; y += 1) all.dots.fill(255, y * 210, y * 210 + 20);
    const place = codePlace({ ...A4, picture: all, taken: [] });
    expect(place.x * 210).toBeLessThan(10);
    expect(place.y * 297).toBeGreaterThan(120);
  });
});
