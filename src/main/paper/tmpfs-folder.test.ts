import { existsSync, mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createTestFolder } from './test-folder.ts';
import { createTmpfsFolder, removeStaleFolders } from './tmpfs-folder.ts';

it('is in memory, for its owner only, and gone with all it held once removed', async () => {
  const parent = await createTestFolder();
  const folder = await createTmpfsFolder({ parent: parent.path });
  expect(statSync(folder.path).mode & 0o777).toBe(0o700);
  await mkdir(join(folder.path, 'pages'));
  writeFileSync(join(folder.path, 'pages', 'one.pnm'), 'x');
  expect(await folder.remove()).toEqual({ looked: 2, left: 0 });
  expect(existsSync(folder.path)).toBe(false);
  expect(await folder.remove()).toEqual({ looked: 0, left: 0 });
  await parent.remove();
});

it('refuses a disk, unless told that this machine may', async () => {
  const parent = mkdtempSync(join(import.meta.dirname, 'disk-'));
  try {
    await expect(createTmpfsFolder({ parent })).rejects.toThrow('not in memory');
    const folder = await createTmpfsFolder({ parent, allowDisk: true });
    await folder.remove();
  } finally {
    await rm(parent, { recursive: true });
  }
});

it('finds and removes what a terminal that was cut off left behind', async () => {
  const own = await createTestFolder();
  const left = await createTmpfsFolder({ parent: own.path });
  expect(await removeStaleFolders({ parent: own.path })).toBe(1);
  expect(existsSync(left.path)).toBe(false);
  await own.remove();
});
