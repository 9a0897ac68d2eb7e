/** The paper process where the visit's folder is full, and where two orders want the same device. */
import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { startScanner } from '#rig/scanner.ts';
import { mayMount, mountSmallDisk, type SmallDisk } from '#rig/small-disk.ts';
import type { OrderStatus } from '#shared/protocol/orders.ts';
import { type Bench, closeBenches, failedWith, pdf, soon, startBench } from './paper-bench.ts';

const MB = 1024 * 1024;
let disk: SmallDisk | null = null;

afterEach(async () => {
  await closeBenches();
});

describe.skipIf(!mayMount)('a visit’s folder that is full', () => {
  afterEach(() => {
    disk?.close();
    disk = null;
  });

  /** Its folder is removed with the bench: unmounted before. */
  function shrink(bench: Bench, bytes: number): SmallDisk {
    disk = mountSmallDisk(bench.folder, bytes);
    return disk;
  }

  it('refuses a document in words, keeps nothing of it, and takes it once there is room', async () => {
    const documentId = randomUUID();
    const bytes = await pdf(1, 'Lettre', 2 * MB);
    const bench = await startBench(new Map([[documentId, bytes]]));
    const small = shrink(bench, MB);
    expect(await bench.ended(bench.order(await bench.take(documentId, bytes)))).toEqual(
      failedWith('documentNoRoom'),
    );
    small.fill();
    expect(await bench.ended(bench.order(await bench.take(documentId, bytes)))).toEqual(
      failedWith('documentNoRoom'),
    );
    small.close();
    disk = null;
    expect(await bench.ended(bench.order(await bench.take(documentId, bytes)))).toMatchObject({
      status: 'done',
      outcome: { kind: 'taken', pages: 1 },
    });
    expect(bench.deaths).toEqual([]);
  });

  it('stops the feeder while sheets still lie in it, and keeps the pages that were through', async () => {
    const rig = startScanner();
    try {
      const scanner = { driver: 'sane', program: rig.program, device: rig.usbDevice, env: { ...rig.env } };
      const bench = await startBench(new Map(), { scanner });
      // Some pages as the scanner gives them, 9 MB each.
      const small = shrink(bench, 70 * MB);
      rig.setReadDelay(1_000);
      const orderId = bench.order({ kind: 'scan', purpose: 'letter', source: 'feeder' });
      await soon(() => expect(pagesOf(bench.statuses(orderId).at(-1))).toBe(1));
      small.fill();
      const ended = await bench.ended(orderId);
      expect(ended).toMatchObject(failedWith('scanNoRoom'));
      expect(pagesOf(ended)).toBeGreaterThan(0);
      expect(pagesOf(ended)).toBeLessThan(10);
      expect(readdirSync(bench.folder)).toEqual(['filler']);
      // What the pages took is free again.
      small.fill();
      const before = bench.order({ kind: 'scan', purpose: 'letter', source: 'feeder' });
      expect(await bench.ended(before)).toEqual({ ...failedWith('scanNoRoom'), pages: [] });
      // The glass needs no room.
      rig.setReadDelay(0);
      const glass = bench.order({ kind: 'scan', purpose: 'letter', source: 'flatbed' });
      expect(pagesOf(await bench.ended(glass))).toBe(1);
      small.close();
      disk = null;
      const fed = bench.order({ kind: 'scan', purpose: 'letter', source: 'feeder' });
      expect(pagesOf(await bench.ended(fed))).toBe(10);
    } finally {
      await rig.close();
    }
  }, 60_000);
});

describe('two prints at once', () => {
  const waits = (pages: number): OrderStatus => ({
    status: 'underWay',
    progress: { kind: 'printing', state: 'held', printed: 0, pages, reasons: ['printWaitsTurn'] },
  });

  async function take(bench: Bench, documentId: string, bytes: Uint8Array): Promise<void> {
    expect(await bench.ended(bench.order(await bench.take(documentId, bytes)))).toMatchObject({
      status: 'done',
    });
  }

  it('come out one after the other, and the one that waits says so', async () => {
    const [long, short] = [randomUUID(), randomUUID()];
    const contents = new Map([
      [long, await pdf(5)],
      [short, await pdf(1)],
    ]);
    const printer = { driver: 'simulated', simulatedPageMs: 150 };
    const bench = await startBench(contents, { printer });
    for (const [documentId, bytes] of contents) await take(bench, documentId, bytes);
    const first = bench.order({ kind: 'print', documentId: long, copies: 1 });
    const second = bench.order({ kind: 'print', documentId: short, copies: 2 });
    await soon(() => expect(bench.statuses(second)).toEqual([waits(2)]));
    await soon(() => expect(bench.statuses(second).length).toBeGreaterThan(1));
    expect(bench.statuses(first).at(-1)).toMatchObject({ outcome: { kind: 'printed', pages: 5 } });
    expect(await bench.ended(second)).toMatchObject({ outcome: { kind: 'printed', pages: 2 } });
  });

  it('let the one that waits be cancelled, and the next one move up', async () => {
    const documentId = randomUUID();
    const bytes = await pdf(2);
    const printer = { driver: 'simulated', simulatedPageMs: 200 };
    const bench = await startBench(new Map([[documentId, bytes]]), { printer });
    await take(bench, documentId, bytes);
    const [first, second, third] = [1, 1, 1].map((copies) =>
      bench.order({ kind: 'print', documentId, copies }),
    ) as [string, string, string];
    await soon(() => expect(bench.statuses(third)).toEqual([waits(2)]));
    bench.order({ kind: 'cancel', orderId: second });
    expect(await bench.ended(second)).toEqual(failedWith('cancelled'));
    expect(bench.statuses(first).at(-1)).toMatchObject({ status: 'underWay' });
    expect(await bench.ended(first)).toMatchObject({ outcome: { kind: 'printed', pages: 2 } });
    expect(await bench.ended(third)).toMatchObject({ outcome: { kind: 'printed', pages: 2 } });
  });
});

function pagesOf(status: OrderStatus | undefined): number {
  if (status?.status === 'underWay' && status.progress.kind === 'scanning')
    return status.progress.pages.length;
  if (status?.status === 'done' && status.outcome.kind === 'scanned') return status.outcome.pages.length;
  return status?.status === 'failed' ? (status.pages?.length ?? 0) : 0;
}
