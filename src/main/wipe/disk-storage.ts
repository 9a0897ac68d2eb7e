/**
 * Sessions live in memory, so the folder that Electron keeps on the disk holds empty indexes and nothing else: whatever
 * more lies in its caches was written there against all that was set.
 */
import { readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { WipeTarget } from './wipe.ts';

/** Chromium's own names, in the user's data folder. */
const CACHES = [
  'Partitions',
  'Cache',
  'Code Cache',
  'GPUCache',
  'DawnGraphiteCache',
  'DawnWebGPUCache',
  'GrShaderCache',
  'Shared Dictionary/cache',
  'Service Worker',
  'IndexedDB',
  'File System',
  'WebStorage',
  'Session Storage',
  'blob_storage',
];
/** Of a cache without entries. */
const EMPTY_CACHE = new Set(['index', 'the-real-index', 'LOCK']);

/** @param clearCache empties the caches that Electron has open. */
export function diskStorage(userData: string, clearCache: () => Promise<void>): WipeTarget {
  return {
    name: 'disk-storage',
    remove: async () => {
      await clearCache();
      await rm(join(userData, 'Partitions'), { recursive: true, force: true });
    },
    check: async () => {
      const found = (await Promise.all(CACHES.map((name) => filesUnder(join(userData, name))))).flat();
      const left = found.filter((file) => !EMPTY_CACHE.has(basename(file)));
      return { looked: found.length, left: left.length };
    },
  };
}

async function filesUnder(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
