/** What a picture of a paper held before a camera needs to be pleasant to read; done in draw-sheet.ts, and undone there. */
import type { Pixels } from '../scanner/pnm.ts';
import { LOOK_DPI, makeSmaller } from './look-picture.ts';
import { findHeldPaper } from './paper-in-picture.ts';
import { whiteningOf } from './paper-white.ts';
import { ratioOf, scaledQuad } from './quad.ts';
import type { SheetReading } from './read-sheet.ts';
import { findInk } from './text-ink.ts';
import { findTextLines } from './text-skew.ts';
import { uprightTurn } from './text-upright.ts';
import { flatSize, unwarp } from './unwarp.ts';

export interface ShotReading extends SheetReading {
  /** Dots per inch of the paper, if it is as large as its shape says; and of the picture, if that were a page. */
  readonly resolution: number;
  readonly whole: number;
}

/** Pixels across in which the paper is looked for: finer finds its corners no better. */
const LOOKED = 800;
/** Inches: A4, and a card of which the shape tells (ISO/IEC 7810, ID-1). */
const LONG_SIDE = 297 / 25.4;
const CARD = { ratio: 85.6 / 53.98, longSide: 85.6 / 25.4 };
/** Grey of white paper in a room in the evening. */
const DARKEST = 105;

export async function readShot(pixels: Pixels): Promise<ShotReading> {
  const { width, height } = pixels;
  const longer = Math.max(width, height);
  const whole = Math.max(1, Math.round(longer / LONG_SIDE));
  const look = await makeSmaller(pixels, Math.max(1, longer / LOOKED));
  const found = await findHeldPaper(look);
  if (!found) return { found: UNTOUCHED, blank: false, whitening: null, resolution: whole, whole };
  const quad = scaledQuad(found, look.scale);
  const ratio = ratioOf(quad, width, height);
  const size = flatSize(quad, ratio);
  const isCard = Math.abs(Math.max(ratio, 1 / ratio) / CARD.ratio - 1) < 0.001;
  const resolution = Math.round(Math.max(size.width, size.height) / (isCard ? CARD.longSide : LONG_SIDE));
  const smaller = Math.min(1, LOOK_DPI / resolution);
  const small = { width: Math.round(size.width * smaller), height: Math.round(size.height * smaller) };
  const flat = await makeSmaller(unwarp(pixels, quad, small), 1);
  const ink = findInk(flat, null);
  const lines = findTextLines(ink);
  const whitening = whiteningOf(flat, DARKEST);
  return {
    found: {
      crop: { ...quad, ratio },
      angle: 0,
      turn: (lines && uprightTurn(ink, lines)) ?? 0,
      cleaned: whitening !== null,
    },
    blank: false,
    whitening,
    resolution: Math.max(1, resolution),
    whole,
  };
}

const UNTOUCHED = { crop: null, angle: 0, turn: 0, cleaned: false } as const;
