/** Fetches one document in ranges, several asked for at once, in whatever order they come, across cuts of the link. */

import type { DocumentLimits } from '#shared/configuration/document-limits.ts';
import { type FailureCode, fail, type Result, succeed } from '#shared/failure.ts';
import { DOCUMENT_RANGE_BYTES } from '#shared/protocol/documents.ts';
import { RANGE_IS_SLOW, WANTS_OUTSTANDING } from './contract.ts';

export interface DocumentPull {
  /** Settles once: all is kept, or documentGone (told so, or nothing came for takeSilenceMs), cancelled, or what `keep` said. */
  readonly result: Promise<Result<null>>;
  /** Bytes that arrived; what was not asked for, or came before, changes nothing. */
  readonly range: (offset: number, bytes: Uint8Array<ArrayBuffer>) => void;
  /** Ask again at once for what is outstanding. */
  readonly relinked: () => void;
  readonly gone: () => void;
}

export interface DocumentPullOptions {
  readonly size: number;
  readonly limits: Pick<DocumentLimits, 'wantAgainMs' | 'takeSilenceMs'>;
  readonly signal: AbortSignal;
  readonly want: (offset: number, length: number) => void;
  /** Puts a range in its place, or says why not. Nothing of the document stays in this module. */
  readonly keep: (offset: number, bytes: Uint8Array<ArrayBuffer>) => Promise<FailureCode | null>;
  /** Bytes received so far. */
  readonly onProgress: (received: number) => void;
}

export function pullDocument(options: DocumentPullOptions): DocumentPull {
  const { size, limits, signal, want, keep, onProgress } = options;
  const starts = Array.from(
    { length: Math.ceil(size / DOCUMENT_RANGE_BYTES) },
    (_, i) => i * DOCUMENT_RANGE_BYTES,
  );
  const lengthAt = (start: number): number => Math.min(DOCUMENT_RANGE_BYTES, size - start);
  /** Start of each range under way, and when it was asked for. */
  const asked = new Map<number, number>();
  /** How many at once: found by how long they take. */
  let outstanding = WANTS_OUTSTANDING.first;
  let next = 0;
  let received = 0;
  let heardAt = performance.now();
  let settled = false;
  let resolve: (result: Result<null>) => void;
  let refuse: (bug: unknown) => void;
  const result = new Promise<Result<null>>((done, failed) => {
    resolve = done;
    refuse = failed;
  });

  function settle(outcome: Result<null>): void {
    if (settled) return;
    settled = true;
    clearInterval(patience);
    signal.removeEventListener('abort', cancel);
    resolve(outcome);
  }

  function ask(start: number): void {
    asked.set(start, performance.now());
    want(start, lengthAt(start));
  }

  function askMore(): void {
    while (asked.size < outstanding) {
      const start = starts[next];
      if (start === undefined) return;
      next += 1;
      ask(start);
    }
  }

  async function put(offset: number, part: Uint8Array<ArrayBuffer>): Promise<void> {
    const refused = await keep(offset, part);
    if (settled) return;
    if (refused) return settle(fail(refused));
    received += part.length;
    onProgress(received);
    if (received === size) settle(succeed(null));
  }

  const cancel = (): void => settle(fail('cancelled'));
  const patience = setInterval(
    () => {
      const now = performance.now();
      if (now - heardAt > limits.takeSilenceMs) return settle(fail('documentGone'));
      // While some arrive, the others are on their way: asked for twice they would make a slow line slower.
      for (const [start, at] of asked) if (now - Math.max(at, heardAt) > limits.wantAgainMs) ask(start);
    },
    Math.min(1_000, limits.wantAgainMs),
  );
  signal.addEventListener('abort', cancel);
  if (signal.aborted) cancel();
  else askMore();

  return {
    result,
    range(offset, part) {
      // Only a whole range that is under way counts: anything else is late, doubled or wrong.
      const at = asked.get(offset);
      if (settled || at === undefined || part.length !== lengthAt(offset)) return;
      asked.delete(offset);
      heardAt = performance.now();
      const { least, most } = WANTS_OUTSTANDING;
      outstanding =
        heardAt - at > RANGE_IS_SLOW ? Math.max(least, outstanding - 1) : Math.min(most, outstanding + 1);
      askMore();
      put(offset, part).catch((bug: unknown) => refuse(bug));
    },
    relinked: () => {
      heardAt = performance.now();
      if (!settled) for (const start of asked.keys()) ask(start);
    },
    gone: () => settle(fail('documentGone')),
  };
}
