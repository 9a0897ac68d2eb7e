import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { sealedSize } from '#sealing/sealed-document.ts';
import { DOCUMENT_RANGE_BYTES } from '#shared/protocol/documents.ts';
import {
  childPid,
  closeBenches,
  encrypted,
  failedWith,
  locked,
  pdf,
  soon,
  startBench,
  type Want,
} from './paper-bench.ts';

afterEach(closeBenches);

describe('taking a document', () => {
  it('brings it over in ranges, checks it, and tells its pages', async () => {
    const documentId = randomUUID();
    const bytes = await pdf(3, 'Formulaire', 1_500_000);
    const bench = await startBench(new Map([[documentId, bytes]]));
    const orderId = bench.order(await bench.take(documentId, bytes));
    expect(await bench.ended(orderId)).toEqual({
      status: 'done',
      outcome: { kind: 'taken', pages: 3, fitted: [] },
    });
    expect(bench.wants.length).toBe(Math.ceil(sealedSize(bytes.length) / DOCUMENT_RANGE_BYTES));
    expect(bench.statuses(orderId)).toContainEqual({
      status: 'underWay',
      progress: { kind: 'taking', received: DOCUMENT_RANGE_BYTES },
    });
  });

  it('has four ranges asked for at a time, takes them in any order, and asks again after a cut', async () => {
    const documentId = randomUUID();
    const bytes = await pdf(1, 'Lettre', 1_500_000);
    const console = new Map([[documentId, bytes]]);
    // Patience alone would not ask again within this test.
    const limits = { wantAgainMs: 60_000 };
    const bench = await startBench(console, { answers: false, limits });
    const orderId = bench.order(await bench.take(documentId, bytes));
    await soon(() => expect(bench.wants.length).toBe(4));
    const [first, second, third, fourth] = bench.wants as [Want, Want, Want, Want];
    for (const want of [third, first, third]) await bench.answer(want);
    // Rubbish: not asked for, and too short.
    bench.link.range({ documentId, offset: 17, payload: new Uint8Array(10) });
    bench.link.range({ documentId, offset: second.offset, payload: new Uint8Array(10) });
    await soon(() => expect(bench.wants.length).toBe(6));
    // The link was cut: the four under way never came.
    bench.wants.length = 0;
    bench.link.relinked();
    await soon(() => expect(bench.wants.length).toBe(4));
    expect(bench.wants).toContainEqual(second);
    expect(bench.wants).toContainEqual(fourth);
    expect(bench.wants).not.toContainEqual(first);
    for (let at = 0; at < bench.wants.length || bench.statuses(orderId).at(-1)?.status !== 'done'; at += 1) {
      await soon(() =>
        expect(at < bench.wants.length || bench.statuses(orderId).at(-1)?.status === 'done').toBe(true),
      );
      const want = bench.wants[at];
      if (want) await bench.answer(want);
    }
    expect(await bench.ended(orderId)).toEqual({
      status: 'done',
      outcome: { kind: 'taken', pages: 1, fitted: [] },
    });
  });

  it('asks again for a range that does not come, though the link stands', async () => {
    const documentId = randomUUID();
    const bytes = await pdf(1);
    const console = new Map([[documentId, bytes]]);
    const bench = await startBench(console, { answers: false, limits: { wantAgainMs: 100 } });
    const orderId = bench.order(await bench.take(documentId, bytes));
    await soon(() => expect(bench.wants.length).toBeGreaterThan(1));
    await bench.answer(bench.wants[0] as Want);
    expect(await bench.ended(orderId)).toMatchObject({ status: 'done' });
  });

  it.each([
    ['is no PDF', async () => new TextEncoder().encode('Bonjour, je suis une lettre.'), 'documentNotPdf'],
    ['is cut short', async () => (await pdf(2)).slice(0, -600), 'documentBroken'],
    [
      'has nothing inside',
      async () => new TextEncoder().encode('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n'),
      'documentBroken',
    ],
    ['has 2,000 pages', async () => pdf(2_000), 'documentTooManyPages'],
    ['needs a password', async () => encrypted(), 'documentEncrypted'],
    ['may be read and not printed', async () => locked(), 'documentEncrypted'],
  ] as const)('refuses a document that %s', async (_what, make, code) => {
    const documentId = randomUUID();
    const bytes = await make();
    const bench = await startBench(new Map([[documentId, bytes]]));
    expect(await bench.ended(bench.order(await bench.take(documentId, bytes)))).toEqual(failedWith(code));
    expect(await bench.ended(bench.order({ kind: 'print', documentId, copies: 1 }))).toEqual(
      failedWith('documentGone'),
    );
  });

  it('refuses 300 MB before the first byte is fetched', async () => {
    const documentId = randomUUID();
    const bench = await startBench();
    const status = await bench.ended(
      bench.order(await bench.take(documentId, new Uint8Array(), 300 * 1024 * 1024)),
    );
    expect(status).toEqual(failedWith('documentTooBig'));
    expect(bench.wants).toEqual([]);
  });

  it('refuses more than a visit may hold', async () => {
    const documentId = randomUUID();
    const bytes = await pdf(1);
    const bench = await startBench(new Map([[documentId, bytes]]), { limits: { heldBytes: bytes.length } });
    expect(await bench.ended(bench.order(await bench.take(documentId, bytes)))).toMatchObject({
      status: 'done',
    });
    expect(await bench.ended(bench.order(await bench.take(randomUUID(), bytes)))).toEqual(
      failedWith('documentNoRoom'),
    );
  });

  it('refuses bytes that are not those announced', async () => {
    const documentId = randomUUID();
    const bytes = await pdf(1);
    const bench = await startBench(new Map([[documentId, bytes]]), {
      spoil: (sealed) => {
        sealed[100] = (sealed[100] ?? 0) ^ 1;
      },
    });
    expect(await bench.ended(bench.order(await bench.take(documentId, bytes)))).toEqual(
      failedWith('documentDamaged'),
    );
  });

  it('gives up when the console no longer has it, or when nothing comes for too long', async () => {
    const bytes = await pdf(1);
    const bench = await startBench(new Map(), { limits: { takeSilenceMs: 300, wantAgainMs: 100 } });
    expect(await bench.ended(bench.order(await bench.take(randomUUID(), bytes)))).toEqual(
      failedWith('documentGone'),
    );
    const silent = await startBench(new Map(), {
      answers: false,
      limits: { takeSilenceMs: 300, wantAgainMs: 100 },
    });
    expect(await silent.ended(silent.order(await silent.take(randomUUID(), bytes)))).toEqual(
      failedWith('documentGone'),
    );
  });

  it('asks for the key where the one of the order was for a process that is no more', async () => {
    const documentId = randomUUID();
    const bytes = await pdf(2);
    const bench = await startBench(new Map([[documentId, bytes]]));
    const request = await bench.take(documentId, bytes);
    process.kill(childPid(), 'SIGKILL');
    await soon(() => expect(bench.deaths).toEqual(['exited']));
    expect(await bench.ended(bench.order(request))).toMatchObject({ status: 'done', outcome: { pages: 2 } });
    // The console does not have it any more, and says so.
    const other = await bench.take(randomUUID(), bytes);
    process.kill(childPid(), 'SIGKILL');
    await soon(() => expect(bench.deaths.length).toBe(2));
    expect(await bench.ended(bench.order(other))).toEqual(failedWith('documentGone'));
  });

  it('is cancelled', async () => {
    const bench = await startBench(new Map(), { answers: false });
    const orderId = bench.order(await bench.take(randomUUID(), await pdf(1)));
    await soon(() => expect(bench.wants.length).toBe(1));
    const cancel = bench.order({ kind: 'cancel', orderId });
    expect(await bench.ended(orderId)).toEqual(failedWith('cancelled'));
    expect(await bench.ended(cancel)).toEqual({ status: 'done', outcome: { kind: 'cancelled' } });
    expect(await bench.ended(bench.order({ kind: 'cancel', orderId }))).toEqual(failedWith('notFound'));
  });
});
