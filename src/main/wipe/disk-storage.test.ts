import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { diskStorage } from './disk-storage.ts';

let userData: string;
beforeEach(() => {
  userData = mkdtempSync(join(tmpdir(), 'user-data-'));
});
afterEach(() => rmSync(userData, { recursive: true, force: true }));

function write(folder: string, name: string): void {
  mkdirSync(join(userData, folder), { recursive: true });
  writeFileSync(join(userData, folder, name), 'Madame Martin');
}

const target = () => diskStorage(userData, async () => undefined);

it('is content with the empty indexes that Electron makes', async () => {
  write('Cache/Cache_Data/index-dir', 'the-real-index');
  write('Code Cache/js', 'index');
  write('.', 'identity.json');
  expect(await target().check()).toEqual({ looked: 2, left: 0 });
});

it.each([
  ['Cache/Cache_Data', 'a1b2c3d4e5f60718_0'],
  ['Code Cache/js', '0123456789abcdef_0'],
  ['blob_storage/one', '0'],
  ['Session Storage', '000003.log'],
])('finds an entry in %s', async (folder, name) => {
  write(folder, name);
  expect((await target().check()).left).toBe(1);
});

it('removes a partition that was on the disk', async () => {
  write('Partitions/room', 'Cookies');
  expect((await target().check()).left).toBe(1);
  await target().remove();
  expect((await target().check()).left).toBe(0);
});
