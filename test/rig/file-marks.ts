/** Marks in files, wherever under some folders: what a thief with the disk would find. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Mark } from './process-memory.ts';

export interface FoundInFile {
  readonly file: string;
  readonly marks: readonly string[];
}

/** @param newerThan ms since the epoch: files that were not written since are not opened. */
export function searchFiles(
  folders: readonly string[],
  marks: readonly Mark[],
  newerThan = 0,
): FoundInFile[] {
  return folders
    .flatMap((folder) => filesUnder(folder, newerThan))
    .flatMap((file) => {
      const bytes = readSafely(file);
      const found = marks.filter(({ forms }) => forms.some((form) => bytes.includes(form)));
      return found.length > 0 ? [{ file, marks: found.map(({ name }) => name) }] : [];
    });
}

export function filesUnder(folder: string, newerThan = 0): string[] {
  return entries(folder).flatMap((name) => {
    const file = path.join(folder, name);
    const stat = statSafely(file);
    if (stat === null || !stat.isFile() || stat.uid !== process.getuid?.()) return [];
    return stat.mtimeMs >= newerThan ? [file] : [];
  });
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true }) as string[];
  } catch (error) {
    if (isGone(error)) return [];
    throw error;
  }
}

function statSafely(file: string) {
  try {
    return statSync(file);
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}

/** A file that went away meanwhile holds nothing. */
function readSafely(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    if (isGone(error)) return Buffer.alloc(0);
    throw error;
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ELOOP');
}
