/**
 * The paper process makes a PDF of the pages' pictures for the printer. The alternative is PWG raster (PWG 5102.4), which
 * many driverless printers take as it is. Both through the same print system to the same printer, from `lp` to the file
 * in the printer; the raster was made beforehand, which a terminal would have to do as well. Ten pages of text.
 */
import { closeSync, openSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type RigPrinter, startPrinter } from '#rig/printer/printer.ts';
import { runCommand } from '#rig/run-command.ts';
import { makeRunFolder } from '#rig/run-folder.ts';
import { until } from '#rig/until.ts';
import { imagePdf } from '../../src/main/pages/image-pdf.ts';
import { createPagePress } from '../../src/main/pages/page-press.ts';
import { createSandbox } from '../../src/main/pages/sandbox.ts';
import { layOut } from '../../src/main/pages/sheet-layout.ts';
import type { Measurement } from './figure.ts';
import { tenPages } from './ten-pages.ts';
import { withClosers } from './with-closers.ts';

const ROUNDS = 9;
const PAGES = 10;

export function measurePrintFormat(): Promise<Measurement> {
  return withClosers(async (close) => {
    // Quick paper: what is measured is the way to it.
    const printer = await startPrinter({ pagesPerMinute: 60_000 });
    close(printer.close);
    const folder = makeRunFolder('format');
    const pdf = path.join(folder, 'pages.pdf');
    writeFileSync(pdf, await picturesOf(await tenPages(), folder));
    const pwg = path.join(folder, 'pages.pwg');
    const raster = ['-q', '-dBATCH', '-dNOPAUSE', '-sDEVICE=pwgraster', '-r300', '-dcupsColorSpace=18'];
    await runCommand('gs', [...raster, '-dcupsBitsPerColor=8', `-sOutputFile=${pwg}`, pdf]);
    console.log(`  PDF ${megabytes(pdf)} MB, PWG raster ${megabytes(pwg)} MB`);
    const values: number[] = [];
    const baselines: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      values.push(await arrival(printer, pdf));
      baselines.push(await arrival(printer, pwg));
    }
    return { unit: 'ms', values, baselines, allowance: { kind: 'times', factor: 1 } };
  });
}

async function picturesOf(document: Buffer, folder: string): Promise<Buffer> {
  const source = path.join(folder, 'text.pdf');
  writeFileSync(source, document);
  const sandbox = createSandbox(path.join(import.meta.dirname, '../../src/main/pages/pages-process.ts'));
  const press = createPagePress({ sandbox, limitMs: 30_000, keepBytes: 64 * 1024 * 1024 });
  const file = openSync(source, 'r');
  try {
    await press.open('bench', file, PAGES);
    const pieces: Uint8Array[] = [];
    const place = (picture: Parameters<typeof layOut>[0]) => layOut(picture, null);
    for await (const piece of imagePdf(PAGES, (page) => press.draw('bench', page), place)) {
      if (!piece.ok) throw new Error(piece.failure.code);
      pieces.push(piece.value);
    }
    return Buffer.concat(pieces);
  } finally {
    press.close();
    closeSync(file);
  }
}

/** ms. */
async function arrival(printer: RigPrinter, file: string): Promise<number> {
  const before = printer.printedFiles().length;
  const start = performance.now();
  await runCommand('lp', ['-d', printer.queue, file], { env: printer.env });
  await until('it is in the printer', () => printer.printedFiles().length > before, { timeoutMs: 60_000 });
  const taken = performance.now() - start;
  await until('the printer is idle', async () => !(await printer.isPrinting()));
  return taken;
}

function megabytes(file: string): string {
  return (statSync(file).size / 1e6).toFixed(1);
}
