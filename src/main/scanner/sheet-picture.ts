import type { Pixels } from './pnm.ts';
import type { ScannedSheet } from './scanner.ts';

/** Fetches the encoder while the scanner is at work. Whether it can be had is said by encodeSheet. */
export function warmEncoder(): void {
  import('sharp').catch(() => undefined);
}

/**
 * JPEG with its density, so that the page has its true size wherever it is opened. Its code tables are the standard's:
 * made to measure they save a tenth of the bytes and cost three times the work, on a small machine in the middle of a call.
 */
export async function encodeSheet(
  pixels: Pixels,
  resolution: number,
  quality: number,
): Promise<ScannedSheet> {
  // Loaded here and not above: main watches the scanner with this driver, encodes nothing, and must open at once.
  const { default: sharp } = await import('sharp');
  const { bytes, width, height, channels } = pixels;
  const jpeg = await sharp(bytes, { raw: { width, height, channels } })
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .withDensity(resolution)
    .jpeg({ quality, optimiseCoding: false })
    .toBuffer();
  return { jpeg: new Uint8Array(jpeg), width, height, resolution };
}
