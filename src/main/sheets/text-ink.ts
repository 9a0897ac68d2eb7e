/** The ink of a page: what is much darker than its paper. */
import type { AskewBox } from './askew-box.ts';
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
  const angle = (-page.angle * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const across = page.width / 2 - MARGIN;
  const down = page.height / 2 - MARGIN;
  const xs = new Float32Array(grey.length);
  const ys = new Float32Array(grey.length);
  let count = 0;
  // A picture that is all dark has a million of them: no object is made for any.
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if ((grey[y * width + x] ?? 0) >= dark) continue;
      const fromX = x - page.x;
      const fromY = y - page.y;
      if (Math.abs(fromX * cos - fromY * sin) > across || Math.abs(fromX * sin + fromY * cos) > down)
        continue;
      xs[count] = x;
      ys[count] = y;
      count += 1;
    }
  }
  return {
    xs: xs.subarray(0, count),
    ys: ys.subarray(0, count),
    count,
    middle: { x: page.x, y: page.y },
  };
}
