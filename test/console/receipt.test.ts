/** The resident's receipt, from the counsellor's click to the paper, in a real browser. */

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sealedSize } from '#sealing/sealed-document.ts';
import type { OrderView } from '#shared/protocol/views.ts';
import { builtConsole } from './built-console.ts';
import * as fixture from './fixtures.ts';
import { textOnPaper, withoutSpace } from './forms/read-paper.ts';
import { accepted, type ScriptedHub, startScriptedHub } from './scripted-hub.ts';

let browser: Browser;
let hub: ScriptedHub;
let page: Page;

beforeAll(async () => {
  hub = await startScriptedHub(await builtConsole(), fixture.counsellorView());
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  page = await (await browser.newContext({ locale: 'fr-FR' })).newPage();
  page.setDefaultTimeout(10_000);
});
afterAll(async () => {
  await browser?.close();
  await hub?.stop();
});

it('names what was printed and scanned, with the saved file’s fingerprint, and is offered once', async () => {
  const orders: OrderView[] = [];
  const arrived = new Map<string, Uint8Array>();
  const show = () => hub.show(fixture.inVisit(hub.roomOrigin, orders));
  hub.onRequest = (request) => {
    if (request.type === 'endVisit') hub.show(fixture.counsellorView());
    if (request.type !== 'order') return accepted;
    const { orderId, request: wanted } = request;
    const at = orders.push({
      orderId,
      request: wanted,
      status: { status: 'sent' },
      createdAt: 2e12 + orders.length,
    });
    const end = (status: OrderView['status']) => {
      orders[at - 1] = { ...(orders[at - 1] as OrderView), status };
      show();
    };
    if (wanted.kind === 'take')
      void hub.pull(wanted).then((bytes) => {
        if (bytes) arrived.set(wanted.documentId, bytes);
        end({ status: 'done', outcome: { kind: 'taken', pages: 1, fitted: [] } });
      });
    else if (wanted.kind === 'show') end({ status: 'done', outcome: { kind: 'shown' } });
    else if (wanted.kind === 'print') end({ status: 'done', outcome: { kind: 'printed', pages: 1 } });
    else show();
    return accepted;
  };
  const jpeg = await sharp({ create: { width: 1240, height: 1754, channels: 3, background: '#eee' } })
    .jpeg()
    .toBuffer();
  const documentId = crypto.randomUUID();
  hub.scans.set(documentId, new Uint8Array(jpeg));
  orders.push(fixture.scanned([fixture.scannedPage({ documentId, size: sealedSize(jpeg.length) })]));
  hub.view = fixture.inVisit(hub.roomOrigin, orders);
  await page.goto(hub.origin);

  await page.locator('input[type=file]').setInputFiles(path.resolve('assets/forms/fiche-situation.pdf'));
  await page.getByRole('button', { name: 'Imprimer « fiche-situation.pdf »' }).click();
  await page.getByText('Imprimé : la page est sortie.').waitFor();
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Enregistrer en PDF' }).click();
  const saved = await readFile(await (await downloading).path());
  const digest = createHash('sha256').update(saved).digest('hex');
  await page.getByText('Enregistré : numerisation').waitFor();

  await page.getByRole('button', { name: 'Reçu pour la personne' }).click();
  const dialog = page.getByRole('dialog', { name: 'Reçu pour la personne' });
  await dialog.getByText('fiche-situation, 1 page').waitFor();
  await dialog.getByText('Votre conseiller : Nadia Belkacem').click();
  await dialog.getByLabel('Pour suivre son dossier').fill('Réponse par courrier, dossier 4521');
  await dialog.getByRole('button', { name: 'Montrer et imprimer' }).click();
  await page.getByRole('heading', { name: 'Reçu.pdf' }).waitFor();
  await expect.poll(() => orders.filter(({ request }) => request.kind === 'print').length).toBe(2);

  const print = orders.findLast(({ request }) => request.kind === 'print')?.request;
  const receiptId = print?.kind === 'print' ? print.documentId : '';
  expect(orders.some(({ request }) => request.kind === 'show' && request.documentId === receiptId)).toBe(
    true,
  );
  const text = await textOnPaper(arrived.get(receiptId) ?? new Uint8Array());
  for (const said of [
    digest,
    'fiche-situation, 1 page',
    'Réponse par courrier, dossier 4521',
    'Office des familles',
  ])
    expect(text).toContain(withoutSpace(said));
  expect(text).not.toContain('Nadia');
  // Nothing of it went to the hub but sealed.
  expect(JSON.stringify(hub.requests)).not.toMatch(/4521|fiche-situation/);
  // It has its receipt: the visit ends without a question.
  await page.getByRole('button', { name: 'Terminer la visite' }).click();
  await page.getByText('Personne n’attend').waitFor();
});
