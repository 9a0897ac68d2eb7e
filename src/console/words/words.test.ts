import { describe, expect, it } from 'vitest';
import { failureCodes } from '#shared/failure.ts';
import { clerkFailuresFr, counsellorFailuresFr } from './failures-fr.ts';
import { fr } from './fr.ts';
import { counsellorFailure, duration, sentence } from './words.ts';

/** Every text of a dictionary, functions called with plausible arguments. */
function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'function') return [String(value(2, 3))];
  if (value && typeof value === 'object') return Object.values(value).flatMap(texts);
  return [];
}
const everything = [fr, counsellorFailuresFr, clerkFailuresFr].flatMap(texts);

describe('words', () => {
  it('keep high punctuation and quotes together with their word', () => {
    expect(everything.length).toBeGreaterThan(200);
    for (const text of everything) expect(text).not.toMatch(/ [:;?!»]|« |\w[:;?!](\s|$)/);
  });

  it('use the typographic apostrophe', () => {
    for (const text of everything) expect(text).not.toContain("'");
  });

  it('say what happened and what to do for every failure, to both readers', () => {
    for (const code of failureCodes) {
      for (const { what, todo } of [counsellorFailuresFr[code], clerkFailuresFr[code]]) {
        expect(what).toMatch(/^[A-ZÀÉ].*[^.]$/);
        expect(todo).toMatch(/^[A-ZÀÉ].*\.$/);
        expect(what + todo).not.toContain(code);
      }
    }
  });

  it('joins both in one sentence', () => {
    expect(sentence(counsellorFailure('printerOutOfPaper'))).toBe(
      'Plus de papier dans l’imprimante\u00a0: prévenez l’accueil, l’impression reprendra seule.',
    );
  });

  it('says a wait as people do', () => {
    expect(duration(-5)).toBe('moins d’une minute');
    expect(duration(59_999)).toBe('moins d’une minute');
    expect(duration(4 * 60_000)).toBe('4\u00a0min');
    expect(duration(65 * 60_000)).toBe('1\u00a0h\u00a005');
  });
});
