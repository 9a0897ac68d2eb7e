/** How much brighter a page must be for its paper to be white, channel by channel; stamps and photos keep their colours. */
import type { LookPicture } from './look-picture.ts';
import { paperGrey } from './text-ink.ts';

/** Grey levels about the paper's that are paper too: its grain, what shines through from the other side. */
const GRAIN = 10;
/** Of the page: with less paper than this it is a photo. */
const LEAST_PAPER = 0.4;
/** White enough as it is. */
const WHITE = 248;
/** Darker than this it is no white paper in bad light. */
const DARKEST = 170;
/** Between its channels: more is coloured paper, and stays coloured. */
const TINT = 36;

/** One factor a channel; null: nothing to be done, or no paper to do it to. */
export type Whitening = readonly number[] | null;

/** @param darkest grey of a paper: below it there is none. */
export function whiteningOf(picture: LookPicture, darkest = DARKEST): Whitening {
  const { grey, colours, channels } = picture;
  const paper = paperGrey(picture);
  if (paper >= WHITE || paper < darkest) return null;
  const sums = new Float64Array(channels);
  let count = 0;
  for (let i = 0; i < grey.length; i += 1) {
    if (Math.abs((grey[i] ?? 0) - paper) > GRAIN) continue;
    count += 1;
    for (let channel = 0; channel < channels; channel += 1)
      sums[channel] = (sums[channel] ?? 0) + (colours[i * channels + channel] ?? 0);
  }
  if (count < LEAST_PAPER * grey.length) return null;
  const levels = [...sums].map((sum) => sum / count);
  const tinted = Math.max(...levels) - Math.min(...levels) > TINT;
  return levels.map((level) => 255 / ((tinted ? Math.max(...levels) : level) - GRAIN / 2));
}
