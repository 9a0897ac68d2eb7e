/** From the end of a visit to the month's figures: the real console in a real browser on the real hub. */
import path from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabases } from '../../src/hub/testing/test-databases.ts';
import {
  createWorld,
  openVisit,
  PASSWORD,
  startTestHub,
  type TestHub,
  type World,
} from '../../src/hub/testing/test-hub.ts';
import { builtConsole } from './built-console.ts';

/** Thursday, 5 November 2026, 10:00 in Paris. */
const NOW = Date.UTC(2026, 10, 5, 9);
const WEEK = 7 * 24 * 3_600_000;
const VISITS = 5;

let database: TestDatabase;
let world: World;
let hub: TestHub;
let browser: Browser;
let now = NOW;

beforeAll(async () => {
  const pagesFolder = path.dirname(await builtConsole());
  database = await testDatabases[0].open();
  world = await createWorld(database.database);
  hub = await startTestHub(world, { clock: () => now, pagesFolder });
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
});
afterAll(async () => {
  await browser?.close();
  await hub?.close();
  await database?.close();
});

it('five visits and their words are one sentence a week later', async () => {
  const context = await browser.newContext({ locale: 'fr-FR', timezoneId: 'Europe/Paris' });
  const clerk = await context.newPage();
  const logIn = async (): Promise<void> => {
    await clerk.goto(hub.origin);
    await clerk.getByLabel('Adresse électronique').fill('secretaire@saint-martin.example');
    await clerk.getByLabel('Mot de passe', { exact: true }).fill(PASSWORD);
    await clerk.getByRole('button', { name: 'Se connecter' }).click();
    await clerk.getByRole('heading', { name: 'Annoncer une personne' }).waitFor();
  };
  await logIn();
  for (let one = 1; one <= VISITS; one += 1) {
    const { nadia, visitId, terminal, clerk: desk } = await openVisit(hub, world);
    now += 60_000;
    expect(await nadia.ask({ type: 'endVisit', visitId })).toMatchObject({ ok: true });
    await clerk.getByText(`Visite finie à 10 h 0${one}`).waitFor();
    await clerk.getByRole('button', { name: 'Oui, j’ai eu ce qu’il me fallait' }).click();
    await clerk.getByText('Visite finie à').waitFor({ state: 'detached' });
    await Promise.all([nadia.cut(), terminal.cut(), desk.cut()]);
  }
  await clerk.getByRole('link', { name: 'Chiffres' }).click();
  await clerk.getByText('En 2026, aucune visite n’est allée à son terme.').waitFor();

  now += WEEK;
  await context.clearCookies();
  await logIn();
  await clerk.getByRole('link', { name: 'Chiffres' }).click();
  await clerk.getByText('En 2026, 5 visites ont permis de parler à un conseiller').waitFor();
  await clerk.getByText('Sur 5 personnes qui ont donné leur avis, 5 ont eu tout ce qu’il fallait.').waitFor();
});
