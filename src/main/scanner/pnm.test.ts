import { describe, expect, it } from 'vitest';
import { collectPnm } from './pnm.ts';

/** 4 × 2 pixels in colour, each byte its own number. */
const samples = Buffer.from(Array.from({ length: 24 }, (_, index) => index + 100));
const page = Buffer.concat([Buffer.from('P6\n# a comment\n4 2\n255\n'), samples]);

function collected(bytes: Buffer, size: number) {
  const { add, pixels } = collectPnm();
  for (let at = 0; at < bytes.length; at += size) add(bytes.subarray(at, at + size));
  return pixels();
}

describe('a PNM as it comes', () => {
  it.each([1, 2, 7, 23, 1_000])('is whole in chunks of %i bytes', (size) => {
    const pixels = collected(page, size);
    expect(pixels).toMatchObject({ width: 4, height: 2, channels: 3 });
    expect(pixels?.bytes).toEqual(samples);
  });

  it('keeps the upper eight of 16 bits', () => {
    const deep = Buffer.concat([Buffer.from('P5 2 1 65535 '), Buffer.from([7, 1, 9, 2])]);
    expect(collected(deep, 3)).toMatchObject({ channels: 1, bytes: Buffer.from([7, 9]) });
  });

  it('is none where it is cut short, promises more than any glass has, or is something else', () => {
    expect(collected(page.subarray(0, -1), 5)).toBeNull();
    expect(collected(Buffer.from('P6 900000 900000 255 and no more'), 5)).toBeNull();
    expect(collected(Buffer.from('scanimage: no SANE devices found'), 5)).toBeNull();
  });
});
