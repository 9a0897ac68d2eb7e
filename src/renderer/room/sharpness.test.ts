import sharp from 'sharp';
import { expect, it } from 'vitest';
import { sharpnessOf } from './sharpness.ts';

const SIZE = 320;

/** Lines of letters, as a camera sees them; `shaken`: by how many pixels they are smeared. */
async function seen(shaken: number, noise = 0): Promise<Uint8Array> {
  const lines = Array.from(
    { length: 24 },
    (_, i) =>
      `<text x="6" y="${14 + i * 13}" font-size="11" font-family="DejaVu Sans">Avis de situation déclarative ${i}</text>`,
  );
  const drawn = sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${SIZE}" height="${SIZE}"><rect width="${SIZE}" height="${SIZE}" fill="#dcd8d0"/>${lines.join('')}</svg>`,
    ),
  ).toColourspace('b-w');
  const pixels = await (shaken > 0 ? drawn.blur(shaken) : drawn).raw().toBuffer();
  let seed = 5;
  for (let at = 0; at < pixels.length; at += 1) {
    seed = (Math.imul(seed, 1664525) + 1013904223) | 0;
    pixels[at] = Math.max(0, Math.min(255, (pixels[at] ?? 0) + (((seed >>> 20) % 9) - 4) * noise));
  }
  return pixels;
}

it('is less the more a picture is shaken, also where the camera is grainy', async () => {
  for (const noise of [0, 1]) {
    const found: number[] = [];
    for (const shaken of [0, 0.7, 1.2, 2, 4]) found.push(sharpnessOf(await seen(shaken, noise), SIZE, SIZE));
    expect(found).toEqual([...found].sort((a, b) => b - a));
    expect(found[0]).toBeGreaterThan((found[2] ?? 0) * 2);
  }
});

it('of a wall is none', () => {
  expect(sharpnessOf(new Uint8Array(SIZE * SIZE).fill(180), SIZE, SIZE)).toBe(0);
});
