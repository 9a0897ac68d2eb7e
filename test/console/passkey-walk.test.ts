/** A passkey from its adding to its removal: the real console, a real browser with an authenticator of its own, the real hub. */
import path from 'node:path';
import { type Browser, type CDPSession, chromium, type Page } from '@playwright/test';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabases } from '../../src/hub/testing/test-databases.ts';
import { createWorld, PASSWORD, startTestHub, type TestHub } from '../../src/hub/testing/test-hub.ts';
import { builtConsole } from './built-console.ts';
import { createLook } from './look.ts';

const TITLE = 'Se connecter avec l’empreinte, le visage ou une clé de sécurité';

let database: TestDatabase;
let hub: TestHub;
let browser: Browser;

beforeAll(async () => {
  const pagesFolder = path.dirname(await builtConsole());
  database = await testDatabases[0].open();
  // A browser keeps passkeys for names, not for addresses.
  hub = await startTestHub(await createWorld(database.database), { host: 'localhost', pagesFolder });
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
});
afterAll(async () => {
  await browser?.close();
  await hub?.close();
  await database?.close();
});

const { newPage, look } = createLook(() => browser);

async function logIn(page: Page): Promise<void> {
  await page.getByLabel('Adresse électronique').fill('nadia@office.example');
  await page.getByLabel('Mot de passe', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Se connecter', exact: true }).click();
  await page.getByRole('button', { name: 'Se déconnecter' }).waitFor();
}

/** A finger that is always the right one, until it is told otherwise. */
async function withAuthenticator(page: Page): Promise<{ cdp: CDPSession; authenticatorId: string }> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal' },
      ...{ hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  });
  return { cdp, authenticatorId };
}

it('is added, opens the account without address or code, is renamed and removed, and then opens nothing', async () => {
  const page = await newPage();
  page.setDefaultTimeout(15_000);
  const { cdp, authenticatorId } = await withAuthenticator(page);
  const way = page.getByRole('button', { name: 'Se connecter avec une clé d’accès' });
  await page.goto(hub.origin);
  await way.waitFor();
  await look(page, 'passkey-log-in');
  await logIn(page);
  await page.goto(`${hub.origin}/#/mon-compte`);

  const part = page.getByRole('region', { name: TITLE });
  await part.getByText('Vous n’avez pas encore de clé d’accès.').waitFor();
  await look(page, 'passkey-none');
  const open = () => part.getByRole('button', { name: 'Ajouter une clé d’accès' }).click();
  const add = async (label: string, password: string) => {
    await part.getByLabel('Nom de cette clé').fill(label);
    await part.getByLabel('Mot de passe actuel').fill(password);
    await part.getByRole('button', { name: 'Continuer' }).click();
  };
  await open();
  await look(page, 'passkey-add');
  await add('Ordinateur du bureau', 'faux');
  await part.getByText('Adresse ou mot de passe incorrect').waitFor();
  await add('Ordinateur du bureau', PASSWORD);
  await part.getByText('Clé d’accès ajoutée.').waitFor();
  await part.getByText('pas encore utilisée').waitFor();
  await look(page, 'passkey-added');
  const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId });
  expect(credentials).toMatchObject([{ isResidentCredential: true, rpId: 'localhost' }]);

  await open();
  await add('Encore une fois', PASSWORD);
  await part.getByText('Cet appareil a déjà une clé d’accès').waitFor();

  await page.getByRole('button', { name: 'Se déconnecter' }).click();
  await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
  await way.click();
  await page.getByRole('alert').getByText('Aucune clé d’accès n’a été donnée').waitFor();
  await look(page, 'passkey-not-given');
  await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true });
  await way.click();
  await page.getByRole('heading', { name: 'Mon compte' }).waitFor();
  await part.getByText('utilisée la dernière fois le').waitFor();

  await part.getByRole('button', { name: 'Renommer Ordinateur du bureau' }).click();
  await part.getByRole('listitem').getByLabel('Nom de cette clé').fill('Ordinateur de la mairie');
  await part.getByRole('button', { name: 'Enregistrer' }).click();
  await part.getByRole('button', { name: 'Retirer Ordinateur de la mairie' }).click();
  await part.getByText('C’est votre dernière clé d’accès.').waitFor();
  await look(page, 'passkey-remove');
  const item = part.getByRole('listitem');
  await item.getByLabel('Mot de passe actuel').fill('faux');
  await item.getByRole('button', { name: 'Retirer' }).click();
  await item.getByText('Adresse ou mot de passe incorrect').waitFor();
  await item.getByLabel('Mot de passe actuel').fill(PASSWORD);
  await item.getByRole('button', { name: 'Retirer' }).click();
  await part.getByText('Clé d’accès retirée.').waitFor();
  await look(page, 'passkey-removed');

  await page.getByRole('button', { name: 'Se déconnecter' }).click();
  await way.click();
  const refused = page.getByRole('alert');
  await refused.getByText('Cette clé d’accès n’est pas reconnue ici').waitFor();
  await refused.getByText('Connectez-vous avec votre adresse et votre mot de passe.').waitFor();
  await look(page, 'passkey-refused');
  await logIn(page);
});

it('is not offered where the hub is reached by an address in numbers', async () => {
  const page = await newPage();
  await page.goto(hub.origin.replace('localhost', '127.0.0.1'));
  await page.getByRole('button', { name: 'Se connecter', exact: true }).waitFor();
  expect(await page.getByRole('button', { name: 'Se connecter avec une clé d’accès' }).count()).toBe(0);
});
