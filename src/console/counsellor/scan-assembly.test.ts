import { spawnSync } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument } from '@cantoo/pdf-lib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { assembleScan } from './scan-assembly.ts';
import { scanFileName } from './scan-file-name.ts';
import { srgbProfile } from './srgb-profile.ts';

async function jpeg(width: number, height: number): Promise<Uint8Array> {
  return sharp({ create: { width, height, channels: 3, background: '#e8e0d0' } })
    .jpeg()
    .toBuffer();
}

async function profileFile(): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'srgb-')), 'srgb.icc');
  await writeFile(file, srgbProfile());
  return file;
}

const PLAIN = { date: new Date(), archive: false };

describe('scan assembly', () => {
  it('makes one PDF whose pages have the size of the paper', async () => {
    // A4 at 150 dpi and half of it, in the other direction, at 300 dpi.
    const bytes = await assembleScan(
      [
        [{ jpeg: await jpeg(1240, 1754), width: 1240, height: 1754, resolution: 150, words: null }],
        [{ jpeg: await jpeg(2480, 1754), width: 2480, height: 1754, resolution: 300, words: null }],
      ],
      PLAIN,
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
    const side = { jpeg: await jpeg(1012, 638), width: 1012, height: 638, resolution: 300, words: null };
    const bytes = await assembleScan([[side, side]], PLAIN);
    const pdf = await PDFDocument.load(bytes ?? '');
    expect(pdf.getPageCount()).toBe(1);
    const { width, height } = pdf.getPage(0).getSize();
    expect([width, height].map(Math.round)).toEqual([595, 842]);
    const drawn = spawnSync('pdfimages', ['-list', '-'], { input: bytes ?? '', encoding: 'utf8' }).stdout;
    expect(drawn.match(/jpeg.*\b300 +300\b/g)).toHaveLength(2);
  });

  it('can be searched, and what is found stands where it is on the picture', async () => {
    const words = [
      { text: 'Attestation', x: 150, y: 300, width: 450, height: 60 },
      { text: 'été…', x: 700, y: 300, width: 120, height: 60 },
      { text: '日本', x: 900, y: 300, width: 120, height: 60 },
    ];
    const page = { jpeg: await jpeg(1240, 1754), width: 1240, height: 1754, resolution: 150, words };
    const bytes = await assembleScan([[page]], PLAIN);
    const found = spawnSync('pdftotext', ['-bbox', '-', '-'], {
      input: bytes ?? '',
      encoding: 'utf8',
    }).stdout;
    const [, left, right] = /xMin="([\d.]+)".*xMax="([\d.]+)".*>Attestation</.exec(found) ?? [];
    expect(Number(left)).toBeCloseTo((150 / 150) * 72, 0);
    expect(Number(right)).toBeCloseTo((600 / 150) * 72, 0);
    expect(found).toContain('>été…<');
    expect(spawnSync('pdftoppm', ['-r', '20', '-'], { input: bytes ?? '' }).stdout).toEqual(
      spawnSync('pdftoppm', ['-r', '20', '-'], {
        input: (await assembleScan([[{ ...page, words: null }]], PLAIN)) ?? '',
      }).stdout,
    );
  });

  it('is one for the archives where that is asked for', async () => {
    const words = [{ text: 'Attestation', x: 150, y: 300, width: 450, height: 60 }];
    const page = { jpeg: await jpeg(300, 200), width: 300, height: 200, resolution: 150, words };
    const bytes = await assembleScan([[page]], { date: new Date(), archive: true });
    const info = spawnSync('pdfinfo', ['-'], { input: bytes ?? '', encoding: 'utf8' }).stdout;
    expect(info).toMatch(/Encrypted: +no/);
    const text = Buffer.from(bytes ?? []).toString('latin1');
    expect(text).toContain('<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>');
    expect(text).toMatch(/\/ID \[ ?<[0-9a-f]{32}>/);
    const pdf = await PDFDocument.load(bytes ?? '');
    expect(pdf.catalog.toString()).toMatch(/\/OutputIntents \[/);
    // The profile is one that others can read.
    const { space, icc } = await sharp(await jpeg(4, 4))
      .withIccProfile(await profileFile())
      .png()
      .toBuffer()
      .then((png) => sharp(png).metadata());
    expect(space).toBe('srgb');
    expect(icc?.equals(Buffer.from(srgbProfile()))).toBe(true);
  });

  it('embeds the very bytes of the scanner', async () => {
    const picture = await jpeg(300, 200);
    const bytes = await assembleScan(
      [[{ jpeg: picture, width: 300, height: 200, resolution: 150, words: null }]],
      PLAIN,
    );
    expect(Buffer.from(bytes ?? []).includes(Buffer.from(picture))).toBe(true);
  });

  it('refuses what is not a picture', async () => {
    const page = { jpeg: new Uint8Array([1, 2, 3]), width: 300, height: 200, resolution: 150, words: null };
    expect(await assembleScan([[page]], PLAIN)).toBeNull();
  });

  it('names the file by date and time, with no name of a person', () => {
    expect(scanFileName(new Date(2026, 2, 9, 14, 5), null)).toBe('numerisation-2026-03-09-14h05.pdf');
    expect(scanFileName(new Date(2026, 2, 9, 14, 5), 2)).toBe('numerisation-2026-03-09-14h05-2.pdf');
  });
});
