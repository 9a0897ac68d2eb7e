import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { afterEach, describe, expect, it } from 'vitest';
import { sealShot } from '#sealing/shot-seal.ts';
import { fail, succeed } from '#shared/failure.ts';
import { letter } from '../sheets/made-sheets-bench.ts';
import { hold } from '../sheets/made-shots-bench.ts';
import { type Bench, closeBenches, failedWith, soon, startBench } from './paper-bench.ts';

afterEach(closeBenches);

const seen = await (async () => {
  const { picture } = await hold(letter(), { size: [1280, 720], away: 480, turned: 12, thumbs: true });
  const { bytes, width, height } = picture;
  return new Uint8Array(
    await sharp(bytes, { raw: { width, height, channels: 3 } })
      .jpeg()
      .toBuffer(),
  );
})();

async function keyOf(bench: Bench): Promise<string> {
  return soon(() => {
    const [key] = bench.keys;
    if (!key) throw new Error('no key yet');
    return key;
  });
}

async function aim(bench: Bench): Promise<string> {
  const orderId = bench.order({ kind: 'aim' });
  await soon(() =>
    expect(bench.statuses(orderId)).toEqual([{ status: 'underWay', progress: { kind: 'aiming' } }]),
  );
  return orderId;
}

async function shoot(bench: Bench) {
  const orderId = await aim(bench);
  bench.link.shot(orderId, succeed(await sealShot(await keyOf(bench), orderId, seen)));
  const status = await bench.ended(orderId);
  if (status.status !== 'done' || status.outcome.kind !== 'shot') throw new Error(JSON.stringify(status));
  return status.outcome.page;
}

const gone = { ok: false, failure: { code: 'documentGone' } };

describe('a shot', () => {
  it('is a page like a scanned one: straightened, and as it was seen where that is wished', async () => {
    const bench = await startBench();
    const page = await shoot(bench);
    expect(page.height).toBeGreaterThan(page.width);
    const bytes = await bench.pull(page.documentId, page.size);
    expect(await sharp(bytes).metadata()).toMatchObject({
      format: 'jpeg',
      width: page.width,
      height: page.height,
    });
    const corrections = { crop: null, angle: 0, turn: 0, cleaned: false } as const;
    const whole = await bench.ended(bench.order({ kind: 'correct', original: page.original, corrections }));
    expect(whole).toMatchObject({
      outcome: { page: { width: 1280, height: 720, documentId: page.original } },
    });
  });

  it('is thrown away when it is not wanted any more, and when there is another', async () => {
    const bench = await startBench();
    const first = await shoot(bench);
    const second = await shoot(bench);
    for (const id of [first.documentId, first.original]) expect(await bench.link.read(id, 0)).toEqual(gone);
    expect(await bench.link.read(second.documentId, 0)).toMatchObject({ ok: true });
    const drop = bench.order({ kind: 'dropShot', original: second.original });
    expect(await bench.ended(drop)).toEqual({ status: 'done', outcome: { kind: 'dropped' } });
    for (const id of [second.documentId, second.original]) expect(await bench.link.read(id, 0)).toEqual(gone);
    const keep = bench.order({ kind: 'keepShot', original: second.original });
    expect(await bench.ended(keep)).toEqual(failedWith('documentGone'));
  });

  it('that is kept stays, and nothing but a shot that nobody keeps is thrown away so', async () => {
    const bench = await startBench();
    const kept = await shoot(bench);
    await bench.ended(bench.order({ kind: 'keepShot', original: kept.original }));
    await shoot(bench);
    const drop = bench.order({ kind: 'dropShot', original: kept.original });
    expect(await bench.ended(drop)).toEqual(failedWith('notFound'));
    expect(await bench.link.read(kept.documentId, 0)).toMatchObject({ ok: true });
    const scan = await bench.ended(bench.order({ kind: 'scan', purpose: 'letter', source: 'flatbed' }));
    if (scan.status !== 'done' || scan.outcome.kind !== 'scanned') throw new Error(scan.status);
    const original = scan.outcome.pages[0]?.original ?? '';
    expect(await bench.ended(bench.order({ kind: 'dropShot', original }))).toEqual(failedWith('notFound'));
  });
});

describe('an aim', () => {
  it('ends with what main says of the camera, also where main is first', async () => {
    const bench = await startBench();
    const orderId = await aim(bench);
    bench.link.shot(orderId, fail('cameraCut'));
    expect(await bench.ended(orderId)).toEqual(failedWith('cameraCut'));
    const early = randomUUID();
    bench.link.shot(early, fail('callNotLive'));
    bench.order({ kind: 'aim' }, early);
    expect(await bench.ended(early)).toEqual(failedWith('callNotLive'));
  });

  it('is cancelled, and takes nothing that comes later', async () => {
    const bench = await startBench();
    const orderId = await aim(bench);
    await bench.ended(bench.order({ kind: 'cancel', orderId }));
    expect(await bench.ended(orderId)).toEqual(failedWith('cancelled'));
    const told = bench.statuses(orderId).length;
    bench.link.shot(orderId, succeed(await sealShot(await keyOf(bench), orderId, seen)));
    const next = await shoot(bench);
    expect(next.size).toBeGreaterThan(0);
    expect(bench.statuses(orderId)).toHaveLength(told);
  });

  it('takes only what was sealed for it, and only a picture', async () => {
    const bench = await startBench();
    const key = await keyOf(bench);
    const other = await aim(bench);
    bench.link.shot(other, succeed(await sealShot(key, randomUUID(), seen)));
    expect(await bench.ended(other)).toEqual(failedWith('documentDamaged'));
    const rubbish = await aim(bench);
    bench.link.shot(rubbish, succeed(await sealShot(key, rubbish, new Uint8Array(5_000).fill(7))));
    expect(await bench.ended(rubbish)).toEqual(failedWith('cameraFailed'));
  });
});
