import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchPicture } from './picture-watch.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** The number that each look finds, one after the other; the last one again and again. */
async function watched(counts: readonly (number | null)[]): Promise<string[]> {
  const told: string[] = [];
  let look = 0;
  const stop = watchPicture({
    count: async () => {
      told.push(String(counts[look]));
      look += 1;
      return counts[Math.min(look - 1, counts.length - 1)] ?? null;
    },
    onStill: () => told.push('still'),
    onMoving: () => told.push('moving'),
    pace: 10,
  });
  await vi.advanceTimersByTimeAsync(10 * counts.length);
  stop();
  await vi.advanceTimersByTimeAsync(100);
  return told;
}

it('says nothing of a picture that has not come yet', async () => {
  expect(await watched([0, 0, 0, 0, 0, 0, 0, 0])).not.toContain('still');
});

it('tells a picture that stops, once, and one that moves again', async () => {
  expect(await watched([5, 20, 20, 20, 20, 20, 20, 25, 30])).toEqual([
    '5',
    '20',
    '20',
    '20',
    '20',
    '20',
    'still',
    '20',
    '25',
    'moving',
    '30',
  ]);
});

it('does not notice a cut of a second', async () => {
  expect(await watched([5, 20, 20, 20, 31, 31, 40])).not.toContain('still');
});

it('counts on from a page that was loaded again, and over a look that found nothing', async () => {
  expect(await watched([5, 20, 3, null, 9, 15, 20])).not.toContain('still');
});

it('takes a page that answers no more for one whose picture stands still', async () => {
  const told: string[] = [];
  let looks = 0;
  const stop = watchPicture({
    count: () => {
      looks += 1;
      return looks <= 2 ? Promise.resolve(looks) : new Promise(() => undefined);
    },
    onStill: () => told.push('still'),
    onMoving: () => told.push('moving'),
    pace: 10,
  });
  await vi.advanceTimersByTimeAsync(80);
  expect(told).toEqual([]);
  await vi.advanceTimersByTimeAsync(200);
  expect(told).toEqual(['still']);
  stop();
});
