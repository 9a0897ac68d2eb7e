import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import sharp from 'sharp';
import { afterEach, describe, expect, it } from 'vitest';
import type { PageCorrections } from '#shared/protocol/scanned-pages.ts';
import { childPid, closeBenches, failedWith, pdf, soon, startBench } from './paper-bench.ts';

afterEach(closeBenches);

describe('paper', () => {
  it('prints what was taken, counting impressions; the same order again prints nothing more', async () => {
    const documentId = randomUUID();
    const bytes = await pdf(2);
    const bench = await startBench(new Map([[documentId, bytes]]));
    await bench.ended(bench.order(await bench.take(documentId, bytes)));
    const orderId = bench.order({ kind: 'print', documentId, copies: 2 });
    const done = { status: 'done', outcome: { kind: 'printed', pages: 4 } };
    expect(await bench.ended(orderId)).toEqual(done);
    const told = bench.statuses(orderId).length;
    bench.order({ kind: 'print', documentId, copies: 2 }, orderId);
    await soon(() => expect(bench.statuses(orderId).length).toBe(told + 1));
    expect(bench.statuses(orderId).at(-1)).toEqual(done);
  });

  it('scans, and gives the pages out in ranges', async () => {
    const bench = await startBench();
    const orderId = bench.order({ kind: 'scan', purpose: 'letter', source: 'feeder' });
    const status = await bench.ended(orderId);
    if (status.status !== 'done' || status.outcome.kind !== 'scanned') throw new Error(status.status);
    expect(status.outcome.pages).toHaveLength(3);
    expect(status.outcome.pages.map(({ purpose, blank }) => [purpose, blank])).toEqual(
      Array(3).fill(['letter', false]),
    );
    expect(bench.scanning).toEqual([true, false]);
    for (const page of status.outcome.pages) {
      const bytes = await bench.pull(page.documentId, page.size);
      expect(await sharp(bytes).metadata()).toMatchObject({
        format: 'jpeg',
        density: 200,
        width: page.width,
        height: page.height,
      });
    }
    expect(await bench.link.read(randomUUID(), 0)).toMatchObject({ failure: { code: 'documentGone' } });
  });

  it('shows the page under way in small pictures, and lets them go', async () => {
    const bench = await startBench(new Map(), { scanner: { driver: 'simulated', simulatedPageMs: 1_000 } });
    const orderId = bench.order({ kind: 'scan', purpose: 'letter', source: 'auto' });
    const growing = () =>
      bench
        .statuses(orderId)
        .flatMap((status) => (status.status === 'underWay' ? [status.progress] : []))
        .flatMap((progress) => (progress.kind === 'scanning' && progress.growing ? [progress] : []));
    const early = await soon(() => {
      const [first] = growing();
      if (!first?.growing) throw new Error('nothing yet');
      return { ...first.growing, source: first.source };
    });
    expect(early.source).toBe('feeder');
    expect(early.height).toBeLessThan(early.wholeHeight / 2);
    const bytes = await bench.pull(early.documentId, early.size);
    const { format, width, height } = await sharp(bytes).metadata();
    expect({ format, width, height }).toEqual({ format: 'jpeg', width: early.width, height: early.height });
    expect(bytes.length).toBeLessThan(60_000);
    await bench.ended(orderId);
    expect(await bench.link.read(early.documentId, 0)).toMatchObject({
      failure: { code: 'documentGone' },
    });
  });

  it('makes another picture of a page, and the first one again', async () => {
    const bench = await startBench();
    const status = await bench.ended(bench.order({ kind: 'scan', purpose: 'letter', source: 'flatbed' }));
    if (status.status !== 'done' || status.outcome.kind !== 'scanned') throw new Error(status.status);
    const [page] = status.outcome.pages;
    if (!page) throw new Error('no page');
    const correct = async (corrections: PageCorrections) => {
      const answer = await bench.ended(
        bench.order({ kind: 'correct', original: page.original, corrections }),
      );
      if (answer.status !== 'done' || answer.outcome.kind !== 'corrected') throw new Error(answer.status);
      return answer.outcome.page;
    };
    const crop = { x: 600, y: 700, width: 500, height: 300, angle: 0 };
    const part = await correct({ ...page.found, crop, turn: 90 });
    expect(part).toMatchObject({ width: 300, height: 500, original: page.original, found: page.found });
    expect(await bench.link.read(part.documentId, 0)).toMatchObject({ ok: true });
    const whole = await correct({ crop: null, angle: 0, turn: 0, cleaned: false });
    expect(whole.documentId).toBe(page.original);
    const unknown = bench.order({ kind: 'correct', original: randomUUID(), corrections: page.found });
    expect(await bench.ended(unknown)).toEqual(failedWith('documentGone'));
  });

  it('without printer and scanner says so', async () => {
    const bench = await startBench(new Map(), {
      printer: { driver: 'none' },
      scanner: { driver: 'none' },
    });
    const print = bench.order({ kind: 'print', documentId: randomUUID(), copies: 1 });
    const scan = bench.order({ kind: 'scan', purpose: 'letter', source: 'flatbed' });
    expect(await bench.ended(print)).toEqual(failedWith('printerAbsent'));
    expect(await bench.ended(scan)).toEqual(failedWith('scannerAbsent'));
  });

  it('stops everything that runs', async () => {
    const bench = await startBench(new Map(), {
      scanner: { driver: 'simulated', simulatedPageMs: 60_000 },
    });
    const orderId = bench.order({ kind: 'scan', purpose: 'letter', source: 'flatbed' });
    await soon(() => expect(bench.statuses(orderId).length).toBeGreaterThan(0));
    await bench.link.stop();
    expect(bench.statuses(orderId).at(-1)).toEqual({ status: 'failed', code: 'cancelled', pages: [] });
  });
});

describe('the process', () => {
  it('that dies is replaced, and what was under way is reported interrupted', async () => {
    const bench = await startBench(new Map(), {
      scanner: { driver: 'simulated', simulatedPageMs: 60_000 },
    });
    const orderId = bench.order({ kind: 'scan', purpose: 'letter', source: 'flatbed' });
    await soon(() => expect(bench.statuses(orderId).length).toBeGreaterThan(0));
    process.kill(childPid(), 'SIGKILL');
    expect(await bench.ended(orderId)).toMatchObject(failedWith('interrupted'));
    expect(bench.deaths).toEqual(['exited']);
    expect(bench.scanning).toEqual([true, false]);
    expect(await bench.link.read(randomUUID(), 0)).toMatchObject({ failure: { code: 'documentGone' } });
  });

  it('that hangs is killed and replaced', async () => {
    const bench = await startBench();
    await bench.link.read(randomUUID(), 0);
    process.kill(childPid(), 'SIGSTOP');
    await soon(() => expect(bench.deaths).toEqual(['silent']));
    expect(await bench.link.read(randomUUID(), 0)).toMatchObject({ failure: { code: 'documentGone' } });
  });

  it('is gone after kill, with its folder, and says nothing any more', async () => {
    const bench = await startBench();
    await bench.link.read(randomUUID(), 0);
    const pid = childPid();
    await bench.link.kill();
    expect(existsSync(`/proc/${pid}`)).toBe(false);
    const orderId = bench.order({ kind: 'scan', purpose: 'letter', source: 'flatbed' });
    expect(bench.statuses(orderId)).toEqual([failedWith('visitOver')]);
    expect(bench.deaths).toEqual([]);
  });
});
