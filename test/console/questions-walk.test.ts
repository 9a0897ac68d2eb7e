/** A written question from the clerk to the correspondent and onto paper: two browsers, the real hub, real mail. */
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { PDFDocument } from '@cantoo/pdf-lib';
import { type Browser, chromium, type Page } from '@playwright/test';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabases } from '../../src/hub/testing/test-databases.ts';
import { createWorld, PASSWORD, startTestHub, type TestHub } from '../../src/hub/testing/test-hub.ts';
import { startMailServer, type TestMailServer } from '../../src/hub/testing/test-mail-server.ts';
import { builtConsole } from './built-console.ts';
import { readPaper } from './printed-paper.ts';
import { typeDay } from './type-day.ts';

/** Where to leave pictures of every state, for a person to look at; none by default. */
const shots = process.env.CONSOLE_SHOTS;
const SIZES = [
  { width: 1024, height: 768 },
  { width: 1920, height: 1080 },
  { width: 1366, height: 768 },
];
const HOUR = 3_600_000;
const START = Date.now();
const QUESTION = 'Son loyer change au 1er décembre. Que doit-elle fournir, et avant quand ?';
const ANSWER = `Bonjour Madame,

Il faut envoyer la nouvelle quittance de loyer et une copie du bail, avant le 31 décembre.

Votre aide sera calculée de nouveau à partir de janvier. Vous recevrez un courrier.`;

let database: TestDatabase;
let hub: TestHub;
let server: TestMailServer;
let browser: Browser;
let now = START;
const complaints: string[] = [];

beforeAll(async () => {
  const pagesFolder = path.dirname(await builtConsole());
  database = await testDatabases[0].open();
  server = await startMailServer();
  hub = await startTestHub(await createWorld(database.database), {
    ...{ clock: () => now, mail: server.settings, pagesFolder, timings: { session: 20 * 24 * HOUR } },
  });
  await hub.enrol();
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
});
afterAll(async () => {
  await browser?.close();
  await hub?.close();
  await server?.close();
  await database?.close();
});

async function sitDown(email: string, address = hub.origin): Promise<Page> {
  const page = await (await browser.newContext({ locale: 'fr-FR', viewport: SIZES[2] ?? null })).newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text());
  });
  await page.goto(address);
  await page.getByLabel('Adresse électronique').fill(email);
  await page.getByLabel('Mot de passe', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Se connecter' }).click();
  return page;
}

