import { expect, test } from 'vitest';
import { hasPdfHeader } from './pdf-header.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

test.each([
  ['at the start', '%PDF-1.7\n', true],
  ['after some rubbish', `${' '.repeat(500)}%PDF-1.4`, true],
  ['just within the window', `${' '.repeat(1019)}%PDF-1.4`, true],
  ['half out of the window', `${' '.repeat(1020)}%PDF-1.4`, false],
  ['cut short', '%PDF', false],
  ['of another kind', 'PK\u0003\u0004', false],
  ['nowhere', '', false],
])('a header %s', (_where, text, found) => {
  expect(hasPdfHeader(bytes(text))).toBe(found);
});
