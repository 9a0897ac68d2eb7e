/** Reads the words of scanned pages, one page at a time, in a process of its own that goes when it is not needed. */
import { type ChildProcess, fork } from 'node:child_process';
import { z } from 'zod';
import { fail, type Result, succeed } from '#shared/failure.ts';
import { type PageWords, pageWords } from '#shared/page-words.ts';

export interface TextReader {
  /** Failures: cancelled, unexpected (there is no reader, or it ended). */
  readonly read: (jpeg: Uint8Array, signal: AbortSignal) => Promise<Result<PageWords>>;
}

/** ms. It holds 200 MB. */
const IDLE_MS = 20_000;

const answer = z.strictObject({ words: pageWords });

/** `entry`: reading-process.js. */
export function createTextReader(entry: URL): TextReader {
  let child: ChildProcess | null = null;
  let idle: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();

  function start(): ChildProcess {
    // Its words on bugs go where the paper process's go.
    const born = fork(entry, [], { serialization: 'advanced', execArgv: [] });
    born.once('exit', () => {
      if (child === born) child = null;
    });
    born.on('error', (error) => console.error(error));
    return born;
  }

  function readNow(jpeg: Uint8Array, signal: AbortSignal): Promise<Result<PageWords>> {
    if (signal.aborted) return Promise.resolve(fail('cancelled'));
    clearTimeout(idle);
    child ??= start();
    const reading = child;
    return new Promise((resolve) => {
      const settle = (result: Result<PageWords>): void => {
        reading.off('message', said);
        reading.off('exit', ended);
        signal.removeEventListener('abort', cancel);
        idle = setTimeout(() => child?.kill(), IDLE_MS);
        idle.unref();
        resolve(result);
      };
      const said = (raw: unknown): void => {
        const parsed = answer.safeParse(raw);
        settle(parsed.success ? succeed(parsed.data.words) : fail('unexpected'));
      };
      const ended = (): void => settle(fail(signal.aborted ? 'cancelled' : 'unexpected'));
      // It hears nothing while it reads.
      const cancel = (): void => {
        reading.kill('SIGKILL');
      };
      reading.on('message', said);
      reading.once('exit', ended);
      signal.addEventListener('abort', cancel);
      reading.send({ jpeg });
    });
  }

  return {
    read(jpeg, signal) {
      const result = last.then(() => readNow(jpeg, signal));
      last = result;
      return result;
    },
  };
}
