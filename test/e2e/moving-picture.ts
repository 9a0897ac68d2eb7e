/** Whether a picture moves, by the frames that the browser itself decoded. */
import { expect, type Frame } from '@playwright/test';

/** Frames decoded so far for the largest video of that frame. */
export function framesDecoded(frame: Frame): Promise<number> {
  return frame.evaluate(() => {
    const videos = [...document.querySelectorAll('video')];
    const largest = videos.sort((a, b) => b.clientWidth * b.clientHeight - a.clientWidth * a.clientHeight)[0];
    return largest?.getVideoPlaybackQuality().totalVideoFrames ?? 0;
  });
}

export async function expectMoving(frame: Frame): Promise<void> {
  const before = await framesDecoded(frame);
  await expect.poll(() => framesDecoded(frame)).toBeGreaterThan(before + 5);
}
