/** Forms printed, signed and scanned without a printer, a pen or a scanner: pictures as each of them would make them. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import type { DeskPlace } from '#shared/desk-live.ts';
import { emptyDraft } from '../../../src/console/forms/fill-draft.ts';
import { fillPdf } from '../../../src/console/forms/fill-pdf.ts';
import { type GreyPicture, greyOf } from '../../../src/console/signing/grey-picture.ts';
import { loadWideFont } from '../forms/read-paper.ts';

export const SIGN: DeskPlace = { x: 0.55, y: 0.72, width: 0.32, height: 0.08 };

/** A form of the library with its codes, and "Signez ici" on its first page. */
export async function codedForm(
  name: string,
  number: string,
  places: readonly DeskPlace[],
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await readFile(path.resolve(`assets/forms/${name}.pdf`));
  const draft = { ...emptyDraft(crypto.randomUUID()), signHere: { page: 1, place: SIGN } };
  const options = { flatten: false, loadWideFont, signWords: 'Signez ici', code: { number, places } };
  const filled = await fillPdf(new Uint8Array(bytes), draft, options);
  if (!filled.ok) throw new Error(filled.failure.code);
  return filled.value.bytes;
}

/** One page (from 1) as a PNG of 300 dots to the inch: what is printed. */
export async function printed(bytes: Uint8Array, page: number): Promise<Buffer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vis-a-vis-sign-'));
  try {
    const file = path.join(folder, 'form.pdf');
    await writeFile(file, bytes);
    const range = ['-f', String(page), '-l', String(page)];
    await promisify(execFile)('pdftoppm', [
      '-r',
      '300',
      ...range,
      '-singlefile',
      '-png',
      file,
      path.join(folder, 'page'),
    ]);
    return await readFile(path.join(folder, 'page.png'));
  } finally {
    await rm(folder, { recursive: true });
  }
}

interface Scan {
  /** Dots to the inch. */
  readonly resolution?: number;
  /** Degrees that the paper lies askew; or upside down. */
  readonly angle?: number;
  readonly grey?: boolean;
  readonly quality?: number;
  /** Drawn with a pen: SVG of the page, 210 by 297 units. */
  readonly pen?: string;
  /** The printer made the page smaller by this, and the paper lay so many mm off. */
  readonly scale?: number;
  readonly shift?: number;
}

/** As the terminal gives it: a JPEG. */
export async function scannedSheet(page: Buffer, scan: Scan = {}): Promise<Buffer> {
  const { resolution = 200, angle = 0, grey = false, quality = 80, pen = '', scale = 1, shift = 0 } = scan;
  const { width = 0, height = 0 } = await sharp(page).metadata();
  const ink = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 210 297">${pen}</svg>`;
  const signed = await sharp(page)
    .flatten({ background: '#fff' })
    .composite([{ input: Buffer.from(ink) }])
    .png()
    .toBuffer();
  const [wide, high] = [Math.round((width * resolution) / 300), Math.round((height * resolution) / 300)];
  const small = await sharp(signed)
    .resize(Math.round(wide * scale), Math.round(high * scale), { fit: 'fill' })
    .png()
    .toBuffer();
  const off = Math.round((shift * resolution) / 25.4);
  const laid = await sharp({
    create: { width: wide + Math.abs(off), height: high + Math.abs(off), channels: 3, background: '#fff' },
  })
    .composite([{ input: small, left: Math.max(0, off), top: Math.max(0, off) }])
    .png()
    .toBuffer();
  const turned = sharp(laid).rotate(angle, { background: '#fff' });
  // Paper is not white, ink is not black, glass is not sharp.
  const seen = turned.linear(0.82, 26).blur(0.8);
  const inColour = grey ? seen.greyscale() : seen;
  return inColour.jpeg({ quality }).toBuffer();
}

/** Four bytes a dot, as a browser's canvas gives them; at this resolution, where the picture is at another. */
export async function dotsOf(picture: Buffer, from: number, to: number) {
  const { width = 0 } = await sharp(picture).metadata();
  const { data, info } = await sharp(picture)
    .flatten({ background: '#fff' })
    .resize(Math.round((width * to) / from))
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { rgba: new Uint8Array(data), width: info.width, height: info.height };
}

export async function greyDots(picture: Buffer, from: number): Promise<GreyPicture> {
  const { rgba, width, height } = await dotsOf(picture, from, 150);
  return greyOf(rgba, width, height);
}

/** A short name written in a place, as SVG of the page in mm. */
export function penAt({ x, y, width, height }: DeskPlace): string {
  const [left, low] = [x * 210 + width * 40, (y + height * 0.7) * 297];
  return `<path d="M${left} ${low}q6 -14 9 -2t7 0q3 -9 6 0t8 -2q4 -6 9 1" fill="none" stroke="#1d2f8f" stroke-width="0.5"/>`;
}

/** In the place to sign, and beside it; mm. */
const left = SIGN.x * 210;
const top = SIGN.y * 297;
export const PEN = {
  name: penAt(SIGN),
  cross: `<path d="M${left + 20} ${top + 8}l7 8m0 -8l-7 8" stroke="#222" stroke-width="0.5"/>`,
  dot: `<circle cx="${left + 30}" cy="${top + 12}" r="0.4" fill="#222"/>`,
  elsewhere: penAt({ ...SIGN, x: 0.1 }),
};
