/** The visit's folder: what must be a file is one in memory, never on a disk. */
import { mkdtemp, readdir, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';

/** statfs(2) f_type. */
const IN_MEMORY = new Set([0x01021994 /* tmpfs */, 0x858458f6 /* ramfs */]);

const PREFIX = 'vis-a-vis-';

export interface TmpfsFolder {
  readonly path: string;
  /** Removes the folder with all it holds and looks again. `looked`: entries found; `left`: entries still there. */
  readonly remove: () => Promise<{ readonly looked: number; readonly left: number }>;
}

export interface TmpfsOptions {
  /** Where it is made; default $XDG_RUNTIME_DIR, else /dev/shm. */
  readonly parent?: string | undefined;
  /** Accept a folder on a disk: development machines only, the wipe cannot be proved there. */
  readonly allowDisk?: boolean;
}

/** Makes a new folder, mode 0700, on tmpfs. Throws where that cannot be had: the terminal must not open then. */
export async function createTmpfsFolder(options: TmpfsOptions = {}): Promise<TmpfsFolder> {
  const parent = tmpfsParent(options);
  if (!options.allowDisk && !(await isInMemory(parent))) {
    throw new Error(`${parent} is not in memory (tmpfs): the documents of a visit must never reach a disk`);
  }
  // mkdtemp makes it 0700.
  const path = await mkdtemp(join(parent, PREFIX));
  return { path, remove: () => removeFolder(path) };
}

/** Removes what a terminal that was cut off left behind; call at start, before any visit. Returns how many folders. */
export async function removeStaleFolders(options: TmpfsOptions = {}): Promise<number> {
  const parent = tmpfsParent(options);
  const stale = (await readdir(parent)).filter((name) => name.startsWith(PREFIX));
  for (const name of stale) await rm(join(parent, name), { recursive: true, force: true });
  return stale.length;
}

async function removeFolder(path: string): Promise<{ looked: number; left: number }> {
  const looked = (await entries(path)).length;
  await rm(path, { recursive: true, force: true });
  return { looked, left: (await entries(path)).length };
}

async function entries(path: string): Promise<readonly string[]> {
  try {
    return await readdir(path, { recursive: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

async function isInMemory(path: string): Promise<boolean> {
  // The type is signed 32 bits on some systems.
  return IN_MEMORY.has((await statfs(path)).type >>> 0);
}

function tmpfsParent(options: TmpfsOptions): string {
  return options.parent ?? process.env.XDG_RUNTIME_DIR ?? '/dev/shm';
}
