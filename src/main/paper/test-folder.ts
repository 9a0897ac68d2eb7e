/** For tests: a folder in memory of their own, out of the reach of a terminal that cleans up on the same machine. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createTmpfsFolder, type TmpfsFolder } from './tmpfs-folder.ts';

export async function createTestFolder(): Promise<TmpfsFolder> {
  const parent = await mkdtemp('/dev/shm/test-of-');
  const folder = await createTmpfsFolder({ parent });
  return {
    path: folder.path,
    remove: async () => {
      const removed = await folder.remove();
      await rm(parent, { recursive: true });
      return removed;
    },
  };
}
