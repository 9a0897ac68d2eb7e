/** Tells how far a page has grown: its first lines at once, then no oftener than an eye can follow. */
import { type GrownPicture, growPicture } from './grow-picture.ts';

/** Of a page: one step of its growth. */
const STEP = 1 / 40;
/** ms between two of them: a feeder gives a page in two seconds, and whoever draws, seals and shows it has work to do. */
const PACE = 150;

export interface GrowthWatch {
  /** The next bytes of the page's PNM. */
  readonly add: (chunk: Uint8Array) => void;
}

export function watchGrowth(onGrowth: (picture: GrownPicture) => void): GrowthWatch {
  const growing = growPicture();
  let told = 0;
  let toldAt = Number.NEGATIVE_INFINITY;
  return {
    add(chunk) {
      growing.add(chunk);
      if (growing.lines() === told || performance.now() - toldAt < PACE) return;
      const picture = growing.picture();
      if (!picture) return;
      const enough = told === 0 ? 1 : told + picture.wholeHeight * STEP;
      if (picture.height < enough && picture.height < picture.wholeHeight) return;
      told = picture.height;
      toldAt = performance.now();
      onGrowth(picture);
    },
  };
}
