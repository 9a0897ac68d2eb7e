/** A page's pixels, wherever it is seen: on the desk, in the console, on the paper. Told apart by one number. */
import type { Locator } from '@playwright/test';
import sharp from 'sharp';
import { extractPictures } from '#rig/pdf-pictures.ts';

export interface SeenPixels {
  readonly width: number;
  readonly height: number;
  /** FNV-1a over red, green and blue of every pixel, from the top. */
  readonly hash: number;
  /** Pixels that are not white: a blank page is like every other blank page. */
  readonly ink: number;
}

/** What an <img> shows, as the browser decoded it. */
export function pixelsOf(image: Locator): Promise<SeenPixels> {
  return image.evaluate(async (element: HTMLImageElement) => {
    await element.decode();
    const { naturalWidth: width, naturalHeight: height } = element;
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error('no canvas');
    context.drawImage(element, 0, 0);
    const { data } = context.getImageData(0, 0, width, height);
    let hash = 0x811c9dc5;
    let ink = 0;
    for (let at = 0; at < data.length; at += 4) {
      for (let channel = 0; channel < 3; channel += 1)
        hash = Math.imul(hash ^ (data[at + channel] as number), 0x01000193);
      if (((data[at] as number) & (data[at + 1] as number) & (data[at + 2] as number)) !== 255) ink += 1;
    }
    return { width, height, hash: hash >>> 0, ink };
  });
}

/** The pictures inside a PDF, page by page, as they are in the file. */
export async function pixelsInPdf(file: string): Promise<SeenPixels[]> {
  return Promise.all((await extractPictures(file)).map(pixelsIn));
}

async function pixelsIn(file: Buffer): Promise<SeenPixels> {
  const picture = sharp(file).toColourspace('srgb').removeAlpha();
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  let hash = 0x811c9dc5;
  let ink = 0;
  for (let at = 0; at < data.length; at += 3) {
    for (let channel = 0; channel < 3; channel += 1)
      hash = Math.imul(hash ^ (data[at + channel] as number), 0x01000193);
    if (((data[at] as number) & (data[at + 1] as number) & (data[at + 2] as number)) !== 255) ink += 1;
  }
  return { width: info.width, height: info.height, hash: hash >>> 0, ink };
}
