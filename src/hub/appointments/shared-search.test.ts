import { expect, test } from 'vitest';
import { createSharedSearch } from './shared-search.ts';

function searchOf() {
  const begun: {
    readonly wanted: string;
    readonly end: (found: string) => void;
    readonly fail: () => void;
  }[] = [];
  const find = createSharedSearch<string, string>(
    (wanted) =>
      new Promise((resolve, reject) => {
        begun.push({ wanted, end: resolve, fail: () => reject(new Error('away')) });
      }),
    (wanted) => wanted,
  );
  return { find, begun };
}

test('those who come while it runs share the next one, and nobody is given what was read before they asked', async () => {
  const { find, begun } = searchOf();
  const first = find('monday');
  const others = [find('monday'), find('monday'), find('monday')];
  expect(begun).toHaveLength(1);
  begun[0]?.end('early');
  expect(await first).toBe('early');
  await expect.poll(() => begun.length).toBe(2);
  const late = find('monday');
  begun[1]?.end('later');
  expect(await Promise.all(others)).toEqual(['later', 'later', 'later']);
  await expect.poll(() => begun.length).toBe(3);
  begun[2]?.end('last');
  expect(await late).toBe('last');
});

test('another question does not wait', async () => {
  const { find, begun } = searchOf();
  const both = [find('monday'), find('tuesday')];
  expect(begun.map(({ wanted }) => wanted)).toEqual(['monday', 'tuesday']);
  for (const { end, wanted } of begun) end(wanted);
  expect(await Promise.all(both)).toEqual(['monday', 'tuesday']);
});

test('one that fails fails for those who shared it, and the next begins all the same', async () => {
  const { find, begun } = searchOf();
  const first = find('monday');
  const second = find('monday');
  begun[0]?.fail();
  await expect(first).rejects.toThrow('away');
  await expect.poll(() => begun.length).toBe(2);
  begun[1]?.end('found');
  expect(await second).toBe('found');
  const third = find('monday');
  expect(begun).toHaveLength(3);
  begun[2]?.end('again');
  expect(await third).toBe('again');
});
