import { expect, it } from 'vitest';
import { judge, type Measurement, notMeasured, quantile } from './figure.ts';

const timed = (values: number[], baselines: number[], allowance: Measurement['allowance']): Measurement => ({
  unit: 'ms',
  values,
  baselines,
  allowance,
});

it('takes the middle of what was measured, whatever its order', () => {
  expect(quantile([30, 10, 20], 0.5)).toBe(20);
  expect(quantile([10, 40, 20, 30], 0.5)).toBe(25);
  expect(quantile([5], 0.95)).toBe(5);
  expect(
    quantile(
      Array.from({ length: 101 }, (_, at) => 100 - at),
      0.95,
    ),
  ).toBe(95);
  expect(quantile([], 0.5)).toBeNull();
});

it('allows a multiple of the baseline, and not a hair more', () => {
  const twice = { kind: 'times', factor: 2 } as const;
  expect(judge('start', timed([190, 200, 900], [90, 100, 100], twice))).toEqual({
    name: 'start',
    unit: 'ms',
    value: 200,
    baseline: 100,
    ratio: 2,
    limit: 200,
    ok: true,
  });
  expect(judge('start', timed([201], [100], twice)).ok).toBe(false);
});

it('allows so much more than the baseline', () => {
  const more = { kind: 'plus', extra: 150 } as const;
  expect(judge('print', timed([200], [50], more))).toMatchObject({ limit: 200, ratio: 4, ok: true });
  expect(judge('print', timed([200.5], [50], more)).ok).toBe(false);
});

it('allows a fixed amount where there is no baseline', () => {
  const most = { kind: 'most', amount: 2000 } as const;
  expect(judge('end', timed([2000], [], most))).toMatchObject({ baseline: null, ratio: null, ok: true });
  expect(judge('end', timed([2001], [], most)).ok).toBe(false);
});

it('holds what was not measured for a limit passed', () => {
  const twice = { kind: 'times', factor: 2 } as const;
  expect(judge('call', timed([], [100], twice)).ok).toBe(false);
  expect(judge('call', timed([100], [], twice)).ok).toBe(false);
  expect(judge('call', timed([Number.NaN], [100], twice)).ok).toBe(false);
  expect(notMeasured('call').ok).toBe(false);
});
