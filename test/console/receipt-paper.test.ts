/** The resident's receipt as it lies on paper: large, one page, whatever is on it. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { PDFDocument } from '@cantoo/pdf-lib';
import { describe, expect, it } from 'vitest';
import type { Receipt } from '../../src/console/receipt/receipt.ts';
import { receiptOf } from '../../src/console/receipt/receipt-lines.ts';
import { receiptPdf } from '../../src/console/receipt/receipt-pdf.ts';
import { receiptFr } from '../../src/console/words/receipt-fr.ts';
import { loadWideFont, textOnPaper, withoutSpace } from './forms/read-paper.ts';

const shots = process.env.CONSOLE_SHOTS;
const date = new Date('2026-11-22T10:00:00Z');
const words = receiptFr.page;
const digest = '3f2a91bc04de77a1'.repeat(4);

type Lines = Parameters<typeof receiptOf>[0];
const line = (section: Lines[number]['section'], text: string, hash: string | null = null) => ({
  ...{ section, id: `${section} ${text}`, text, digest: hash },
});
const head: Lines = [
  line('head', 'Office des familles du Val-Clair'),
  line('head', words.counsellor('Nadia Belkacem')),
  line('head', words.place('Saint-Martin-des-Prés')),
  line('head', words.when(date)),
];
const usual: Lines = [
  ...head,
  line('signed', words.file('Demande d’aide au logement (signé)', 2), digest),
  line('scanned', words.file('numerisation-2026-11-22-10h00', 3), digest),
  line('printed', words.file('Demande d’aide au logement (rempli)', 2)),
];

async function paper(receipt: Receipt, name: string) {
  const made = await receiptPdf(receipt, { date, loadWideFont });
  if (!made.ok) throw new Error(made.failure.code);
  expect(made.value.unwritten).toEqual([]);
  const { bytes } = made.value;
  if (shots) await drawn(bytes, path.join(shots, name));
  const pages = (await PDFDocument.load(bytes, { updateMetadata: false })).getPageCount();
  return { pages, text: await textOnPaper(bytes) };
}

async function drawn(bytes: Uint8Array, to: string): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vis-a-vis-receipt-'));
  const file = path.join(folder, 'receipt.pdf');
  await writeFile(file, bytes);
  await promisify(execFile)('pdftoppm', ['-r', '90', '-png', '-singlefile', file, to]);
  await rm(folder, { recursive: true });
}

const nothing = { left: new Set<string>(), filed: '', follow: '' };

describe('a receipt', () => {
  it('says who, when, what, and the fingerprints, on one page', async () => {
    const own = { filed: 'Demande d’aide au logement', follow: 'Réponse par courrier avant le 15 mars.' };
    const { pages, text } = await paper(receiptOf(usual, { ...nothing, ...own }, words), 'receipt');
    expect(pages).toBe(1);
    for (const said of [
      ...usual.map((one) => one.text),
      ...['3f2a 91bc 04de 77a1', digest, own.filed, own.follow, words.sections.signed],
    ])
      expect(text).toContain(withoutSpace(said));
  });

  it('sums up what does not fit, and keeps what the counsellor wrote', async () => {
    const many = Array.from({ length: 60 }, (_, at) => [
      line('scanned', `numérisation numéro ${at + 1}`, digest),
      line('printed', `Un formulaire au nom bien long qui prend plus d’une ligne, numéro ${at + 1}`),
      line('kept', `Fiche ${at + 1}`, digest),
      line('signed', `Demande ${at + 1}`, digest),
    ]).flat();
    const own = { filed: 'déposé '.repeat(25).trim(), follow: 'pour suivre '.repeat(15).trim() };
    const { pages, text } = await paper(
      receiptOf([...head, ...many], { ...nothing, ...own }, words),
      'receipt-long',
    );
    expect(pages).toBe(1);
    expect(text).toContain(withoutSpace(own.follow));
    expect(text).toMatch(/\d+documentsdeplus/);
    // The last line is on the paper, not below it.
    expect(text.endsWith(withoutSpace(own.follow)) || text.includes('surcettepage')).toBe(true);
  });

  it('says which line no font can write', async () => {
    const odd = line('printed', '中文');
    const made = await receiptPdf(receiptOf([...head, odd], nothing, words), { date, loadWideFont });
    expect(made.ok && made.value.unwritten).toEqual([{ name: odd.id, why: 'letters' }]);
  });
});
