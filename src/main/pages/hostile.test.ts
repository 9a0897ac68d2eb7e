/** What people may send: each ends in the page that other readers show, or in a clear word; never in a crash or a hang. */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Result } from '#shared/failure.ts';
import type { OpenedDocument } from './contract.ts';
import { type PagePicture, pictureFile } from './page-picture.ts';
import { createPagePress, type PagePress } from './page-press.ts';
import { createSandbox } from './sandbox.ts';
import { HELVETICA, onePagePdf, type RawObject, rawPdf, text } from './testing/raw-pdf.ts';

const folder = mkdtempSync(join(tmpdir(), 'vis-a-vis-hostile-'));
const sandbox = createSandbox(join(import.meta.dirname, 'pages-process.ts'));
const files: number[] = [];
let press: PagePress;
let count = 0;

beforeEach(() => {
  press = createPagePress({ sandbox, limitMs: 6_000, keepBytes: 64 * 1024 * 1024 });
});
afterEach(() => {
  press.close();
  for (const file of files.splice(0)) closeSync(file);
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Opened {
  readonly path: string;
  readonly opened: Result<OpenedDocument>;
  readonly draw: (page?: number) => Promise<Result<PagePicture>>;
}

async function open(bytes: Uint8Array): Promise<Opened> {
  count += 1;
  const path = join(folder, `${count}.pdf`);
  writeFileSync(path, bytes);
  const file = openSync(path, 'r');
  files.push(file);
  const key = String(count);
  return { path, opened: await press.open(key, file, 200), draw: (page = 1) => press.draw(key, page) };
}

/** How much of poppler's ink on the same page is elsewhere on ours (0: none, 2: all), both made small and soft. */
async function differenceFromPoppler({ path, draw }: Opened): Promise<number> {
  const drawn = await draw();
  if (!drawn.ok) throw new Error(drawn.failure.code);
  const { width, height } = drawn.value;
  execFileSync('pdftoppm', ['-cropbox', '-png', '-r', '60', '-singlefile', path, path]);
  const soft = async (picture: Uint8Array | string) =>
    sharp(picture)
      .flatten({ background: 'white' })
      .toColourspace('srgb')
      .resize(Math.round(width / 25), Math.round(height / 25), { fit: 'fill' })
      .blur(1)
      .raw()
      .toBuffer();
  const [ours, theirs] = [await soft(pictureFile(drawn.value).bytes), await soft(`${path}.png`)];
  expect(ours.length).toBe(theirs.length);
  let different = 0;
  let inked = 0;
  for (const [index, value] of theirs.entries()) {
    different += Math.abs(value - (ours[index] ?? 0));
    inked += 255 - value;
  }
  return different / inked;
}

/** Pixels that are not white. */
async function ink(result: Result<PagePicture>): Promise<number> {
  if (!result.ok) throw new Error(result.failure.code);
  const raw = await sharp(pictureFile(result.value).bytes).greyscale().raw().toBuffer();
  return raw.filter((value) => value < 200).length;
}

const words = text('Montant : 1 234,56 EUR', 60, 700) + text('Dossier 2026-11-0042', 60, 640);

describe('a PDF that is odd and right is drawn as others draw it', () => {
  const cases: Readonly<Record<string, () => Uint8Array>> = {
    'as a reference': () => onePagePdf({ content: words }),
    'turned by 90 degrees': () => onePagePdf({ content: words, page: '/Rotate 90' }),
    'turned by 180 degrees': () => onePagePdf({ content: words, page: '/Rotate 180' }),
    cropped: () => onePagePdf({ content: words, page: '/CropBox[40 600 400 760]' }),
    'with an origin elsewhere': () =>
      onePagePdf({ content: text('Ailleurs', -150, 900), mediaBox: '-200 200 395 1042' }),
    'in CMYK': () =>
      onePagePdf({
        content: `0.9 0.1 0 0.2 k 60 600 300 120 re f 0 0.8 0.9 0 k 200 400 300 120 re f ${words}`,
      }),
    transparent: () =>
      onePagePdf({
        content: `1 0 0 rg 60 500 200 200 re f /G gs 0 0 1 rg 160 420 200 200 re f ${words}`,
        resources: `${HELVETICA}/ExtGState<</G<</ca 0.4/BM/Multiply>>>>`,
      }),
    'with fonts that are not in it': () =>
      onePagePdf({
        content: words,
        resources:
          '/Font<</F<</Type/Font/Subtype/TrueType/BaseFont/ComicSansMS/FirstChar 32/LastChar 32/Widths[278]/Encoding/WinAnsiEncoding>>>>',
      }),
    'with a cross-reference table that is wrong everywhere': () =>
      onePagePdf({ content: words }, { offset: (at) => at + 13 }),
    'with a cross-reference table that points to one place': () =>
      onePagePdf({ content: words }, { offset: () => 20 }),
    'that would open others, run a script and fetch an address': () =>
      onePagePdf({
        content: words,
        catalog:
          '/OpenAction<</S/JavaScript/JS(app.alert\\("x"\\);this.print\\(\\);)>>/AA<</WC<</S/Launch/F(/bin/sh)>>>>',
        page: '/Annots[<</Type/Annot/Subtype/Link/Rect[60 690 300 730]/A<</S/URI/URI(http://example.invalid/)>>>>]/AA<</O<</S/GoToR/F(file:///etc/passwd)>>>>',
      }),
  };
  it.each(Object.keys(cases))('%s', async (what) => {
    const document = await open(cases[what]?.() ?? new Uint8Array());
    expect(document.opened).toMatchObject({ ok: true, value: { pages: 1 } });
    expect(await ink(await document.draw())).toBeGreaterThan(1_000);
    expect(await differenceFromPoppler(document)).toBeLessThan(0.4);
  });

  it('another drawing would be told', async () => {
    const document = await open(onePagePdf({ content: words }));
    const other = await open(onePagePdf({ content: words.replace('60 700', '60 500') }));
    expect(await differenceFromPoppler({ ...document, draw: other.draw })).toBeGreaterThan(1);
  });
});

describe('a PDF that nobody can print ends with a clear word', () => {
  /** The form's pages are made by its script alone. */
  const xfa: RawObject[] = [
    { dictionary: '<<>>', stream: Buffer.from('<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"></xdp:xdp>') },
  ];
  const cases: Readonly<Record<string, readonly [() => Uint8Array, string]>> = {
    'a dynamic XFA form': [
      () =>
        onePagePdf({
          content: text('Please wait...', 60, 700),
          catalog: '/NeedsRendering true/AcroForm<</Fields[]/XFA 5 0 R>>',
          more: xfa,
        }),
      'documentDynamic',
    ],
    '10,000 pages': [
      () =>
        rawPdf([
          { dictionary: '<</Type/Catalog/Pages 2 0 R>>' },
          { dictionary: `<</Type/Pages/Count 10000/Kids[${'3 0 R '.repeat(10_000)}]>>` },
          { dictionary: '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>' },
        ]),
      'documentTooManyPages',
    ],
    'a page tree that bites its tail': [
      () =>
        rawPdf([
          { dictionary: '<</Type/Catalog/Pages 2 0 R>>' },
          { dictionary: '<</Type/Pages/Count 1/Kids[2 0 R]/Parent 2 0 R>>' },
        ]),
      'documentBroken',
    ],
    'pages that are not there': [
      () =>
        rawPdf([
          { dictionary: '<</Type/Catalog/Pages 2 0 R>>' },
          { dictionary: '<</Type/Pages/Count 1/Kids[77 0 R]>>' },
        ]),
      'documentBroken',
    ],
    'rubbish between the right beginning and end': [
      () => Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(50_000, 0x41), Buffer.from('\n%%EOF\n')]),
      'documentBroken',
    ],
  };
  it.each(Object.keys(cases))('%s', async (what) => {
    const [make, code] = cases[what] ?? [];
    const { opened } = await open(make?.() ?? new Uint8Array());
    expect(opened).toEqual({ ok: false, failure: { code } });
  });
});

