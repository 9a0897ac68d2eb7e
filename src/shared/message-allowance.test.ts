import { expect, it } from 'vitest';
import { allowMessages } from './message-allowance.ts';

it('allows a burst, then so many a second, and never more than a burst again', () => {
  let now = 0;
  const allowed = allowMessages({ burst: 3, perSecond: 2, clock: () => now });
  const said = (count: number) => Array.from({ length: count }, allowed).filter(Boolean).length;
  expect(said(5)).toBe(3);
  now += 1_000;
  expect(said(5)).toBe(2);
  now += 60_000;
  expect(said(5)).toBe(3);
});
