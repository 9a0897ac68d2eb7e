import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { calendarProblem } from './calendar-problem.ts';
import { freeSlots, type SlotPlan } from './free-slots.ts';
import { easterSunday, isPublicHoliday } from './public-holidays.ts';
import { weekOf } from './weeks.ts';

const everyDay = (from: string, to: string) =>
  [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from, to }));
const plan = (change: Partial<SlotPlan> = {}): SlotPlan => ({
  timeZone: 'Europe/Paris',
  minutes: 30,
  bodyHours: everyDay('09:00', '12:00'),
  roomHours: everyDay('09:00', '12:00'),
  closures: [],
  counsellors: [{ counsellorId: 'nadia', hours: [], closures: [], booked: [] }],
  roomBooked: [],
  ...change,
});
const at = (iso: string) => Temporal.Instant.from(iso).epochMilliseconds;
/** As the clock on the wall says it. */
const wallTimes = (some: SlotPlan, day: string, now = 0) =>
  freeSlots(some, [day], now).map(({ startsAt }) =>
    Temporal.Instant.fromEpochMilliseconds(startsAt)
      .toZonedDateTimeISO(some.timeZone)
      .toPlainTime()
      .toString({ smallestUnit: 'minute' }),
  );

test('slots are where body and room are both open, breaks left out', () => {
  const some = plan({
    bodyHours: [...everyDay('08:30', '10:00'), ...everyDay('10:15', '11:30')],
    roomHours: everyDay('09:00', '11:00'),
  });
  expect(wallTimes(some, '2026-03-02')).toEqual(['09:00', '09:30', '10:15']);
});

test('nothing in the past, nothing on closed days, whoever closed them', () => {
  expect(wallTimes(plan(), '2026-03-02', at('2026-03-02T09:31:00Z'))).toEqual(['11:00', '11:30']);
  const shut = [{ first: '2026-03-01', last: '2026-03-02' }];
  expect(wallTimes(plan({ closures: shut }), '2026-03-02')).toEqual([]);
  expect(wallTimes(plan({ closures: shut }), '2026-03-03')).toHaveLength(6);
  const [nadia] = plan().counsellors;
  if (!nadia) throw new Error('nobody');
  expect(wallTimes(plan({ counsellors: [{ ...nadia, closures: shut }] }), '2026-03-02')).toEqual([]);
  expect(wallTimes(plan(), '2026-05-01')).toEqual([]);
  expect(wallTimes(plan(), '2026-05-14')).toEqual([]); // Ascension
});

test('what is booked at the terminal is gone; with a counsellor only where no other is left', () => {
  const nine = { startsAt: at('2026-03-02T08:00:00Z'), endsAt: at('2026-03-02T08:30:00Z') };
  expect(wallTimes(plan({ roomBooked: [nine] }), '2026-03-02')[0]).toBe('09:30');
  const counsellor = (counsellorId: string, booked: (typeof nine)[]) => ({
    ...{ counsellorId, hours: [], closures: [] },
    booked,
  });
  const one = plan({ counsellors: [counsellor('nadia', [nine])] });
  expect(wallTimes(one, '2026-03-02')[0]).toBe('09:30');
  const two = plan({ counsellors: [counsellor('a', [nine]), counsellor('b', [])] });
  const slots = freeSlots(two, ['2026-03-02'], 0);
  expect(slots[0]?.counsellorIds).toEqual(['b']);
  expect(slots[1]?.counsellorIds).toEqual(['b', 'a']);
});

test('a counsellor with hours of his own is there in them only', () => {
  const hours = [{ weekday: 1, from: '10:00', to: '11:00' }];
  const some = plan({ counsellors: [{ counsellorId: 'nadia', hours, closures: [], booked: [] }] });
  expect(wallTimes(some, '2026-03-02')).toEqual(['10:00', '10:30']);
  expect(wallTimes(some, '2026-03-03')).toEqual([]);
});

test('the hour that the clock skips is never offered, the one that it repeats once', () => {
  const night = everyDay('01:00', '05:00');
  const some = plan({ bodyHours: night, roomHours: night });
  // 29 March 2026: from 2:00 to 3:00 at once. 25 October: from 3:00 back to 2:00.
  expect(wallTimes(some, '2026-03-29')).toEqual(['01:00', '03:00', '03:30', '04:00', '04:30']);
  const autumn = wallTimes(some, '2026-10-25');
  expect(new Set(autumn).size).toBe(autumn.length);
  expect(autumn).toEqual(['01:00', '01:30', '02:00', '03:00', '03:30', '04:00', '04:30']);
  const slots = freeSlots(some, ['2026-10-25'], 0);
  for (const [index, { startsAt, endsAt }] of slots.entries()) {
    expect(endsAt - startsAt).toBe(30 * 60_000);
    expect(startsAt).toBeGreaterThanOrEqual(slots[index - 1]?.endsAt ?? 0);
  }
});

test('overseas it is nine o’clock there', () => {
  for (const [timeZone, first] of [
    ['Europe/Paris', '2026-07-06T07:00:00Z'],
    ['Indian/Reunion', '2026-07-06T05:00:00Z'],
    ['America/Martinique', '2026-07-06T13:00:00Z'],
    ['Pacific/Noumea', '2026-07-05T22:00:00Z'],
  ] as const) {
    expect(freeSlots(plan({ timeZone }), ['2026-07-06'], 0)[0]?.startsAt).toBe(at(first));
  }
});

test('a week is Monday to Sunday by the mairie’s calendar', () => {
  // Sunday evening in Paris is Monday morning in Nouméa.
  const now = at('2026-03-01T21:00:00Z');
  expect(weekOf(undefined, 'Europe/Paris', now)).toMatchObject({ today: '2026-03-01', next: '2026-03-02' });
  const week = weekOf(undefined, 'Pacific/Noumea', now);
  expect(week).toMatchObject({ today: '2026-03-02', previous: '2026-02-23', next: '2026-03-09' });
  expect(week.days[6]).toBe('2026-03-08');
});

test('Easter and its holidays', () => {
  const easters = {
    2024: '2024-03-31',
    2025: '2025-04-20',
    2026: '2026-04-05',
    2038: '2038-04-25',
    2285: '2285-03-22',
  };
  for (const [year, day] of Object.entries(easters)) expect(easterSunday(Number(year)).toString()).toBe(day);
  const days = Array.from({ length: 365 }, (_, index) =>
    Temporal.PlainDate.from('2026-01-01').add({ days: index }),
  );
  expect(days.filter(isPublicHoliday).map(String)).toEqual([
    ...['2026-01-01', '2026-04-06', '2026-05-01', '2026-05-08', '2026-05-14', '2026-05-25', '2026-07-14'],
    ...['2026-08-15', '2026-11-01', '2026-11-11', '2026-12-25'],
  ]);
});

test('hours that end before they begin, or lie over each other, are told apart', () => {
  const hours = (...some: (readonly [number, string, string])[]) => ({
    hours: some.map(([weekday, from, to]) => ({ weekday, from, to })),
    closures: [],
  });
  expect(
    calendarProblem(hours([1, '09:00', '12:00'], [1, '12:00', '14:00'], [2, '09:00', '12:00'])),
  ).toBeNull();
  expect(calendarProblem(hours([1, '12:00', '12:00']))).toBe('hoursBackward');
  expect(calendarProblem(hours([1, '13:00', '18:00'], [1, '09:00', '13:30']))).toBe('hoursOverlap');
  const closures = [{ first: '2026-03-02', last: '2026-03-01' }];
  expect(calendarProblem({ hours: [], closures })).toBe('hoursBackward');
});
