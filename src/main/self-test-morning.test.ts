import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { selfTestConfig } from '#shared/configuration/self-test.ts';
import { isDue, watchMorning } from './self-test-morning.ts';

const at = (hour: number, minute = 0, day = 23) => new Date(2026, 10, day, hour, minute);

describe('when it is due', () => {
  it.each([
    ['before its hour', at(7, 59), null, false],
    ['at its hour', at(8), null, true],
    ['at its hour, made yesterday', at(8), '2026-11-22', true],
    ['made today', at(8, 1), '2026-11-23', false],
    ['switched on late in the morning', at(11, 59), null, true],
    ['in the afternoon', at(12), null, false],
    ['at night', at(0), '2026-11-22', false],
  ])('%s', (_what, now, lastDay, due) => {
    expect(isDue({ time: '08:00', now, lastDay })).toBe(due);
  });

  it('knows minutes', () => {
    expect(isDue({ time: '08:30', now: at(8, 29), lastDay: null })).toBe(false);
    expect(isDue({ time: '08:30', now: at(8, 30), lastDay: null })).toBe(true);
  });
});

describe('the configuration', () => {
  it('has an hour by itself, takes another or none, and refuses nonsense', () => {
    expect(selfTestConfig.parse({})).toEqual({ time: '08:00' });
    expect(selfTestConfig.parse({ time: null })).toEqual({ time: null });
    for (const time of ['8:00', '24:00', '08:60', 'matin', ''])
      expect(selfTestConfig.safeParse({ time }).success).toBe(false);
  });
});

describe('the watch', () => {
  let folder: string;
  const file = () => join(folder, 'day');
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'morning-'));
    vi.useFakeTimers({ now: at(7, 50) });
  });
  afterEach(() => {
    vi.useRealTimers();
    rmSync(folder, { recursive: true });
  });

  it('asks until it is made, remembers that over a restart, and asks again the next day', () => {
    const start = vi.fn();
    const first = watchMorning({ time: '08:00', file: file(), start });
    vi.advanceTimersByTime(9 * 60_000);
    expect(start).not.toHaveBeenCalled();
    vi.advanceTimersByTime(2 * 60_000);
    expect(start.mock.calls.length).toBeGreaterThan(1);
    first.noteDone();
    expect(readFileSync(file(), 'utf8')).toBe('2026-11-23');
    start.mockClear();
    vi.advanceTimersByTime(60_000);
    first.stop();
    const second = watchMorning({ time: '08:00', file: file(), start });
    vi.advanceTimersByTime(60 * 60_000);
    expect(start).not.toHaveBeenCalled();
    vi.advanceTimersByTime(23 * 60 * 60_000);
    expect(start).toHaveBeenCalled();
    second.stop();
    start.mockClear();
    vi.advanceTimersByTime(48 * 60 * 60_000);
    expect(start).not.toHaveBeenCalled();
  });

  it('never by itself where none is wanted', () => {
    const start = vi.fn();
    const watch = watchMorning({ time: null, file: file(), start });
    vi.advanceTimersByTime(24 * 60 * 60_000);
    watch.stop();
    expect(start).not.toHaveBeenCalled();
  });
});
