/**
 * The size at which the camera gives its pictures. Whoever opens a camera first decides it for everybody, and nobody can
 * change it while another has the camera open: the others get less of it, never more (measured: docs/paper.md). So that
 * the call lets go of it for a moment when it is to be another one.
 */
import { framesOf } from './track-frames.ts';

export type CameraSize = 'call' | 'best';

/**
 * The largest at which hands that hold a paper are still seen to move: some cameras have one of two pictures a second
 * beyond it, which their rate makes the worse choice.
 */
const WISHES: Record<CameraSize, MediaTrackConstraints> = {
  call: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } },
  best: { width: { ideal: 3840 }, height: { ideal: 2160 }, frameRate: { ideal: 15 } },
};
/** Of sizes that are the same one. */
const ABOUT = 1.05;
/** ms in which a call lets go of its camera; and between two tries. */
const PATIENCE = 2_500;
const AGAIN = 120;

export function wishesFor(size: CameraSize): MediaTrackConstraints {
  return WISHES[size];
}

/**
 * To its best, or back again where that had made it another one. True: it is another size now.
 *
 * @param rest asks that the call let go of the camera; called where it must, once.
 */
export async function turnCamera(
  track: MediaStreamTrack,
  size: CameraSize,
  rest: () => void,
): Promise<boolean> {
  const before = await pixelsOf(track);
  if (size === 'best' && before * ABOUT >= mostOf(track)) {
    // The camera is at its best already; this page may have wished less of it until now.
    await track.applyConstraints(wishesFor(size));
    return false;
  }
  const until = performance.now() + PATIENCE;
  for (let tries = 0; ; tries += 1) {
    await track.applyConstraints(wishesFor(size));
    const now = await pixelsOf(track);
    if (size === 'best' ? now > before * ABOUT : now * ABOUT < before) return true;
    if (track.readyState !== 'live' || performance.now() > until) return false;
    if (tries === 0) rest();
    await new Promise((resolve) => setTimeout(resolve, AGAIN));
  }
}

/** Pixels of the largest picture that the camera is said to have. */
function mostOf(track: MediaStreamTrack): number {
  const { width, height } = track.getCapabilities();
  return (width?.max ?? 0) * (height?.max ?? 0);
}

/** Of a picture as the camera gives it, however small this page wished it. 0: it gives none any more. */
async function pixelsOf(track: MediaStreamTrack): Promise<number> {
  const frames = framesOf(track);
  const frame = await frames.next();
  const pixels = frame ? frame.codedWidth * frame.codedHeight : 0;
  frame?.close();
  await frames.end();
  return pixels;
}
