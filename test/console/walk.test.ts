/** What people do in the console, in a real browser: first with the keyboard alone, then with bad luck. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PDFDocument } from '@cantoo/pdf-lib';
import { type Browser, chromium, type Page } from '@playwright/test';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sealedSize } from '#sealing/sealed-document.ts';
import type { ScannedPage } from '#shared/protocol/scanned-pages.ts';
import type { OrderView } from '#shared/protocol/views.ts';
import { builtConsole } from './built-console.ts';
import * as fixture from './fixtures.ts';
import { accepted, type ScriptedHub, startScriptedHub } from './scripted-hub.ts';

let browser: Browser;
let hub: ScriptedHub;
let page: Page;
let pages: string;

beforeAll(async () => {
  pages = await builtConsole();
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
});
afterAll(() => browser?.close());
beforeEach(async () => {
  hub = await startScriptedHub(pages, fixture.counsellorView());
  hub.form = await blankPdf(2);
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'fr-FR' });
  page = await context.newPage();
  // Less than a test's time, so that what was waited for is in the message.
  page.setDefaultTimeout(10_000);
});
afterEach(async () => {
  await page.context().close();
  await hub.stop();
});

async function blankPdf(pages: number): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  for (let i = 0; i < pages; i += 1) pdf.addPage([595, 842]);
  return pdf.save();
}

/** Presses Tab until the thing with this name has the focus, as somebody without a mouse does. */
async function tabTo(name: string | RegExp): Promise<void> {
  const names: string[] = [];
  for (let i = 0; i < 60; i += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      if (!(element instanceof HTMLElement)) return '';
      const labels = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;
      const label = labels ? [...(element.labels ?? [])].map((one) => one.innerText).join(' ') : '';
      const labelledBy = element.getAttribute('aria-labelledby')?.split(' ') ?? [];
      const by = labelledBy.map((id) => document.getElementById(id)?.innerText ?? '').join(' ');
      return element.getAttribute('aria-label') || label || by || element.innerText || '';
    });
    names.push(focused);
    if (typeof name === 'string' ? focused.startsWith(name) : name.test(focused)) return;
  }
  throw new Error(`Tab never reached ${name}; it went over ${names.join(' · ')}`);
}

/** A terminal that takes documents (checking what arrives), shows and prints; its orders are in the view. */
function playTerminal(pages: number) {
  const orders: OrderView[] = [];
  const arrived = new Map<string, Uint8Array>();
  const show = () => hub.show(fixture.inVisit(hub.roomOrigin, orders));
  const set = (orderId: string, status: OrderView['status']) => {
    const index = orders.findIndex((order) => order.orderId === orderId);
    const before = orders[index];
    if (before) orders[index] = { ...before, status };
    show();
  };
  hub.onRequest = (request) => {
    if (request.type === 'pickUp') show();
    if (request.type === 'endVisit') hub.show(fixture.counsellorView());
    if (request.type !== 'order') return accepted;
    const { orderId, request: wanted } = request;
    orders.push({
      orderId,
      request: wanted,
      status: { status: 'sent' },
      createdAt: Date.now() + orders.length,
    });
    show();
    if (wanted.kind === 'take') {
      void hub.pull(wanted).then((bytes) => {
        if (bytes) {
          arrived.set(wanted.documentId, bytes);
          set(orderId, { status: 'done', outcome: { kind: 'taken', pages, fitted: [] } });
        } else set(orderId, { status: 'failed', code: 'documentDamaged' });
      });
    }
    const isGone = (wanted.kind === 'show' || wanted.kind === 'print') && !arrived.has(wanted.documentId);
    if (isGone) set(orderId, { status: 'failed', code: 'documentGone' });
    else if (wanted.kind === 'show') set(orderId, { status: 'done', outcome: { kind: 'shown' } });
    return accepted;
  };
  return { orders, arrived, set, show };
}

