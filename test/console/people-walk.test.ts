/** From an invitation by mail to a log-in with a second factor: the real console in a real browser on the real hub. */
import path from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabases } from '../../src/hub/testing/test-databases.ts';
import { createWorld, PASSWORD, startTestHub, type TestHub } from '../../src/hub/testing/test-hub.ts';
import { startMailServer, type TestMailServer } from '../../src/hub/testing/test-mail-server.ts';
import { builtConsole } from './built-console.ts';
import { createLook } from './look.ts';

const LONG = 'trois mots sans rapport';

let now = Date.now();
let database: TestDatabase;
let mails: TestMailServer;
let hub: TestHub;
let browser: Browser;

beforeAll(async () => {
  const pagesFolder = path.dirname(await builtConsole());
  database = await testDatabases[0].open();
  mails = await startMailServer();
  const world = await createWorld(database.database);
  hub = await startTestHub(world, { clock: () => now, pagesFolder, mail: mails.settings });
  await hub.enrol();
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
});
afterAll(async () => {
  await browser?.close();
  await hub?.close();
  await mails?.close();
  await database?.close();
});

const { newPage, look } = createLook(() => browser);

async function logIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('Adresse électronique').fill(email);
  await page.getByLabel('Mot de passe', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Se connecter' }).click();
}

async function linkMailed(count: number): Promise<string> {
  await expect.poll(() => mails.received.length).toBe(count);
  const [link] = /http\S+bienvenue\S+/.exec(mails.received.at(-1)?.text ?? '') ?? [];
  return link ?? '';
}

it('a clerk who was invited sets a password and a second factor, and logs in with both', async () => {
  const administrator = await newPage();
  await administrator.goto(hub.origin);
  await logIn(administrator, 'administration@val-clair.example', PASSWORD);
  await administrator.getByRole('button', { name: 'Modifier Claire Fontaine' }).waitFor();
  await look(administrator, 'people');
  await administrator.getByLabel('Nom').fill('Zoé Neuve');
  await administrator.getByLabel('Adresse électronique').fill('zoe@saint-martin.example');
  await administrator.getByRole('button', { name: 'Inviter' }).click();
  await administrator.getByText('Un courriel est parti pour Zoé Neuve.').waitFor();
  await administrator.getByText('Invité, pas encore venu').waitFor();

  const clerk = await newPage();
  await clerk.goto(await linkMailed(1));
  await clerk.getByText('Bonjour Zoé Neuve').waitFor();
  await look(clerk, 'welcome');
  await clerk.getByLabel('Nouveau mot de passe').fill('trop court');
  await clerk.getByRole('button', { name: 'Enregistrer' }).click();
  await clerk.getByText('Il faut douze signes au moins.').waitFor();
  await clerk.getByLabel('Nouveau mot de passe').fill(LONG);
  await clerk.getByRole('button', { name: 'Enregistrer' }).click();

  const factor = clerk.getByRole('region', { name: 'Second facteur' });
  await factor.getByLabel('Mot de passe actuel').fill(LONG);
  await look(clerk, 'account');
  await factor.getByRole('button', { name: 'Ajouter un second facteur' }).click();
  const secret = (await factor.locator('code').textContent())?.replaceAll(' ', '') ?? '';
  const totp = new TOTP({ secret: Secret.fromBase32(secret) });
  await look(clerk, 'account-scan');
  await factor.getByLabel('Les six chiffres').fill(totp.generate({ timestamp: now }));
  await factor.getByRole('button', { name: 'Confirmer' }).click();
  await clerk.getByRole('heading', { name: 'Vos codes de secours' }).waitFor();
  const codes = await clerk.locator('.recovery-codes li').allTextContents();
  expect(codes).toHaveLength(10);
  await look(clerk, 'account-codes');
  await clerk.getByRole('button', { name: 'Je les ai notés' }).click();
  await clerk.getByText('Il vous reste 10 codes de secours.').waitFor();

  now += 60_000;
  await clerk.getByRole('button', { name: 'Se déconnecter' }).click();
  await logIn(clerk, 'zoe@saint-martin.example', LONG);
  await clerk.getByLabel('Code de votre application').fill('000000');
  await look(clerk, 'log-in-code');
  await clerk.getByRole('button', { name: 'Se connecter' }).click();
  await clerk.getByText('Ce code n’est pas le bon').waitFor();
  await clerk.getByLabel('Code de votre application').fill(totp.generate({ timestamp: now }));
  await clerk.getByRole('button', { name: 'Se connecter' }).click();
  await clerk.getByRole('heading', { name: 'Mon compte' }).waitFor();

  await administrator.reload();
  await administrator.getByRole('button', { name: 'Modifier Zoé Neuve' }).click();
  await look(administrator, 'people-change');
  await administrator.getByRole('button', { name: 'Bloquer' }).click();
  await clerk.getByText('Votre session est terminée.').waitFor();
});

