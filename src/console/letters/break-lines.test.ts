import { describe, expect, it } from 'vitest';
import { breakLines } from './break-lines.ts';

/** Every character is one wide. */
const count = (text: string) => text.length;

describe('lines', () => {
  it('are broken at spaces, and kept where the writer broke them', () => {
    expect(breakLines('un deux trois\nquatre\n\ncinq', 8, count)).toEqual([
      'un deux',
      'trois',
      'quatre',
      '',
      'cinq',
    ]);
  });

  it('keep high punctuation, quotes and amounts together', () => {
    expect(breakLines('Est-ce vrai ?', 12, count)).toEqual(['Est-ce', 'vrai\u00a0?']);
    expect(breakLines('il dit « oui »', 10, count)).toEqual(['il dit', '«\u00a0oui\u00a0»']);
    expect(breakLines('soit 1 234 €', 9, count)).toEqual(['soit', '1\u00a0234\u00a0€']);
  });

  it('cut a word that is wider than the page', () => {
    expect(breakLines('anticonstitutionnellement', 10, count)).toEqual(['anticonsti', 'tutionnell', 'ement']);
  });
});
