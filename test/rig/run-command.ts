/** Runs a program to its end; what it wrote, or an error with what it complained of. */
import { execFile } from 'node:child_process';
import { findProgram } from '../../scripts/setup/system-packages.ts';

export interface CommandOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly timeoutMs?: number;
}

export async function runCommand(
  program: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  return (await runForBytes(program, args, options)).toString('utf8');
}

export function runForBytes(
  program: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    execFile(
      findProgram(program) ?? program,
      args,
      {
        encoding: 'buffer',
        env: options.env ?? process.env,
        timeout: options.timeoutMs ?? 60_000,
        maxBuffer: 256 * 1024 * 1024,
      },
      (error, stdout, stderr) => {
        // `message` holds the command.
        if (error)
          reject(new Error([`${error.message} (${error.code ?? error.signal})`, stderr, stdout].join('\n')));
        else resolve(stdout);
      },
    );
  });
}
