import { existsSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { pageWords } from '#shared/page-words.ts';
import { encodeSheet } from '../sheets/draw-sheet.ts';
import { lay, letter } from '../sheets/made-sheets-bench.ts';
import { childPid, closeBenches, failedWith, soon, startBench } from './paper-bench.ts';
import { createTextReader } from './text-reader.ts';

afterEach(closeBenches);

const entry = new URL('./reading-process.ts', import.meta.url);

function childrenOf(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return children.split(' ').filter(Boolean).map(Number);
}

describe('the words of a page', () => {
  it('are read in French, each where it stands', { timeout: 120_000 }, async () => {
    const sheet = await lay(letter(), { resolution: 200 });
    const { jpeg } = await encodeSheet(sheet, 72);
    const read = await createTextReader(entry).read(jpeg, new AbortController().signal);
    if (!read.ok) throw new Error(read.failure.code);
    const text = read.value.map((word) => word.text).join(' ');
    expect(text).toMatch(/nous avons bien reçu votre demande d.aide au logement/);
    expect(text).toContain('puisse être étudié');
    const madame = read.value.find((word) => word.text === 'Madame,');
    if (!madame) throw new Error('not read');
    // 25 mm from the left; the baseline of the first line is at 50 mm.
    expect(Math.abs(madame.x - (25 / 25.4) * 200)).toBeLessThan(6);
    expect(Math.abs(madame.y + madame.height - (50 / 25.4) * 200)).toBeLessThan(10);
  });

  it('of a scanned page are offered like a document', { timeout: 60_000 }, async () => {
    const bench = await startBench();
    const scan = await bench.ended(bench.order({ kind: 'scan', purpose: 'letter', source: 'flatbed' }));
    if (scan.status !== 'done' || scan.outcome.kind !== 'scanned') throw new Error(scan.status);
    const documentId = scan.outcome.pages[0]?.documentId ?? '';
    const read = await bench.ended(bench.order({ kind: 'read', documentId }));
    if (read.status !== 'done' || read.outcome.kind !== 'read') throw new Error(JSON.stringify(read));
    const { documentId: wordsId, size } = read.outcome.words;
    const bytes = await bench.pull(wordsId, size);
    expect(pageWords.parse(JSON.parse(new TextDecoder().decode(bytes)))).toEqual([]);
    const unknown = bench.order({ kind: 'read', documentId: crypto.randomUUID() });
    expect(await bench.ended(unknown)).toEqual(failedWith('documentGone'));
  });

  it('are not read on after a stop, nor after the end of the paper process', {
    timeout: 60_000,
  }, async () => {
    const bench = await startBench();
    const scan = await bench.ended(bench.order({ kind: 'scan', purpose: 'letter', source: 'flatbed' }));
    if (scan.status !== 'done' || scan.outcome.kind !== 'scanned') throw new Error(scan.status);
    const documentId = scan.outcome.pages[0]?.documentId ?? '';
    const pid = childPid();
    const readingPid = () =>
      childrenOf(pid).find((child) =>
        readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('reading-process'),
      );
    const orderId = bench.order({ kind: 'read', documentId });
    await soon(() => expect(readingPid()).toBeDefined());
    await bench.link.stop();
    expect(bench.statuses(orderId).at(-1)).toEqual(failedWith('cancelled'));
    await soon(() => expect(readingPid()).toBeUndefined());
    bench.order({ kind: 'read', documentId });
    const reading = await soon(() => {
      const found = readingPid();
      if (found === undefined) throw new Error('not yet');
      return found;
    });
    await bench.link.kill();
    await soon(() => expect(existsSync(`/proc/${reading}`)).toBe(false));
  });
});
