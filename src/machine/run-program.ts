/** A program of the system, run to its end; its words come in English whatever the machine speaks (LC_ALL=C). */
import { execFile } from 'node:child_process';

export interface Ended {
  readonly ok: boolean;
  /** Both of its outputs. */
  readonly said: string;
}

/** ms. dpkg on a slow disk takes minutes; what takes longer hangs. */
const LONGEST = 20 * 60_000;

/** Never rejects: a program that is not there ends badly like any other. */
export function runProgram(program: string, args: readonly string[]): Promise<Ended> {
  const env = { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' };
  return new Promise((resolve) => {
    const options = { env, timeout: LONGEST, maxBuffer: 64 * 1024 * 1024 };
    execFile(program, args, options, (error, out, err) => {
      const own = error && out === '' && err === '' ? error.message : '';
      resolve({ ok: error === null, said: `${out}${err}${own}` });
    });
  });
}
