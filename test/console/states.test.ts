/** Every state of the console's pages in a real browser: axe-clean, within the policy, without sideways scrolling. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { type Browser, chromium, type Page } from '@playwright/test';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sealedSize } from '#sealing/sealed-document.ts';
import type { OrderStatus } from '#shared/protocol/orders.ts';
import type { GrowingPage, PageCorrections, ScannedPage } from '#shared/protocol/scanned-pages.ts';
import type { SheetLine, SheetView } from '#shared/protocol/sheets.ts';
import type { ConsoleView, OrderView } from '#shared/protocol/views.ts';
import { builtConsole } from './built-console.ts';
import * as fixture from './fixtures.ts';
import { type ScriptedHub, startScriptedHub } from './scripted-hub.ts';
import { typeDay } from './type-day.ts';

/** Where to leave pictures of every state, for a person to look at; none by default. */
const shots = process.env.CONSOLE_SHOTS;
const SIZES = [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
];

let browser: Browser;
let hub: ScriptedHub;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  hub = await startScriptedHub(await builtConsole(), fixture.clerkView());
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'fr-FR' });
  page = await context.newPage();
  page.on('console', (message) => {
    // A refused log-in and a cut are played on purpose; the browser notes both.
    const expected = /^(Failed to load resource|WebSocket connection)/.test(message.text());
    if (message.type() === 'error' && !expected) complaints.push(message.text());
  });
  // What the policy refused and the code caught is said nowhere else.
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
      console.error(`The policy refused ${blockedURI} (${effectiveDirective})`),
    );
  });
  page.on('pageerror', (error) => complaints.push(error.message));
});
afterAll(async () => {
  await browser?.close();
  await hub?.stop();
});

async function look(name: string, sizes = SIZES): Promise<void> {
  for (const size of sizes) {
    await page.setViewportSize(size);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide, `${name} scrolls sideways at ${size.width}`).toBeLessThanOrEqual(0);
    if (shots) await page.screenshot({ path: path.join(shots, `${name}-${size.width}.png`) });
  }
  await page.setViewportSize({ width: 1366, height: 768 });
  // The room is another origin's page; axe is for ours.
  const { violations } = await new AxeBuilder({ page }).exclude('iframe').analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`),
    name,
  ).toEqual([]);
  expect(complaints.splice(0), name).toEqual([]);
}

async function heightBeyondScreen(): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
}

async function drawnPage(rank: number): Promise<ScannedPage> {
  const text = Array.from(
    { length: 24 },
    (_, i) => `<rect x="120" y="${330 + i * 52}" width="${800 - ((i * 97) % 300)}" height="14" fill="#555"/>`,
  ).join('');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1240" height="1754"><rect width="1240" height="1754" fill="#fbfaf6"/>
    <text x="120" y="220" font-size="72" font-family="serif" fill="#222">Facture no ${rank}</text>${text}</svg>`;
  const bytes = new Uint8Array(await sharp(Buffer.from(svg)).jpeg({ quality: 90 }).toBuffer());
  const documentId = crypto.randomUUID();
  hub.scans.set(documentId, bytes);
  return fixture.scannedPage({ documentId, size: sealedSize(bytes.length) });
}

/** The upper half of a page that the scanner is at. */
async function growingPage(): Promise<GrowingPage> {
  const { documentId } = await drawnPage(3);
  const half = await sharp(hub.scans.get(documentId))
    .resize(420)
    .extract({ left: 0, top: 0, width: 420, height: 300 })
    .jpeg()
    .toBuffer();
  const growingId = crypto.randomUUID();
  hub.scans.set(growingId, new Uint8Array(half));
  return { documentId: growingId, size: sealedSize(half.length), width: 420, height: 300, wholeHeight: 594 };
}

describe('log-in', () => {
  it('asks, and says calmly what is wrong', async () => {
    hub.view = null;
    await page.goto(hub.origin);
    await page.getByRole('heading', { name: 'Connexion à la console' }).waitFor();
    await look('log-in');
    await page.getByLabel('Adresse électronique').fill('claire@mairie.example');
    await page.getByLabel('Mot de passe', { exact: true }).fill('faux');
    await page.getByRole('button', { name: 'Se connecter', exact: true }).click();
    await page.getByRole('alert').getByText('Adresse ou mot de passe incorrect').waitFor();
    await look('log-in-wrong');
  });

  it('beside a provider; and back from it with a refusal, or after leaving', async () => {
    hub.view = null;
    hub.answers.set('GET /api/provider', { offered: true, ask: true });
    await page.goto(`${hub.origin}/?refused=organisationNotLinked`);
    await page.getByRole('button', { name: 'S’identifier avec ProConnect' }).waitFor();
    await page.getByText('n’est pas encore relié à ProConnect').waitFor();
    await look('log-in-provider-refused');
    await page.goto(`${hub.origin}/?left=1`);
    await page.getByText('Déconnexion faite').waitFor();
    await look('log-in-provider');
    hub.answers.set('GET /api/provider', { offered: false, ask: false });
  });
});

