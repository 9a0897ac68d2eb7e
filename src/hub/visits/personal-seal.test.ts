import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createPersonalSeal } from './personal-seal.ts';

const content = {
  residentName: 'Madame Đặng',
  motive: 'العربية',
  details: { birthName: 'Nguyễn', birthDate: '1951-03-12' },
  identityPaper: 'passport',
} as const;

test('what is sealed opens with the same key, for the same visit only', () => {
  const key = randomBytes(32);
  const seal = createPersonalSeal(key);
  const sealed = seal.seal('visit-1', content);
  expect(Buffer.from(sealed).toString()).not.toContain('Madame');
  expect(createPersonalSeal(key).open('visit-1', sealed)).toEqual(content);
  expect(() => seal.open('visit-2', sealed)).toThrow();
  expect(() => createPersonalSeal(randomBytes(32)).open('visit-1', sealed)).toThrow();
  for (let i = 0; i < sealed.length; i += 7) {
    const changed = Uint8Array.from(sealed);
    changed[i] = (changed[i] ?? 0) ^ 1;
    expect(() => seal.open('visit-1', changed)).toThrow();
  }
});

test('the same name sealed twice looks different', () => {
  const seal = createPersonalSeal(randomBytes(32));
  expect(seal.seal('visit-1', content)).not.toEqual(seal.seal('visit-1', content));
});
