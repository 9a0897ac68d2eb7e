/** The XML files of a folder or of a ZIP archive, one at a time, each of a bounded size. */
import { open, readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type UnzipFileInfo, unzipSync } from 'fflate';

export interface SheetFile {
  /** Without its folders. */
  readonly name: string;
  /** Null: it is too large, or cannot be taken out of the archive. */
  readonly bytes: Uint8Array | null;
}

/** Bytes and files: ten times what service-public.fr gives out. */
const MOST = { archive: 300_000_000, file: 10_000_000, files: 100_000 } as const;
/** Files taken out of the archive at once. */
const BATCH = 100;

/** @returns null where there is no such folder, or the archive is cut, too large, or none. */
export async function openSheetFiles(path: string): Promise<AsyncIterable<SheetFile> | null> {
  const found = await stat(path).catch(absent);
  if (!found) return null;
  if (found.isDirectory()) return filesOfFolder(path);
  if (found.size > MOST.archive) return null;
  const archive = new Uint8Array(await readFile(path));
  const entries = entriesOf(archive);
  return entries && filesOfArchive(archive, entries);
}

async function* filesOfFolder(folder: string): AsyncIterable<SheetFile> {
  const names = (await readdir(folder, { recursive: true })).filter(isXml).sort().slice(0, MOST.files);
  for (const name of names) {
    const file = await open(join(folder, name));
    try {
      const found = await file.stat();
      if (!found.isFile()) continue;
      const bytes = found.size <= MOST.file ? new Uint8Array(await file.readFile()) : null;
      yield { name: basename(name), bytes };
    } finally {
      await file.close();
    }
  }
}

function entriesOf(archive: Uint8Array): UnzipFileInfo[] | null {
  const entries: UnzipFileInfo[] = [];
  try {
    unzipSync(archive, {
      filter: (entry) => {
        if (isXml(entry.name)) entries.push(entry);
        return false;
      },
    });
  } catch (error) {
    // Its list of contents stands at its end: an archive that was cut has none.
    if (error instanceof Error) return null;
    throw error;
  }
  return entries.length <= MOST.files ? entries : null;
}

async function* filesOfArchive(
  archive: Uint8Array,
  entries: readonly UnzipFileInfo[],
): AsyncIterable<SheetFile> {
  for (let at = 0; at < entries.length; at += BATCH) {
    const batch = entries.slice(at, at + BATCH);
    const whole = unpack(archive, batch);
    for (const entry of batch) {
      // One broken file must not take its neighbours with it.
      const files = whole ?? unpack(archive, [entry]);
      yield { name: basename(entry.name), bytes: files?.[entry.name] ?? null };
    }
  }
}

/** Null: one of them is broken. An unpacked file is never longer than the archive says, and what it says is bounded. */
function unpack(archive: Uint8Array, entries: readonly UnzipFileInfo[]): Record<string, Uint8Array> | null {
  const wanted = new Set(
    entries.filter(({ originalSize }) => originalSize <= MOST.file).map(({ name }) => name),
  );
  try {
    return unzipSync(archive, {
      filter: ({ name, originalSize }) => wanted.has(name) && originalSize <= MOST.file,
    });
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  }
}

function isXml(name: string): boolean {
  return name.toLowerCase().endsWith('.xml');
}

function absent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
  throw error;
}
