/** A counsellor fills forms in a real browser, against the built console under the hub's policy. */
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { type Browser, chromium, type Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OrderView } from '#shared/protocol/views.ts';
import { builtConsole } from '../built-console.ts';
import * as fixture from '../fixtures.ts';
import { accepted, type ScriptedHub, startScriptedHub } from '../scripted-hub.ts';
import { endlessPdf } from './endless-pdf.ts';
import { textOnPaper, withoutSpace } from './read-paper.ts';

const shots = process.env.CONSOLE_SHOTS;
const form = (name: string) => path.resolve(`assets/forms/${name}.pdf`);

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
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'fr-FR' });
  page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on('console', (message) => {
    const expected = /^(Failed to load resource|WebSocket connection)/.test(message.text());
    if (message.type() === 'error' && !expected) complaints.push(message.text());
  });
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
      console.error(`The policy refused ${blockedURI} (${effectiveDirective})`),
    );
  });
  page.on('pageerror', (error) => complaints.push(error.message));
});
afterEach(async () => {
  await page.context().close();
  await hub.stop();
  expect(complaints.splice(0)).toEqual([]);
});

/** Takes and shows whatever it is told to; what arrived is kept by document id. */
async function enter() {
  const orders: OrderView[] = [];
  const arrived = new Map<string, Uint8Array>();
  hub.onRequest = (request) => {
    if (request.type !== 'order') return accepted;
    const { orderId, request: wanted } = request;
    const at = orders.push({
      orderId,
      request: wanted,
      status: { status: 'sent' },
      createdAt: Date.now() + orders.length,
    });
    const end = (status: OrderView['status']) => {
      const order = orders[at - 1];
      if (order) orders[at - 1] = { ...order, status };
      hub.show(fixture.inVisit(hub.roomOrigin, orders));
    };
    if (wanted.kind === 'take') {
      void hub.pull(wanted).then((bytes) => {
        if (bytes) arrived.set(wanted.documentId, bytes);
        end({ status: 'done', outcome: { kind: 'taken', pages: 2, fitted: [] } });
      });
    } else if (wanted.kind === 'show') end({ status: 'done', outcome: { kind: 'shown' } });
    else hub.show(fixture.inVisit(hub.roomOrigin, orders));
    return accepted;
  };
  hub.view = fixture.inVisit(hub.roomOrigin);
  await page.goto(hub.origin);
  await page.getByRole('heading', { name: 'Madame Martin' }).waitFor();
  return { orders, arrived };
}

async function open(name: string): Promise<void> {
  await page.locator('input[type=file]').setInputFiles(form(name));
  await page.getByRole('button', { name: `Remplir « ${name}.pdf »` }).click();
  await page.getByRole('heading', { name: 'Remplir :' }).waitFor();
}

const list = () => page.locator('.fill-side');

