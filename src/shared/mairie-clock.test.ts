import { expect, test } from 'vitest';
import { onTheWall } from './mairie-clock.ts';

const at = (text: string) => Date.parse(text);

test.each([
  ['2026-11-23T14:30:00+01:00', '2026-11-23T08:00:00+01:00', { hour: 14, minute: 30, daysAhead: 0 }],
  ['2026-11-24T00:00:00+01:00', '2026-11-23T23:59:00+01:00', { hour: 0, minute: 0, daysAhead: 1 }],
  // Over the change of the clocks a day has 25 hours, and is one day.
  ['2026-10-26T09:00:00+01:00', '2026-10-24T23:30:00+02:00', { hour: 9, minute: 0, daysAhead: 2 }],
  ['2026-03-30T09:00:00+02:00', '2026-03-28T23:30:00+01:00', { hour: 9, minute: 0, daysAhead: 2 }],
  ['2026-12-31T09:00:00+01:00', '2027-01-01T09:00:00+01:00', { hour: 9, minute: 0, daysAhead: -1 }],
])('%s, read at %s by the clock of Paris', (then, now, expected) => {
  expect(onTheWall({ at: at(then), timeZone: 'Europe/Paris' }, at(now))).toEqual(expected);
});

test('the day is the one where the mairie is', () => {
  const hour = { at: at('2026-11-23T21:00:00Z'), timeZone: 'Indian/Reunion' } as const;
  expect(onTheWall(hour, at('2026-11-23T19:00:00Z'))).toEqual({ hour: 1, minute: 0, daysAhead: 1 });
});
