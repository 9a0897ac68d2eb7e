/** Print, sign, scan back, in a real browser under the hub's policy: the counsellor presses, everything else follows. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { PDFDocument } from '@cantoo/pdf-lib';
import { type Browser, chromium, type Page } from '@playwright/test';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { sealedSize } from '#sealing/sealed-document.ts';
import type { OrderView } from '#shared/protocol/views.ts';
import { readForm } from '../../../src/console/forms/read-form.ts';
import { builtConsole } from '../built-console.ts';
import * as fixture from '../fixtures.ts';
import { accepted, type ScriptedHub, startScriptedHub } from '../scripted-hub.ts';
import { penAt, printed, scannedSheet } from './made-sheets.ts';

const shots = process.env.CONSOLE_SHOTS;
const FORM = path.resolve('assets/forms/demande-aide-logement.pdf');

let browser: Browser;
let pages: string;
let hub: ScriptedHub;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  pages = await builtConsole();
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
});
afterAll(() => browser?.close());
beforeEach(async () => {
  hub = await startScriptedHub(pages, fixture.counsellorView());
  page = await (
    await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'fr-FR' })
  ).newPage();
  page.setDefaultTimeout(60_000);
  page.on('console', (message) => {
    const expected = /^(Failed to load resource|WebSocket connection)/.test(message.text());
    if (message.type() === 'error' && !expected) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
});
afterEach(async () => {
  await page.context().close();
  await hub.stop();
  expect(complaints.splice(0)).toEqual([]);
});

/** Draws, shows and prints what it is told to; scans what the test lays on its glass. */
function playTerminal() {
  const orders: OrderView[] = [];
  const papers = new Map<string, Uint8Array>();
  const glass: Buffer[] = [];
  const show = () => hub.show(fixture.inVisit(hub.roomOrigin, orders));
  async function perform(wanted: OrderView['request']): Promise<OrderView['status']> {
    if (wanted.kind === 'take') {
      const bytes = await hub.pull(wanted);
      if (!bytes) return { status: 'failed', code: 'documentDamaged' };
      papers.set(wanted.documentId, bytes);
      const count = (await PDFDocument.load(bytes, { updateMetadata: false })).getPageCount();
      for (let at = 1; at <= count; at += 1)
        hub.pages.set(`${wanted.documentId}/${at}`, new Uint8Array(await printed(bytes, at)));
      return { status: 'done', outcome: { kind: 'taken', pages: count, fitted: [] } };
    }
    if (wanted.kind === 'show') return { status: 'done', outcome: { kind: 'shown' } };
    if (wanted.kind === 'print') return { status: 'done', outcome: { kind: 'printed', pages: 2 } };
    if (wanted.kind !== 'scan') return { status: 'sent' };
    const scanned = glass.splice(0).map(async (jpeg) => {
      const documentId = crypto.randomUUID();
      hub.scans.set(documentId, new Uint8Array(jpeg));
      const { width = 1, height = 1 } = await sharp(jpeg).metadata();
      return fixture.scannedPage({
        documentId,
        size: sealedSize(jpeg.length),
        width,
        height,
        resolution: 200,
      });
    });
    return { status: 'done', outcome: { kind: 'scanned', pages: await Promise.all(scanned) } };
  }
  hub.onRequest = (request) => {
    if (request.type !== 'order') return accepted;
    const { orderId, request: wanted } = request;
    const createdAt = 2e12 + orders.length;
    const at = orders.push({ orderId, request: wanted, status: { status: 'sent' }, createdAt }) - 1;
    void perform(wanted).then((status) => {
      orders[at] = { orderId, request: wanted, createdAt, status };
      show();
    });
    return accepted;
  };
  return { orders, papers, glass, show };
}

