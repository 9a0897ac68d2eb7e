/** Runs the scanimage program (SANE) once: its output as it comes, its end, and its end by force. */
import { spawn } from 'node:child_process';

/** ms that it has to let the scanner go before it is killed. */
const GRACE_MS = 3_000;
/** Its last words are enough. */
const WORDS_KEPT = 4_000;

export interface ScanimageOptions {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly silenceMs: number;
  readonly onOutput: (chunk: Buffer) => void;
  /** `page`: from 1, or null where the program names none; percent of that page. */
  readonly onProgress: (progress: { readonly page: number | null; readonly percent: number }) => void;
}

export interface ScanimageEnd {
  /** cancelled and silent: ended by us. missing: there is no such program. */
  readonly how: 'exited' | 'cancelled' | 'silent' | 'missing';
  /** Its exit status; null after a signal. */
  readonly status: number | null;
  readonly words: string;
}

/** Resolves once the process is gone and the device free; never rejects. */
export function runScanimage(options: ScanimageOptions): Promise<ScanimageEnd> {
  const { signal, onOutput, onProgress } = options;
  return new Promise((resolve) => {
    let how: ScanimageEnd['how'] = 'exited';
    let words = '';
    let told: Told = { page: null, rest: '' };
    let force: NodeJS.Timeout | undefined;
    const child = spawn(options.program, options.args, {
      // LC_ALL: its words are read by scanimage-failure.ts.
      env: { ...process.env, ...options.env, LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });

    // If this process is ended itself (the terminal is gone), the scanner must not go on drawing in paper for nobody.
    const endWithUs = (): void => {
      child.kill('SIGTERM');
    };
    process.once('exit', endWithUs);

    const end = (why: 'cancelled' | 'silent'): void => {
      if (how !== 'exited') return;
      how = why;
      child.kill('SIGTERM');
      force = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
    };
    const cancel = (): void => end('cancelled');
    const silence = setTimeout(() => end('silent'), options.silenceMs);

    child.stdout.on('data', (chunk: Buffer) => {
      silence.refresh();
      onOutput(chunk);
    });
    child.stderr.setEncoding('latin1');
    child.stderr.on('data', (text: string) => {
      silence.refresh();
      words = (words + text).slice(-WORDS_KEPT);
      if (how === 'exited') told = readTold(told.rest + text, told.page, onProgress);
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') how = 'missing';
      if (child.pid === undefined) finish(null);
    });
    child.on('close', (status) => finish(status));
    signal.addEventListener('abort', cancel);
    if (signal.aborted) cancel();

    function finish(status: number | null): void {
      clearTimeout(silence);
      clearTimeout(force);
      process.off('exit', endWithUs);
      signal.removeEventListener('abort', cancel);
      resolve({ how, status, words });
    }
  });
}

interface Told {
  readonly page: number | null;
  /** What may be the beginning of a line. */
  readonly rest: string;
}

/** Lines end with a line feed or, where progress is overwritten, with a carriage return. */
function readTold(text: string, before: number | null, tell: ScanimageOptions['onProgress']): Told {
  let page = before;
  const lines = text.split(/[\r\n]/);
  const rest = lines.pop() ?? '';
  for (const line of lines) {
    const begun = /^Scanning page (\d+)/.exec(line)?.[1];
    if (begun !== undefined) page = Number(begun);
    const percent = /^Progress: (\d+(?:\.\d+)?)%/.exec(line)?.[1];
    if (percent !== undefined) tell({ page, percent: Number(percent) });
  }
  return { page, rest };
}
