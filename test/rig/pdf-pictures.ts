/** The pictures inside a PDF, page by page, taken out as they are in the file: poppler's pdfimages. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { runCommand } from './run-command.ts';

/** One text for each picture, in the order of the pages; the same text for the same picture. */
export async function picturesInPdf(file: string): Promise<string[]> {
  return Promise.all((await extractPictures(file)).map(pictureText));
}

/** Their files: JPEG where they are that in the PDF, PNG otherwise. */
export async function extractPictures(file: string): Promise<Buffer[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'vis-a-vis-pictures-'));
  try {
    await runCommand('pdfimages', ['-all', file, path.join(folder, 'page')]);
    return readdirSync(folder)
      .sort()
      .map((name) => readFileSync(path.join(folder, name)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A JPEG by its bytes; anything else by its pixels, however they are packed. */
export async function pictureText(bytes: Uint8Array): Promise<string> {
  const isJpeg = bytes[0] === 0xff && bytes[1] === 0xd8;
  if (isJpeg) return `jpeg ${digest(bytes)}`;
  const { data, info } = await sharp(bytes).toColourspace('srgb').removeAlpha().raw().toBuffer({
    resolveWithObject: true,
  });
  return `${info.width}x${info.height} ${digest(data)}`;
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