describe('clerk', () => {
  async function open(view = fixture.clerkView()): Promise<void> {
    hub.view = view;
    await page.goto(hub.origin);
    await page.getByRole('heading', { name: 'Annoncer une personne' }).waitFor();
  }

  it('sees a free terminal and the whole form without scrolling', async () => {
    await open();
    await page.getByText('Prête à accueillir').waitFor();
    expect(await heightBeyondScreen()).toBeLessThanOrEqual(0);
    await look('clerk-free');
    await page.getByRole('radio', { name: /Caisse agricole/ }).check({ force: true });
    await page.getByText('Cet organisme est fermé').waitFor();
    await page.getByText('fermé, ouvre').waitFor();
    hub.show(fixture.clerkView({ bodies: fixture.bodies.map((body) => ({ ...body, opensAt: null })) }));
    await page.getByText('l’attente peut être longue').waitFor();
    hub.show(fixture.clerkView());
    await page.getByRole('button', { name: 'Annoncer' }).click();
    await page.getByText('Écrivez le nom').waitFor();
    await look('clerk-missing');
  });

  it('is asked for what the chosen body needs, and for nothing else', async () => {
    await open();
    await page.getByRole('radio', { name: /Caisse agricole/ }).check({ force: true });
    await page.getByText('Pièce d’identité que vous avez vue').waitFor();
    expect(await page.getByLabel('Nom de naissance').count()).toBe(0);
    await page.getByRole('radio', { name: /Office des familles/ }).check({ force: true });
    await page.getByLabel('Nom, comme il faut le dire').fill('Madame Martin');
    await page.getByRole('textbox', { name: 'Motif' }).fill('Aide au logement');
    await page.getByLabel('Nom de naissance').fill('Delahaye');
    await page.getByRole('spinbutton', { name: /jour/ }).click();
    await page.keyboard.type('12032999');
    await page.getByLabel('Téléphone').fill('zéro deux');
    await page.getByLabel('Pièce d’identité').selectOption('Carte d’identité');
    await page.getByRole('checkbox', { name: /accepte cette visite/ }).check({ force: true });
    await page.getByRole('button', { name: 'Annoncer' }).click();
    await page.getByText('Cette date n’est pas encore passée.').waitFor();
    await page.getByText('Écrivez le numéro avec des chiffres').waitFor();
    await look('clerk-asked');
    await page.getByRole('spinbutton', { name: /année/ }).click();
    await page.keyboard.type('1951');
    await page.getByLabel('Téléphone').fill('02 54 00 00 00');
    await page.getByRole('button', { name: 'Annoncer' }).click();
    await page.getByText('Annonce faite pour Madame Martin').waitFor();
    const sent = hub.requests.findLast(({ type }) => type === 'announce');
    expect(sent).toMatchObject({
      details: { birthName: 'Delahaye', birthDate: '1951-03-12', telephone: '02 54 00 00 00' },
      identityPaper: 'nationalCard',
    });
    expect(await page.getByLabel('Pièce d’identité').count()).toBe(0);
  });

  it('reads in one line whether the last visit is gone from the terminal, and believes only the terminal', async () => {
    await open();
    await page.getByText('rien ne reste').waitFor();
    const good = fixture.terminal();
    const red = fixture.signedWipe(good.terminalId, {
      ok: false,
      at: Date.now() - fixture.MINUTE,
      visitId: null,
      checked: [{ name: 'print-jobs', looked: 3, left: 1, ok: false }],
    });
    await open(fixture.clerkView({ terminals: [fixture.terminal({ stage: 'closed' }, { lastWipe: red })] }));
    await page.getByText('Effacement non vérifié').waitFor();
    await look('clerk-wipe-failed');
    // As a hub might paint it.
    const painted = { ...red, ok: true, checked: [{ name: 'print-jobs', looked: 3, left: 0, ok: true }] };
    await open(fixture.clerkView({ terminals: [fixture.terminal({}, { lastWipe: painted })] }));
    await page.getByText('La signature de l’effacement est fausse').waitFor();
    expect(await page.getByText('rien ne reste').count()).toBe(0);
    expect(await page.getByText('Prête à accueillir').count()).toBe(0);
    await look('clerk-wipe-forged');
  });

  it('sees the visits and what the terminal wants', async () => {
    const troubled = fixture.terminal({
      stage: 'waiting',
      devices: {
        ...fixture.devices,
        printer: { state: 'trouble', reasons: ['printerOutOfPaper'] },
        camera: { state: 'trouble', reasons: ['cameraAbsent'] },
      },
    });
    await open(fixture.clerkView({ terminals: [troubled], visits: [fixture.visit()] }));
    await page.getByText('Madame Martin attend un conseiller').waitFor();
    await page.getByText('Remettez du papier A4').waitFor();
    await look('clerk-waiting');
    hub.show(
      fixture.clerkView({ terminals: [troubled], visits: [fixture.visit({ residentPresent: false })] }),
    );
    await page.getByRole('button', { name: 'La personne est revenue' }).waitFor();
    await look('clerk-left');
    await page.getByRole('button', { name: 'Annuler la visite' }).click();
    await page.getByRole('alertdialog').waitFor();
    await look('clerk-cancel');
    await page.keyboard.press('Escape');
  });

  it('sees a terminal that cannot be used, and why', async () => {
    const offline = fixture.terminal({}, { online: false, lastContact: Date.now() - 30 * fixture.MINUTE });
    await open(fixture.clerkView({ terminals: [offline] }));
    await page.getByText(/Hors ligne depuis/).waitFor();
    expect(await page.getByRole('button', { name: 'Annoncer' }).isDisabled()).toBe(true);
    await look('clerk-offline');
    hub.show(fixture.clerkView({ terminals: [fixture.terminal({ stage: 'closed' })] }));
    await page.getByText(/n’a pas pu être vérifié/).waitFor();
    await look('clerk-closed');
  });
});

