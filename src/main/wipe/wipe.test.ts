import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { wipeReport } from '#shared/protocol/terminal-report.ts';
import { createLog } from '../log.ts';
import { type WipeTarget, wipe } from './wipe.ts';

const log = createLog('silent');
const clean = (name: string): WipeTarget => ({
  name,
  remove: async () => undefined,
  check: async () => ({ looked: 3, left: 0 }),
});

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('wipe', () => {
  it('passes when nothing is left, and its report matches the protocol', async () => {
    const report = await wipe([clean('folder'), clean('print-jobs')], null, log, () => 42);
    expect(wipeReport.parse(report)).toEqual({
      ok: true,
      at: 42,
      visitId: null,
      checked: [
        { name: 'folder', looked: 3, left: 0, ok: true },
        { name: 'print-jobs', looked: 3, left: 0, ok: true },
      ],
    });
  });

  it('checks only after everything was removed', async () => {
    const order: string[] = [];
    const slow: WipeTarget = {
      name: 'slow',
      remove: async () => {
        await new Promise((resolve) => setTimeout(resolve, 100));
        order.push('removed');
      },
      check: async () => ({ looked: 1, left: order.push('checked') && 0 }),
    };
    const quick: WipeTarget = {
      ...clean('quick'),
      check: async () => ({ looked: 1, left: order.push('checked') && 0 }),
    };
    const done = wipe([slow, quick], null, log);
    await vi.advanceTimersByTimeAsync(100);
    await done;
    expect(order).toEqual(['removed', 'checked', 'checked']);
  });

  it('fails on one thing left, even where the removal claimed success', async () => {
    const report = await wipe(
      [clean('a'), { ...clean('b'), check: async () => ({ looked: 5, left: 2 }) }],
      null,
      log,
    );
    expect(report.ok).toBe(false);
    expect(report.checked[1]).toEqual({ name: 'b', looked: 5, left: 2, ok: false });
  });

  it('fails when a check throws or hangs, and still answers', async () => {
    const throwing: WipeTarget = { ...clean('throws'), check: () => Promise.reject(new Error('no')) };
    const hanging: WipeTarget = { ...clean('hangs'), check: () => new Promise(() => undefined) };
    const done = wipe([throwing, hanging, clean('fine')], null, log);
    await vi.advanceTimersByTimeAsync(20_000);
    expect((await done).checked.map((check) => check.ok)).toEqual([false, false, true]);
  });

  it('passes when a removal threw but nothing is there', async () => {
    const target: WipeTarget = { ...clean('gone'), remove: () => Promise.reject(new Error('already gone')) };
    expect((await wipe([target], null, log)).ok).toBe(true);
  });
});
