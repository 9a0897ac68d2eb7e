import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRefresher } from './refresher.ts';

/** ms */
const TAKES = 400;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function counted() {
  const told: { readonly announces: boolean }[] = [];
  const refresher = createRefresher({
    async tell(announces) {
      told.push({ announces });
      await new Promise((resolve) => setTimeout(resolve, TAKES));
    },
    run: (work) => void work,
  });
  return { told, refresher };
}

test('thousands that come back are told together, with a rest as long as the last telling took', async () => {
  const { told, refresher } = counted();
  const first = refresher.refreshTogether();
  expect(told, 'a lone one does not wait').toHaveLength(1);
  await vi.advanceTimersByTimeAsync(TAKES / 2);
  const others = Array.from({ length: 1_000 }, () => refresher.refreshTogether());
  await vi.advanceTimersByTimeAsync(TAKES / 2);
  await first;
  await vi.advanceTimersByTimeAsync(TAKES - 1);
  expect(told).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(told).toEqual([{ announces: true }, { announces: true }]);
  await vi.advanceTimersByTimeAsync(TAKES);
  await Promise.all(others);
  await vi.advanceTimersByTimeAsync(10 * TAKES);
  expect(told).toHaveLength(2);
});

test('what somebody does is told at once, in the middle of the rest', async () => {
  const { told, refresher } = counted();
  void refresher.refreshTogether();
  await vi.advanceTimersByTimeAsync(TAKES);
  const waits = refresher.refreshTogether();
  const acts = refresher.refresh();
  expect(told).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(TAKES);
  await acts;
  await vi.advanceTimersByTimeAsync(2 * TAKES);
  await waits;
  expect(told).toEqual([{ announces: true }, { announces: true }, { announces: false }]);
});

test('one that was told nothing because the database failed is told with the next', async () => {
  let fails = true;
  let tellings = 0;
  const { refreshTogether } = createRefresher({
    async tell() {
      tellings += 1;
      if (fails) throw new Error('the database is away');
    },
    run: (work) => void work,
  });
  await expect(refreshTogether()).rejects.toThrow('the database is away');
  fails = false;
  await refreshTogether();
  expect(tellings).toBe(2);
});
