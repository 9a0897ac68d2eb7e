/**
 * Whether the counsellor's picture moves, seen from outside the deployment's page: the API has no event for one that
 * stopped, and a page that still believes in its connection says nothing.
 */
import type { WebFrameMain } from 'electron';
import { z } from 'zod';

/** ms between two looks. */
const PACE = 500;
/** Looks in a row without a new frame before the picture counts as still: a cut of a second is not worth a word. */
const STILL_AFTER = 4;
/** Looks without an answer after which a page counts as hung: a busy one may take long. */
const HANGS_AFTER = 8;

export interface PictureWatchOptions {
  /** Frames decoded so far; null where nothing can be counted. Must not reject. */
  readonly count: () => Promise<number | null>;
  /** Told once it moved and then stood still, and again when it moves. */
  readonly onStill: () => void;
  readonly onMoving: () => void;
  readonly pace?: number;
}

/** @returns what ends it. */
export function watchPicture({ count, onStill, onMoving, pace = PACE }: PictureWatchOptions): () => void {
  let last: number | null = null;
  let quiet = 0;
  let moved = false;
  let still = false;
  let asking = false;
  let unanswered = 0;
  let ended = false;

  const timer = setInterval(() => {
    if (asking) {
      // A page that hangs answers nothing, and shows nothing new either.
      unanswered += 1;
      if (unanswered > HANGS_AFTER && last !== null) look(last);
      return;
    }
    asking = true;
    unanswered = 0;
    void count().then((frames) => {
      asking = false;
      if (!ended && frames !== null) look(frames);
    });
  }, pace);

  function look(frames: number): void {
    const moves = last !== null && frames > last;
    // A page that was loaded again counts from the beginning.
    last = frames;
    if (moves) {
      quiet = 0;
      moved = true;
      if (still) {
        still = false;
        onMoving();
      }
      return;
    }
    quiet += 1;
    if (moved && !still && quiet >= STILL_AFTER) {
      still = true;
      onStill();
    }
  }

  return () => {
    ended = true;
    clearInterval(timer);
  };
}

const counted = z.number().int().nonnegative();

/**
 * Frames of the others' pictures in the frames of this origin: of the large one where there is one (Jitsi Meet's
 * #largeVideo), of all but one's own otherwise; never of who was asked in besides, in the built-in room's #aside. What a stranger's page answers is a number or nothing.
 */
export async function framesIn(page: WebFrameMain, origin: string): Promise<number | null> {
  const frames = page.framesInSubtree.filter((frame) => frame.origin === origin);
  const answers = await Promise.allSettled(frames.map((frame) => frame.executeJavaScript(COUNT_FRAMES)));
  const numbers = answers.flatMap((answer) => {
    const parsed = counted.safeParse(answer.status === 'fulfilled' ? answer.value : null);
    return parsed.success ? [parsed.data] : [];
  });
  return numbers.length === 0 ? null : Math.max(...numbers);
}

const COUNT_FRAMES = `(() => {
  const large = document.getElementById('largeVideo');
  const others = [...document.querySelectorAll('video')].filter((one) => !/^(self|local)/.test(one.id) && !one.closest('#aside'));
  const pictures = large instanceof HTMLVideoElement ? [large] : others;
  return pictures.reduce((sum, picture) => sum + picture.getVideoPlaybackQuality().totalVideoFrames, 0);
})()`;
