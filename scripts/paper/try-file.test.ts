import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument } from '@cantoo/pdf-lib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RigPrinter, startPrinter } from '#rig/printer/printer.ts';
import { tryFile } from './try-file.ts';

let printer: RigPrinter;
let folder = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'paper-'));
  printer = await startPrinter({ pagesPerMinute: 6_000 });
});
afterAll(async () => {
  await printer.close();
  rmSync(folder, { recursive: true });
});

async function twoPages(first = 'Bonjour'): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  for (const text of [first, 'Merci']) document.addPage([595, 842]).drawText(text, { x: 50, y: 700 });
  return document.save();
}

async function locked(): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  document.addPage();
  document.encrypt({ userPassword: 'secret', ownerPassword: 'more secret' });
  return document.save();
}

let seen = 0;
function newFiles(): readonly string[] {
  const all = printer.printedFiles();
  const news = all.slice(seen);
  seen = all.length;
  return news;
}

function tryBytes(bytes: Uint8Array, printedFiles = newFiles) {
  const file = join(folder, 'paper.pdf');
  writeFileSync(file, bytes);
  return tryFile(file, { printerUri: printer.printerUri, printedFiles });
}

it('says of a whole file what was drawn and printed', async () => {
  expect(await tryBytes(await twoPages())).toMatchObject({
    ...{ ok: true, code: null, at: 'print', deaths: 0, pages: 2, drawn: 2, printed: 2, same: true, blank: 0 },
  });
  expect(printer.printedFiles()).toHaveLength(1);
});

it('does not call it whole where something else came out, or too much, or nothing', async () => {
  const [before = ''] = printer.printedFiles();
  const other = await twoPages('Au revoir');
  expect(await tryBytes(other, () => [before])).toMatchObject({ ok: false, printed: 2, same: false });
  expect(await tryBytes(other, () => [...newFiles(), before])).toMatchObject({ ok: false, printed: 6 });
  expect(await tryBytes(other, () => [])).toMatchObject({ ok: false, printed: 0, same: false });
});

it('counts the blank pages of a file that has such', async () => {
  const document = await PDFDocument.create();
  document.addPage([595, 842]);
  newFiles();
  expect(await tryBytes(await document.save())).toMatchObject({ ok: true, blank: 1 });
});

it.each([
  ['a locked file', locked, 'documentEncrypted'],
  ['a text', async () => new TextEncoder().encode('Bonjour'), 'documentNotPdf'],
  ['nothing', async () => new Uint8Array(), 'documentNotPdf'],
  ['half a file', async () => (await twoPages()).slice(0, 300), 'documentBroken'],
] as const)('says why %s is refused, before anything is drawn', async (_what, make, code) => {
  expect(await tryBytes(await make())).toMatchObject({
    ...{ ok: true, at: 'take', code, deaths: 0, pages: null, drawn: 0, printed: null },
  });
});
