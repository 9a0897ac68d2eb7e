/** Makes the picture that the counsellor gets: the page as it was scanned, with some corrections, as a JPEG. */
import sharp, { type Sharp } from 'sharp';
import type { PageCorrections } from '#shared/protocol/scanned-pages.ts';
import type { ScannedSheet } from '../scanner/scanner.ts';
import { type AskewBox, turned } from './askew-box.ts';
import type { Whitening } from './paper-white.ts';
import { flatSize, unwarp } from './unwarp.ts';

export interface SheetJpeg {
  readonly jpeg: Uint8Array<ArrayBuffer>;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

type Drawn = ScannedSheet['pixels'];

const WHITE = { r: 255, g: 255, b: 255 };

/** Nothing of the page has to change: its original is its picture. */
export function isUntouched({ crop, angle, turn, cleaned }: PageCorrections): boolean {
  return crop === null && angle === 0 && turn === 0 && !cleaned;
}

/** @param quality JPEG, 1..100. */
export async function drawSheet(
  { pixels, resolution }: ScannedSheet,
  { crop, angle, turn, cleaned }: PageCorrections,
  whitening: Whitening,
  quality: number,
): Promise<SheetJpeg> {
  const flat = crop && 'ratio' in crop ? unwarp(pixels, crop, flatSize(crop, crop.ratio)) : null;
  const box = crop && 'angle' in crop ? crop : null;
  let drawn = flat ?? pixels;
  if (box || angle !== 0) drawn = await cut(drawn, box, angle);
  // One step more would be one copy of the page more: turned and whitened on the way to the JPEG.
  let picture = open(drawn);
  if (turn !== 0) picture = picture.rotate(turn);
  if (cleaned && whitening)
    picture = picture.linear(
      [...whitening],
      whitening.map(() => 0),
    );
  return encode(picture, drawn.channels, resolution, quality);
}

/** The page as the scanner saw it. */
export function encodeSheet({ pixels, resolution }: ScannedSheet, quality: number): Promise<SheetJpeg> {
  return encode(open(pixels), pixels.channels, resolution, quality);
}

/** What encodeSheet made, to draw it again. */
export async function decodeSheet(jpeg: Uint8Array, resolution: number): Promise<ScannedSheet> {
  const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  return { pixels: { bytes: data, width, height, channels: info.channels === 1 ? 1 : 3 }, resolution };
}

/** Pixels of the largest picture that a webcam gives, and some. */
const SHOT_PIXELS = 40_000_000;

/** Null: no JPEG, or one that is no camera's. Its resolution is not known: 72. */
export async function decodeShot(jpeg: Uint8Array): Promise<ScannedSheet | null> {
  try {
    const { format } = await sharp(jpeg, { limitInputPixels: SHOT_PIXELS }).metadata();
    if (format !== 'jpeg') return null;
    return await decodeSheet(jpeg, 72);
  } catch {
    // The library says it with an error, whatever is wrong with the picture.
    return null;
  }
}

/**
 * JPEG with its density, so that the page has its true size wherever it is opened. Its code tables are the standard's:
 * made to measure they save a tenth of the bytes and cost three times the work, on a small machine in the middle of a call.
 */
async function encode(
  picture: Sharp,
  channels: 1 | 3,
  resolution: number,
  quality: number,
): Promise<SheetJpeg> {
  const { data, info } = await picture
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .withDensity(resolution)
    .jpeg({ quality, optimiseCoding: false })
    .toBuffer({ resolveWithObject: true });
  return { jpeg: new Uint8Array(data), width: info.width, height: info.height };
}

/** Turned back by its angle, and the part that is kept; what was outside of the glass is white. */
async function cut(page: Drawn, crop: AskewBox | null, angle: number): Promise<Drawn> {
  const kept = crop ?? {
    x: page.width / 2,
    y: page.height / 2,
    width: page.width,
    height: page.height,
    angle,
  };
  // Turned less than it lies askew, it is kept with all its corners.
  const box = boxAround(kept, kept.angle - angle);
  // Only what the box can touch is turned: a card is a tenth of the glass.
  const reach = boxAround(box, angle);
  const left = Math.max(0, Math.floor(kept.x - reach.width / 2) - 2);
  const top = Math.max(0, Math.floor(kept.y - reach.height / 2) - 2);
  const right = Math.min(page.width, Math.ceil(kept.x + reach.width / 2) + 2);
  const bottom = Math.min(page.height, Math.ceil(kept.y + reach.height / 2) + 2);
  const part = { left, top, width: right - left, height: bottom - top };
  const turning = await rawOf(turnedBack(open(page).extract(part), angle), page.channels);
  const middle = turned({ x: kept.x - (left + right) / 2, y: kept.y - (top + bottom) / 2 }, -angle);
  const width = Math.min(turning.width, Math.max(1, Math.round(box.width)));
  const height = Math.min(turning.height, Math.max(1, Math.round(box.height)));
  const from = (at: number, size: number, all: number): number =>
    Math.max(0, Math.min(all - size, Math.round(at - size / 2)));
  return rawOf(
    open(turning).extract({
      left: from(turning.width / 2 + middle.x, width, turning.width),
      top: from(turning.height / 2 + middle.y, height, turning.height),
      width,
      height,
    }),
    page.channels,
  );
}

function turnedBack(picture: Sharp, angle: number): Sharp {
  return angle === 0 ? picture : picture.rotate(-angle, { background: WHITE });
}

function boxAround({ width, height }: { width: number; height: number }, degrees: number) {
  const angle = (Math.abs(degrees) * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return { width: width * cos + height * sin, height: width * sin + height * cos };
}

function open({ bytes, width, height, channels }: Drawn): Sharp {
  return sharp(bytes, { raw: { width, height, channels } });
}

async function rawOf(picture: Sharp, channels: 1 | 3): Promise<Drawn> {
  const { data, info } = await picture
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { bytes: data, width: info.width, height: info.height, channels };
}
