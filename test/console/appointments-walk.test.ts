/** From the room's hours to the visit: the real console in a real browser on the real hub. */
import path from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabases } from '../../src/hub/testing/test-databases.ts';
import { createWorld, PASSWORD, startTestHub, type TestHub } from '../../src/hub/testing/test-hub.ts';
import { builtConsole } from './built-console.ts';

/** A Monday, 8:00 in Paris. */
const NOW = Date.UTC(2026, 1, 2, 7);

let database: TestDatabase;
let hub: TestHub;
let browser: Browser;

beforeAll(async () => {
  const pagesFolder = path.dirname(await builtConsole());
  database = await testDatabases[0].open();
  const world = await createWorld(database.database);
  hub = await startTestHub(world, { clock: () => NOW, pagesFolder });
  await hub.enrol();
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
});
afterAll(async () => {
  await browser?.close();
  await hub?.close();
  await database?.close();
});

async function sitDown(email: string): Promise<Page> {
  const page = await (await browser.newContext({ locale: 'fr-FR' })).newPage();
  await page.goto(hub.origin);
  await page.getByLabel('Adresse électronique').fill(email);
  await page.getByLabel('Mot de passe', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await page.getByRole('link', { name: 'Rendez-vous' }).click();
  return page;
}

it('the clerk opens the room, books, and begins; the counsellor finds the resident in the queue', async () => {
  const clerk = await sitDown('secretaire@saint-martin.example');
  await clerk.getByText('Aucun rendez-vous cette semaine.').waitFor();
  await clerk.getByRole('link', { name: 'Prendre rendez-vous' }).click();
  await clerk.getByText('Aucun créneau libre cette semaine').waitFor();

  await clerk.getByRole('link', { name: 'Horaires de la salle' }).click();
  await clerk.getByRole('button', { name: 'Ajouter une plage le lundi' }).click();
  await clerk.getByLabel('Lundi, fin de la plage 1').fill('10h');
  await clerk.getByRole('button', { name: 'Enregistrer' }).click();
  await clerk.getByText('Horaires enregistrés.').waitFor();

  await clerk.getByRole('link', { name: 'Prendre rendez-vous' }).click();
  const monday = clerk.getByRole('region', { name: 'Lundi 2 février' });
  await monday.getByRole('button', { name: '9 h 30' }).waitFor();
  expect(await monday.getByRole('button').allTextContents()).toEqual([
    '9\u00a0h\u00a000',
    '9\u00a0h\u00a030',
  ]);
  await monday.getByRole('button', { name: '9 h 30' }).click();
  await clerk.getByRole('textbox', { name: 'Nom, comme il faut le dire' }).fill('Madame Martin');
  await clerk.getByRole('textbox', { name: 'Motif' }).fill('Aide au logement');
  await clerk.getByText('La personne accepte que').click();
  await clerk.getByRole('button', { name: 'Prendre ce rendez-vous' }).click();
  await clerk.getByText('Rendez-vous pris pour Madame Martin').waitFor();
  await monday.getByRole('button', { name: '9 h 30' }).waitFor({ state: 'detached' });

  await clerk.getByRole('link', { name: 'La semaine' }).click();
  await clerk.getByRole('button', { name: /^Commencer/ }).click();
  await clerk.getByText('Visite annoncée pour Madame Martin.').waitFor();
  await clerk.getByText('visite faite ou en cours').waitFor();
  await clerk.getByText('Nom effacé').waitFor();

  const nadia = await sitDown('nadia@office.example');
  await nadia.getByRole('link', { name: 'Visites' }).click();
  await nadia.getByText('Madame Martin').waitFor();
  await nadia.getByText('Aide au logement').waitFor();

  await nadia.getByRole('link', { name: 'Rendez-vous' }).click();
  await nadia.getByRole('link', { name: 'Prendre rendez-vous' }).click();
  await nadia.getByRole('button', { name: '9 h 00' }).first().click();
  await nadia.getByRole('textbox', { name: 'Nom, comme il faut le dire' }).fill('Monsieur Petit');
  await nadia.getByRole('textbox', { name: 'Motif' }).fill('Naissance');
  await nadia.getByText('La personne accepte que').click();
  await nadia.getByRole('button', { name: 'Prendre ce rendez-vous' }).click();
  await nadia.getByText('Rendez-vous pris pour Monsieur Petit').waitFor();
  await clerk.getByText('Monsieur Petit').waitFor();
});