describe('counsellor', () => {
  async function enter(orders: readonly OrderView[] = [], terminal?: Parameters<typeof fixture.inVisit>[2]) {
    hub.view = fixture.inVisit(hub.roomOrigin, orders, terminal);
    await page.goto(hub.origin);
    await page.getByRole('heading', { name: 'Madame Martin' }).waitFor();
    await page.getByText('la personne vous voit et vous entend').waitFor({ state: 'attached' });
  }

  it('sees an empty queue, then who waits', async () => {
    hub.view = fixture.counsellorView();
    await page.goto(hub.origin);
    await page.getByText('Personne n’attend').waitFor();
    await look('queue-empty');
    hub.show(
      fixture.counsellorView({
        queue: [
          fixture.visit({
            appointment: { at: Date.UTC(2026, 10, 5, 9, 30), timeZone: 'Europe/Paris' },
          }),
          fixture.visit({
            visitId: crypto.randomUUID(),
            residentName: 'Monsieur Roux',
            mairie: 'Beaumont-le-Vieux',
            motive: 'Changement de situation',
            announcedAt: Date.now() - 3 * fixture.MINUTE,
            position: 2,
            residentPresent: false,
          }),
          fixture.visit({
            visitId: crypto.randomUUID(),
            residentName: 'Madame Dubois',
            motive: 'Naissance',
            position: 3,
            ratherFor: ['Julien Petit', 'Amandine de La Rochefoucauld-Montbel'],
          }),
        ],
      }),
    );
    await page.getByRole('button', { name: 'Prendre Madame Martin' }).waitFor();
    expect(await page.title()).toContain('(3)');
    await page.getByText('Motif que connaît Julien Petit ou Amandine').waitFor();
    await page.getByText('Rendez-vous de 10 h 30').waitFor();
    await look('queue');
  });

  it('sees video, tray and scanner on one screen', async () => {
    await enter();
    expect(await heightBeyondScreen()).toBeLessThanOrEqual(0);
    await look('visit-start');
    await page.getByRole('button', { name: /Formulaires/ }).click();
    await page.getByRole('menuitem', { name: 'Attestation sur l’honneur' }).waitFor();
    await look('visit-library');
    await page.keyboard.press('Escape');
  });

  it('sees what is shown, what prints and what holds it up', async () => {
    const documentId = crypto.randomUUID();
    const other = crypto.randomUUID();
    const print = (printed: number, held: boolean): OrderView =>
      fixture.order(
        { kind: 'print', documentId, copies: 1 },
        {
          status: 'underWay',
          progress: {
            kind: 'printing',
            state: held ? 'held' : 'printing',
            printed,
            pages: 3,
            reasons: held ? ['printerOutOfPaper'] : [],
          },
        },
      );
    const shown = fixture.order(
      { kind: 'show', documentId, page: 2 },
      { status: 'done', outcome: { kind: 'shown' } },
    );
    const before = [fixture.taken(documentId, 3), fixture.taken(other, 1), shown];
    const troubled = fixture.terminal({
      stage: 'inCall',
      devices: { ...fixture.devices, printer: { state: 'trouble', reasons: ['printerOutOfPaper'] } },
    });
    await enter([...before, print(1, true)], troubled);
    await page
      .getByRole('strong')
      .filter({ hasText: 'prévenez l’accueil, l’impression reprendra seule' })
      .waitFor();
    expect(await heightBeyondScreen()).toBeLessThanOrEqual(0);
    await look('visit-held');
    await page
      .getByRole('button', { name: /^Options d’impression/ })
      .first()
      .click();
    await page.getByLabel('Recto verso').waitFor();
    await look('visit-print-options');
    hub.show(fixture.inVisit(hub.roomOrigin, [...before, print(1, false)]));
    await page.getByText('Impression : page 2 sur 3').waitFor();
    await look('visit-printing');
    const reduced = { kind: 'printed', pages: 3, reducedTo: 96 } as const;
    const printed = fixture.order(
      { kind: 'print', documentId, copies: 1 },
      { status: 'done', outcome: reduced },
    );
    hub.show(fixture.inVisit(hub.roomOrigin, [...before, printed]));
    await page.getByText('Réduit à 96').waitFor();
    await look('visit-printed-smaller');
  });

  it('chooses to whom the visit is handed over, and reads whom it is for', async () => {
    hub.view = fixture.inVisit(hub.roomOrigin);
    await page.goto(hub.origin);
    await page.getByRole('button', { name: 'Passer la visite' }).click();
    await page.getByRole('radio', { name: /Caisse agricole/ }).check({ force: true });
    await page.getByText('Cet organisme est fermé').waitFor();
    await look('visit-hand-over');
    await page.getByRole('radio', { name: /Julien Petit/ }).check({ force: true });
    await page.getByRole('button', { name: 'Passer la visite' }).last().click();
    await expect
      .poll(() => hub.requests.findLast(({ type }) => type === 'handOver'))
      .toMatchObject({ to: { kind: 'colleague', accountId: fixture.uuid(23) } });
    const queue = [
      fixture.visit({ wanted: { accountId: fixture.uuid(22), name: 'Nadia Belkacem' } }),
      fixture.visit({
        visitId: fixture.uuid(3),
        residentName: 'Monsieur Roche',
        wanted: { accountId: fixture.uuid(23), name: 'Julien Petit' },
      }),
    ];
    hub.show(fixture.counsellorView({ queue }));
    await page.getByText('Un collègue vous la passe.').waitFor();
    await page.getByText('Passée à Julien Petit').waitFor();
    await look('queue-handed-over');
  });

  it('asks a third person in: whom, the link to hand over, and the way out again', async () => {
    const current = (invited: NonNullable<ReturnType<typeof fixture.inVisit>['current']>['invited']) => {
      const view = fixture.inVisit(hub.roomOrigin);
      return { ...view, current: view.current && { ...view.current, invited } };
    };
    hub.view = current(null);
    await page.goto(hub.origin);
    const open = page.getByRole('button', { name: 'Inviter quelqu’un dans l’appel' });
    await open.click();
    await page.getByRole('radio', { name: /Julien Petit/ }).waitFor({ state: 'attached' });
    await look('invite');
    const invite = page.getByRole('button', { name: 'Inviter', exact: true });
    await invite.click();
    await page.getByText('Écrivez le nom de la personne.').waitFor();
    await page.getByRole('textbox').fill('Irina Vasile, interprète');
    await look('invite-by-link');
    await invite.click();
    const sent = () => hub.requests.findLast(({ type }) => type === 'invite');
    await expect.poll(sent).toMatchObject({
      to: { kind: 'link', name: 'Irina Vasile, interprète', tokenHash: expect.stringMatching(/^.{43}$/) },
    });
    hub.show(current({ name: 'Irina Vasile, interprète', accountId: null, hasEntered: false }));
    const link = await page.getByLabel('Lien de l’appel').inputValue();
    expect(link).toMatch(new RegExp(`^${hub.origin}/#/appel/[A-Za-z0-9_-]{43}$`));
    const token = link.slice(-43);
    expect(sent()).toMatchObject({
      to: { tokenHash: createHash('sha256').update(token).digest('base64url') },
    });
    await look('invite-link');
    const copy = page.getByRole('button', { name: 'Copier le lien' });
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: hub.origin });
    await copy.click();
    await page.getByText('Le lien est copié.').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new DOMException('', 'NotAllowedError'));
    });
    await copy.click();
    await page.getByText('n’a pas laissé copier le lien').waitFor();
    await look('invite-link-not-copied');
    await page.getByRole('button', { name: 'Fermer' }).click();
    await page.getByText('n’est pas encore dans l’appel').waitFor();
    await look('visit-invited');
    await page.getByRole('button', { name: 'Retirer l’invitation' }).click();
    await expect.poll(() => hub.requests.at(-1)?.type).toBe('endInvitation');

    hub.view = current(null);
    await page.reload();
    await open.click();
    await page.getByRole('radio', { name: /Julien Petit/ }).check({ force: true });
    await invite.click();
    await expect.poll(sent).toMatchObject({ to: { kind: 'colleague', accountId: fixture.uuid(23) } });
  });

  it('is asked into a colleague’s call, and comes in by a door of its own', async () => {
    const invitation = { visitId: fixture.uuid(2), by: 'Julien Petit' };
    hub.view = fixture.counsellorView({ invitation, queue: [fixture.visit()] });
    await page.goto(hub.origin);
    const enter = page.getByRole('link', { name: 'Entrer dans l’appel' });
    await enter.waitFor();
    await look('queue-asked-in');
    expect(await enter.getAttribute('href')).toBe(`/#/appel/visite/${invitation.visitId}`);
    const answer = { name: 'Nadia Belkacem', counsellor: 'Julien Petit', body: 'Office des familles' };
    hub.answers.set('POST /api/invited', { ...answer, roomOrigin: hub.roomOrigin, ticket: null });
    await page.goto(`${hub.origin}/#/appel/visite/${invitation.visitId}`);
    await page.getByRole('heading', { name: 'Julien Petit vous attend dans un appel vidéo' }).waitFor();
    await look('invited-door', [...SIZES, { width: 390, height: 844 }]);
    await page.getByRole('button', { name: 'Entrer dans l’appel' }).press('Enter');
    await page.getByText('Moment privé').waitFor();
    await look('invited-private', [...SIZES, { width: 390, height: 844 }]);
    await page.getByRole('button', { name: 'Quitter l’appel' }).press('Enter');
    await page.getByRole('heading', { name: 'Vous avez quitté l’appel.' }).waitFor();
    await look('invited-left');
    hub.answers.set('POST /api/invited', { code: 'linkSpent' });
    await page.getByRole('heading', { name: 'Cette invitation n’est plus valable' }).waitFor();
    await look('invited-over');
    hub.answers.delete('POST /api/invited');
  });

  it('sees what could not be shown, printed or changed, and what to do', async () => {
    const [shown, gone] = [crypto.randomUUID(), crypto.randomUUID()];
    const failed = { status: 'failed', code: 'notReached' } as const;
    await enter([
      fixture.taken(gone, 1),
      fixture.taken(shown, 3),
      fixture.order({ kind: 'selfView', on: true }, failed),
      fixture.order(
        { kind: 'show', documentId: shown, page: 2 },
        { status: 'done', outcome: { kind: 'shown' } },
      ),
      fixture.order({ kind: 'print', documentId: shown, copies: 1 }, failed),
      fixture.order(
        { kind: 'print', documentId: gone, copies: 1 },
        { status: 'failed', code: 'documentGone' },
      ),
      fixture.order({ kind: 'clearDesk' }, failed),
    ]);
    await page.getByText('Toujours sur le bureau').waitFor();
    await page.getByText('La borne n’a plus ce document').waitFor();
    await look('visit-trouble');
  });

  it('sees the pages as they come, a jam with the pages kept, and one page large', async () => {
    const pages = await Promise.all([1, 2, 3].map(drawnPage));
    const found = { crop: null, angle: 2.1, turn: 0, cleaned: true } as const;
    pages[2] = fixture.scannedPage({ ...(pages[2] ?? (await drawnPage(3))), found, corrections: found });
    const going = fixture.order(
      { kind: 'scan', purpose: 'letter', source: 'feeder' },
      {
        status: 'underWay',
        progress: {
          ...{ kind: 'scanning', page: 3, percent: 42, source: 'feeder' },
          growing: await growingPage(),
          pages: pages.slice(0, 2),
        },
      },
    );
    await enter([going]);
    await page.getByRole('button', { name: 'Voir la page 2' }).waitFor();
    await page.getByText('Page 3, en cours').waitFor();
    await look('scan-going');
    hub.show(
      fixture.inVisit(hub.roomOrigin, [
        { ...going, status: { status: 'failed', code: 'scannerJammed', pages } },
      ]),
    );
    await page.getByText('Les 3 pages déjà numérisées sont gardées').waitFor();
    await page.getByRole('button', { name: 'Voir la page 3' }).click();
    await page.getByRole('heading', { name: 'Page 3 sur 3' }).waitFor();
    await page.getByRole('button', { name: 'Redressée' }).waitFor();
    await look('scan-page');
    await page.keyboard.press('Escape');
    await look('scan-jammed');
    await page.getByRole('button', { name: 'Terminer la visite' }).click();
    await page.getByRole('alertdialog').getByText('3 pages numérisées ne sont pas enregistrées').waitFor();
    await look('visit-end-unsaved');
    await page.getByRole('button', { name: 'Préparer le reçu' }).click();
    await page.getByRole('dialog', { name: 'Reçu pour la personne' }).waitFor();
    await page.getByText('3 pages numérisées', { exact: true }).click();
    await look('receipt');
    await page.keyboard.press('Escape');
  });

  it('sees several documents, a card on one sheet, and what was set aside', async () => {
    const [letter, back, front, empty] = await Promise.all([1, 2, 3, 4].map(drawnPage));
    if (!letter || !back || !front || !empty) throw new Error('not drawn');
    const side = { purpose: 'identity', width: 1012, height: 638, resolution: 300 } as const;
    const blank = { ...empty, blank: true };
    const sides = [front, back].map((page) => ({ ...page, ...side }));
    const done = (pages: ScannedPage[]): OrderView =>
      fixture.order(
        { kind: 'scan', purpose: pages[0]?.purpose ?? 'letter', source: 'auto' },
        { status: 'done', outcome: { kind: 'scanned', pages } },
      );
    await enter([done([letter, blank]), done(sides)]);
    await page.getByText('Recto et verso sur une feuille').waitFor();
    await page.getByText('1 page mise de côté').waitFor();
    await look('scan-documents');
    await page.getByRole('button', { name: 'Voir la page 2' }).click();
    await page.getByRole('heading', { name: 'Page 2 sur 3' }).waitFor();
    await page.keyboard.press('Escape');
  });

  it('sees a paper shown to the camera, its shot, and why there is none', async () => {
    const aim = fixture.order({ kind: 'aim' }, { status: 'underWay', progress: { kind: 'aiming' } });
    await enter([aim]);
    await page.getByRole('button', { name: 'Prendre la photo' }).waitFor();
    await look('shot-aiming');
    const drawn = await drawnPage(7);
    const found: PageCorrections = {
      crop: {
        ...{ topLeft: { x: 100, y: 90 }, topRight: { x: 900, y: 80 } },
        ...{ bottomRight: { x: 940, y: 1200 }, bottomLeft: { x: 80, y: 1190 }, ratio: Math.SQRT1_2 },
      },
      ...{ angle: 0, turn: 0, cleaned: true },
    };
    const shot = { ...drawn, found, corrections: found };
    const status: OrderStatus = { status: 'done', outcome: { kind: 'shot', page: shot } };
    const done = { ...aim, status };
    hub.show(fixture.inVisit(hub.roomOrigin, [done]));
    await page.getByRole('button', { name: 'Agrandir la photo' }).waitFor();
    await look('shot-taken');
    await page.getByRole('button', { name: 'Agrandir la photo' }).click();
    await page.getByRole('button', { name: 'Comme photographiée' }).waitFor();
    await look('shot-large');
    await page.keyboard.press('Escape');
    const dropped = fixture.order({ kind: 'dropShot', original: shot.original }, { status: 'sent' });
    const cut = fixture.order({ kind: 'aim' }, { status: 'failed', code: 'cameraCut' });
    hub.show(fixture.inVisit(hub.roomOrigin, [done, dropped, cut]));
    await page.getByText('Pas de photo').waitFor();
    await look('shot-refused');
  });

  it('reads that the link is lost, and that it came back', async () => {
    await enter();
    hub.cut();
    await page.getByText('Connexion perdue, nous la rétablissons…').waitFor();
    await look('visit-lost');
    hub.mend();
    await page.getByText('Connexion rétablie.').waitFor();
  });

  it('can be used at 200 % zoom: one thing under the other', async () => {
    await enter();
    await page.setViewportSize({ width: 683, height: 384 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
    if (shots) await page.screenshot({ path: path.join(shots, 'visit-zoom.png'), fullPage: true });
    await page.getByRole('button', { name: 'Numériser' }).scrollIntoViewIfNeeded();
    await page.setViewportSize({ width: 1366, height: 768 });
  });
});

