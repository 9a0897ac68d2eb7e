/** Opens and fills PDFs away from the page: each job in a worker that is thrown away, and ended when it takes too long. */
import type { z } from 'zod';
import { fail, type Result } from '#shared/failure.ts';
import type { Letter } from '../letters/letter.ts';
import type { Receipt } from '../receipt/receipt.ts';
import type { ResidentSheet } from '../sheets/resident-sheet.ts';
import type { FillDraft } from './fill-draft.ts';
import type { FilledPdf, FillOptions } from './fill-pdf.ts';
import { type FormJob, fillAnswer, readAnswer } from './form-job.ts';
import type { FormModel } from './form-model.ts';

/** ms. The largest of the corpus takes less than one; what takes this long is not a form for people. */
const TIME_LIMIT = 10_000;

export interface FormWorkshop {
  /** Failures: documentEncrypted, documentTooManyPages, documentBroken (also where it took too long). */
  readonly read: (bytes: Uint8Array<ArrayBuffer>) => Promise<Result<FormModel>>;
  readonly fill: (
    bytes: Uint8Array<ArrayBuffer>,
    draft: FillDraft,
    options: Omit<FillOptions, 'loadWideFont'>,
  ) => Promise<Result<FilledPdf>>;
  /** `unwritten` names parts of the letter or ids of its blocks. */
  readonly write: (
    letter: Letter,
    options: { readonly title: string; readonly subject: string; readonly date: Date },
  ) => Promise<Result<FilledPdf>>;
  /** One page. `unwritten` names ids of its lines. */
  readonly receipt: (receipt: Receipt, date: Date) => Promise<Result<FilledPdf>>;
  readonly sheet: (sheet: ResidentSheet, date: Date) => Promise<Result<FilledPdf>>;
}

export function createFormWorkshop(): FormWorkshop {
  return {
    read: (bytes) => work({ kind: 'read', bytes }, readAnswer),
    fill: (bytes, draft, options) => work({ kind: 'fill', bytes, draft, ...options }, fillAnswer),
    write: (letter, options) => work({ kind: 'letter', letter, ...options }, fillAnswer),
    receipt: (receipt, date) => work({ kind: 'receipt', receipt, date }, fillAnswer),
    sheet: (sheet, date) => work({ kind: 'sheet', sheet, date }, fillAnswer),
  };
}

function work<T>(job: FormJob, answers: z.ZodType<Result<T>>): Promise<Result<T>> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./forms.worker.ts', import.meta.url), { type: 'module' });
    const end = (result: Result<T>) => {
      clearTimeout(limit);
      worker.terminate();
      resolve(result);
    };
    const limit = setTimeout(() => end(fail('documentBroken')), TIME_LIMIT);
    worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const answer = answers.safeParse(data);
      end(answer.success ? answer.data : fail('documentBroken'));
    });
    // Out of memory, or a defect of the library that it did not throw where we look.
    worker.addEventListener('error', () => end(fail('documentBroken')));
    worker.postMessage(job);
  });
}