async function look(name: string): Promise<void> {
  await page.locator('.signing').scrollIntoViewIfNeeded();
  if (shots) await page.screenshot({ path: path.join(shots, `${name}.png`) });
  const { violations } = await new AxeBuilder({ page }).exclude('iframe').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join()}`)).toEqual([]);
}

it('prints with a code, shows where to sign, knows the pages again, and ends in a signed copy', async () => {
  const terminal = playTerminal();
  hub.view = fixture.inVisit(hub.roomOrigin);
  await page.goto(hub.origin);
  await page.locator('input[type=file]').setInputFiles(FORM);
  await page.getByRole('button', { name: /^Remplir « demande/ }).click();
  await page.getByRole('button', { name: 'Montrer où signer' }).first().click();
  if (shots) await page.screenshot({ path: path.join(shots, 'sign-fill.png') });
  await page.getByRole('button', { name: 'Imprimer pour signature' }).click();
  await page.getByRole('button', { name: 'Continuer quand même' }).click();
  await page.getByRole('heading', { name: 'demande-aide-logement (à signer).pdf' }).waitFor();
  await page.getByText('Imprimé', { exact: true }).waitFor();

  const print = terminal.orders.findLast(({ request }) => request.kind === 'print')?.request;
  const documentId = print?.kind === 'print' ? print.documentId : '';
  const paper = terminal.papers.get(documentId) ?? new Uint8Array();
  const model = await readForm(new Uint8Array(await readFile(FORM)));
  if (!model.ok) throw new Error(model.failure.code);
  const field = model.value.fields.find(({ kind }) => kind === 'signature')?.widgets[0];
  if (!field) throw new Error('no place to sign');
  // The page to sign lies on the desk.
  await expect
    .poll(() => terminal.orders.findLast(({ request }) => request.kind === 'show')?.request)
    .toEqual({ kind: 'show', documentId, page: field.page });
  await look('sign-printed');

  // Scanned without a signature, and a page of something else.
  const sheets = await Promise.all([printed(paper, 1), printed(paper, 2)]);
  const other = await sharp({ create: { width: 1654, height: 2339, channels: 3, background: '#fff' } })
    .jpeg()
    .toBuffer();
  terminal.glass.push(
    ...(await Promise.all(sheets.map((sheet) => scannedSheet(sheet, { angle: 1 })))),
    other,
  );
  const scan = page.getByRole('button', { name: 'Numériser les pages signées' });
  await scan.click();
  await page.getByText(`Page ${field.page} : il manque la signature`).waitFor();
  await page.getByText(`Page ${3 - field.page} : revenue`).waitFor();
  await page.getByText('n’a pas le code de ce formulaire').waitFor();
  await look('sign-missing');

  // Signed, and laid upside down.
  const signed = sheets[field.page - 1];
  if (!signed) throw new Error('not printed');
  terminal.glass.push(await scannedSheet(signed, { angle: 180, pen: penAt(field.place) }));
  await scan.click();
  await page.getByText(`Page ${field.page} : signé`).waitFor();
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Enregistrer la copie signée' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('demande-aide-logement (signé).pdf');
  const file = await readFile(await download.path());
  expect((await PDFDocument.load(file)).getPageCount()).toBe(2);
  const digest = createHash('sha256').update(file).digest('hex');
  await page.getByText(`Empreinte : ${digest.slice(0, 4)} ${digest.slice(4, 8)}`).waitFor();
  await look('sign-saved');
  // The page without its signature went with it; what is left to be saved is the page of something else.
  await page.getByText('1 page à enregistrer').waitFor();
  const again = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Enregistrer la copie signée' }).click();
  expect((await PDFDocument.load(await readFile(await (await again).path()))).getPageCount()).toBe(2);

  await page.getByRole('button', { name: 'Reçu pour la personne' }).click();
  await page.getByRole('dialog').getByText('demande-aide-logement (signé), 2 pages').waitFor();
  // The hub learns neither the form's name nor the code.
  expect(JSON.stringify(hub.requests)).not.toContain('logement');
}, 240_000);

it('lets the counsellor go on without a page, and stop', async () => {
  const terminal = playTerminal();
  hub.view = fixture.inVisit(hub.roomOrigin);
  await page.goto(hub.origin);
  await page.locator('input[type=file]').setInputFiles(FORM);
  await page.getByRole('button', { name: /^Remplir « demande/ }).click();
  await page.getByRole('button', { name: 'Imprimer pour signature' }).click();
  await page.getByRole('button', { name: 'Continuer quand même' }).click();
  await page.getByText('Imprimé', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Continuer sans la page 1' }).click();
  await page.getByText('Page 1 : laissée de côté par vous').waitFor();
  await page.getByRole('button', { name: 'Imprimer à nouveau' }).click();
  await expect.poll(() => terminal.orders.filter(({ request }) => request.kind === 'print').length).toBe(2);
  await page.getByRole('button', { name: 'Arrêter la signature' }).click();
  await page.locator('.signing').waitFor({ state: 'detached' });
}, 120_000);
