/** The sharpest of the pictures that a camera gives within about a second: hands shake, and cameras look for their focus. */
import { sharpnessOf } from './sharpness.ts';

/** ms. */
const LONG = 1_000;
/** JPEG, 0 to 1. */
const QUALITY = 0.92;
/** Of the picture, on each side: the paper is held in the middle, and what is behind it may be as sharp as it likes. */
const MARGIN = 0.15;

interface Seen {
  readonly canvas: OffscreenCanvas;
  readonly sharpness: number;
}

/** A JPEG of the whole picture, as large as the camera gives it. Rejects where the camera gives none. */
export async function takeShot(track: MediaStreamTrack): Promise<Uint8Array<ArrayBuffer>> {
  const camera = new ImageCapture(track);
  const until = performance.now() + LONG;
  let best = look(await camera.grabFrame(), new OffscreenCanvas(1, 1));
  let spare = new OffscreenCanvas(1, 1);
  while (performance.now() < until) {
    const seen = look(await camera.grabFrame(), spare);
    if (seen.sharpness <= best.sharpness) continue;
    spare = best.canvas;
    best = seen;
  }
  const jpeg = await best.canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY });
  return new Uint8Array(await jpeg.arrayBuffer());
}

function look(frame: ImageBitmap, canvas: OffscreenCanvas): Seen {
  const { width, height } = frame;
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (!context) throw new Error('No canvas.');
  context.drawImage(frame, 0, 0);
  frame.close();
  const [x, y] = [Math.round(width * MARGIN), Math.round(height * MARGIN)];
  const [across, down] = [width - 2 * x, height - 2 * y];
  const { data } = context.getImageData(x, y, across, down);
  return { canvas, sharpness: sharpnessOf(data, across, down) };
}
