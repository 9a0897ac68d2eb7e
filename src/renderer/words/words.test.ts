import { describe, expect, it } from 'vitest';
import { fr } from './fr.ts';

/** Every sentence, by its path; functions are called with 1 and with 2, so that singular and plural are both read. */
function sentences(words: unknown, path = 'fr'): [string, string][] {
  if (typeof words === 'string') return [[path, words]];
  if (typeof words === 'function') {
    return [
      [`${path}(1, 1)`, String(words(1, 1))],
      [`${path}(2, 3)`, String(words(2, 3))],
    ];
  }
  return Object.entries(words as object).flatMap(([key, value]) => sentences(value, `${path}.${key}`));
}

describe('the words of the terminal', () => {
  const all = sentences(fr).filter(([path]) => path !== 'fr.locale');

  it.each(all)('%s follows French typography', (_path, sentence) => {
    expect(sentence).not.toMatch(/[^\u00a0][:;?!»]/);
    expect(sentence).not.toMatch(/«[^\u00a0]/);
    expect(sentence).not.toContain("'");
    expect(sentence.trim()).toBe(sentence);
    expect(sentence).not.toBe('');
  });

  it.each(all)('%s shows no code and no jargon', (_path, sentence) => {
    expect(sentence).not.toMatch(/erreur|hub|IPP|undefined|numérisation|cliqu|touchez|appuyez/i);
  });

  it('counts people and pages in the singular and the plural', () => {
    expect(fr.waiting.before(1)).toBe('1 personne avant vous');
    expect(fr.waiting.before(2)).toBe('2 personnes avant vous');
    expect(fr.printing.page(1, 2)).toBe('page 1 sur 2');
  });

  it('says the hour as one says it', () => {
    expect(fr.atHour(10, 30)).toBe('à 10\u00a0h\u00a030');
    expect(fr.atHour(9, 0)).toBe('à 9\u00a0h');
    expect(fr.atHour(14, 5)).toBe('à 14\u00a0h\u00a005');
  });
});
