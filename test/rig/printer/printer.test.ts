import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PDFDocument } from '@cantoo/pdf-lib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommand } from '../run-command.ts';
import { makeRunFolder } from '../run-folder.ts';
import { until } from '../until.ts';
import { type RigPrinter, startPrinter } from './printer.ts';

let printer: RigPrinter;
let twoPages: string;

beforeAll(async () => {
  twoPages = path.join(makeRunFolder('print-test'), 'two pages.pdf');
  const pdf = await PDFDocument.create();
  for (const size of [
    [595, 842],
    [595, 842],
  ] as const)
    pdf.addPage([...size]).drawRectangle({ x: 50, y: 50, width: 100, height: 100 });
  writeFileSync(twoPages, await pdf.save());
  printer = await startPrinter();
});
afterAll(() => printer.close());

async function lp(...options: string[]): Promise<string> {
  const text = await runCommand('lp', ['-d', printer.queue, ...options, twoPages], { env: printer.env });
  const id = /request id is (\S+)/.exec(text)?.[1];
  if (!id) throw new Error(`lp said: ${text}`);
  return id;
}

const received = () => readdirSync(printer.spool).length;
const waiting = () => runCommand('lpstat', ['-o'], { env: printer.env });

async function printedAfter(before: number): Promise<string> {
  await until('the paper is out', () => printer.printedFiles().length > before, { timeoutMs: 25_000 });
  await until('the print system is done', async () => (await waiting()) === '');
  const file = printer.printedFiles().at(-1);
  if (!file) throw new Error('Nothing printed.');
  return file;
}

test('what lp sends comes out as the PDF that it was, and the print system keeps nothing of it', async () => {
  const before = printer.printedFiles().length;
  await lp();
  const file = await printedAfter(before);
  expect(readFileSync(file).subarray(0, 5).toString()).toBe('%PDF-');
  expect(await runCommand('pdfinfo', [file])).toMatch(/^Pages:\s+2$/m);
  await until('no job file is left', () =>
    readdirSync(printer.jobsFolder).every((name) => !/^[cd]\d/.test(name)),
  );
});

test.each(['media-empty', 'media-jam', 'cover-open'] as const)(
  'a printer with %s says so, holds the job, and goes on once it is mended',
  async (reason) => {
    const before = printer.printedFiles().length;
    await printer.setReason(reason);
    expect((await printer.reasons()).join()).toContain(reason);
    await lp();
    await until('the print system says why', async () => {
      const job = await runCommand(
        'ipptool',
        ['-tv', printer.printerUri.replace('localhost', '127.0.0.1'), 'get-printer-attributes.test'],
        { env: printer.env },
      );
      return job.includes(reason);
    });
    expect(printer.printedFiles()).toHaveLength(before);
    await printer.clearReason(reason);
    await printedAfter(before);
    expect((await printer.reasons()).join()).not.toContain(reason);
  },
);

test('paper that runs out between two pages holds the second page', async () => {
  const before = received();
  const printed = printer.printedFiles().length;
  printer.setSpeed(30);
  await lp();
  await until('the job is at the printer', () => received() > before);
  await printer.setReason('media-jam');
  printer.setSpeed(240);
  expect(printer.printedFiles()).toHaveLength(printed);
  await printer.clearReason('media-jam');
  await printedAfter(printed);
});

test('a cancelled job stops and prints no more', async () => {
  const before = printer.printedFiles().length;
  const arrived = received();
  await printer.setReason('media-jam');
  const id = await lp();
  await until('the job is at the printer', () => received() > arrived);
  await runCommand('cancel', [id], { env: printer.env });
  await until('the job is gone', async () => (await waiting()) === '');
  await printer.clearReason('media-jam');
  await lp();
  await printedAfter(before);
  expect(printer.printedFiles()).toHaveLength(before + 1);
});

test('a printer that was off prints what waited for it', async () => {
  const before = printer.printedFiles().length;
  await printer.switchOff();
  await expect(printer.reasons()).rejects.toThrow();
  await lp();
  expect(printer.printedFiles()).toHaveLength(before);
  await printer.switchOn();
  await printedAfter(before);
}, 60_000);

test('a print system that was killed prints what it had accepted', async () => {
  const before = printer.printedFiles().length;
  await printer.setReason('cover-open');
  await lp();
  await printer.killCups();
  await expect(waiting()).rejects.toThrow();
  await printer.startCups();
  await printer.clearReason('cover-open');
  await printedAfter(before);
}, 60_000);
