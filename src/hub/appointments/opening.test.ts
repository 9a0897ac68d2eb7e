import { expect, test } from 'vitest';
import type { OpeningHours } from '#shared/protocol/appointments.ts';
import { nextOpening } from './opening.ts';

/** Tuesday and Friday, with a break at noon. */
const hours: OpeningHours[] = [2, 5].flatMap((weekday) => [
  { weekday, from: '14:00', to: '17:00' },
  { weekday, from: '09:00', to: '12:00' },
]);
const at = (text: string) => Date.parse(text);
const opening = (
  now: string,
  closures: { first: string; last: string }[] = [],
  zone = 'Europe/Paris' as const,
) => nextOpening(hours, closures, zone, at(now));

test.each([
  ['before the first hour of the day', '2026-11-24T08:59:59+01:00', '2026-11-24T09:00:00+01:00'],
  ['in the break', '2026-11-24T12:00:00+01:00', '2026-11-24T14:00:00+01:00'],
  ['after the last hour', '2026-11-24T17:00:00+01:00', '2026-11-27T09:00:00+01:00'],
  ['over the week’s end', '2026-11-28T10:00:00+01:00', '2026-12-01T09:00:00+01:00'],
  ['over the change of the clocks', '2026-10-24T10:00:00+02:00', '2026-10-27T09:00:00+01:00'],
  // 25 December 2026 and 1 January 2027 are Fridays.
  ['over public holidays', '2026-12-24T10:00:00+01:00', '2026-12-29T09:00:00+01:00'],
])('closed %s: opens at its next hour', (_when, now, expected) => {
  expect(opening(now)).toBe(at(expected));
});

test.each([['2026-11-24T09:00:00+01:00'], ['2026-11-24T11:59:59+01:00'], ['2026-11-27T16:00:00+01:00']])(
  'open at %s: there is no next opening to tell',
  (now) => {
    expect(opening(now)).toBeNull();
  },
);

test('a closure that has begun closes what the hours would open', () => {
  const away = [{ first: '2026-11-23', last: '2026-11-30' }];
  expect(opening('2026-11-24T10:00:00+01:00', away)).toBe(at('2026-12-01T09:00:00+01:00'));
});

test('without hours, or closed for months, nothing is foretold', () => {
  expect(nextOpening([], [], 'Europe/Paris', at('2026-11-24T03:00:00+01:00'))).toBeNull();
  expect(opening('2026-11-24T10:00:00+01:00', [{ first: '2026-11-01', last: '2027-06-30' }])).toBeNull();
});

test('the same hours are another instant by another clock', () => {
  const now = at('2026-11-24T03:00:00Z');
  expect(nextOpening(hours, [], 'Indian/Reunion', now)).toBe(at('2026-11-24T05:00:00Z'));
  expect(nextOpening(hours, [], 'Europe/Paris', now)).toBe(at('2026-11-24T08:00:00Z'));
});
