/** Large things that are fetched once for all clones of this repository: outside of it, whole or not at all. */
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';

export function cacheFolder(): string {
  return path.join(process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'vis-a-vis');
}

/**
 * Makes the folder `name` in the cache unless it is there. `fill` gets an empty folder to work in and returns the one,
 * in there, that is put in its place in one step: a run that is broken off half way leaves nothing that looks finished.
 * @returns the folder's path.
 */
export async function ensureCached(name: string, fill: (work: string) => Promise<string>): Promise<string> {
  const finished = path.join(cacheFolder(), name);
  if (existsSync(finished)) return finished;
  const work = path.join(cacheFolder(), `making-${process.pid}-${name}`);
  mkdirSync(work, { recursive: true });
  await removeAbandoned();
  try {
    const filled = await fill(work);
    // Another run may have been quicker: what it made is as good.
    if (!existsSync(finished)) await rename(filled, finished);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return finished;
}

/** What a run that was killed half way left in the cache. */
async function removeAbandoned(): Promise<void> {
  for (const name of readdirSync(cacheFolder())) {
    const pid = Number(/^making-(\d+)(?:-|$)/.exec(name)?.[1]);
    // A process that ended but that nobody waited for has no `exe` any more.
    if (pid > 0 && !existsSync(`/proc/${pid}/exe`)) {
      await rm(path.join(cacheFolder(), name), { recursive: true, force: true });
    }
  }
}
