/** Runs a program of the system to its end; what it wrote, or an error with what it complained of. */
import { spawnSync } from 'node:child_process';

/** Bytes that it may write. */
const MOST = 64 * 1024 * 1024;

/** @throws Error with what the program complained of. */
export function runProgram(
  program: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): string {
  const { status, error, stderr, stdout } = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...env },
    maxBuffer: MOST,
  });
  if (status !== 0) {
    throw new Error(`${program} ${args.join(' ')} failed: ${error?.message ?? stderr.trim()}`);
  }
  return stdout;
}
