import { describe, expect, it } from 'vitest';
import { formatDay, formatInFrench, formatOfScript, formatOfWords, parseDay } from './dates.ts';

describe('the format of a date', () => {
  it('is read from the scripts that forms carry', () => {
    expect(formatOfScript('AFDate_FormatEx("dd/mm/yyyy");')).toBe('dd/mm/yyyy');
    expect(formatOfScript("AFDate_KeystrokeEx('ddmmyyyy')")).toBe('ddmmyyyy');
    expect(formatOfScript('AFDate_Format(3);')).toBe('mm/dd/yyyy');
    expect(formatOfScript('AFNumber_Format(2, 0, 0, 0, "", true);')).toBeNull();
    expect(formatOfScript('AFDate_FormatEx("mmm d, yyyy")')).toBeNull();
  });

  it('is guessed from the field’s words, and never for a place of birth', () => {
    expect(formatOfWords('Date de naissance', null)).toBe('dd/mm/yyyy');
    expect(formatOfWords('Date de naissance', 8)).toBe('ddmmyyyy');
    expect(formatOfWords('Né(e) le', null)).toBe('dd/mm/yyyy');
    expect(formatOfWords('Lieu de naissance', null)).toBeNull();
    expect(formatOfWords('Nom de naissance', null)).toBeNull();
    expect(formatOfWords('Nombre d’années', null)).toBeNull();
  });

  it('is told in French', () => expect(formatInFrench('dd/mm/yyyy')).toBe('jj/mm/aaaa'));
});

describe('a day', () => {
  const day = { year: 1952, month: 2, day: 29 };
  it.each([
    ['29/02/1952', 'dd/mm/yyyy'],
    ['29.2.1952', 'dd/mm/yyyy'],
    ['29021952', 'ddmmyyyy'],
    ['02/29/1952', 'mm/dd/yyyy'],
    ['1952-02-29', 'yyyy-mm-dd'],
  ])('%s is understood as %s', (text, format) => {
    expect(parseDay(text, format)).toEqual(day);
    expect(parseDay(formatDay(day, format), format)).toEqual(day);
  });

  it.each(['30/02/1952', '29/02/1953', '29/02/52', '29/02', 'hier', '00/01/2000', '1/13/2000'])(
    '%s is none',
    (text) => expect(parseDay(text, 'dd/mm/yyyy')).toBeNull(),
  );
});
