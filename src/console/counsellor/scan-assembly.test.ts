import { spawnSync } from 'node:child_process';
import { PDFDocument } from '@cantoo/pdf-lib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { assembleScan } from './scan-assembly.ts';
import { scanFileName } from './scan-file-name.ts';

async function jpeg(width: number, height: number): Promise<Uint8Array> {
  return sharp({ create: { width, height, channels: 3, background: '#e8e0d0' } })
    .jpeg()
    .toBuffer();
}

describe('scan assembly', () => {
  it('makes one PDF whose pages have the size of the paper', async () => {
    // A4 at 150 dpi and half of it, in the other direction, at 300 dpi.
    const bytes = await assembleScan(
      [
        [{ jpeg: await jpeg(1240, 1754), width: 1240, height: 1754, resolution: 150 }],
        [{ jpeg: await jpeg(2480, 1754), width: 2480, height: 1754, resolution: 300 }],
      ],
      new Date(),
    );
    const pdf = await PDFDocument.load(bytes ?? '');
    const sizes = pdf.getPages().map((page) => page.getSize());
    expect(sizes).toHaveLength(2);
    expect(sizes[0]?.width).toBeCloseTo(595.2, 1);
    expect(sizes[0]?.height).toBeCloseTo(841.92, 1);
    expect(sizes[1]?.width).toBeCloseTo(595.2, 1);
    expect(sizes[1]?.height).toBeCloseTo(420.96, 1);
  });

  it('lays the two sides of a card on one sheet of A4, each as large as it is', async () => {
    const side = { jpeg: await jpeg(1012, 638), width: 1012, height: 638, resolution: 300 };
    const bytes = await assembleScan([[side, side]], new Date());
    const pdf = await PDFDocument.load(bytes ?? '');
    expect(pdf.getPageCount()).toBe(1);
    const { width, height } = pdf.getPage(0).getSize();
    expect([width, height].map(Math.round)).toEqual([595, 842]);
    const drawn = spawnSync('pdfimages', ['-list', '-'], { input: bytes ?? '', encoding: 'utf8' }).stdout;
    expect(drawn.match(/jpeg.*\b300 +300\b/g)).toHaveLength(2);
  });

  it('embeds the very bytes of the scanner', async () => {
    const picture = await jpeg(300, 200);
    const bytes = await assembleScan(
      [[{ jpeg: picture, width: 300, height: 200, resolution: 150 }]],
      new Date(),
    );
    expect(Buffer.from(bytes ?? []).includes(Buffer.from(picture))).toBe(true);
  });

  it('refuses what is not a picture', async () => {
    const page = { jpeg: new Uint8Array([1, 2, 3]), width: 300, height: 200, resolution: 150 };
    expect(await assembleScan([[page]], new Date())).toBeNull();
  });

  it('names the file by date and time, with no name of a person', () => {
    expect(scanFileName(new Date(2026, 2, 9, 14, 5), null)).toBe('numerisation-2026-03-09-14h05.pdf');
    expect(scanFileName(new Date(2026, 2, 9, 14, 5), 2)).toBe('numerisation-2026-03-09-14h05-2.pdf');
  });
});
