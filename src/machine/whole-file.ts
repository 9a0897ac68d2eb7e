/** Small files of JSON that a power cut leaves whole: as before, or as after. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { z } from 'zod';

/** @param mode of the file, 0o644 for what the terminal's user may read. @throws where it cannot be written. */
export function writeWhole(file: string, text: string, mode: number): void {
  mkdirSync(dirname(file), { recursive: true });
  const part = `${file}.new`;
  const open = openSync(part, 'w', mode);
  writeSync(open, text);
  fsyncSync(open);
  closeSync(open);
  renameSync(part, file);
}

/** Null where there is none, or none that the schema knows: it may have been written by another version, or by others. */
export function readWhole<Schema extends z.ZodType>(file: string, schema: Schema): z.infer<Schema> | null {
  if (!existsSync(file)) return null;
  try {
    const parsed = schema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
