import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { DOCUMENT_RANGE_BYTES } from '#shared/protocol/documents.ts';
import { RANGE_IS_SLOW, WANTS_OUTSTANDING } from './contract.ts';
import { type DocumentPull, pullDocument } from './document-pull.ts';

const RANGES = 60;
const AGAIN = 5_000;
const SILENCE = 120_000;
const range = new Uint8Array(DOCUMENT_RANGE_BYTES);

let wanted: number[];
let pull: DocumentPull;

beforeEach(() => {
  vi.useFakeTimers();
  wanted = [];
  pull = pullDocument({
    size: RANGES * DOCUMENT_RANGE_BYTES,
    limits: { wantAgainMs: AGAIN, takeSilenceMs: SILENCE },
    signal: new AbortController().signal,
    want: (offset) => wanted.push(offset),
    keep: async () => null,
    onProgress: () => undefined,
  });
});
afterEach(() => vi.useRealTimers());

/** Answers the oldest that was asked for, after so many ms. @returns how many are under way then. */
function answerOldest(after: number, answered: Set<number>): number {
  vi.advanceTimersByTime(after);
  const oldest = wanted.find((offset) => !answered.has(offset));
  if (oldest === undefined) throw new Error('Nothing is asked for');
  answered.add(oldest);
  pull.range(oldest, range);
  return new Set(wanted).size - answered.size;
}

it('asks for more at once on a quick line, up to a limit', () => {
  const answered = new Set<number>();
  expect(wanted).toHaveLength(WANTS_OUTSTANDING.first);
  for (let i = 0; i < 30; i += 1) answerOldest(1, answered);
  expect(answerOldest(1, answered)).toBe(WANTS_OUTSTANDING.most);
});

it('asks for less at once on a slow line, and for nothing twice while something arrives', () => {
  const answered = new Set<number>();
  for (let i = 0; i < 10; i += 1) answerOldest(AGAIN - 1_000, answered);
  expect(answerOldest(RANGE_IS_SLOW + 1, answered)).toBe(WANTS_OUTSTANDING.least);
  expect(new Set(wanted).size).toBe(wanted.length);
});

it('asks again for what is under way once nothing arrives, and gives up where that stays so', async () => {
  const before = [...wanted];
  vi.advanceTimersByTime(AGAIN + 1_000);
  expect(wanted.slice(before.length)).toEqual(before);
  vi.advanceTimersByTime(SILENCE);
  expect(await pull.result).toEqual({ ok: false, failure: { code: 'documentGone' } });
});
