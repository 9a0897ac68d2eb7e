/** Tesseract, compiled to WebAssembly: reads French in a memory that it cannot leave, and asks nobody for anything. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { z } from 'zod';
import type { PageWords } from '#shared/page-words.ts';

export interface Tesseract {
  /** The words of a picture (JPEG), line by line. */
  readonly read: (jpeg: Uint8Array) => PageWords;
}

/** Of the names that its core exports, those used here (tesseract.js-core, README). */
interface Core {
  readonly FS: { readonly writeFile: (name: string, bytes: Uint8Array) => void };
  readonly TessBaseAPI: new () => {
    readonly Init: (folder: null, language: string, engine: number) => number;
    readonly SetImageFile: (exif: number, angle: number) => number;
    readonly Recognize: (monitor: null) => number;
    readonly GetTSVText: (page: number) => string;
    readonly Clear: () => void;
  };
}
type StartCore = (options: { readonly TesseractProgress: () => void }) => Promise<Core>;

const LANGUAGE = 'fra';
/** OEM_LSTM_ONLY. */
const ENGINE = 1;
/** Of 100. Low: a word that is wrong costs a search little, a word that is missing is not found. */
const SURE = 10;
/** Level 5 of Tesseract's TSV: a word. */
const WORD = 5;

/** Throws where it cannot be had. */
export async function startTesseract(): Promise<Tesseract> {
  const require = createRequire(import.meta.url);
  const startCore = require('tesseract.js-core/tesseract-core-simd-lstm') as StartCore;
  const core = await startCore({ TesseractProgress: () => undefined });
  // "best_int": as exact as the large one for print, a tenth of its size.
  const packed = await readFile(require.resolve('@tesseract.js-data/fra/4.0.0_best_int/fra.traineddata.gz'));
  core.FS.writeFile(`${LANGUAGE}.traineddata`, await promisify(gunzip)(packed));
  const api = new core.TessBaseAPI();
  if (api.Init(null, LANGUAGE, ENGINE) !== 0) throw new Error('Tesseract does not start');
  return {
    read(jpeg) {
      core.FS.writeFile('/input', jpeg);
      if (api.SetImageFile(1, 0) !== 0) throw new Error('Tesseract cannot open the picture');
      api.Recognize(null);
      const words = wordsOf(api.GetTSVText(0));
      api.Clear();
      return words;
    },
  };
}

const number = z.coerce.number();
/** level, page, block, paragraph, line, word, left, top, width, height, confidence, text. */
const row = z.tuple([number, number, number, number, number, number, number, number, number, number, number]);

function wordsOf(tsv: string): PageWords {
  return tsv.split('\n').flatMap((line) => {
    const cells = line.split('\t');
    const text = cells[11]?.trim().slice(0, 200) ?? '';
    const parsed = row.safeParse(cells.slice(0, 11));
    if (!parsed.success || text === '') return [];
    const [level, , , , , , x, y, width, height, confidence] = parsed.data;
    return level === WORD && confidence >= SURE ? [{ text, x, y, width, height }] : [];
  });
}
