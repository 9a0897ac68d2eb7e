/**
 * Every page of the visit's documents as one picture, drawn once and kept: what lies on the desk, what the counsellor
 * sees and what goes to the printer are the same bytes. Each document has a sandboxed process of its own; a page that
 * takes too long or breaks it ends that process and costs that page.
 */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { z } from 'zod';
import { fail, type Result } from '#shared/failure.ts';
import { drawAnswer, type OpenedDocument, openAnswer, type PagesQuestion } from './contract.ts';
import { type PagePicture, pagePicture } from './page-picture.ts';
import type { Sandbox } from './sandbox.ts';

export interface PagePress {
  /**
   * Opens it and says what it is. `file`: descriptor, open for reading as long as the document is known here.
   * Failures: documentEncrypted, documentBroken (also when it takes too long), documentDynamic, documentTooManyPages.
   */
  readonly open: (documentId: string, file: number, maxPages: number) => Promise<Result<OpenedDocument>>;
  /** A page, from 1. Failures: documentGone (not opened here), notFound (no such page), documentBroken. */
  readonly draw: (documentId: string, page: number) => Promise<Result<PagePicture>>;
  /** Draws the pages from 1 on while nobody waits for another, up to what is kept. */
  readonly drawAhead: (documentId: string, pages: number) => void;
  /** Ends every process. */
  readonly close: () => void;
}

export interface PagePressOptions {
  readonly sandbox: Sandbox;
  /** Longest time to open a document or to draw one page, ms. */
  readonly limitMs: number;
  /** Bytes of pictures kept; the least recently used go first and are drawn again when they are wanted. */
  readonly keepBytes: number;
}

/** Processes that live at once; a document whose process had to make room is opened again. */
const PROCESSES = 2;

interface Opened {
  readonly file: number;
  readonly maxPages: number;
}

export function createPagePress({ sandbox, limitMs, keepBytes }: PagePressOptions): PagePress {
  const documents = new Map<string, Opened>();
  const processes = new Map<string, ChildProcess>();
  const kept = new Map<string, PagePicture>();
  const underWay = new Map<string, Promise<Result<PagePicture>>>();
  let heldBytes = 0;
  let closed = false;
  /** One page at a time: the machine also carries a call. */
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    waiting += 1;
    const result = last.then(work).finally(() => {
      waiting -= 1;
    });
    last = result.catch(() => undefined);
    return result;
  }

  function end(documentId: string): void {
    processes.get(documentId)?.kill('SIGKILL');
    processes.delete(documentId);
  }

  /** The document's process, newest last; `isNew`: it must open the document first. */
  function processOf(
    documentId: string,
    file: number,
  ): { readonly child: ChildProcess; readonly isNew: boolean } {
    const known = processes.get(documentId);
    processes.delete(documentId);
    const child = known ?? sandbox.start(file);
    processes.set(documentId, child);
    for (const [oldest] of processes) {
      if (processes.size <= PROCESSES) break;
      end(oldest);
    }
    return { child, isNew: known === undefined };
  }

  /** Null: no answer within the time, the process ended, or it says what is not in the contract. */
  async function ask<T>(
    documentId: string,
    child: ChildProcess,
    question: PagesQuestion,
    schema: z.ZodType<Result<T>>,
  ): Promise<Result<T> | null> {
    const over = new AbortController();
    const timer = setTimeout(() => over.abort(), limitMs);
    const giveUp = (): void => over.abort();
    child.once('exit', giveUp);
    child.once('error', giveUp);
    try {
      if (child.connected) child.send(question, () => undefined);
      else over.abort();
      const [raw] = (await once(child, 'message', { signal: over.signal })) as unknown[];
      const answer = schema.safeParse(raw);
      if (answer.success) return answer.data;
    } catch (error) {
      if (!(error instanceof Error) || (error.name !== 'AbortError' && !over.signal.aborted)) throw error;
    } finally {
      clearTimeout(timer);
      child.off('exit', giveUp);
      child.off('error', giveUp);
    }
    if (processes.get(documentId) === child) end(documentId);
    return null;
  }

  async function opened(
    documentId: string,
    { file, maxPages }: Opened,
  ): Promise<{ readonly child: ChildProcess; readonly answer: Result<OpenedDocument> | null }> {
    const { child, isNew } = processOf(documentId, file);
    if (!isNew) return { child, answer: null };
    const answer =
      (await ask(documentId, child, { kind: 'open', maxPages }, openAnswer)) ?? fail('documentBroken');
    if (!answer.ok) end(documentId);
    return { child, answer };
  }

  function keep(key: string, drawn: PagePicture): void {
    kept.set(key, drawn);
    heldBytes += drawn.data.length;
    for (const [oldest, page] of kept) {
      if (heldBytes <= keepBytes || oldest === key) break;
      kept.delete(oldest);
      heldBytes -= page.data.length;
    }
  }

  async function drawNow(documentId: string, page: number): Promise<Result<PagePicture>> {
    const document = documents.get(documentId);
    if (!document || closed) return fail('documentGone');
    const { child, answer } = await opened(documentId, document);
    if (answer && !answer.ok) return answer;
    const drawn = await ask(documentId, child, { kind: 'draw', page }, drawAnswer);
    if (!drawn) return fail('documentBroken');
    return drawn.ok ? pagePicture(drawn.value) : drawn;
  }

  function draw(documentId: string, page: number): Promise<Result<PagePicture>> {
    const key = `${documentId}/${page}`;
    const ready = kept.get(key);
    if (ready) {
      // Used last.
      kept.delete(key);
      kept.set(key, ready);
      return Promise.resolve({ ok: true, value: ready });
    }
    const asked = underWay.get(key);
    if (asked) return asked;
    const drawing = inTurn(() => drawNow(documentId, page)).then((drawn) => {
      underWay.delete(key);
      if (drawn.ok) keep(key, drawn.value);
      return drawn;
    });
    underWay.set(key, drawing);
    return drawing;
  }

  return {
    open: (documentId, file, maxPages) =>
      inTurn(async () => {
        const document = { file, maxPages };
        const { answer } = await opened(documentId, document);
        if (!answer) throw new Error('A document is opened once');
        if (answer.ok) documents.set(documentId, document);
        return answer;
      }),
    draw,
    drawAhead(documentId, pages) {
      const next = async (page: number): Promise<void> => {
        if (page > pages || closed || heldBytes > keepBytes / 2) return;
        // Somebody waits: their page first.
        while (waiting > 0) await last;
        const drawn = await draw(documentId, page);
        if (drawn.ok) await next(page + 1);
      };
      void next(1);
    },
    close() {
      closed = true;
      for (const documentId of [...processes.keys()]) end(documentId);
    },
  };
}
