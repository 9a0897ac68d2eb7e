/** The ink of a page: what is much darker than its paper. */
import { type AskewBox, turned } from './askew-box.ts';
import { LOOK_DPI, type LookPicture } from './look-picture.ts';

/** Grey levels below the paper's. */
const DARKER = 55;
/** mm at the page's edge that are shadow, staple or dirt, and never text. */
const MARGIN = (4 * LOOK_DPI) / 25.4;

export interface Ink {
  /** Its pixels' places, and how many there are of them. */
  readonly xs: Float32Array;
  readonly ys: Float32Array;
  readonly count: number;
  /** Of the page that was looked at, in pixels. */
  readonly area: number;
  /** Where every place is turned about. */
  readonly middle: { readonly x: number; readonly y: number };
}

/** The grey of the paper: the commonest of the bright ones. */
export function paperGrey({ grey }: Pick<LookPicture, 'grey'>): number {
  const counts = new Uint32Array(256);
  for (const level of grey) counts[level] = (counts[level] ?? 0) + 1;
  let best = 255;
  let most = 0;
  for (let level = 100; level < 255; level += 1) {
    const near = (counts[level - 1] ?? 0) + (counts[level] ?? 0) + (counts[level + 1] ?? 0);
    if (near > most) {
      most = near;
      best = level;
    }
  }
  return (counts[255] ?? 0) > most ? 255 : best;
}

/** @param box the paper on the picture; null: all of it. */
export function findInk(picture: LookPicture, box: AskewBox | null): Ink {
  const { grey, width, height } = picture;
  const page = box ?? { x: width / 2, y: height / 2, width, height, angle: 0 };
  const dark = paperGrey(picture) - DARKER;
  const xs: number[] = [];
  const ys: number[] = [];
  const across = page.width / 2 - MARGIN;
  const down = page.height / 2 - MARGIN;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if ((grey[y * width + x] ?? 0) >= dark) continue;
      const place = turned({ x: x - page.x, y: y - page.y }, -page.angle);
      if (Math.abs(place.x) > across || Math.abs(place.y) > down) continue;
      xs.push(x);
      ys.push(y);
    }
  }
  return {
    xs: Float32Array.from(xs),
    ys: Float32Array.from(ys),
    count: xs.length,
    area: Math.max(0, 4 * across * down),
    middle: { x: page.x, y: page.y },
  };
}
