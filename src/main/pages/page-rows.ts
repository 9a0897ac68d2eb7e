/** Pixels as they leave the sandbox: grey where nothing on the page has a colour, in rows, deflated. */
import { deflateSync } from 'node:zlib';
import type { DrawnPage, InkBox } from './contract.ts';

/** Each pixel as one little-endian number: 0xAABBGGRR. */
export interface DrawnPixels {
  readonly pixels: Uint32Array;
  readonly width: number;
  readonly height: number;
}

export function codeRows({ pixels, width, height }: DrawnPixels): DrawnPage {
  const channels = isGrey(pixels) ? 1 : 3;
  const stride = width * channels + 1;
  const rows = new Uint8Array(stride * height);
  if (channels === 1) fillGrey(rows, pixels, width, height);
  else fillColour(rows, pixels, width, height);
  const ink = inkOf(pixels, width);
  // The quickest level: a page of text becomes a fiftieth all the same.
  return { width, height, channels, ink, rows: new Uint8Array(deflateSync(rows, { level: 1 })) };
}

function isGrey(pixels: Uint32Array): boolean {
  for (const pixel of pixels) {
    const red = pixel & 0xff;
    if (red !== ((pixel >>> 8) & 0xff) || red !== ((pixel >>> 16) & 0xff)) return false;
  }
  return true;
}

/** Above this nobody sees a difference to the paper, in no colour: such a pixel has all of these bits. */
const WHITE_BITS = 0xf8f8f8;

function isWhite(pixel: number): boolean {
  return (pixel & WHITE_BITS) === WHITE_BITS;
}

function inkOf(pixels: Uint32Array, width: number): InkBox | null {
  const first = pixels.findIndex((pixel) => !isWhite(pixel));
  if (first < 0) return null;
  const last = pixels.findLastIndex((pixel) => !isWhite(pixel));
  const [top, bottom] = [Math.floor(first / width), Math.floor(last / width) + 1];
  let [left, right] = [width, 0];
  for (let y = top; y < bottom; y += 1) {
    const row = y * width;
    // Only what lies further out than all rows before is of interest.
    let x = 0;
    while (x < left && isWhite(pixels[row + x] ?? 0)) x += 1;
    left = x;
    x = width;
    while (x > right && isWhite(pixels[row + x - 1] ?? 0)) x -= 1;
    right = x;
  }
  return { left, top, right, bottom };
}

function fillGrey(rows: Uint8Array, pixels: Uint32Array, width: number, height: number): void {
  let from = 0;
  let to = 0;
  for (let y = 0; y < height; y += 1) {
    to += 1;
    for (let x = 0; x < width; x += 1) {
      rows[to] = pixels[from] ?? 0;
      to += 1;
      from += 1;
    }
  }
}

function fillColour(rows: Uint8Array, pixels: Uint32Array, width: number, height: number): void {
  let from = 0;
  let to = 0;
  for (let y = 0; y < height; y += 1) {
    to += 1;
    for (let x = 0; x < width; x += 1) {
      const pixel = pixels[from] ?? 0;
      rows[to] = pixel;
      rows[to + 1] = pixel >>> 8;
      rows[to + 2] = pixel >>> 16;
      to += 3;
      from += 1;
    }
  }
}
