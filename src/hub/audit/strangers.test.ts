import { expect, test } from 'vitest';
import { createStrangers } from './strangers.ts';

function strangersOf() {
  const audited: unknown[] = [];
  const warned: unknown[] = [];
  const time = { now: 1_000 };
  const refuse = createStrangers({
    audit: async (entry) => {
      audited.push(entry);
    },
    clock: () => time.now,
    log: { warn: (content: unknown) => warned.push(content) },
  });
  return { audited, warned, time, refuse };
}

const foreign = { action: 'crossOrigin', outcome: 'forbidden' } as const;

test('the first of its kind from a network is audited in each hour', async () => {
  const { audited, time, refuse } = strangersOf();
  for (let i = 0; i < 50; i += 1) await refuse('192.0.2.7', foreign);
  expect(audited).toEqual([{ actor: null, subject: null, ...foreign }]);
  await refuse('192.0.2.8', foreign);
  await refuse('192.0.2.7', { action: 'logIn', outcome: 'tooManyAttempts' });
  expect(audited).toHaveLength(3);
  for (let i = 0; i < 50; i += 1) await refuse(`2001:db8:1:2::${i}`, foreign);
  expect(audited).toHaveLength(4);
  time.now += 3_600_000;
  await refuse('192.0.2.7', foreign);
  expect(audited).toHaveLength(5);
});

test('any number of networks writes a few hundred rows an hour, and the log says that there were more', async () => {
  const { audited, warned, time, refuse } = strangersOf();
  for (let i = 0; i < 5_000; i += 1) await refuse(`10.0.${i >> 8}.${i & 255}`, foreign);
  expect(audited).toHaveLength(300);
  expect(warned).toHaveLength(1);
  expect(JSON.stringify(warned)).not.toContain('10.0');
  time.now += 3_600_000;
  await refuse('10.0.0.1', foreign);
  expect(audited).toHaveLength(301);
});

test('noise does not hide who tries our own accounts', async () => {
  const { audited, refuse } = strangersOf();
  for (let i = 0; i < 1_000; i += 1) await refuse(`10.0.${i >> 8}.${i & 255}`, foreign);
  await refuse('192.0.2.7', { action: 'logIn', subject: 'nadia', outcome: 'wrongCredentials' });
  await refuse('192.0.2.7', { action: 'logIn', subject: 'julien', outcome: 'wrongCredentials' });
  await refuse('192.0.2.7', { action: 'logIn', subject: 'julien', outcome: 'wrongCredentials' });
  expect(audited.slice(300)).toMatchObject([{ subject: 'nadia' }, { subject: 'julien' }]);
});
