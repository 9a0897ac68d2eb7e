/** Whether a picture moves and a voice is heard, by what the browser itself decoded. */
import { expect, type Frame } from '@playwright/test';

/** Frames decoded so far for the largest video of that frame, one's own left out; 0 where there is none. */
export function framesDecoded(frame: Frame): Promise<number> {
  return frame.evaluate(() => {
    const videos = [...document.querySelectorAll('video')].filter(({ id }) => !/^(self|local)/.test(id));
    const largest = videos.sort((a, b) => b.clientWidth * b.clientHeight - a.clientWidth * a.clientHeight)[0];
    return largest?.getVideoPlaybackQuality().totalVideoFrames ?? 0;
  });
}

/** A room that is entered anew meanwhile is another frame: pictures must come in the one that is there. */
export async function expectMoving(room: () => Promise<Frame>): Promise<void> {
  let frame: Frame | null = null;
  let before = 0;
  await expect
    .poll(async () => {
      const now = await room();
      // A frame that is replaced in the middle has nothing to count.
      const decoded = await framesDecoded(now).catch(() => 0);
      if (now !== frame) before = decoded;
      frame = now;
      return decoded - before;
    })
    .toBeGreaterThan(5);
}

/** No picture comes any more: where it is taken away altogether there is nothing to count. */
export async function expectStill(frame: Frame): Promise<void> {
  let before = -1;
  await expect
    .poll(
      async () => {
        const now = await framesDecoded(frame);
        const still = now === before;
        before = now;
        return still;
      },
      { intervals: [700] },
    )
    .toBe(true);
}

/** The other one's microphone beeps once a second: loud samples arrive in what this page was sent. */
export async function expectHeard(frame: Frame): Promise<void> {
  await expect.poll(() => frame.evaluate(loudestSample), { timeout: 30_000 }).toBeGreaterThan(0.01);
}

/** Three seconds without a beep. */
export async function expectUnheard(room: () => Promise<Frame>): Promise<void> {
  const frame = await room();
  expect(await frame.evaluate(loudestSample)).toBeLessThan(0.01);
  expect(await frame.evaluate(loudestSample)).toBeLessThan(0.01);
}

/** Of the next second and a half of the others' sound, 0 to 1; 0 where there is none. */
async function loudestSample(): Promise<number> {
  // Chromium has it, and TypeScript does not know it yet.
  const Processor = Reflect.get(window, 'MediaStreamTrackProcessor') as new (of: {
    readonly track: MediaStreamTrack;
  }) => { readonly readable: ReadableStream<AudioData> };
  const others = [...document.querySelectorAll<HTMLMediaElement>('audio, video')].filter(
    ({ id, muted }) => !/^(self|local)/.test(id) && !muted,
  );
  const tracks = others.flatMap(({ srcObject }) =>
    srcObject instanceof MediaStream ? srcObject.getAudioTracks() : [],
  );
  const loudest = await Promise.all(
    tracks.map(async (track) => {
      const copy = track.clone();
      // A track that ends unblocks the reader.
      setTimeout(() => copy.stop(), 1_500);
      const reader = new Processor({ track: copy }).readable.getReader();
      let most = 0;
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return most;
        const samples = new Float32Array(value.numberOfFrames);
        value.copyTo(samples, { planeIndex: 0, format: 'f32-planar' });
        value.close();
        for (const sample of samples) most = Math.max(most, Math.abs(sample));
      }
    }),
  );
  return Math.max(0, ...loudest);
}