describe('operator', () => {
  it('sees every terminal in words and gets an enrolment code', async () => {
    hub.view = fixture.operatorView();
    await page.goto(hub.origin);
    await page.getByText('Fermée : effacement non vérifié').waitFor();
    expect(await page.getByText('PDF ouverts sans leur couper le réseau').count()).toBe(1);
    await look('fleet');
    await page.getByLabel('Nom de la borne').fill('Accueil');
    await page.getByRole('button', { name: 'Obtenir un code' }).click();
    await page.getByText('K7RM-2QXA-9TBD').waitFor();
    await look('fleet-code');
  });
});

describe('sheets', () => {
  const DAY = 86_400_000;
  const line = (change: Partial<SheetLine>): SheetLine => ({
    ...{ sheetId: crypto.randomUUID(), title: 'Allocation logement', body: 'Office des familles' },
    summary: 'Une aide pour payer le loyer, selon les ressources du foyer.',
    ...{ writtenAt: Date.UTC(2026, 4, 22), toReview: false, favourite: false, own: false },
    ...change,
  });
  const content: SheetView['content'] = [
    { kind: 'heading', level: 1, text: 'Qui peut la demander ?' },
    {
      kind: 'paragraph',
      text: 'Toute personne qui paie un loyer. <b>Le bailleur</b> remplit une attestation.',
    },
    { kind: 'list', items: ['Locataires', 'Colocataires', 'Sous-locataires déclarés'] },
    { kind: 'heading', level: 2, text: 'Dans l’ordre' },
    { kind: 'steps', items: ['Réunir les trois dernières quittances', 'Remplir la demande'] },
    { kind: 'link', text: 'Faire la demande', address: 'https://office.example/logement' },
  ];
  const view = (of: SheetLine, change: Partial<SheetView> = {}): SheetView => ({
    ...{ ...of, content, author: 'Nadia Belkacem', reviewOn: '2027-06-01', address: null },
    ...change,
  });
  const housing = line({ favourite: true });
  const imported = line({ title: 'Carte nationale d’identité d’un mineur', body: null });
  const late = line({ title: 'Prime de naissance', toReview: true, own: true });
  const answer = (path: string, sheets: readonly SheetLine[]) =>
    hub.answers.set(`GET /api/sheets/${path}`, { sheets });
  const serve = (sheet: SheetView) => hub.answers.set(`GET /api/sheets/${sheet.sheetId}`, sheet);

  beforeAll(() => {
    answer('recent', [housing, imported, late]);
    answer('favourites', [housing]);
    answer('own', [late, line({ own: true })]);
    answer('search?words=alocation+logment', [housing, late]);
    answer('search?words=zzz', []);
    serve(view(housing));
    serve(view(late, { reviewOn: '2026-11-01' }));
    serve(
      view(imported, {
        ...{ reviewOn: null, author: 'Direction de l’information légale et administrative' },
        address: 'https://www.service-public.fr/particuliers/vosdroits/F1',
      }),
    );
  });
  // The other pages' states know no sheets.
  afterAll(() => hub.answers.clear());

  it('are shown to the resident within a visit, found by misspelt words, with the keyboard alone', async () => {
    hub.view = fixture.inVisit(hub.roomOrigin);
    await page.goto('about:blank');
    await page.goto(hub.origin);
    await page.getByRole('button', { name: 'Montrer une fiche à la personne' }).press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Montrer une fiche' });
    await dialog.getByRole('button', { name: /Prime de naissance/ }).waitFor();
    await page.keyboard.type('alocation logment');
    await dialog.getByText('2 fiches trouvées').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await dialog.getByRole('heading', { name: 'Qui peut la demander ?' }).waitFor();
    await look('visit-sheets');
    await dialog.getByRole('button', { name: /Prime de naissance/ }).press('Enter');
    await dialog.getByText('Cette fiche devait être relue').waitFor();
    await dialog.getByRole('button', { name: 'Montrer à la personne' }).press('Enter');
    await page.getByRole('heading', { name: 'Prime de naissance.pdf' }).waitFor();
    await expect
      .poll(() => hub.requests.findLast(({ type }) => type === 'order'))
      .toMatchObject({ request: { kind: 'take' } });
  });

  it('say so within a visit where the hub does not answer, and where nothing can be written', async () => {
    hub.view = fixture.inVisit(hub.roomOrigin);
    serve(view(housing, { title: 'طلب مساعدة السكن' }));
    await page.goto('about:blank');
    await page.goto(hub.origin);
    await page.getByRole('button', { name: 'Montrer une fiche à la personne' }).click();
    const dialog = page.getByRole('dialog', { name: 'Montrer une fiche' });
    await dialog.getByRole('searchbox').fill('zzz');
    await dialog.getByText('Aucune fiche trouvée').waitFor();
    await dialog.getByRole('searchbox').fill('alocation logment');
    await dialog.getByRole('button', { name: /Allocation logement/ }).click();
    await dialog.getByText('طلب مساعدة السكن').waitFor();
    await dialog.getByRole('button', { name: 'Montrer et imprimer' }).click();
    await dialog.getByText('Lisez-la à voix haute').waitFor();
    serve(view(housing));
  });

  async function open(as = fixture.clerkView() as ConsoleView): Promise<void> {
    hub.view = as;
    await page.goto('about:blank');
    await page.goto(`${hub.origin}/#/fiches`);
    await page.getByText('Choisissez une fiche').waitFor();
  }

  it('are found by misspelt words, and read, with the keyboard alone', async () => {
    await open();
    await page.getByRole('heading', { name: 'Favorites de la mairie' }).waitFor();
    await page.getByRole('link', { name: /Carte nationale/ }).waitFor();
    await look('sheets-clerk');
    await page.getByRole('searchbox', { name: 'Chercher une fiche' }).fill('alocation logment');
    await page.getByText('2 fiches trouvées').waitFor();
    await look('sheets-found');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Allocation logement' }).waitFor();
    await page.getByText('Écrite par Nadia Belkacem, Office des familles, le 22 mai 2026').waitFor();
    // Text, whatever it looks like.
    expect(await page.getByText('<b>Le bailleur</b> remplit').count()).toBe(1);
    await look('sheet-read');
    expect(await heightBeyondScreen()).toBeLessThanOrEqual(0);
    await page.getByRole('searchbox').fill('zzz');
    await page.getByText('Aucune fiche trouvée').waitFor();
    await look('sheets-none');
  });

  it('say where they come from, and when they ought to have been read again', async () => {
    await open();
    await page.getByRole('link', { name: /Carte nationale/ }).click();
    await page.getByText('Licence Ouverte 2.0').waitFor();
    const original = page.getByRole('link', { name: /Lire la page d’origine/ });
    expect(await original.getAttribute('href')).toBe(
      'https://www.service-public.fr/particuliers/vosdroits/F1',
    );
    await look('sheet-imported');
    await page.getByRole('link', { name: /Prime de naissance/ }).click();
    await page.getByText('devait être relue le 1er novembre 2026').waitFor();
    await look('sheet-late');
  });

  it('are kept among the mairie’s favourites by one button', async () => {
    hub.answers.set(`PUT /api/sheets/${housing.sheetId}/favourite`, null);
    await open();
    await page
      .getByRole('link', { name: /Allocation logement/ })
      .first()
      .click();
    await page.getByRole('button', { name: 'Dans les favorites', pressed: true }).click();
    await expect
      .poll(() => hub.sent.at(-1))
      .toEqual({
        to: `PUT /api/sheets/${housing.sheetId}/favourite`,
        content: { favourite: false },
      });
  });

  it('nag the body’s counsellors, and are changed without losing a word', async () => {
    await open(fixture.counsellorView());
    await page.getByRole('link', { name: 'Fiches (1 à revoir)' }).waitFor();
    await page.getByRole('heading', { name: 'À revoir' }).waitFor();
    await look('sheets-counsellor');
    await page
      .getByRole('link', { name: /Prime de naissance/ })
      .first()
      .click();
    await page.getByRole('button', { name: 'Modifier' }).click();
    await page.getByRole('textbox', { name: 'Titre', exact: true }).fill('');
    await page.getByRole('button', { name: 'Descendre le morceau 1' }).click();
    await page.getByRole('button', { name: 'Enlever le morceau 4' }).click();
    await page.getByRole('textbox', { name: 'Adresse du lien 5' }).fill('http://ailleurs.example');
    await page.getByRole('button', { name: 'Publier' }).click();
    await page.getByText('Donnez un titre').waitFor();
    await page.getByText('L’adresse doit être sécurisée').waitFor();
    await page.getByText('Choisissez un jour à venir').waitFor();
    expect(await heightBeyondScreen()).toBeLessThanOrEqual(0);
    await look('sheet-editor');
    // Reading something else meanwhile costs nothing.
    await page.getByRole('textbox', { name: 'Titre', exact: true }).fill('Prime à la naissance');
    await page.getByRole('link', { name: 'Visites' }).click();
    await page.goBack();
    const to = `PUT /api/sheets/${late.sheetId}`;
    hub.answers.set(to, { sheetId: late.sheetId });
    const inAMonth = new Date(Date.now() + 30 * DAY).toISOString().slice(0, 10);
    await typeDay(page, 'À relire le', inAMonth);
    await page.getByRole('textbox', { name: 'Adresse du lien 5' }).fill('https://ailleurs.example');
    await page.getByRole('button', { name: 'Publier' }).click();
    await page.getByRole('button', { name: 'Modifier' }).waitFor();
    expect(hub.sent.at(-1)).toEqual({
      to,
      content: {
        title: 'Prime à la naissance',
        ...{ summary: late.summary, reviewOn: inAMonth, basedOn: late.writtenAt },
        content: [
          content[1],
          content[0],
          content[2],
          content[4],
          { ...content[5], address: 'https://ailleurs.example' },
        ],
      },
    });
  });

  it('are begun on an empty page, and given up only when asked twice', async () => {
    await open(fixture.counsellorView());
    await page.getByRole('link', { name: 'Écrire une fiche' }).click();
    await page.getByRole('heading', { name: 'Nouvelle fiche' }).waitFor();
    await look('sheet-new');
    await page.getByRole('textbox', { name: 'Morceau 1' }).fill('Un texte');
    await page.getByRole('button', { name: 'Abandonner' }).click();
    await page.getByRole('button', { name: 'Continuer à écrire' }).click();
    expect(await page.getByRole('textbox', { name: 'Morceau 1' }).inputValue()).toBe('Un texte');
    await page.getByRole('button', { name: 'Abandonner' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Abandonner' }).click();
    await page.getByText('Choisissez une fiche').waitFor();
  });
});

describe('what is kept', () => {
  const THREE = [{ width: 1024, height: 768 }, ...SIZES];
  const at = Date.UTC(2026, 10, 20, 13, 5);
  const visit = {
    ...{ domain: 'visit', id: fixture.uuid(7), at },
    what: 'Visite en cours à Saint-Martin-des-Prés, avec Office des familles',
    fields: [
      { name: 'Nom', value: 'Madame Martin' },
      { name: 'Date de naissance', value: '1951-04-02' },
      { name: 'Motif', value: 'Aide au logement' },
    ],
    effect: 'La personne quitte la file d’attente et la visite est annulée.',
    whyNot: null,
  };
  const inCall = {
    ...{ ...visit, id: fixture.uuid(8), effect: null },
    whyNot: 'L’entretien est en cours : tout sera effacé à sa fin.',
  };
  const purge = { name: 'Sessions finies', keptFor: 0, lastRun: at, removed: 12, oldest: null };
  const kept = {
    purges: [
      { ...purge, late: false, overdue: false },
      { ...purge, name: 'Journal des actions', keptFor: 31_536_000_000, late: false, overdue: true },
      { ...purge, name: 'Annonces de visites passées', lastRun: null, late: true, overdue: false },
    ],
    auditWhole: true,
    kept: [
      {
        what: 'Rendez-vous : nom, motif, téléphone et adresse électronique de l’usager',
        why: 'Tenir le rendez-vous et prévenir la personne s’il change.',
        basis: 'Mission d’intérêt public',
        until: 'Le lendemain du rendez-vous',
        sealed: true,
      },
      {
        what: 'Journal : quel compte ou quelle borne a fait quoi',
        why: 'Comprendre un incident.',
        basis: 'Obligation légale',
        until: 'Un an',
        sealed: false,
      },
    ],
  };

  async function open(as: ConsoleView): Promise<void> {
    hub.view = as;
    await page.goto('about:blank');
    await page.goto(`${hub.origin}/#/donnees`);
    await page.getByRole('heading', { name: 'Données gardées', level: 1 }).waitFor();
  }
  async function search(held: readonly unknown[]): Promise<void> {
    hub.answers.set('POST /api/persons/search', { at, held });
    await page.getByRole('textbox', { name: 'Nom' }).fill('martin');
    await page.getByRole('button', { name: 'Chercher' }).click();
  }

  it('of a person: asked, found, erased, gone', async () => {
    await open(fixture.clerkView());
    await look('data-clerk', THREE);
    await page.getByRole('button', { name: 'Chercher' }).click();
    await page.getByText('Écrivez deux lettres au moins.').waitFor();
    await look('data-clerk-missing', THREE);
    await search([visit, inCall]);
    await page.getByText('2 éléments gardés').waitFor();
    await page
      .getByRole('checkbox', { name: /^À mettre dans le fichier/ })
      .first()
      .check({ force: true });
    await look('data-clerk-found', THREE);
    await page.getByRole('button', { name: /^Effacer/ }).click();
    await page.getByRole('alertdialog').waitFor();
    await look('data-clerk-erase', THREE);
    hub.answers.set('POST /api/persons/erase', null);
    hub.answers.set('POST /api/persons/search', { at, held: [] });
    await page.getByRole('alertdialog').getByRole('button', { name: 'Effacer' }).click();
    await page.getByText('Rien n’est gardé au nom de').waitFor();
    await look('data-clerk-erased', THREE);
    expect(hub.sent.slice(-2)).toEqual([
      { to: 'POST /api/persons/erase', content: { domain: 'visit', id: visit.id } },
      { to: 'POST /api/persons/search', content: { name: 'martin' } },
    ]);
    // Somebody else erased it or took it meanwhile: it is said, and what is there now is shown.
    await search([visit]);
    hub.answers.set('POST /api/persons/erase', { code: 'alreadyPickedUp' });
    await page.getByRole('button', { name: /^Effacer/ }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Effacer' }).click();
    await page.getByRole('alert').getByText('L’entretien vient de commencer').waitFor();
    await look('data-clerk-busy', THREE);
  });

  it('of everything: whole, late, and with a trail that somebody changed', async () => {
    hub.answers.set('GET /api/kept', kept);
    await open(fixture.operatorView());
    await page.getByText('Le journal est entier').waitFor();
    await look('data-operator', THREE);
    hub.answers.set('GET /api/kept', { ...kept, auditWhole: false });
    await open(fixture.operatorView());
    await page.getByText('Des lignes du journal ont été retirées').waitFor();
    await look('data-operator-broken', THREE);
    hub.answers.set('GET /api/kept', { code: 'unexpected' });
    await open(fixture.operatorView());
    await page.getByRole('alert').waitFor();
    await look('data-operator-failed', THREE);
  });
});
