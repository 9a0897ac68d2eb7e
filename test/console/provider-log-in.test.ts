/** Log-in with the identity provider and log-out at it: the real console in a real browser, the real hub, a real provider. */
import path from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabases } from '../../src/hub/testing/test-databases.ts';
import { createWorld, startTestHub, type TestHub } from '../../src/hub/testing/test-hub.ts';
import { startTestProvider, type TestProvider } from '../../src/hub/testing/test-provider.ts';
import { builtConsole } from './built-console.ts';

const SIRET = '13002526500013';

let database: TestDatabase;
let hub: TestHub;
let provider: TestProvider;
let browser: Browser;

beforeAll(async () => {
  const pagesFolder = path.dirname(await builtConsole());
  database = await testDatabases[0].open();
  const world = await createWorld(database.database);
  await world.database.run('update bodies set siret = $1', [SIRET]);
  // Another site than the hub's, as in life: SameSite cookies would otherwise come along.
  provider = await startTestProvider('localhost');
  provider.people.set('sub-nadia', { email: 'nadia@office.example', siret: SIRET });
  provider.people.set('sub-stranger', { email: 'inconnu@ailleurs.example', siret: SIRET });
  hub = await startTestHub(world, { pagesFolder, provider: provider.settings, timings: { provider: 2_000 } });
  await provider.admit(hub.origin);
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
});
afterAll(async () => {
  await browser?.close();
  await hub?.close();
  await provider?.close();
  await database?.close();
});

async function openConsole(): Promise<Page> {
  const page = await (await browser.newContext({ locale: 'fr-FR' })).newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(hub.origin);
  return page;
}
const button = (page: Page) => page.getByRole('button', { name: 'S’identifier avec ProConnect' });
const cookieNames = async (page: Page) => (await page.context().cookies(hub.origin)).map(({ name }) => name);

it('a counsellor comes in by the provider, goes out by it, and is asked again who they are', async () => {
  const page = await openConsole();
  await button(page).click();
  await page.getByRole('button', { name: 'nadia@office.example' }).click();
  await page.getByText('Personne n’attend').waitFor();
  expect(page.url()).toBe(`${hub.origin}/`);
  expect(await cookieNames(page)).toEqual(['session']);

  await page.getByRole('button', { name: 'Se déconnecter' }).click();
  await page.getByRole('button', { name: 'Quitter le fournisseur' }).click();
  await page.getByText('Déconnexion faite, ici et chez ProConnect.').waitFor();
  expect(new URL(page.url()).search).toBe('');

  await button(page).click();
  await page.getByRole('button', { name: 'nadia@office.example' }).waitFor();
});

it('the provider remembers who was there, unless the desk is shared', async () => {
  const page = await openConsole();
  await button(page).click();
  await page.getByRole('button', { name: 'nadia@office.example' }).click();
  await page.getByText('Personne n’attend').waitFor();
  await page.context().clearCookies({ domain: '127.0.0.1' });

  await page.goto(hub.origin);
  await button(page).click();
  await page.getByText('Personne n’attend').waitFor();
  await page.context().clearCookies({ domain: '127.0.0.1' });

  await page.goto(hub.origin);
  await page.getByText('Poste partagé').click();
  await button(page).click();
  await page.getByRole('button', { name: 'nadia@office.example' }).waitFor();
});

it('who has no account, and who gives up, reads why, once', async () => {
  const page = await openConsole();
  await button(page).click();
  await page.getByRole('button', { name: 'inconnu@ailleurs.example' }).click();
  await page.getByRole('alert').getByText('aucun compte ne vous attend ici').waitFor();
  await page.reload();
  await button(page).waitFor();
  expect(await page.getByRole('alert').count()).toBe(0);

  await page.getByText('Poste partagé').click();
  await button(page).click();
  await page.getByRole('button', { name: 'Annuler' }).click();
  await page.getByRole('alert').getByText('a été abandonnée').waitFor();
});

it('a provider that is away is said on the page, and the password goes on working', async () => {
  const page = await openConsole();
  provider.instead.set('/token', (request) => void request.socket.destroy());
  await button(page).click();
  await page.getByRole('button', { name: 'nadia@office.example' }).click();
  await page.getByRole('alert').getByText('ProConnect ne répond pas').waitFor();
  provider.instead.clear();
  await page.getByLabel('Adresse électronique').fill('nadia@office.example');
  await page.getByLabel('Mot de passe', { exact: true }).fill('correct horse battery');
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await page.getByText('Personne n’attend').waitFor();
});
