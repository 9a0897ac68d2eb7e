import { randomBytes } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { pagePicture, pictureFile } from './page-picture.ts';

const SIDE = 2_000;
/** Rows of noise: a photograph that nothing makes smaller. */
const noise = Buffer.from(randomBytes((SIDE + 1) * SIDE));
for (let y = 0; y < SIDE; y += 1) noise[y * (SIDE + 1)] = 0;
const drawn = (rows: Uint8Array) => ({
  ...{ width: SIDE, height: SIDE, channels: 1 as const, ink: null },
  rows: new Uint8Array(rows),
});

it('keeps a page of photographs as JPEG, and any other as it was drawn', async () => {
  const photograph = await pagePicture(drawn(deflateSync(noise)));
  if (!photograph.ok) throw new Error(photograph.failure.code);
  const { bytes, type } = pictureFile(photograph.value);
  expect(type).toBe('image/jpeg');
  expect(await sharp(bytes).metadata()).toMatchObject({ width: SIDE, height: SIDE, density: 300 });
  const text = await pagePicture(drawn(deflateSync(Buffer.alloc((SIDE + 1) * SIDE))));
  if (!text.ok) throw new Error(text.failure.code);
  expect(await sharp(pictureFile(text.value).bytes).metadata()).toMatchObject({
    ...{ width: SIDE, height: SIDE, format: 'png', channels: 1, density: 300 },
  });
});

it.each([
  ['are not deflated', noise],
  ['are too few', deflateSync(noise.subarray(0, -1))],
  ['swell beyond the page', deflateSync(Buffer.concat([noise, noise]))],
])('refuses rows that %s', async (_what, rows) => {
  expect(await pagePicture(drawn(rows))).toEqual({ ok: false, failure: { code: 'documentBroken' } });
});
