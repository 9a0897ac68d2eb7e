/** A scanned page made small and grey: everything that is measured of a page is measured on this. */
import sharp from 'sharp';
import type { Pixels } from '../scanner/pnm.ts';
import type { ScannedSheet } from '../scanner/scanner.ts';

/** Dots per inch: the ascenders of small print are three dots high. */
export const LOOK_DPI = 100;

export interface LookPicture {
  /** One byte a pixel, 0 black. */
  readonly grey: Uint8Array;
  /** The same in colour, three bytes a pixel; of a grey page the grey one, one byte a pixel. */
  readonly colours: Uint8Array;
  readonly channels: 1 | 3;
  readonly width: number;
  readonly height: number;
  /** Pixels of the page to one of this picture. */
  readonly scale: number;
}

export function makeLookPicture({ pixels, resolution }: ScannedSheet): Promise<LookPicture> {
  return makeSmaller(pixels, Math.max(1, resolution / LOOK_DPI));
}

/** @param scale 1 or more. */
export async function makeSmaller(pixels: Pixels, scale: number): Promise<LookPicture> {
  const width = Math.max(1, Math.round(pixels.width / scale));
  const height = Math.max(1, Math.round(pixels.height / scale));
  const { bytes, channels } = pixels;
  const { data } = await sharp(bytes, { raw: { width: pixels.width, height: pixels.height, channels } })
    .resize({ width, height, fit: 'fill', kernel: 'linear' })
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { grey: channels === 1 ? data : greyOf(data), colours: data, channels, width, height, scale };
}

/** Rec. 601 luma in eighths. */
function greyOf(colours: Uint8Array): Uint8Array {
  const grey = new Uint8Array(colours.length / 3);
  for (let i = 0, at = 0; i < grey.length; i += 1, at += 3)
    grey[i] = ((colours[at] ?? 0) * 2 + (colours[at + 1] ?? 0) * 5 + (colours[at + 2] ?? 0)) >> 3;
  return grey;
}
