/** The sharpest of the pictures that a camera gives within about a second: hands shake, and cameras look for their focus. */
import { sharpnessOf } from './sharpness.ts';
import { framesOf } from './track-frames.ts';

/** ms from the first picture on; longer where a busy machine has seen only few by then, but not for ever. */
const LONG = 1_000;
const LONGEST = 3_000;
const FEWEST = 12;
/** JPEG, 0 to 1. */
const QUALITY = 0.92;
/** Of the picture, on each side: the paper is held in the middle, and what is behind it may be as sharp as it likes. */
const MARGIN = 0.15;

/** A JPEG of the whole picture, as large as the camera gives it. Rejects where the camera gives none. */
export async function takeShot(track: MediaStreamTrack): Promise<Uint8Array<ArrayBuffer>> {
  const best = await sharpestOf(track);
  const canvas = new OffscreenCanvas(best.displayWidth, best.displayHeight);
  canvas.getContext('2d', { alpha: false })?.drawImage(best, 0, 0);
  best.close();
  const jpeg = await canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY });
  return new Uint8Array(await jpeg.arrayBuffer());
}

async function sharpestOf(track: MediaStreamTrack): Promise<VideoFrame> {
  const frames = framesOf(track);
  let best: { readonly frame: VideoFrame; readonly sharpness: number } | null = null;
  let seen = 0;
  let since: number | null = null;
  for (;;) {
    const frame = await frames.next();
    if (!frame) break;
    since ??= performance.now();
    seen += 1;
    const sharpness = await sharpnessIn(frame);
    if (best === null || sharpness > best.sharpness) {
      best?.frame.close();
      best = { frame, sharpness };
    } else frame.close();
    const long = performance.now() - since;
    if (long > LONGEST || (long > LONG && seen >= FEWEST)) break;
  }
  await frames.end();
  if (!best) throw new Error('The camera gave no picture.');
  return best.frame;
}

/** Of its middle. 0 where the camera's pictures do not begin with their grey: then any is as good as another. */
async function sharpnessIn(frame: VideoFrame): Promise<number> {
  if (!frame.format || !/^(I4|NV)/.test(frame.format)) return 0;
  const { codedWidth, codedHeight } = frame;
  // Colours have half as many pixels: no part of the picture begins or ends in the middle of one.
  const even = (pixels: number) => 2 * Math.round(pixels / 2);
  const rect = {
    x: even(codedWidth * MARGIN),
    y: even(codedHeight * MARGIN),
    width: even(codedWidth * (1 - 2 * MARGIN)),
    height: even(codedHeight * (1 - 2 * MARGIN)),
  };
  const bytes = new Uint8Array(frame.allocationSize({ rect }));
  const [grey] = await frame.copyTo(bytes, { rect });
  return grey ? sharpnessOf(bytes.subarray(grey.offset), rect.width, rect.height, grey.stride) : 0;
}
