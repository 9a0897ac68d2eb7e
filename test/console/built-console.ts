import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

/**
 * Builds the console if it changed, and returns its folder. In a process of its own: the test runner's NODE_ENV would
 * make a development build.
 */
export async function builtConsole(): Promise<string> {
  const { NODE_ENV: _, ...env } = process.env;
  await promisify(execFile)(process.execPath, ['scripts/build.ts', 'console'], { env });
  return path.resolve('dist/console');
}
