import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createAlarm } from './alarm.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function alarmOf(look: () => Promise<number | null>) {
  const errors: unknown[] = [];
  const alarm = createAlarm({
    name: 'test',
    clock: Date.now,
    retry: 5_000,
    log: { error: (content: unknown) => errors.push(content) },
    run: (work) => {
      work.catch((error: unknown) => errors.push(error));
    },
    look,
  });
  return { alarm, errors };
}

test('looks again when it said, and not before', async () => {
  const looked: number[] = [];
  const from = Date.now();
  const { alarm } = alarmOf(async () => {
    looked.push(Date.now() - from);
    return looked.length < 3 ? Date.now() + 60_000 : null;
  });
  alarm.check();
  await vi.advanceTimersByTimeAsync(600_000);
  expect(looked).toEqual([0, 60_000, 120_000]);
});

test('a try that fails is logged and made again', async () => {
  let tries = 0;
  const { alarm, errors } = alarmOf(async () => {
    tries += 1;
    if (tries < 3) throw new Error('the database restarts');
    return null;
  });
  alarm.check();
  await vi.advanceTimersByTimeAsync(4_999);
  expect(tries).toBe(1);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(tries).toBe(3);
  expect(errors).toHaveLength(2);
});

test('what comes while it looks is looked at afterwards, one at a time', async () => {
  let looks = 0;
  let most = 0;
  let now = 0;
  const { alarm } = alarmOf(async () => {
    looks += 1;
    now += 1;
    most = Math.max(most, now);
    await new Promise((resolve) => setTimeout(resolve, 100));
    now -= 1;
    return null;
  });
  for (let i = 0; i < 5; i += 1) alarm.check();
  await vi.advanceTimersByTimeAsync(1_000);
  expect([looks, most]).toEqual([2, 1]);
});

test('waits longer than a timer can', async () => {
  let looks = 0;
  const { alarm } = alarmOf(async () => {
    looks += 1;
    return Date.now() + 2 ** 33;
  });
  alarm.check();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(looks).toBe(1);
  alarm.stop();
});

test('stopped, it looks no more, also where it was just looking', async () => {
  let looks = 0;
  const { alarm } = alarmOf(async () => {
    looks += 1;
    await new Promise((resolve) => setTimeout(resolve, 100));
    return Date.now() + 100;
  });
  alarm.check();
  await vi.advanceTimersByTimeAsync(50);
  alarm.stop();
  await vi.advanceTimersByTimeAsync(10_000);
  alarm.check();
  expect(looks).toBe(1);
});
