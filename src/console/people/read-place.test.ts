import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCoordinates, readMotives, readSiret, writeCoordinates } from './read-place.ts';

describe('coordinates', () => {
  it.each([
    '47.02, 2.31',
    '47.02,2.31',
    '47,02 2,31',
    '47,02 ; 2,31',
    '47,02;2,31',
    '  47.02   2.31 ',
    '47,02, 2,31',
  ])('are read from « %s »', (text) => {
    expect(readCoordinates(text)).toEqual({ latitude: 47.02, longitude: 2.31 });
  });

  it('are read south and west, and without decimals', () => {
    expect(readCoordinates('-21.1, 55.5')).toEqual({ latitude: -21.1, longitude: 55.5 });
    expect(readCoordinates('47, -2')).toEqual({ latitude: 47, longitude: -2 });
  });

  it.each(['47.02', '91, 2', '47, 181', 'Bourges', '47.02, 2.31, 3', '47,02,2,31', '=1+1, 2'])(
    'are wrong in « %s »',
    (text) => {
      expect(readCoordinates(text)).toBe('wrong');
    },
  );

  it('are none where nothing is written', () => {
    expect(readCoordinates('  ')).toBeNull();
    expect(writeCoordinates(null)).toBe('');
  });

  it('are read as they were written', () => {
    const degrees = (most: number) =>
      fc.integer({ min: -most * 10_000, max: most * 10_000 }).map((n) => n / 10_000);
    fc.assert(
      fc.property(degrees(90), degrees(180), (latitude, longitude) => {
        const read = readCoordinates(writeCoordinates({ latitude, longitude }));
        expect(read).not.toBe('wrong');
        if (read === null || read === 'wrong') return;
        expect([read.latitude - latitude, read.longitude - longitude]).toEqual([0, 0]);
      }),
    );
  });
});

it('a SIRET is read however its digits are grouped', () => {
  expect(readSiret('217 500 016 00019')).toBe('21750001600019');
  expect(readSiret('')).toBeNull();
  expect(readSiret('2175000160001')).toBe('wrong');
  expect(readSiret('2175000160001O')).toBe('wrong');
});

it('motives are read one a line', () => {
  expect(readMotives(' Naissance\n\nRetraite ')).toEqual(['Naissance', 'Retraite']);
});
