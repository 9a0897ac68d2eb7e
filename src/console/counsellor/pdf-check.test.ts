import { describe, expect, it } from 'vitest';
import { checkHeader, checkSize, OPENED_FILE_LIMIT } from './pdf-check.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('local check of a file', () => {
  it('refuses what is empty or too big before reading it', () => {
    expect(checkSize(0)).toBe('documentBroken');
    expect(checkSize(1)).toBeNull();
    expect(checkSize(OPENED_FILE_LIMIT)).toBeNull();
    expect(checkSize(OPENED_FILE_LIMIT + 1)).toBe('documentTooBig');
  });

  it('wants a PDF header in the first kilobyte', () => {
    expect(checkHeader(bytes('%PDF-1.7\n'))).toBeNull();
    expect(checkHeader(bytes(`${' '.repeat(1000)}%PDF-1.4`))).toBeNull();
    expect(checkHeader(bytes(`${' '.repeat(2000)}%PDF-1.4`))).toBe('documentNotPdf');
    expect(checkHeader(bytes('PK\u0003\u0004'))).toBe('documentNotPdf');
  });
});
