/** A sheet as the resident sees it on the desk and takes it home. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { PDFDocument } from '@cantoo/pdf-lib';
import { describe, expect, it } from 'vitest';
import type { SheetView } from '#shared/protocol/sheets.ts';
import { residentSheetOf } from '../../src/console/sheets/resident-sheet.ts';
import { sheetPdf } from '../../src/console/sheets/sheet-pdf.ts';
import { sheetsFr } from '../../src/console/words/sheets-fr.ts';
import { loadWideFont, textOnPaper, withoutSpace } from './forms/read-paper.ts';

const run = promisify(execFile);
const shots = process.env.CONSOLE_SHOTS;
const writtenAt = Date.parse('2026-10-05T09:00:00Z');
const options = { date: new Date(writtenAt), loadWideFont };

const sheet: SheetView = {
  sheetId: '00000000-0000-4000-8000-000000000001',
  title: 'Demander une aide au logement',
  summary: 'Selon vos revenus et votre loyer, une aide peut être versée chaque mois.',
  ...{ body: 'Office des familles du Val-Clair', author: 'Nadia Belkacem', writtenAt },
  ...{ toReview: false, favourite: false, own: true, reviewOn: '2027-04-01', address: null },
  content: [
    { kind: 'heading', level: 1, text: 'Qui peut la demander ?' },
    {
      kind: 'paragraph',
      text: 'Vous louez votre logement, vide ou meublé, et vous y habitez toute l’année.',
    },
    { kind: 'list', items: ['Une maison ou un appartement', 'Une chambre chez quelqu’un d’autre'] },
    { kind: 'heading', level: 2, text: 'Comment faire' },
    { kind: 'steps', items: ['Réunissez le bail et la dernière quittance.', 'Prenez rendez-vous.'] },
    { kind: 'link', text: 'En savoir plus', address: 'https://www.example.fr/aide' },
  ],
};

async function paper(view: SheetView, name?: string) {
  const made = await sheetPdf(residentSheetOf(view, sheetsFr), options);
  if (!made.ok) throw new Error(made.failure.code);
  const { bytes, unwritten } = made.value;
  expect(unwritten).toEqual([]);
  if (shots && name)
    await inFile(bytes, (file) => run('pdftoppm', ['-r', '80', '-png', file, path.join(shots, name)]));
  const pages = (await PDFDocument.load(bytes, { updateMetadata: false })).getPageCount();
  return { bytes, pages, text: await textOnPaper(bytes) };
}

async function inFile<T>(bytes: Uint8Array, work: (file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vis-a-vis-sheet-'));
  const file = path.join(folder, 'sheet.pdf');
  await writeFile(file, bytes);
  try {
    return await work(file);
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe('a sheet on paper', () => {
  it('says all that it says on the screen, and of which body and day it is; not who wrote it', async () => {
    const { text } = await paper(sheet, 'sheet-paper');
    for (const said of [
      ...[sheet.title, sheet.summary, 'Qui peut la demander', 'Comment faire', 'https://www.example.fr/aide'],
      ...['•Une maison ou un appartement', '1.Réunissez le bail', '2.Prenez rendez-vous.'],
      'Fiche du 5 octobre 2026, Office des familles du Val-Clair.',
    ])
      expect(text).toContain(withoutSpace(said));
    expect(text).not.toContain('Nadia');
  });

  it('is in type of eighteen points and more, but for addresses and the source', async () => {
    const { bytes } = await paper(sheet);
    const { stdout } = await inFile(bytes, (file) => run('pdftohtml', ['-xml', '-stdout', '-i', file]));
    const sizes = [...stdout.matchAll(/<fontspec id="(\d+)" size="(\d+)"/g)].map(([, id, size]) => ({
      id,
      size: Number(size),
    }));
    // pdftohtml draws at one and a half times the size of the paper.
    const small = sizes.filter(({ size }) => size < 27).map(({ id }) => id);
    const inSmall = [...stdout.matchAll(/<text [^>]*font="(\d+)"[^>]*>(.*?)<\/text>/g)]
      .filter(([, font]) => small.includes(font ?? ''))
      .map(([, , text]) => text);
    expect(sizes.length).toBeGreaterThan(3);
    expect(inSmall.join(' ')).toMatch(/^https:\S+ Fiche du [^.]+\.( \d \/ \d)*$/);
  });

  it('keeps the attribution of what was imported', async () => {
    const { text } = await paper({ ...sheet, body: null, author: 'Direction de l’information légale' });
    expect(text).toContain(withoutSpace('service-public.fr, Direction de l’information légale'));
    expect(text).toContain(withoutSpace('Licence Ouverte 2.0'));
  });

  it('goes on over as many pages as a long one needs, with their numbers', async () => {
    const paragraph = {
      kind: 'paragraph',
      text: 'Un long texte qui explique tout. '.repeat(100).trim(),
    } as const;
    const { pages, text } = await paper({ ...sheet, content: Array.from({ length: 20 }, () => paragraph) });
    expect(pages).toBeGreaterThan(15);
    expect(text).toContain(`${pages}/${pages}`);
  });

  it('names what no font can write, and makes no paper then', async () => {
    const made = await sheetPdf(residentSheetOf({ ...sheet, title: 'طلب مساعدة السكن' }, sheetsFr), options);
    if (!made.ok) throw new Error(made.failure.code);
    expect(made.value.unwritten).toEqual([{ name: 'طلب مساعدة السكن', why: 'letters' }]);
    expect(made.value.bytes).toHaveLength(0);
  });
});
