/** One step of a check or a test run: a program, its time, and its output where it failed. */
import { spawn } from 'node:child_process';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');

export interface Step {
  readonly name: string;
  /** Name of a program in node_modules/.bin, or a path. */
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Prints one line; the whole output too where the step failed, or where `loud`. */
export async function runStep(step: Step, options: { readonly loud?: boolean } = {}): Promise<boolean> {
  const start = performance.now();
  const program = step.program.includes('/')
    ? step.program
    : path.join(root, 'node_modules/.bin', step.program);
  const child = spawn(program, step.args, {
    cwd: root,
    env: { ...process.env, ...step.env },
    stdio: ['ignore', options.loud ? 'inherit' : 'pipe', options.loud ? 'inherit' : 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  report(step.name, code === 0, start);
  if (code !== 0) console.log(output);
  return code === 0;
}

/** @param start of performance.now() */
export function report(name: string, ok: boolean, start: number): void {
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${ok ? '✓' : '✗'} ${name.padEnd(28)} ${seconds.padStart(6)} s`);
}
