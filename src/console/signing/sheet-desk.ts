/** Has sheets looked at in a worker that is thrown away, and ended when it takes too long. */
import type { z } from 'zod';
import { checkAnswer, codeAnswer, placesAnswer, type SignJob, signJob } from './sign-job.ts';

/** ms. A page takes one or two. */
const TIME_LIMIT = 20_000;

type Job<K extends SignJob['kind']> = Omit<Extract<SignJob, { kind: K }>, 'kind'>;

export interface SheetDesk {
  /** Each null: it took too long, or could not be read as a picture. */
  readonly places: (pages: Job<'places'>['pages']) => Promise<z.infer<typeof placesAnswer> | null>;
  /** Null also where there is no code. */
  readonly code: (scan: Blob) => Promise<z.infer<typeof codeAnswer>>;
  readonly check: (sheet: Job<'check'>) => Promise<z.infer<typeof checkAnswer> | null>;
}

export function createSheetDesk(): SheetDesk {
  return {
    places: (pages) => work({ kind: 'places', pages }, placesAnswer),
    code: (scan) => work({ kind: 'code', scan }, codeAnswer),
    check: (sheet) => work({ kind: 'check', ...sheet }, checkAnswer),
  };
}

function work<T>(job: SignJob, answers: z.ZodType<T>): Promise<T | null> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./signing.worker.ts', import.meta.url), { type: 'module' });
    const end = (result: T | null) => {
      clearTimeout(limit);
      worker.terminate();
      resolve(result);
    };
    const limit = setTimeout(() => end(null), TIME_LIMIT);
    worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const answer = answers.safeParse(data);
      end(answer.success ? answer.data : null);
    });
    worker.addEventListener('error', () => end(null));
    worker.postMessage(signJob.parse(job));
  });
}
