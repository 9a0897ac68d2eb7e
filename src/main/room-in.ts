import { statfs } from 'node:fs/promises';

/** Bytes that this user may still write into the folder (statfs(2)). */
export async function roomIn(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
