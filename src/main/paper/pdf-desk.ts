/** Checks and draws PDFs, one thing at a time, each bounded in time and memory. */
import { Worker } from 'node:worker_threads';
import { fail, type Result } from '#shared/failure.ts';
import type { RawPicture } from './pdf-engine.ts';

export type PdfQuestion =
  | { readonly kind: 'check'; readonly bytes: Uint8Array; readonly maxPages: number }
  | {
      readonly kind: 'draw';
      /** Null: the document opened last. */
      readonly bytes: Uint8Array | null;
      readonly page: number;
      readonly maxWidth: number;
      readonly maxHeight: number;
    };
export type PdfAnswer = Result<{ readonly pages: number } | RawPicture>;

export interface PdfDesk {
  /** Failures: documentEncrypted, documentBroken (also when it takes too long to read), documentTooManyPages. */
  readonly check: (
    key: string,
    bytes: Uint8Array,
    maxPages: number,
  ) => Promise<Result<{ readonly pages: number }>>;
  /** Failures: notFound (no such page), documentBroken (also when it takes too long to draw). */
  readonly draw: (
    key: string,
    bytes: Uint8Array,
    page: number,
    maxWidth: number,
    maxHeight: number,
  ) => Promise<Result<RawPicture>>;
  readonly close: () => Promise<void>;
}

/** `worker`: pdf-worker.ts, or its bundle. `limitMs`: for one check or one page. */
export function createPdfDesk(worker: URL, limitMs: number): PdfDesk {
  // Started before it is needed: the engine takes a moment to compile.
  let thread: Worker | null = new Worker(worker);
  /** The document that the thread has open. */
  let opened: string | null = null;
  let closed = false;
  let last: Promise<unknown> = Promise.resolve();

  function endThread(): Promise<unknown> {
    const ended = thread?.terminate();
    thread = null;
    opened = null;
    return ended ?? Promise.resolve();
  }

  function ask(question: PdfQuestion): Promise<PdfAnswer> {
    if (closed) return Promise.resolve(fail('documentGone'));
    thread ??= new Worker(worker);
    const asked = thread;
    return new Promise((resolve) => {
      const settle = (answer: PdfAnswer): void => {
        clearTimeout(timer);
        asked.off('message', settle);
        asked.off('error', giveUp);
        asked.off('exit', giveUp);
        resolve(answer);
      };
      const giveUp = (): void => {
        void endThread();
        settle(fail('documentBroken'));
      };
      const timer = setTimeout(giveUp, limitMs);
      asked.once('message', settle);
      // A document that exhausts the engine's memory or trips an assertion in it ends the thread.
      asked.once('error', giveUp);
      asked.once('exit', giveUp);
      asked.postMessage(question);
    });
  }

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = last.then(work);
    last = result;
    return result;
  }

  return {
    check: (key, bytes, maxPages) =>
      inTurn(async () => {
        opened = key;
        const answer = await ask({ kind: 'check', bytes, maxPages });
        if (!answer.ok) opened = null;
        return answer as Result<{ readonly pages: number }>;
      }),
    draw: (key, bytes, page, maxWidth, maxHeight) =>
      inTurn(async () => {
        const known = opened === key;
        opened = key;
        const answer = await ask({ kind: 'draw', bytes: known ? null : bytes, page, maxWidth, maxHeight });
        if (!answer.ok) opened = null;
        return answer as Result<RawPicture>;
      }),
    close: async () => {
      closed = true;
      await endThread();
    },
  };
}
