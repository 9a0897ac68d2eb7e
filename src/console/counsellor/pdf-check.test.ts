import { describe, expect, it } from 'vitest';
import { checkHeader, checkSize, OPENED_FILE_LIMIT } from './pdf-check.ts';

const content = (text: string) => new Blob([text]);

describe('local check of a file', () => {
  it('refuses what is empty or too big before reading it', () => {
    expect(checkSize(0)).toBe('documentBroken');
    expect(checkSize(1)).toBeNull();
    expect(checkSize(OPENED_FILE_LIMIT)).toBeNull();
    expect(checkSize(OPENED_FILE_LIMIT + 1)).toBe('documentTooBig');
  });

  it('wants a PDF header in the first kilobyte', async () => {
    expect(await checkHeader(content('%PDF-1.7\n'))).toBeNull();
    expect(await checkHeader(content(`${' '.repeat(1000)}%PDF-1.4`))).toBeNull();
    expect(await checkHeader(content(`${' '.repeat(2000)}%PDF-1.4`))).toBe('documentNotPdf');
    expect(await checkHeader(content('PK\u0003\u0004'))).toBe('documentNotPdf');
  });
});