it('a forgotten password is asked for and set; places are added', async () => {
  const page = await newPage();
  await page.goto(hub.origin);
  await page.getByRole('link', { name: 'Mot de passe oublié' }).click();
  await page.getByLabel('Adresse électronique').fill('helene@office.example');
  await look(page, 'forgotten');
  await page.getByRole('button', { name: 'Recevoir un lien' }).click();
  await page.getByText('un courriel est en route').waitFor();
  const link = await linkMailed(2);
  await page.goto(link);
  await page.getByLabel('Nouveau mot de passe').fill(LONG);
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByRole('heading', { name: 'Mon compte' }).waitFor();
  const late = await newPage();
  await late.goto(link);
  await late.getByText('Ce lien a déjà servi').waitFor();
  await look(late, 'welcome-spent');

  const administrator = await newPage();
  await administrator.goto(hub.origin);
  await logIn(administrator, 'administration@val-clair.example', PASSWORD);
  await administrator.getByRole('link', { name: 'Mairies' }).click();
  await administrator.getByLabel('Nom').fill('Beaulieu-sur-Clair');
  await administrator.getByLabel('Latitude et longitude').fill('quelque part');
  await administrator.getByRole('button', { name: 'Ajouter' }).click();
  await administrator.getByText('Deux nombres séparés par une virgule').waitFor();
  await look(administrator, 'people-mairies-wrong');
  await administrator.getByLabel('Latitude et longitude').fill('47,02 2,31');
  await administrator.getByRole('button', { name: 'Ajouter' }).click();
  await administrator.getByRole('button', { name: 'Modifier Beaulieu-sur-Clair' }).waitFor();
  await administrator.getByRole('button', { name: 'Modifier Beaulieu-sur-Clair' }).click();
  expect(await administrator.getByLabel('Latitude et longitude').inputValue()).toBe('47.02, 2.31');
  await look(administrator, 'people-mairies');
  await administrator.getByRole('link', { name: 'Organismes' }).click();
  await administrator.getByRole('button', { name: 'Modifier Service des impôts' }).click();
  await administrator.getByLabel('Adresse du bureau').fill('3 rue du Lac, Val-Clair');
  await administrator.getByRole('button', { name: 'Enregistrer' }).click();
  await administrator.getByText('3 rue du Lac').waitFor();
  await look(administrator, 'people-bodies');
});

it('what a counsellor knows best is chosen among the motives of the body, and an agent has an employer', async () => {
  const administrator = await newPage();
  await administrator.goto(hub.origin);
  await logIn(administrator, 'administration@val-clair.example', PASSWORD);
  await administrator.getByRole('button', { name: 'Modifier Julien Petit' }).click();
  const skills = administrator.getByRole('group', { name: 'Motifs que cette personne connaît le mieux' });
  await skills.getByRole('checkbox', { name: 'Naissance' }).focus();
  await administrator.keyboard.press('Space');
  await look(administrator, 'people-skills');
  await administrator.getByRole('button', { name: 'Enregistrer' }).click();
  await administrator.getByText('Enregistré.').waitFor();
  await administrator.reload();
  await administrator.getByRole('button', { name: 'Modifier Julien Petit' }).click();
  expect(await skills.getByRole('checkbox', { name: 'Naissance' }).isChecked()).toBe(true);
  expect(await skills.getByRole('checkbox', { checked: true }).count()).toBe(1);

  await administrator.getByRole('button', { name: 'Modifier Yasmine Colin' }).click();
  const employer = administrator.getByLabel('SIRET de l’employeur');
  await employer.fill('2175 0001');
  await administrator.getByRole('button', { name: 'Enregistrer' }).click();
  await administrator.getByText('Un SIRET a 14 chiffres.').waitFor();
  await employer.fill('217 500 016 00019');
  await administrator.getByRole('button', { name: 'Enregistrer' }).click();
  await administrator.getByText('Enregistré.').waitFor();
  await look(administrator, 'people-employer');
  await administrator.reload();
  await administrator.getByRole('button', { name: 'Modifier Yasmine Colin' }).click();
  expect(await employer.inputValue()).toBe('21750001600019');
});