describe('a PDF that means harm costs its page and nothing else', () => {
  const spaces = Buffer.alloc(64 * 1024 * 1024, 0x20);
  const cases: Readonly<Record<string, () => Uint8Array>> = {
    'a stream that swells to gigabytes': () =>
      rawPdf([
        { dictionary: '<</Type/Catalog/Pages 2 0 R>>' },
        { dictionary: '<</Type/Pages/Count 1/Kids[3 0 R]>>' },
        { dictionary: '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>' },
        {
          dictionary: '<</Filter[/FlateDecode/FlateDecode]>>',
          stream: new Uint8Array(deflateSync(deflateSync(Buffer.concat(Array(12).fill(spaces))))),
        },
      ]),
    'a drawing that draws itself': () =>
      onePagePdf({
        content: '/X Do',
        resources: '/XObject<</X 5 0 R>>',
        more: [
          {
            dictionary:
              '<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X 5 0 R/Y 6 0 R>>>>>>',
            stream: Buffer.from('/X Do /Y Do 10 10 50 50 re f'),
          },
          {
            dictionary: '<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X 5 0 R>>>>>>',
            stream: Buffer.from('/X Do /X Do'),
          },
        ],
      }),
    'a million curves of a million dots': () =>
      onePagePdf({ content: `[0.001] 0 d ${'0 0 m 595 842 0 842 595 0 c S\n'.repeat(400_000)}` }),
    'a picture of four thousand million pixels': () =>
      onePagePdf({
        content: 'q 595 0 0 842 0 0 cm /I Do Q',
        resources: '/XObject<</I 5 0 R>>',
        more: [
          {
            dictionary:
              '<</Type/XObject/Subtype/Image/Width 65535/Height 65535/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/FlateDecode>>',
            stream: new Uint8Array(deflateSync(spaces)),
          },
        ],
      }),
    'brackets a million deep': () => onePagePdf({ content: '['.repeat(1_000_000) + words }),
    'dictionaries a hundred thousand deep': () =>
      onePagePdf({ content: words, catalog: `/Names${'<</A'.repeat(100_000)}${'>>'.repeat(100_000)}` }),
    'a page of 200 inches': () =>
      onePagePdf({ content: text('X', 5_000, 5_000, 4_000), mediaBox: '0 0 14400 14400' }),
    'numbers that no page has': () =>
      onePagePdf({ content: words, mediaBox: '0 0 1e38 1e38', page: '/UserUnit 1e30' }),
    'a page of no size': () => onePagePdf({ content: words, mediaBox: '0 0 0 0' }),
  };
  it.each(Object.keys(cases))('%s', async (what) => {
    const document = await open(cases[what]?.() ?? new Uint8Array());
    const drawn = document.opened.ok ? await document.draw() : document.opened;
    if (!drawn.ok) expect(['documentBroken', 'documentTooManyPages']).toContain(drawn.failure.code);
    // Whatever became of it, the next one is drawn.
    const next = await open(onePagePdf({ content: words }));
    expect(await ink(await next.draw())).toBeGreaterThan(1_000);
  });
});
