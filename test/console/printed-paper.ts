/** A page as the browser prints it, read back by Poppler. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { PDFDocument } from '@cantoo/pdf-lib';
import { expect, type Page } from '@playwright/test';

export interface PrintedPaper {
  readonly pages: number;
  /** With single spaces. */
  readonly text: string;
  /** Points: of the lowest word and the highest. */
  readonly wordHeights: readonly number[];
}

const run = promisify(execFile);

/** @param picture where to leave a picture of it (no ending); null: nowhere. */
export async function readPaper(bytes: Buffer, picture: string | null): Promise<PrintedPaper> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vis-a-vis-paper-'));
  try {
    const file = path.join(folder, 'paper.pdf');
    await writeFile(file, bytes);
    if (picture !== null) await run('pdftoppm', ['-r', '90', '-png', '-singlefile', file, picture]);
    const { stdout: text } = await run('pdftotext', ['-layout', file, '-']);
    const { stdout: boxes } = await run('pdftotext', ['-bbox', file, '-']);
    return {
      pages: (await PDFDocument.load(bytes)).getPageCount(),
      text: text.replace(/\s+/g, ' '),
      wordHeights: [...boxes.matchAll(/yMin="([\d.]+)".*yMax="([\d.]+)">/g)].map(
        ([, top, bottom]) => Number(bottom) - Number(top),
      ),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Presses what prints, and takes the paper; the dialog of the browser is only noted. */
export async function print(page: Page, press: () => Promise<void>): Promise<Buffer> {
  await page.evaluate(() => {
    const noted = window as unknown as { asked: number };
    noted.asked = 0;
    window.print = () => {
      noted.asked += 1;
    };
  });
  await press();
  await expect.poll(() => page.evaluate(() => (window as unknown as { asked: number }).asked)).toBe(1);
  return page.pdf({ preferCSSPageSize: true });
}
