import { randomUUID } from 'node:crypto';
import { PDFDocument } from '@cantoo/pdf-lib';
import sharp from 'sharp';
import { afterEach, describe, expect, it } from 'vitest';
import { type Bench, closeBenches, pdf, startBench } from './paper-bench.ts';

afterEach(closeBenches);

describe('drawing a page', () => {
  async function taken(bytes: Uint8Array<ArrayBuffer>, limits = {}): Promise<[Bench, string]> {
    const documentId = randomUUID();
    const bench = await startBench(new Map([[documentId, bytes]]), { limits });
    await bench.ended(bench.order(await bench.take(documentId, bytes)));
    return [bench, documentId];
  }

  it('as paper shows it, with what is written on it', async () => {
    const [bench, documentId] = await taken(await pdf(2));
    const drawn = await bench.link.draw(documentId, 2);
    if (!drawn.ok) throw new Error(drawn.failure.code);
    expect(drawn.value).toMatchObject({ width: 2479, height: 3508, pages: 2, type: 'image/png' });
    const picture = sharp(drawn.value.bytes);
    expect(await picture.metadata()).toMatchObject({
      ...{ width: 2479, height: 3508, format: 'png', channels: 1, density: 300 },
    });
    const { data, info } = await picture.greyscale().raw().toBuffer({ resolveWithObject: true });
    const row = (y: number): number[] => [...data.subarray(y * info.width, (y + 1) * info.width)];
    const textRow = Math.round(((842 - 710) / 842) * 3508);
    expect(Math.min(...row(textRow))).toBeLessThan(60);
    expect(Math.min(...row(2600))).toBe(255);
  });

  it('has no such page', async () => {
    const [bench, documentId] = await taken(await pdf(2));
    expect(await bench.link.draw(documentId, 3)).toMatchObject({ failure: { code: 'notFound' } });
    expect(await bench.link.draw(randomUUID(), 1)).toMatchObject({
      failure: { code: 'documentGone' },
    });
  });

  it('does not swell with a page of 200 inches', async () => {
    const document = await PDFDocument.create();
    document.addPage([14_400, 14_400]).drawText('X', { x: 7_000, y: 7_000, size: 4_000 });
    document.addPage([14_400, 3]);
    const [bench, documentId] = await taken(new Uint8Array(await document.save()));
    expect(await bench.link.draw(documentId, 1)).toMatchObject({
      value: { width: 2480, height: 2480 },
    });
    expect(await bench.link.draw(documentId, 2)).toMatchObject({
      value: { width: 3508, height: 1 },
    });
  });

  it('ends a page that takes for ever, and draws the next one', async () => {
    const document = await PDFDocument.create();
    document.addPage([595, 842]);
    const endless = document.addPage([595, 842]);
    // Two million curves through the whole sheet.
    const curve = '0 0 m 595 842 0 842 595 0 c S\n';
    const stream = document.context.flateStream(curve.repeat(2_000_000));
    endless.node.set(document.context.obj('Contents') as never, document.context.register(stream));
    document.addPage([595, 842]);
    const [bench, documentId] = await taken(new Uint8Array(await document.save()), { drawMs: 4_000 });
    expect(await bench.link.draw(documentId, 2)).toMatchObject({
      failure: { code: 'documentBroken' },
    });
    expect(await bench.link.draw(documentId, 3)).toMatchObject({ ok: true });
  });
});
