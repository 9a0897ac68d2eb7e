/** Reads a file that another program is still writing, as far as it has come. */
import { type FileHandle, open } from 'node:fs/promises';

const CHUNK = 1 << 20;

export interface GrowingFile {
  /** Reads on; `file`: another one than before is begun from its start. Returns at once; never fails. */
  readonly look: (file: string) => void;
  readonly close: () => Promise<void>;
}

/** `begin`: a new file; what it returns is given the file's bytes in their order. */
export function followGrowingFile(begin: () => (bytes: Uint8Array) => void): GrowingFile {
  const buffer = Buffer.alloc(CHUNK);
  let current: {
    readonly file: string;
    readonly handle: FileHandle;
    readonly add: (b: Uint8Array) => void;
  } | null = null;
  let reading: Promise<void> | null = null;

  async function read(file: string): Promise<void> {
    if (current?.file !== file) {
      await current?.handle.close();
      current = null;
      current = { file, handle: await open(file), add: begin() };
    }
    for (;;) {
      const { bytesRead } = await current.handle.read(buffer, 0, CHUNK, null);
      if (bytesRead === 0) return;
      current.add(buffer.subarray(0, bytesRead));
    }
  }

  return {
    look(file) {
      reading ??= read(file)
        // Not begun yet, or finished and renamed meanwhile: there is nothing to see.
        .catch(() => undefined)
        .finally(() => {
          reading = null;
        });
    },
    async close() {
      await reading;
      await current?.handle.close();
      current = null;
    },
  };
}
