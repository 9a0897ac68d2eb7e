import { expect, test } from 'vitest';
import { calendarDay } from './fields.ts';

test.each([
  ['2026-02-03', true],
  ['2000-01-01', true],
  ['0026-02-03', false],
  ['2026-02-30', false],
  ['3/2/2026', false],
  ['', false],
])('%s as a day: %s', (text, good) => {
  expect(calendarDay.safeParse(text).success).toBe(good);
});
