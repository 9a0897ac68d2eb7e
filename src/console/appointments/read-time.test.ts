import { expect, test } from 'vitest';
import { readTime } from './read-time.ts';

test('a time is understood however it is written', () => {
  for (const typed of ['9 h 30', '9h30', '09:30', '9.30', '0930', ' 9\u00a0H\u00a030 '])
    expect(readTime(typed)).toBe('09:30');
  expect(readTime('14h')).toBe('14:00');
  expect(readTime('8')).toBe('08:00');
});

test('what is no time is none', () => {
  for (const typed of ['', 'midi', '24:00', '9 h 60', '9 h 3', '9-30', '12345'])
    expect(readTime(typed)).toBeNull();
});
