import { expect, it } from 'vitest';
import { sealedWords } from '#shared/sealing.ts';
import { createPageWords, sealWords } from './page-words.ts';

const NAME = 'Madame Thérèse d’Aÿ';

it('gives a page its words, and nobody else', async () => {
  const [page, other] = await Promise.all([createPageWords(), createPageWords()]);
  const sealed = await sealWords(page.publicKey, 'greeting 1', NAME);
  expect(sealedWords.parse(sealed)).toBe(sealed);
  expect(await page.open('greeting 1', sealed)).toBe(NAME);
  expect(await other.open('greeting 1', sealed)).toBeNull();
  expect(await page.open('greeting 2', sealed)).toBeNull();
  // In its middle: the last letter of base64 has bits that nobody reads.
  const changed = `${sealed.slice(0, 100)}${sealed[100] === 'A' ? 'B' : 'A'}${sealed.slice(101)}`;
  expect(await page.open('greeting 1', changed)).toBeNull();
  expect(await page.open('greeting 1', 'no.words')).toBeNull();
});

it('seals names of any usual length to the same length', async () => {
  const { publicKey } = await createPageWords();
  const lengths = await Promise.all(
    ['Ly', NAME, 'x'.repeat(60)].map(async (name) => (await sealWords(publicKey, 'greeting', name)).length),
  );
  expect(new Set(lengths).size).toBe(1);
});
