/** What is written in the fields of a mairie, a body or a group: read as people paste it. */
import type { Location } from '#shared/protocol/people.ts';

/** "47.02, 2.31", as online maps give it, or with decimal commas: "47,02 2,31", "47,02 ; 2,31". */
const PAIR = /^\s*(-?\d{1,3}(?:[.,]\d+)?)\s*(?:[,;]\s+|;|\s+|,(?=\s*-?\d+\.))\s*(-?\d{1,3}(?:[.,]\d+)?)\s*$/;

/** Null: nothing is written. 'wrong': not two numbers of degrees. */
export function readCoordinates(text: string): Location | null | 'wrong' {
  if (text.trim() === '') return null;
  const [, first = '', second = ''] = PAIR.exec(text) ?? [];
  if (!first || !second) return 'wrong';
  const [latitude, longitude] = [first, second].map((each) => Number(each.replace(',', '.')));
  if (latitude === undefined || longitude === undefined) return 'wrong';
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : 'wrong';
}

export function writeCoordinates(location: Location | null): string {
  return location ? `${location.latitude}, ${location.longitude}` : '';
}

/** Null: nothing is written. People write it in groups: "123 456 789 00012". */
export function readSiret(text: string): string | null | 'wrong' {
  const digits = text.replace(/[\s.]/g, '');
  if (digits === '') return null;
  return /^\d{14}$/.test(digits) ? digits : 'wrong';
}

/** One a line. */
export function readMotives(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}
