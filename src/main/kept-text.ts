/**
 * A short text on disk that can be changed where nothing more fits on the disk: the file has its whole size from the
 * start and is written over in place (file systems that copy on write may still refuse). What was put is on the disk
 * when the call returns.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs';

export interface KeptText {
  /** Without the blanks at its end. */
  readonly read: () => string;
  /** ASCII, at `at` bytes from the start. @throws Error where it cannot be written, or does not fit in. */
  readonly put: (text: string, at?: number) => void;
  /** Everything that was put is overwritten. @throws as put. */
  readonly clear: () => void;
}

/** @param size bytes. @throws Error where there is no room for the file at all. */
export function openKeptText(file: string, size: number): KeptText {
  const before = existsSync(file) ? readFileSync(file, 'latin1') : '';
  if (before.length !== size) {
    // Renamed into place: never half a file.
    const whole = before.trimEnd().slice(0, size).padEnd(size);
    writeFileSync(`${file}.new`, whole, { mode: 0o600, flush: true });
    renameSync(`${file}.new`, file);
  }

  function put(text: string, at = 0): void {
    if (at + text.length > size) throw new Error('The text is longer than the place kept for it.');
    const descriptor = openSync(file, 'r+');
    try {
      writeSync(descriptor, text, at, 'latin1');
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  }

  return {
    read: () => readFileSync(file, 'latin1').trimEnd(),
    put,
    clear: () => put(''.padEnd(size)),
  };
}
