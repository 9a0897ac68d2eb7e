/** Somebody asks at the counter what is kept: the real console in a real browser on the real hub. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabases } from '../../src/hub/testing/test-databases.ts';
import {
  auditTrail,
  createWorld,
  PASSWORD,
  startTestHub,
  type TestHub,
  type World,
} from '../../src/hub/testing/test-hub.ts';
import { builtConsole } from './built-console.ts';

let database: TestDatabase;
let world: World;
let hub: TestHub;
let browser: Browser;

beforeAll(async () => {
  const pagesFolder = path.dirname(await builtConsole());
  database = await testDatabases[0].open();
  world = await createWorld(database.database);
  hub = await startTestHub(world, { pagesFolder });
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
});
afterAll(async () => {
  await browser?.close();
  await hub?.close();
  await database?.close();
});

async function openAs(email: string): Promise<Page> {
  const page = await (await browser.newContext({ locale: 'fr-FR' })).newPage();
  await page.goto(`${hub.origin}/#/donnees`);
  await page.getByLabel('Adresse électronique').fill(email);
  await page.getByLabel('Mot de passe', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await page.getByRole('heading', { name: 'Données gardées', level: 1 }).waitFor();
  return page;
}

it('a clerk finds a person, gives out what is kept, erases it, and finds nothing', async () => {
  const { terminalId } = await hub.enrol();
  const clerk = await hub.sit('clerk');
  await clerk.ask({
    ...{ type: 'announce', terminalId, bodyId: world.bodies.office, residentName: 'Hélène Martin' },
    ...{ showName: true, motive: 'Aide au logement', consent: true },
  });
  const page = await openAs('secretaire@saint-martin.example');
  expect(await page.getByRole('heading', { name: 'Ce qui est gardé' }).count()).toBe(0);
  await page.getByRole('textbox', { name: 'Nom' }).fill('martin helene');
  await page.getByRole('button', { name: 'Chercher' }).click();
  await page.getByText('1 élément gardé').waitFor();
  const save = page.getByRole('button', { name: 'Enregistrer ce qui est coché' });
  expect(await save.isDisabled()).toBe(true);
  await page.getByRole('checkbox', { name: /^À mettre dans le fichier/ }).check({ force: true });
  const [download] = await Promise.all([page.waitForEvent('download'), save.click()]);
  expect(download.suggestedFilename()).toMatch(/^donnees-gardees-\d{4}-\d\d-\d\d\.txt$/);
  const text = await readFile(await download.path(), 'utf8');
  expect(text).toContain('Nom\u00a0: Hélène Martin\r\nMotif\u00a0: Aide au logement');

  const erase = page.getByRole('button', { name: /^Effacer\s: Visite en cours/ });
  await erase.click();
  const dialog = page.getByRole('alertdialog');
  await dialog.getByText('Hélène Martin').waitFor();
  await dialog.getByText('quitte la file d’attente').waitFor();
  await dialog.getByRole('button', { name: 'Garder' }).click();
  await erase.click();
  await dialog.getByRole('button', { name: 'Effacer' }).click();
  await page.getByText('Rien n’est gardé au nom de').waitFor();
  await page.getByText(/^Effacé\s: Visite en cours/).waitFor();
  await clerk.until((view) => view.role === 'clerk' && view.visits.length === 0);
  const trail = await auditTrail(world);
  expect(trail.map(({ action, outcome }) => [action, outcome])).toEqual(
    expect.arrayContaining([
      ['person.search', 'ok'],
      ['person.erase', 'ok'],
    ]),
  );
});

it('an operator reads what is kept; an administrator too, and looks for nobody', async () => {
  const operator = await openAs('exploitant@val-clair.example');
  await operator.getByText('Le journal est entier').waitFor();
  await operator.getByRole('row', { name: /^Sessions finies/ }).waitFor();
  await operator.getByRole('row', { name: /^Visite en cours\s: nom, motif/ }).waitFor();
  await operator.getByRole('button', { name: 'Chercher' }).waitFor();
  const administrator = await openAs('administration@val-clair.example');
  await administrator.getByText('Le journal est entier').waitFor();
  expect(await administrator.getByRole('button', { name: 'Chercher' }).count()).toBe(0);
});
