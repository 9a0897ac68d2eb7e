/** What a few small pictures of a camera tell: whether they are black, whether anything moves. Pure. */

/** RGBA, 4 bytes a pixel; all of one size. */
export type Picture = Uint8ClampedArray;

export interface Seen {
  /** Mean and 99th percentile of the luma, 0 to 255 (ITU-R BT.601 weights). */
  readonly brightness: number;
  readonly brightest: number;
  /** Two pictures differ: even before an empty wall a sensor's noise does that. */
  readonly moving: boolean;
}

/** Null without a picture. */
export function lookAt(pictures: readonly Picture[]): Seen | null {
  const [first] = pictures;
  if (!first) return null;
  const lumas = pictures.flatMap(lumasOf).sort((a, b) => a - b);
  return {
    brightness: lumas.reduce((sum, luma) => sum + luma, 0) / Math.max(1, lumas.length),
    brightest: lumas[Math.floor(lumas.length * 0.99)] ?? 0,
    moving: pictures.some((picture) => picture.some((value, at) => value !== first[at])),
  };
}

function lumasOf(picture: Picture): number[] {
  const lumas: number[] = [];
  for (let at = 0; at + 2 < picture.length; at += 4) {
    const [red = 0, green = 0, blue = 0] = picture.subarray(at, at + 3);
    lumas.push(0.299 * red + 0.587 * green + 0.114 * blue);
  }
  return lumas;
}
