/** A file system of a chosen size in place of a folder, so that a test can fill it up for real. Needs root: mount(8). */
import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { isNoRoom } from '../../src/main/no-room.ts';

export interface SmallDisk {
  /** Nothing more can be written. */
  readonly fill: () => void;
  /** As much as was free before. */
  readonly makeRoom: () => void;
  readonly close: () => void;
}

const FILLER = 'filler';
const CHUNK = 1 << 20;
const PAGE = 4096;

/** Only root may mount; a test that needs it is skipped elsewhere. */
export const mayMount = process.getuid?.() === 0 && existsSync('/usr/bin/mount');

/** What was in the folder is hidden until close(). @param bytes at least a page of 4096. */
export function mountSmallDisk(folder: string, bytes: number): SmallDisk {
  execFileSync('/usr/bin/mount', ['-t', 'tmpfs', '-o', `size=${bytes},mode=0777`, 'small-disk', folder]);
  const filler = path.join(folder, FILLER);
  return {
    fill() {
      for (const size of [CHUNK, PAGE]) while (appended(filler, size));
    },
    makeRoom: () => rmSync(filler, { force: true }),
    // Lazily: programs may still be in it.
    close: () => execFileSync('/usr/bin/umount', ['-l', folder]),
  };
}

/** False: there is no room for it. Others write at the same time. */
function appended(file: string, size: number): boolean {
  try {
    appendFileSync(file, Buffer.alloc(size));
    return true;
  } catch (error) {
    if (!isNoRoom(error)) throw error;
    return false;
  }
}
