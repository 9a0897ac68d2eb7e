/** Keys of documents that come from consoles: with the order, or asked for where that one was for a process that is no more. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { DocumentSeal } from '#sealing/sealed-document.ts';
import { fail, type Result, succeed } from '#shared/failure.ts';
import type { DocumentToConsole, DocumentToTerminal } from '#shared/protocol/documents.ts';
import type { OrderRequest } from '#shared/protocol/orders.ts';
import type { VisitSeal } from './visit-seal.ts';

export interface DocumentKeys {
  /** Failures: documentGone (nobody has it, or nobody answered for `patienceMs`), cancelled. */
  readonly openerOf: (
    request: Extract<OrderRequest, { kind: 'take' }>,
    size: number,
    signal: AbortSignal,
  ) => Promise<Result<DocumentSeal>>;
  readonly heard: (message: Extract<DocumentToTerminal, { type: 'documentKey' }>) => void;
  readonly gone: (documentId: string) => void;
}

export interface DocumentKeysOptions {
  readonly seal: VisitSeal;
  readonly say: (message: DocumentToConsole) => void;
  readonly patienceMs: number;
}

/** ms between two times that a key is asked for: the console may have to agree with this process first. */
const ASK_AGAIN_MS = 500;

type Answer = Extract<DocumentToTerminal, { type: 'documentKey' }> | 'gone';

export function createDocumentKeys({ seal, say, patienceMs }: DocumentKeysOptions): DocumentKeys {
  const answers = new Map<string, Answer>();
  const waiting = new Set<string>();

  async function ask(
    { documentId, consoleId }: Extract<OrderRequest, { kind: 'take' }>,
    size: number,
    signal: AbortSignal,
  ): Promise<Result<DocumentSeal>> {
    const started = performance.now();
    while (!signal.aborted) {
      const answer = answers.get(documentId);
      answers.delete(documentId);
      if (answer === 'gone' || performance.now() - started > patienceMs) return fail('documentGone');
      const opened = answer && (await seal.openFrom(answer.consoleId, documentId, size, answer.key));
      if (opened) return succeed(opened);
      say({ type: 'documentKey.want', consoleId, documentId });
      await sleep(ASK_AGAIN_MS, undefined, { signal }).catch(ignoreAbort);
    }
    return fail('cancelled');
  }

  return {
    async openerOf(request, size, signal) {
      const { consoleId, documentId, key } = request;
      const opened = await seal.openFrom(consoleId, documentId, size, key);
      if (opened) return succeed(opened);
      waiting.add(documentId);
      try {
        return await ask(request, size, signal);
      } finally {
        waiting.delete(documentId);
        answers.delete(documentId);
      }
    },
    heard(message) {
      if (waiting.has(message.documentId)) answers.set(message.documentId, message);
    },
    gone(documentId) {
      if (waiting.has(documentId)) answers.set(documentId, 'gone');
    },
  };
}

function ignoreAbort(error: unknown): void {
  if (!(error instanceof Error) || error.name !== 'AbortError') throw error;
}