async function look(name: string): Promise<void> {
  for (const width of [1366, 1920]) {
    await page.setViewportSize({ width, height: width === 1366 ? 768 : 1080 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide, `${name} scrolls sideways at ${width}`).toBeLessThanOrEqual(0);
    const high = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
    expect(high, `${name} is higher than the screen at ${width}`).toBeLessThanOrEqual(0);
    if (shots) await page.screenshot({ path: path.join(shots, `${name}-${width}.png`) });
  }
  await page.setViewportSize({ width: 1366, height: 768 });
  const { violations } = await new AxeBuilder({ page }).exclude('iframe').analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`),
    name,
  ).toEqual([]);
}

describe('filling a form', () => {
  it('goes from field to field with Tab, warns, and sends what was typed to be printed', async () => {
    const { orders, arrived } = await enter();
    await open('fiche-situation');
    await list().getByLabel('Numéro de sécurité sociale').focus();
    await page.keyboard.type('2 69 05 99 123 456 01');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Lefèvre-Cœur');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Łucja Șerban');
    await page.keyboard.press('Tab');
    await page.keyboard.type('05/05/1969');
    await page.keyboard.press('Tab');
    await page.getByText('La clé (les deux derniers chiffres)').waitFor();
    await look('fill-typing');
    // The same value on the page itself.
    expect(await page.locator('.fill-paper').getByLabel('Nom de naissance').inputValue()).toBe(
      'Lefèvre-Cœur',
    );
    await page.getByRole('button', { name: 'Imprimer', exact: true }).click();
    await page.getByRole('alertdialog').getByText('La clé (les deux').waitFor();
    await look('fill-asked');
    await page.getByRole('button', { name: 'Revoir le formulaire' }).click();
    await look('fill-problems');

    await page.getByRole('button', { name: 'Imprimer', exact: true }).click();
    await page.getByRole('button', { name: 'Continuer quand même' }).click();
    await page.getByRole('heading', { name: 'fiche-situation (rempli).pdf' }).waitFor();
    await expect.poll(() => orders.some(({ request }) => request.kind === 'print')).toBe(true);
    const print = orders.find(({ request }) => request.kind === 'print')?.request;
    const bytes = print?.kind === 'print' ? arrived.get(print.documentId) : undefined;
    const text = await textOnPaper(bytes ?? new Uint8Array());
    for (const typed of ['269059912345601', 'Lefèvre-Cœur', 'Łucja Șerban', '05051969']) {
      expect(text).toContain(withoutSpace(typed));
    }
  });

  it('keeps the draft through a cut and through leaving; the desk follows the page', async () => {
    const { orders } = await enter();
    await open('demande-aide-logement');
    await list().getByLabel('Prénoms').fill('Marie-Thérèse');
    hub.cut();
    await page.getByText('Connexion perdue, nous la rétablissons…').waitFor();
    await list().getByLabel('Adresse', { exact: true }).fill('12, rue du Moulin');
    hub.mend();
    await page.getByText('Connexion rétablie.').waitFor();
    await page.getByRole('button', { name: 'Revenir aux documents' }).click();
    await page.getByRole('button', { name: 'Continuer à remplir' }).click();
    expect(await list().getByLabel('Prénoms').inputValue()).toBe('Marie-Thérèse');
    expect(await list().getByLabel('Adresse', { exact: true }).inputValue()).toBe('12, rue du Moulin');
    await list().getByLabel('Votre contrat de location').check();
    await expect
      .poll(() => orders.map(({ request }) => (request.kind === 'show' ? request.page : null)))
      .toEqual([null, 1, 2]);
  });

  it('lays text, crosses and a highlight on a page without fields, points, and says where to sign', async () => {
    const { arrived } = await enter();
    const { PDFDocument } = await import('@cantoo/pdf-lib');
    const plain = await PDFDocument.create();
    plain.addPage([595, 842]).drawText('Certificat de travail', { x: 60, y: 760, size: 20 });
    await page.locator('input[type=file]').setInputFiles({
      name: 'certificat.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from(await plain.save()),
    });
    await page.getByRole('button', { name: 'Remplir « certificat.pdf »' }).click();
    await page.getByText('Ce document n’a pas de champs').waitFor();
    const surface = page.locator('.fill-surface');
    await surface.click({ position: { x: 120, y: 160 } });
    await page.keyboard.type('Vu le 3 mars : « d’accord », 12,50 €');
    await page.getByRole('radio', { name: 'Croix' }).click();
    await surface.click({ position: { x: 80, y: 168 } });
    await page.getByRole('radio', { name: 'Surligner' }).click();
    const box = await surface.boundingBox();
    if (!box) throw new Error('There is no page to draw on.');
    await page.mouse.move(box.x + 50, box.y + 50);
    await page.mouse.down();
    await page.mouse.move(box.x + 260, box.y + 80);
    await page.mouse.up();
    await page.getByRole('radio', { name: 'Signez ici' }).click();
    await page.getByRole('button', { name: 'Poser au milieu' }).click();
    await page.getByRole('radio', { name: 'Montrer du doigt' }).click();
    await surface.click({ position: { x: 200, y: 70 } });
    await look('fill-plain');
    // What is laid can be taken and laid elsewhere, with the mouse and with the arrows.
    await page.getByRole('radio', { name: 'Déplacer' }).click();
    const cross = page.getByRole('button', { name: 'Croix : les flèches' });
    const before = await cross.boundingBox();
    if (!before) throw new Error('The cross is not there.');
    await page.mouse.move(before.x + 4, before.y + 4);
    await page.mouse.down();
    await page.mouse.move(before.x + 64, before.y + 34, { steps: 4 });
    await page.mouse.up();
    await cross.press('ArrowRight');
    const after = await cross.boundingBox();
    expect(Math.round((after?.x ?? 0) - before.x)).toBeGreaterThan(60);
    expect(Math.round((after?.y ?? 0) - before.y)).toBe(30);
    await page.getByRole('button', { name: 'Aplatir et enregistrer' }).click();
    await page.getByRole('heading', { name: 'certificat (rempli, aplati).pdf' }).waitFor();
    await expect.poll(() => arrived.size).toBe(2);
    const text = await textOnPaper([...arrived.values()].at(-1) ?? new Uint8Array());
    expect(text).toContain(withoutSpace('Vu le 3 mars : « d’accord », 12,50 €'));
    expect(text).toContain('Signezici');
  });

  it('says calmly that a file cannot be opened', async () => {
    await enter();
    await page.locator('input[type=file]').setInputFiles({
      name: 'abime.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('%PDF-1.7\nnothing that a page could be made of\n%%EOF'),
    });
    await page.getByRole('button', { name: 'Remplir « abime.pdf »' }).click();
    await page.getByRole('alert').waitFor();
    await look('fill-broken');
  });
});

describe('a file that never ends', () => {
  it('is given up after a while, and holds up nobody meanwhile', async () => {
    const buffer = await endlessPdf();
    expect(buffer.length).toBeLessThan(20_000);
    await enter();
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'sans-fin.pdf', mimeType: 'application/pdf', buffer });
    await page.getByRole('button', { name: 'Remplir « sans-fin.pdf »' }).click();
    await page.getByText('Ouverture de « sans-fin.pdf »').waitFor();
    // The page itself answers while the worker sweats.
    await page.getByRole('button', { name: 'Revenir aux documents' }).click({ timeout: 2_000 });
    await page.getByRole('button', { name: 'Continuer à remplir' }).click({ timeout: 2_000 });
    await page.locator('.fill').getByRole('alert').waitFor({ timeout: 30_000 });
  }, 60_000);
});

describe('writing a letter', () => {
  it('is written on the sheet, kept through a cut, and printed', async () => {
    const { orders, arrived } = await enter();
    await page.getByRole('button', { name: 'Écrire une lettre' }).click();
    await page.getByLabel('Expéditeur').fill('Marie Lefèvre-Cœur\n12, rue du Moulin');
    await page.getByLabel('Destinataire').fill('Office des familles');
    await page.getByLabel('Objet').fill('Demande d’aide');
    await page.getByLabel('Morceau 2', { exact: true }).fill('Je vous demande : « une aide », 120,50 €.');
    hub.cut();
    await page.getByText('Connexion perdue, nous la rétablissons…').waitFor();
    hub.mend();
    await page.getByText('Connexion rétablie.').waitFor();
    await page.getByRole('button', { name: 'Ajouter sous le morceau 2' }).click();
    await page.getByLabel('Genre du morceau 3').selectOption('list');
    await page.getByLabel('Morceau 3', { exact: true }).fill('une quittance\nun contrat');
    await look('letter');
    await page.getByRole('button', { name: 'Revenir aux documents' }).click();
    await look('letter-left');
    await page.getByRole('button', { name: 'Écrire une lettre' }).click();
    await page.getByRole('button', { name: 'Imprimer', exact: true }).click();
    await page.getByRole('heading', { name: 'Lettre.pdf' }).waitFor();
    await expect.poll(() => orders.some(({ request }) => request.kind === 'print')).toBe(true);
    const text = await textOnPaper([...arrived.values()].at(-1) ?? new Uint8Array());
    for (const typed of [
      'Marie Lefèvre-Cœur',
      'Objet : Demande d’aide',
      '« une aide », 120,50 €.',
      '• un contrat',
    ]) {
      expect(text).toContain(withoutSpace(typed));
    }
  });
});
