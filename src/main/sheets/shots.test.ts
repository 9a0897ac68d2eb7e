import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { PageCorrections } from '#shared/protocol/scanned-pages.ts';
import type { Pixels } from '../scanner/pnm.ts';
import { drawSheet } from './draw-sheet.ts';
import { card, letter } from './made-sheets-bench.ts';
import { type Held, hold } from './made-shots-bench.ts';
import type { Quad } from './quad.ts';
import { readShot } from './read-shot.ts';

const A4 = 210 / 297;
const CARD = 85.6 / 53.98;
const corners = ['topLeft', 'topRight', 'bottomRight', 'bottomLeft'] as const;

function cornersFound(crop: PageCorrections['crop']): Quad & { readonly ratio: number } {
  if (!crop || !('ratio' in crop)) throw new Error('not found');
  return crop;
}

/** Pixels of the corner that is farthest from where it truly is. */
function farthest(found: Quad, truth: Quad): number {
  return Math.max(
    ...corners.map((one) => Math.hypot(found[one].x - truth[one].x, found[one].y - truth[one].y)),
  );
}

describe('a paper held before the camera', () => {
  it.each<[string, string, Held, number]>([
    ['straight, over a table', letter(), { away: 480 }, A4],
    ['turned and rolled', letter(), { away: 520, turned: 25, tipped: -12, rolled: 6 }, A4],
    ['tipped', letter(), { away: 520, turned: -18, tipped: 25, rolled: -9 }, A4],
    [
      'in both hands, before a face',
      letter(),
      { away: 480, turned: 12, tipped: 8, rolled: 3, thumbs: true, behind: 'person' },
      A4,
    ],
    [
      'in bad light',
      letter(245),
      { away: 500, turned: -14, tipped: -10, thumbs: true, behind: 'person', shade: 0.35, noise: 10 },
      A4,
    ],
    ['before a white wall', letter(), { away: 480, turned: 10, thumbs: true, behind: 'white' }, A4],
    [
      'seen by a small camera',
      letter(),
      { size: [640, 480], focal: 0.9, away: 420, turned: 10, tipped: -10, thumbs: true, behind: 'person' },
      A4,
    ],
    ['a card', card(), { away: 190, turned: 12, tipped: -9, rolled: 4, behind: 'person' }, CARD],
    ['a card over a table of its own grey', card(), { away: 150, turned: -20, tipped: 9, rolled: -4 }, CARD],
  ])('%s: its corners are found within two pixels, and its shape', async (_name, svg, held, ratio) => {
    const { picture, quad } = await hold(svg, held);
    const { found } = await readShot(picture);
    const crop = cornersFound(found.crop);
    expect(farthest(crop, quad)).toBeLessThan(2);
    expect(Math.abs(crop.ratio / ratio - 1)).toBeLessThan(0.01);
    expect(found).toMatchObject({ angle: 0, turn: 0 });
  });

  it('upside down is turned upright', async () => {
    const { picture } = await hold(letter(255, 'DejaVu Sans', 12), { away: 480, rolled: 184, thumbs: true });
    const { found } = await readShot(picture);
    expect(found.turn).toBe(180);
  });

  it('straightened is the paper as it was drawn', async () => {
    // Marks 30 mm apart, each where it can be looked for.
    const places = [30, 60, 90, 120, 150, 180].flatMap((x) => [30, 90, 150, 210, 270].map((y) => ({ x, y })));
    const marks = places.map(({ x, y }) => `<rect x="${x - 3}" y="${y - 3}" width="6" height="6"/>`).join('');
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 210 297"><rect width="210" height="297" fill="#fff"/>${marks}</svg>`;
    const { picture } = await hold(svg, { away: 500, turned: 22, tipped: 14, rolled: -5 });
    const { found, whitening, resolution } = await readShot(picture);
    const drawn = await drawSheet({ pixels: picture, resolution }, found, whitening, 95);
    expect(Math.abs(drawn.width / drawn.height / A4 - 1)).toBeLessThan(0.005);
    const flat = await sharp(drawn.jpeg).greyscale().raw().toBuffer();
    const scale = drawn.width / 210;
    const errors = places.map(({ x, y }) => {
      const seen = darkMiddle(flat, drawn.width, x * scale, y * scale, 6 * scale);
      return Math.hypot(seen.x / scale - x, seen.y / scale - y);
    });
    // mm on the paper.
    expect(Math.max(...errors)).toBeLessThan(0.5);
  });

  it('is shown as the camera saw it where that is wished', async () => {
    const { picture } = await hold(letter(), { away: 480, turned: 12 });
    const { whitening, resolution } = await readShot(picture);
    const as = { crop: null, angle: 0, turn: 0, cleaned: false } as const;
    const { width, height } = await drawSheet({ pixels: picture, resolution }, as, whitening, 80);
    expect([width, height]).toEqual([1920, 1080]);
  });
});

describe('where no paper is held', () => {
  it.each(['table', 'person', 'white'] as const)('before a %s the picture stays whole', async (behind) => {
    const { picture } = await hold(letter(), { at: [5_000, 0], behind });
    const { found } = await readShot(picture);
    expect(found).toEqual({ crop: null, angle: 0, turn: 0, cleaned: false });
  });

  it('a picture of one colour stays whole', async () => {
    const pixels: Pixels = { bytes: Buffer.alloc(640 * 480 * 3, 90), width: 640, height: 480, channels: 3 };
    expect((await readShot(pixels)).found.crop).toBeNull();
  });
});

/** Of what is dark about a place, its middle. */
function darkMiddle(
  grey: Buffer,
  width: number,
  x: number,
  y: number,
  reach: number,
): { x: number; y: number } {
  let [sum, across, down] = [0, 0, 0];
  for (let py = Math.round(y - reach); py <= y + reach; py += 1)
    for (let px = Math.round(x - reach); px <= x + reach; px += 1) {
      const dark = (grey[py * width + px] ?? 255) < 128 ? 1 : 0;
      sum += dark;
      across += dark * (px + 0.5);
      down += dark * (py + 0.5);
    }
  return { x: across / sum, y: down / sum };
}
