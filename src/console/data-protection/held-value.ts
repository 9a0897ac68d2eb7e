import { residentWords } from '../words/words.ts';

const DAY = /^\d{4}-\d\d-\d\d$/;

/** As a person reads it: the hub gives a day as it keeps it. */
export function heldValue(value: string): string {
  return DAY.test(value) ? residentWords.birthDay(value) : value;
}
