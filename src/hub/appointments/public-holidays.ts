/** The eleven public holidays of France (Code du travail, L3133-1). What a territory has besides is a closure of its own. */
import { Temporal } from 'temporal-polyfill';

/** Month and day. */
const FIXED = [
  [1, 1],
  [5, 1],
  [5, 8],
  [7, 14],
  [8, 15],
  [11, 1],
  [11, 11],
  [12, 25],
] as const;
/** Days after Easter Sunday: Easter Monday, Ascension, Whit Monday. */
const MOVING = [1, 39, 50];

export function isPublicHoliday(date: Temporal.PlainDate): boolean {
  if (FIXED.some(([month, day]) => date.month === month && date.day === day)) return true;
  return MOVING.some((days) => easterSunday(date.year).add({ days }).equals(date));
}

/** Gregorian calendar, any year: the anonymous computation of 1876, as in Meeus, Astronomical Algorithms, chapter 8. */
export function easterSunday(year: number): Temporal.PlainDate {
  const [century, yearOfCentury] = [Math.floor(year / 100), year % 100];
  const golden = year % 19;
  const correction = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const moon = (19 * golden + century - Math.floor(century / 4) - correction + 15) % 30;
  const toSunday =
    (32 + 2 * (century % 4) + 2 * Math.floor(yearOfCentury / 4) - moon - (yearOfCentury % 4)) % 7;
  const late = Math.floor((golden + 11 * moon + 22 * toSunday) / 451);
  const position = moon + toSunday - 7 * late + 114;
  return Temporal.PlainDate.from({ year, month: Math.floor(position / 31), day: (position % 31) + 1 });
}