async function drawnPages(count: number): Promise<ScannedPage[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, i) => {
      const picture = sharp({
        create: { width: 1240, height: 1754, channels: 3, background: `rgb(${200 + i},220,230)` },
      });
      const bytes = new Uint8Array(await picture.jpeg().toBuffer());
      const documentId = crypto.randomUUID();
      hub.scans.set(documentId, bytes);
      return fixture.scannedPage({ documentId, size: sealedSize(bytes.length) });
    }),
  );
}

/** Without those that the page gives by itself. */
const ordersSent = () =>
  hub.requests.flatMap((request) =>
    request.type === 'order' && request.request.kind !== 'read' ? [request] : [],
  );

async function enter(): Promise<ReturnType<typeof playTerminal>> {
  const terminal = playTerminal(2);
  hub.view = fixture.inVisit(hub.roomOrigin);
  await page.goto(hub.origin);
  await page.getByRole('heading', { name: 'Madame Martin' }).waitFor();
  return terminal;
}

describe('with the keyboard alone', () => {
  it('logs in, announces a resident', async () => {
    hub.view = null;
    hub.viewAfterLogIn = fixture.clerkView();
    await page.goto(hub.origin);
    await page.getByRole('heading', { name: 'Connexion à la console' }).waitFor();
    await tabTo('Adresse électronique');
    await page.keyboard.type('claire@mairie.example');
    await tabTo('Mot de passe');
    await page.keyboard.type(hub.password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Annoncer une personne' }).waitFor();
    await tabTo('Nom, comme il faut le dire');
    await page.keyboard.type('Madame Martin');
    await tabTo(/Organisme|Office/);
    await page.keyboard.press('ArrowDown');
    await tabTo('Taxe foncière');
    await page.keyboard.press('Enter');
    await tabTo('La personne accepte');
    await page.keyboard.press('Space');
    await tabTo('Annoncer');
    await page.keyboard.press('Enter');
    await page.getByText('Annonce faite pour Madame Martin').waitFor();
    expect(hub.requests).toEqual([
      {
        type: 'announce',
        requestId: expect.any(String),
        terminalId: fixture.terminal().terminalId,
        bodyId: fixture.bodies[1]?.bodyId,
        residentName: 'Madame Martin',
        showName: true,
        motive: 'Taxe foncière',
        details: {},
        consent: true,
      },
    ]);
  });

  it('picks up with Enter, opens a form of the library, shows it, prints it once, ends', async () => {
    const terminal = playTerminal(2);
    hub.view = fixture.counsellorView({ queue: [fixture.visit()] });
    await page.goto(hub.origin);
    await page.getByRole('button', { name: 'Prendre Madame Martin' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Madame Martin' }).waitFor();
    await tabTo('Formulaires');
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem').first().waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('2 pages, prêt').waitFor();
    expect([...terminal.arrived.values()].map((bytes) => Buffer.from(bytes))).toEqual([
      Buffer.from(hub.form),
    ]);

    await tabTo('Montrer');
    await page.keyboard.press('Enter');
    await page.getByText('Sur le bureau : page 1 sur 2').waitFor();
    await tabTo('Page suivante');
    await page.keyboard.press('Enter');
    await page.getByText('Sur le bureau : page 2 sur 2').waitFor();
    await tabTo('Imprimer');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Space');
    await page.getByText('Ordre envoyé à la borne').waitFor();
    const printing = ordersSent().filter((order) => order.request.kind === 'print');
    expect(printing).toHaveLength(1);
    terminal.set(printing[0]?.orderId ?? '', { status: 'done', outcome: { kind: 'printed', pages: 2 } });
    await page.getByText('Imprimé : 2 pages sont sorties.').waitFor();
    await tabTo('Terminer la visite');
    await page.keyboard.press('Enter');
    // Offered, and one more press to go on without.
    await page.getByRole('heading', { name: 'Un reçu pour la personne ?' }).waitFor();
    await tabTo('Terminer sans reçu');
    await page.keyboard.press('Enter');
    await page.getByText('Personne n’attend').waitFor();
    expect(hub.requests.at(-1)?.type).toBe('endVisit');
  });
});

describe('the counsellor', () => {
  it('is told which colleague was faster', async () => {
    hub.view = fixture.counsellorView({ queue: [fixture.visit()] });
    hub.onRequest = () => ({ ok: false, code: 'alreadyPickedUp', by: 'Julien Petit' });
    await page.goto(hub.origin);
    await page.getByRole('button', { name: 'Prendre Madame Martin' }).click();
    await page.getByRole('alert').getByText('Julien Petit vient de prendre Madame Martin.').waitFor();
  });

  it('clicks twice as fast as can be: one order', async () => {
    await enter();
    await page.getByRole('button', { name: 'Numériser' }).evaluate((button: HTMLElement) => {
      button.click();
      button.click();
      button.click();
    });
    await page.getByText('Ordre envoyé à la borne').waitFor();
    expect(ordersSent().map((order) => order.request)).toEqual([
      { kind: 'scan', purpose: 'letter', source: 'auto' },
    ]);
  });

  it('learns at once that a file is no PDF, and what a terminal refuses', async () => {
    const terminal = await enter();
    const files = page.locator('input[type=file]');
    await files.setInputFiles({
      name: 'photo.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('not one'),
    });
    await page.getByText('Ce fichier n’est pas un PDF').waitFor();
    expect(ordersSent()).toEqual([]);

    await files.setInputFiles({
      name: 'long.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from(hub.form),
    });
    await page.getByText('2 pages, prêt').waitFor();
    const orderId = ordersSent()[0]?.orderId ?? '';
    terminal.set(orderId, { status: 'failed', code: 'documentEncrypted' });
    await page.getByText('déposez une copie sans mot de passe').waitFor();
  });

  it('drops a file on the tray', async () => {
    const terminal = await enter();
    const folder = await mkdtemp(path.join(tmpdir(), 'console-walk-'));
    const file = path.join(folder, 'déposé.pdf');
    await writeFile(file, hub.form);
    const box = await page.locator('.drop').boundingBox();
    if (!box) throw new Error('no drop zone');
    // The browser's own drag, as from the file manager.
    const devTools = await page.context().newCDPSession(page);
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await devTools.send('Input.dispatchDragEvent', {
        type,
        x: box.x + 30,
        y: box.y + 15,
        data: { items: [], files: [file], dragOperationsMask: 1 },
      });
    }
    await page.getByRole('heading', { name: 'déposé.pdf' }).waitFor();
    await page.getByText('2 pages, prêt').waitFor();
    expect(terminal.arrived.size).toBe(1);
    await rm(folder, { recursive: true });
  });

  it('says so where the hub cannot give what assembles a PDF, keeps the pages, and saves once it can', async () => {
    const terminal = await enter();
    await page.context().route(/scan-assembly/, (route) => route.abort());
    await page.getByRole('button', { name: 'Numériser' }).click();
    await page.getByText('Ordre envoyé à la borne').waitFor();
    const pages = await drawnPages(1);
    terminal.set(ordersSent()[0]?.orderId ?? '', { status: 'done', outcome: { kind: 'scanned', pages } });
    const save = page.getByRole('button', { name: 'Enregistrer en PDF' });
    await save.click();
    await page.getByText('Le serveur ne répond pas. Les pages restent ici').waitFor();
    await page.context().unroute(/scan-assembly/);
    const downloading = page.waitForEvent('download');
    await save.click();
    expect((await readFile(await (await downloading).path())).subarray(0, 5).toString()).toBe('%PDF-');
    await page.getByText('Le serveur ne répond pas').waitFor({ state: 'detached' });
  });

  it('saves the scan as one PDF, without the page removed', async () => {
    const terminal = await enter();
    await page.locator('.scan-source select').selectOption('Dans le chargeur');
    await page.getByRole('button', { name: 'Numériser' }).click();
    await page.getByText('Ordre envoyé à la borne').waitFor();
    const pages = await drawnPages(3);
    const orderId = ordersSent()[0]?.orderId ?? '';
    terminal.set(orderId, {
      status: 'underWay',
      progress: {
        ...{ kind: 'scanning', page: 2, percent: 30, source: 'feeder', growing: null },
        pages: pages.slice(0, 1),
      },
    });
    await page.getByRole('button', { name: 'Voir la page 1' }).waitFor();
    await page.getByText('Page 2 : 30').waitFor();
    terminal.set(orderId, { status: 'done', outcome: { kind: 'scanned', pages } });
    await page.getByRole('button', { name: 'Mettre de côté la page 2' }).click();
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Enregistrer en PDF' }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toMatch(/^numerisation-\d{4}-\d\d-\d\d-\d\dh\d\d\.pdf$/);
    const file = await readFile(await download.path());
    const saved = await PDFDocument.load(file);
    expect(saved.getPageCount()).toBe(2);
    expect(saved.getPage(0).getWidth()).toBeCloseTo((1240 / 150) * 72, 1);
    for (const kept of [pages[0], pages[2]]) {
      expect(file.includes(Buffer.from(hub.scans.get(kept?.documentId ?? '') ?? []))).toBe(true);
    }
    await page.getByText('Enregistré : numerisation').waitFor();
    // Saved: nothing will be lost, and only the receipt is offered.
    await page.getByRole('button', { name: 'Terminer la visite' }).click();
    await page.getByRole('alertdialog', { name: 'Un reçu pour la personne ?' }).waitFor();
    await page.getByRole('button', { name: 'Terminer sans reçu' }).click();
    await page.getByText('Personne n’attend').waitFor();
  });

  it('undoes a correction, lays pages out with the keyboard, and scans one again in its place', async () => {
    const terminal = await enter();
    const drawn = await drawnPages(4);
    const found = { crop: null, angle: 1.5, turn: 0, cleaned: false } as const;
    const [one, two, three, again] = drawn.map((page) =>
      fixture.scannedPage({ ...page, found, corrections: found }),
    );
    if (!one || !two || !three || !again) throw new Error('not drawn');
    terminal.orders.push(fixture.scanned([one, two, three]));
    terminal.show();
    const shown = () =>
      page
        .locator('.thumbnail-picture img')
        .evaluateAll((images) => images.map((image) => image.getAttribute('src')));
    await page.getByRole('button', { name: 'Voir la page 3' }).waitFor();
    const before = await shown();

    await page.getByRole('button', { name: 'Voir la page 3' }).press('Enter');
    await page.getByRole('button', { name: 'Redressée' }).press('Space');
    const correct = ordersSent().at(-1);
    expect(correct?.request).toEqual({
      kind: 'correct',
      original: three.original,
      corrections: { ...found, angle: 0 },
    });
    const straight = { ...again, original: three.original, corrections: { ...found, angle: 0 } };
    terminal.set(correct?.orderId ?? '', { status: 'done', outcome: { kind: 'corrected', page: straight } });
    await page.locator('[aria-pressed=false]', { hasText: 'Redressée' }).waitFor();

    await page.getByRole('button', { name: 'Avancer la page' }).press('Enter');
    await page.getByRole('heading', { name: 'Page 2 sur 3' }).waitFor();
    await page.getByRole('button', { name: 'Nouveau document ici' }).press('Enter');
    await page.keyboard.press('Escape');
    await page.getByText('Document 2').waitFor();
    const moved = await shown();
    expect([moved[0], moved[2]]).toEqual([before[0], before[1]]);
    await page.getByRole('button', { name: 'Réunir le document 2 au précédent' }).press('Enter');
    await page.getByText('Document 2').waitFor({ state: 'detached' });

    await page.getByRole('button', { name: 'Voir la page 1' }).press('Enter');
    await page.getByRole('button', { name: 'Numériser à nouveau' }).press('Enter');
    const [better] = await drawnPages(1);
    if (!better) throw new Error('not drawn');
    const rescan = ordersSent().at(-1);
    terminal.set(rescan?.orderId ?? '', { status: 'done', outcome: { kind: 'scanned', pages: [better] } });
    await page.getByText('1 page mise de côté').waitFor();
    // The new one's picture is still on its way.
    await expect.poll(async () => (await shown()).slice(1)).toEqual(moved.slice(1));
    await page.getByRole('button', { name: 'Reprendre la page mise de côté 1' }).press('Enter');
    await page.getByRole('button', { name: 'Voir la page 4' }).waitFor();
    expect((await shown())[0]).toBe(before[0]);

    // With the mouse, the last one to the front; both are in view at once.
    await page.setViewportSize({ width: 1366, height: 1400 });
    const whole = await shown();
    await page.locator('.thumbnail').nth(3).dragTo(page.locator('.thumbnail').nth(0));
    await expect.poll(shown).toEqual([whole[3], ...whole.slice(0, 3)]);
    await page.setViewportSize({ width: 1366, height: 768 });
  });

  it('has the pages read while the scanner rests, and saves a PDF that can be searched', async () => {
    const terminal = await enter();
    const pages = await drawnPages(2);
    terminal.orders.push(fixture.scanned(pages));
    terminal.show();
    const reads = () =>
      hub.requests.flatMap((request) =>
        request.type === 'order' && request.request.kind === 'read' ? [request] : [],
      );
    // Whichever page came first is read first.
    for (const turn of [0, 1]) {
      await expect.poll(() => reads().length).toBe(turn + 1);
      const { orderId, request } = reads()[turn] ?? {};
      const isFirst = request?.kind === 'read' && request.documentId === pages[0]?.documentId;
      const text = isFirst ? 'Quittance' : 'Attestation';
      const words = new TextEncoder().encode(
        JSON.stringify([{ text, x: 100, y: 200, width: 400, height: 60 }]),
      );
      const documentId = crypto.randomUUID();
      hub.scans.set(documentId, words);
      terminal.set(orderId ?? '', {
        status: 'done',
        outcome: { kind: 'read', words: { documentId, size: sealedSize(words.length) } },
      });
    }
    await page.getByText('texte lu').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'PDF/A, pour l’archivage' }).click();
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Enregistrer en PDF' }).click();
    const file = await (await downloading).path();
    expect(spawnSync('pdftotext', [file, '-'], { encoding: 'utf8' }).stdout).toMatch(
      /Quittance\s+Attestation/,
    );
    expect(spawnSync('pdfinfo', ['-meta', file], { encoding: 'utf8' }).stdout).toContain('pdfaid:part');
  });

  it('reloads in the middle: the call, the pages and the documents of the terminal come back', async () => {
    const terminal = await enter();
    await page.locator('input[type=file]').setInputFiles({
      name: 'formulaire.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from(hub.form),
    });
    await page.getByText('2 pages, prêt').waitFor();
    terminal.orders.push(fixture.scanned(await drawnPages(2)));
    terminal.show();
    await page.getByRole('button', { name: 'Voir la page 2' }).waitFor();
    page.on('dialog', (dialog) => void dialog.accept());
    await page.reload();
    await page.getByRole('button', { name: 'Voir la page 2' }).waitFor();
    await page.getByText('Document 1 (déjà sur la borne)').waitFor();
    await page.getByText('la personne vous voit et vous entend').waitFor({ state: 'attached' });
  });

  it('sends a document that the terminal lost again, and repeats the print when pressed, never before', async () => {
    const terminal = await enter();
    await page.locator('input[type=file]').setInputFiles({
      name: 'formulaire.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from(hub.form),
    });
    await page.getByText('2 pages, prêt').waitFor();
    await page.getByRole('button', { name: 'Un exemplaire de plus' }).click();
    // The terminal started again: what it had in memory is gone.
    terminal.arrived.clear();
    await page.getByRole('button', { name: /^Imprimer/ }).click();
    await page.getByText('il vient de lui être renvoyé').waitFor();
    await page.getByText('2 pages, prêt').waitFor();
    const kinds = () => ordersSent().map(({ request }) => request.kind);
    expect(kinds()).toEqual(['take', 'print', 'take']);
    expect(terminal.arrived.size).toBe(1);
    await page.getByRole('button', { name: 'Relancer l’impression' }).click();
    await page.getByText('Annuler l’impression').waitFor();
    expect(kinds()).toEqual(['take', 'print', 'take', 'print']);
    expect(ordersSent().at(-1)?.request).toMatchObject({ kind: 'print', copies: 2 });

    terminal.arrived.clear();
    await page.getByRole('button', { name: /^Montrer « / }).click();
    const alert = page.getByRole('alert').filter({ hasText: 'Pas montré' });
    await alert.getByText('il vient de lui être renvoyé').waitFor();
    await alert.getByRole('button', { name: 'Réessayer' }).click();
    await page.getByText('Sur le bureau : page 1 sur 2').waitFor();
    expect(await alert.count()).toBe(0);
    expect(kinds().slice(4)).toEqual(['show', 'take', 'show']);
  });

  it('prints as the counsellor chooses with the keyboard, of what this printer can do', async () => {
    await enter();
    await page.locator('input[type=file]').setInputFiles({
      name: 'formulaire.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from(hub.form),
    });
    await page.getByText('2 pages, prêt').waitFor();
    await page.getByRole('button', { name: /^Options d’impression/ }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.getByLabel('Noir et blanc').press('Space');
    await page.getByLabel('Bac').selectOption('Feuille à feuille');
    await page.getByRole('button', { name: /: Recto verso · Noir et blanc · Feuille à feuille$/ }).waitFor();
    await page.getByRole('button', { name: /^Imprimer/ }).click();
    await page.getByText('Annuler l’impression').waitFor();
    expect(ordersSent().at(-1)?.request).toMatchObject({
      ...{ kind: 'print', copies: 1 },
      options: { twoSided: true, grey: true, tray: 'by-pass-tray' },
    });
  });

  it('reads why the desk and the resident’s own picture did not follow', async () => {
    const terminal = await enter();
    const failLast = () => {
      const { orderId } = ordersSent().at(-1) ?? { orderId: '' };
      terminal.set(orderId, { status: 'failed', code: 'notReached' });
    };
    await page.getByRole('button', { name: /sa propre image/ }).click();
    await expect.poll(() => ordersSent().length).toBe(1);
    failLast();
    await page.getByRole('alert').getByText('L’image de la personne n’a pas changé').waitFor();
    await page.locator('input[type=file]').setInputFiles({
      name: 'formulaire.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from(hub.form),
    });
    await page.getByRole('button', { name: /^Montrer « / }).click();
    await page.getByText('Sur le bureau : page 1 sur 2').waitFor();
    await page.getByRole('button', { name: 'Retirer du bureau' }).click();
    await expect.poll(() => ordersSent().at(-1)?.request.kind).toBe('clearDesk');
    failLast();
    const alert = page.getByRole('alert').filter({ hasText: 'Toujours sur le bureau' });
    await alert.getByText('La borne n’a pas répondu à temps').waitFor();
    await page.getByText('Sur le bureau : page 1 sur 2').waitFor();
    await alert.getByRole('button', { name: 'Réessayer' }).click();
    await alert.waitFor({ state: 'detached' });
  });

  it('keeps the documents through a cut, and the order placed during it is done once', async () => {
    await enter();
    await page.locator('input[type=file]').setInputFiles({
      name: 'formulaire.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from(hub.form),
    });
    await page.getByText('2 pages, prêt').waitFor();
    hub.cut();
    await page.getByText('Connexion perdue').waitFor();
    await page.getByRole('button', { name: /^Imprimer/ }).click();
    hub.mend();
    await page.getByText('Connexion rétablie').waitFor();
    await page.getByText('Annuler l’impression').waitFor();
    expect(ordersSent().filter((order) => order.request.kind === 'print')).toHaveLength(1);
  });

  it('leaves nothing in the browser’s storage', async () => {
    await enter();
    await page.locator('input[type=file]').setInputFiles({
      name: 'formulaire.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from(hub.form),
    });
    await page.getByText('2 pages, prêt').waitFor();
    const stored = await page.evaluate(async () => ({
      local: localStorage.length,
      session: sessionStorage.length,
      databases: (await indexedDB.databases()).length,
      caches: (await caches.keys()).length,
    }));
    expect(stored).toEqual({ local: 0, session: 0, databases: 0, caches: 0 });
  });

  it('is back at the log-in when the session ends', async () => {
    await enter();
    hub.view = null;
    hub.cut();
    hub.mend();
    await page.getByText('Votre session est terminée').waitFor();
  });
});
