import { expect, test } from 'vitest';
import { estimatedWait } from './estimated-wait.ts';

const MINUTE = 60_000;
const usual = 20 * MINUTE;

test.each([
  ['a free counsellor, nobody before', 0, [null], 5],
  ['two before, one free counsellor', 2, [null], 40],
  ['two before, two free counsellors', 2, [null, null], 20],
  ['nobody before, a visit that began twelve minutes ago', 0, [12 * MINUTE], 10],
  ['one that lasts longer than usual may still last', 0, [90 * MINUTE], 5],
  ['one before, one free and one busy', 1, [null, 10 * MINUTE], 10],
  ['the first free takes the first, again and again', 4, [null, 15 * MINUTE], 40],
])('%s', (_name, ahead, counsellors, minutes) => {
  expect(estimatedWait({ ahead, counsellors, usual })).toBe(minutes * MINUTE);
});

test('nobody is there, or too many wait: nothing is promised', () => {
  expect(estimatedWait({ ahead: 0, counsellors: [], usual })).toBeNull();
  expect(estimatedWait({ ahead: 7, counsellors: [null], usual })).toBeNull();
});
