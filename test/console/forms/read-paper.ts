/** What is on a filled form's pages, asked of the programs that draw and print it. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import sharp from 'sharp';

const run = promisify(execFile);

/** As the console's worker fetches it. */
export async function loadWideFont(): Promise<Uint8Array> {
  const name = '@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf';
  return new Uint8Array(await readFile(createRequire(import.meta.url).resolve(name)));
}

/** Dots per inch of the pictures compared. */
const RESOLUTION = 60;

/** The pages' text as poppler finds it, without any white space: cells and columns are spaced as each program likes. */
export async function textOnPaper(bytes: Uint8Array): Promise<string> {
  const text = await withFile(bytes, async (file) => (await run('pdftotext', ['-layout', file, '-'])).stdout);
  return withoutSpace(text);
}

export function withoutSpace(text: string): string {
  return text.replace(/\s/g, '');
}

/** Each page as grey dots, drawn by poppler. */
export async function drawnByPoppler(bytes: Uint8Array): Promise<Picture[]> {
  return withFile(bytes, async (file, folder) => {
    await run('pdftoppm', [
      '-cropbox',
      '-r',
      String(RESOLUTION),
      '-gray',
      '-png',
      file,
      path.join(folder, 'page'),
    ]);
    const { stdout } = await run('pdfinfo', [file]);
    const pages = Number(/Pages:\s+(\d+)/.exec(stdout)?.[1]);
    const digits = String(pages).length;
    return Promise.all(
      Array.from({ length: pages }, async (_, at) => {
        const png = await readFile(path.join(folder, `page-${String(at + 1).padStart(digits, '0')}.png`));
        const { data, info } = await sharp(png).greyscale().raw().toBuffer({ resolveWithObject: true });
        return { dots: data, width: info.width, height: info.height };
      }),
    );
  });
}

interface Picture {
  readonly dots: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** One page (from 1) as PDFium draws it, which is what the terminal shows; in poppler's size. */
export async function drawnByPdfium(bytes: Uint8Array, page: number, like: Picture): Promise<Picture> {
  const library = await PDFiumLibrary.init();
  const document = await library.loadDocument(bytes);
  const { data: bitmap } = await document.getPage(page - 1).render({
    scale: RESOLUTION / 72,
    render: async ({ data, width, height }) =>
      sharp(data, { raw: { width, height, channels: 4 } })
        .png()
        .toBuffer(),
    renderFormFields: true,
  });
  const dots = await sharp(bitmap)
    .flatten({ background: '#fff' })
    .resize(like.width, like.height, { fit: 'fill' })
    .greyscale()
    .raw()
    .toBuffer();
  document.destroy();
  library.destroy();
  return { dots, width: like.width, height: like.height };
}

/** Of the page's ink, what one has in places where the other has nothing near. 0 to 1. */
export function difference(one: Picture, other: Picture): number {
  if (one.width !== other.width || one.height !== other.height) return 1;
  let ink = 0;
  let apart = 0;
  for (const [first, second] of [
    [one, other],
    [other, one],
  ] as const) {
    for (let at = 0; at < first.dots.length; at += 1) {
      if ((first.dots[at] ?? 255) > 150) continue;
      ink += 1;
      if (!hasInkNear(second, at)) apart += 1;
    }
  }
  return ink === 0 ? 0 : apart / ink;
}

function hasInkNear({ dots, width }: Picture, at: number): boolean {
  for (const down of [-2, -1, 0, 1, 2]) {
    for (const right of [-2, -1, 0, 1, 2]) {
      if ((dots[at + down * width + right] ?? 255) < 215) return true;
    }
  }
  return false;
}

async function withFile<T>(bytes: Uint8Array, use: (file: string, folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vis-a-vis-form-'));
  try {
    const file = path.join(folder, 'form.pdf');
    await writeFile(file, bytes);
    return await use(file, folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
