/**
 * The `test` backend reads in a thread that may be cancelled between any two instructions (sanei_thread.c). Where that
 * is within malloc or the loader, their lock is never given back and scanimage hangs for ever: about one scan in some
 * thousands, at its end or where it is stopped. With this library in its way, it is cancelled only where POSIX says
 * that a thread waits; its reader does nothing but wait.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { findProgram } from '../../scripts/setup/system-packages.ts';

const SOURCE = `int pthread_setcanceltype(int type, int *before) {
  (void)type;
  if (before) *before = 0; /* PTHREAD_CANCEL_DEFERRED, in which each thread begins */
  return 0;
}
`;

/** The library's file, made in the folder; for LD_PRELOAD, and so in no folder with a space in its name. */
export function makeScanReaderLibrary(folder: string): string {
  const source = path.join(folder, 'scan-reader.c');
  const library = path.join(folder, 'scan-reader.so');
  writeFileSync(source, SOURCE);
  execFileSync(findProgram('tcc') ?? 'tcc', ['-shared', '-nostdlib', '-o', library, source]);
  return library;
}
