import { describe, expect, it } from 'vitest';
import { newSheetNumber, readSheetCode, sheetCodeDigits, sheetCodeText } from './sheet-code.ts';

describe('the code of a sheet', () => {
  it('says the number and the page, and nothing else', () => {
    const number = newSheetNumber();
    expect(number).toMatch(/^\d{10}$/);
    expect(readSheetCode(sheetCodeText({ number, page: 12 }))).toEqual({ number, page: 12 });
    expect(sheetCodeText({ number, page: 500 })).toHaveLength(16);
    expect(sheetCodeDigits({ number: '4829137560', page: 2 })).toBe('482\u00a0913\u00a07560 · 2');
  });

  it('is not read from codes of others', () => {
    for (const text of ['', 'https://example.org', 'VV482913756P002', 'VV4829137560P002X'])
      expect(readSheetCode(text)).toBeNull();
  });
});