async function look(page: Page, name: string): Promise<void> {
  for (const size of SIZES) {
    await page.setViewportSize(size);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide, `${name} scrolls sideways at ${size.width}`).toBeLessThanOrEqual(0);
    if (shots) await page.screenshot({ path: path.join(shots, `${name}-${size.width}.png`) });
  }
  // React Aria’s own region, in which it says for some seconds that a button is waiting.
  const { violations } = await new AxeBuilder({ page }).exclude('[data-live-announcer]').analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`),
    name,
  ).toEqual([]);
  expect(complaints.splice(0), name).toEqual([]);
}

/** The link in the newest mail to this address. */
async function linkMailedTo(email: string, subject: string): Promise<string> {
  const mailed = () =>
    server.received.findLast(
      (one) => one.subject === subject && one.to && !Array.isArray(one.to) && one.to.text === email,
    );
  await expect.poll(() => mailed()?.subject).toBe(subject);
  return /http\S+/.exec(mailed()?.text ?? '')?.[0] ?? '';
}

it('is asked, asked back, answered, printed, made a sheet of, and handed over', async () => {
  const clerk = await sitDown('secretaire@saint-martin.example');
  await clerk.getByRole('link', { name: 'Questions' }).click();
  await clerk.getByText('Aucune question pour l’instant').waitFor();
  await look(clerk, 'questions-none');
  await clerk.getByRole('link', { name: 'Poser une question' }).click();
  await clerk.getByRole('button', { name: 'Envoyer' }).click();
  expect(await clerk.getByRole('alert').allTextContents()).toEqual([
    'À remplir.',
    'À remplir.',
    'À remplir.',
  ]);
  await clerk.getByLabel('Nom de la personne').fill('Madame Martin');
  await clerk.getByRole('textbox', { name: 'Motif' }).fill('Aide au logement');
  await clerk.getByRole('textbox', { name: 'Question', exact: true }).fill(QUESTION);

  const choose = async (name: string, mimeType: string, bytes: Buffer) => {
    const chooser = clerk.waitForEvent('filechooser');
    await clerk.getByRole('button', { name: 'Joindre des fichiers' }).click();
    await (await chooser).setFiles({ name, mimeType, buffer: bytes });
  };
  await choose('programme.pdf', 'application/pdf', Buffer.from('MZ this program cannot be run'));
  await clerk.getByText('programme.pdf n’est ni un PDF').waitFor();
  await look(clerk, 'question-ask');
  const document = await PDFDocument.create();
  document.addPage();
  const pdf = Buffer.from(await document.save());
  await choose('coupé.pdf', 'application/pdf', pdf.subarray(0, pdf.length / 2));
  await clerk.getByText('coupé.pdf est incomplet').waitFor();
  await choose('quittance.pdf', 'application/pdf', pdf);
  await clerk.getByText('quittance.pdf (').waitFor();
  await clerk.getByRole('button', { name: 'Envoyer' }).click();
  await clerk.getByRole('heading', { name: 'Chez l’organisme' }).waitFor();

  const link = await linkMailedTo('helene@office.example', 'Une question attend votre réponse');
  const helene = await sitDown('helene@office.example', link);
  await helene.getByText(QUESTION).waitFor();
  const file = helene.waitForEvent('download');
  await helene.getByRole('link', { name: /quittance\.pdf/ }).click();
  expect((await file).suggestedFilename()).toBe('quittance.pdf');
  await look(helene, 'question-to-answer');
  await helene.getByText('Demander une précision').click();
  await helene.getByLabel('Votre réponse').fill('Est-elle locataire ou sous-locataire ?');
  await helene.getByRole('button', { name: 'Envoyer' }).click();
  await helene.getByRole('heading', { name: 'La mairie doit préciser' }).waitFor();

  await linkMailedTo('secretaire@saint-martin.example', 'Un organisme vous demande une précision');
  await clerk.reload();
  await clerk.getByText('Est-elle locataire').waitFor();
  await clerk.getByLabel('Votre précision').fill('Locataire.');
  await clerk.getByRole('button', { name: 'Envoyer' }).click();
  await clerk.getByText('Précision de la mairie').waitFor();

  now += 80 * HOUR;
  await helene.reload();
  await helene.getByRole('heading', { name: 'En retard' }).waitFor();
  await helene.getByText('Locataire.', { exact: true }).waitFor();
  await look(helene, 'question-late');
  await helene.getByLabel('Votre réponse').fill(ANSWER);
  await helene.getByRole('button', { name: 'Envoyer' }).click();
  await helene.getByRole('heading', { name: 'Répondu' }).waitFor();

  await linkMailedTo('secretaire@saint-martin.example', 'Une réponse est arrivée');
  await clerk.reload();
  await clerk.getByRole('button', { name: 'Imprimer la réponse' }).waitFor();
  await look(clerk, 'question-answered');
  await checkPaper(await clerk.pdf({ preferCSSPageSize: true }));

  await helene.getByRole('button', { name: 'En faire une fiche' }).click();
  await helene.getByRole('alertdialog').getByText('enlevez les noms').waitFor();
  await look(helene, 'question-to-sheet');
  await helene.getByRole('button', { name: 'Ouvrir la fiche' }).click();
  await helene.getByRole('heading', { name: 'Nouvelle fiche' }).waitFor();
  expect(await helene.locator('.sheet-block textarea').evaluateAll(valuesOf)).toEqual(ANSWER.split('\n\n'));
  expect(await helene.getByLabel('Titre', { exact: true }).inputValue()).toBe('');

  await clerk.getByRole('button', { name: 'Réponse remise' }).click();
  await clerk.getByText('Cette question est terminée.').waitFor();
  await look(clerk, 'question-closed');
});

it('two who answer at once: the second reads the first’s answer, and decides', async () => {
  now += HOUR;
  const helene = await sitDown('helene@office.example');
  await helene.getByRole('link', { name: 'Mes absences' }).click();
  await typeDay(helene, 'Absent(e) du', dayOf(now));
  await typeDay(helene, 'au', dayOf(now));
  await helene.getByLabel('Remplacé(e) par').selectOption({ label: 'Nadia Belkacem' });
  await helene.getByRole('button', { name: 'Enregistrer' }).click();
  await helene.getByText('C’est enregistré.').waitFor();
  await look(helene, 'question-absence');

  const clerk = await sitDown('secretaire@saint-martin.example', `${hub.origin}/#/questions/nouvelle`);
  await clerk.getByLabel('Nom de la personne').fill('محمد بن عبد الله');
  await clerk.getByRole('textbox', { name: 'Motif' }).fill('Naissance');
  await clerk.getByRole('textbox', { name: 'Question', exact: true }).fill('é'.repeat(10_001));
  await clerk.getByText('Le texte est trop long').waitFor();
  await clerk.getByRole('textbox', { name: 'Question', exact: true }).fill('Quand déclarer ?');
  await clerk.getByRole('button', { name: 'Envoyer' }).click();
  await clerk.getByText('Quand déclarer ?').waitFor();

  const link = await linkMailedTo('nadia@office.example', 'Une question attend votre réponse');
  const nadia = await sitDown('nadia@office.example', link);
  await nadia.getByText('Quand déclarer ?').waitFor();
  await nadia.getByLabel('Votre réponse').fill('Sous cinq jours.');
  await helene.goto(link);
  await helene.getByText('Proposer un rendez-vous').click();
  await helene.getByLabel('Votre réponse').fill('Venez jeudi, avec le livret de famille.');
  await helene.getByRole('button', { name: 'Envoyer' }).click();
  await helene.getByRole('heading', { name: 'Répondu' }).waitFor();

  await nadia.getByRole('button', { name: 'Envoyer' }).click();
  const dialog = nadia.getByRole('alertdialog');
  await dialog.getByText('Venez jeudi').waitFor();
  await look(nadia, 'question-twice');
  await dialog.getByRole('button', { name: 'Envoyer tout de même' }).click();
  await nadia.getByRole('listitem').filter({ hasText: 'Sous cinq jours.' }).waitFor();

  await clerk.reload();
  await clerk.getByRole('link', { name: 'Prendre ce rendez-vous' }).click();
  await clerk.getByRole('combobox', { name: 'Organisme' }).waitFor();
  expect(
    await clerk.getByRole('combobox', { name: 'Organisme' }).locator('option:checked').textContent(),
  ).toMatch(/^Office/);
});

/** The resident's page: one sheet, in letters of 18 points or more, without any name but the resident's and who answered. */
async function checkPaper(bytes: Buffer): Promise<void> {
  const { pages, text, wordHeights } = await readPaper(
    bytes,
    shots ? path.join(shots, 'answer-paper') : null,
  );
  expect(pages).toBe(1);
  for (const part of ANSWER.split('\n\n')) expect(text).toContain(part);
  expect(text).toContain('Madame Martin');
  expect(text).toContain('Répondu par Hélène Roux.');
  expect(text).not.toMatch(/Claire|Fontaine|Questions|sous-locataire/);
  expect(wordHeights.length).toBeGreaterThan(50);
  expect(Math.min(...wordHeights)).toBeGreaterThanOrEqual(18);
}

function valuesOf(fields: readonly (SVGElement | HTMLElement)[]): string[] {
  return fields.map((field) => (field as HTMLTextAreaElement).value);
}

function dayOf(at: number): string {
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone: 'Europe/Paris' }).format(at);
}
