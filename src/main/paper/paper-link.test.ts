import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import sharp from 'sharp';
import { afterEach, describe, expect, it } from 'vitest';
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
    const orderId = bench.order({ kind: 'scan', source: 'feeder', mode: 'grey', resolution: 150 });
    const status = await bench.ended(orderId);
    if (status.status !== 'done' || status.outcome.kind !== 'scanned') throw new Error(status.status);
    expect(status.outcome.pages).toHaveLength(3);
    expect(bench.scanning).toEqual([true, false]);
    for (const page of status.outcome.pages) {
      const bytes = await bench.pull(page.documentId, page.size);
      expect(await sharp(bytes).metadata()).toMatchObject({
        format: 'jpeg',
        density: 150,
        width: page.width,
        height: page.height,
      });
    }
    expect(await bench.link.read(randomUUID(), 0)).toMatchObject({ failure: { code: 'documentGone' } });
  });

  it('without printer and scanner says so', async () => {
    const bench = await startBench(new Map(), {
      printer: { driver: 'none' },
      scanner: { driver: 'none' },
    });
    const print = bench.order({ kind: 'print', documentId: randomUUID(), copies: 1 });
    const scan = bench.order({ kind: 'scan', source: 'flatbed', mode: 'grey', resolution: 150 });
    expect(await bench.ended(print)).toEqual(failedWith('printerAbsent'));
    expect(await bench.ended(scan)).toEqual(failedWith('scannerAbsent'));
  });

  it('stops everything that runs', async () => {
    const bench = await startBench(new Map(), {
      scanner: { driver: 'simulated', simulatedPageMs: 60_000 },
    });
    const orderId = bench.order({ kind: 'scan', source: 'flatbed', mode: 'grey', resolution: 150 });
    await soon(() => expect(bench.statuses(orderId).length).toBe(1));
    await bench.link.stop();
    expect(bench.statuses(orderId).at(-1)).toEqual({ status: 'failed', code: 'cancelled', pages: [] });
  });
});

describe('the process', () => {
  it('that dies is replaced, and what was under way is reported interrupted', async () => {
    const bench = await startBench(new Map(), {
      scanner: { driver: 'simulated', simulatedPageMs: 60_000 },
    });
    const orderId = bench.order({ kind: 'scan', source: 'flatbed', mode: 'grey', resolution: 150 });
    await soon(() => expect(bench.statuses(orderId).length).toBe(1));
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
    const orderId = bench.order({ kind: 'scan', source: 'flatbed', mode: 'grey', resolution: 150 });
    expect(bench.statuses(orderId)).toEqual([failedWith('visitOver')]);
    expect(bench.deaths).toEqual([]);
  });
});
