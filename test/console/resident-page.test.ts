/** The page behind the link in a resident's mail, in a real browser without script: read, kept, cancelled by the keyboard. */
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { type Browser, chromium, type Page } from '@playwright/test';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { slotsAnswer } from '#shared/protocol/appointments.ts';
import { type TestDatabase, testDatabases } from '../../src/hub/testing/test-databases.ts';
import {
  createWorld,
  type Person,
  startTestHub,
  type TestHub,
  type World,
} from '../../src/hub/testing/test-hub.ts';
import { startMailServer, type TestMailServer } from '../../src/hub/testing/test-mail-server.ts';
import { builtConsole } from './built-console.ts';

/** Where to leave pictures, for a person to look at; none by default. */
const shots = process.env.CONSOLE_SHOTS;
const SIZES = [
  { width: 1366, height: 768 },
  { width: 390, height: 844 },
  { width: 320, height: 640 },
];
/** A Sunday evening in winter. */
const NOW = Date.UTC(2026, 1, 1, 18);

let database: TestDatabase;
let world: World;
let server: TestMailServer;
let hub: TestHub;
let browser: Browser;
let page: Page;
let terminalId: string;

beforeAll(async () => {
  const pagesFolder = path.dirname(await builtConsole());
  database = await testDatabases[0].open();
  server = await startMailServer();
  world = await createWorld(database.database);
  hub = await startTestHub(world, { clock: () => NOW, mail: server.settings, pagesFolder });
  ({ terminalId } = await hub.enrol());
  const hours = [{ weekday: 1, from: '09:00', to: '12:00' }];
  await as('nadia', 'PUT', '/api/calendars/body', { hours, closures: [], minutes: 30 });
  await as('clerk', 'PUT', `/api/calendars/terminals/${terminalId}`, {
    ...{ hours, closures: [], timeZone: 'Europe/Paris' },
  });
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
});
afterAll(async () => {
  await browser?.close();
  await hub?.close();
  await server?.close();
  await database?.close();
});
beforeEach(async () => {
  await page?.context().close();
  const context = await browser.newContext({ locale: 'fr-FR', viewport: SIZES[0] ?? null });
  page = await context.newPage();
});

async function as(who: Person, method: string, where: string, body?: unknown): Promise<Response> {
  const answer = await fetch(new URL(where, hub.origin), {
    method,
    headers: {
      ...{ origin: hub.origin, cookie: await hub.logIn(who) },
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  expect(answer.ok, where).toBe(true);
  return answer;
}

async function freeSlots(): Promise<readonly number[]> {
  const query = new URLSearchParams({ terminalId, bodyId: world.bodies.office, date: '2026-02-02' });
  const answer = await as('clerk', 'GET', `/api/appointments/slots?${query}`);
  return slotsAnswer.parse(await answer.json()).slots.map(({ startsAt }) => startsAt);
}

/** @returns the link that came by mail. */
async function bookFirst(): Promise<string> {
  const before = server.received.length;
  const person = {
    ...{ residentName: 'Madame Martin', motive: 'Aide au logement', showName: true },
    ...{ telephone: null, email: 'madame.martin@example.org' },
  };
  const [startsAt] = await freeSlots();
  await as('clerk', 'POST', '/api/appointments', {
    ...{ terminalId, bodyId: world.bodies.office, startsAt, person, consent: true },
  });
  await expect.poll(() => server.received.length).toBe(before + 1);
  return /http\S+/.exec(server.received.at(-1)?.text ?? '')?.[0] ?? '';
}

async function look(name: string): Promise<void> {
  for (const size of SIZES) {
    await page.setViewportSize(size);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide, `${name} scrolls sideways at ${size.width}`).toBeLessThanOrEqual(0);
    if (shots) await page.screenshot({ path: path.join(shots, `${name}-${size.width}.png`) });
  }
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag2aaa', 'best-practice'])
    .analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`),
    name,
  ).toEqual([]);
}

async function tabTo(name: string): Promise<void> {
  for (let presses = 0; presses < 6; presses += 1) {
    await page.keyboard.press('Tab');
    // Between the last element and the first the focus is the browser's own.
    if ((await page.evaluate(() => document.activeElement?.textContent)) === name) return;
  }
  throw new Error(`The keyboard does not reach "${name}".`);
}

it('is read, kept after a second thought, and cancelled, by the keyboard alone', async () => {
  const [first] = await freeSlots();
  const link = await bookFirst();
  expect(await freeSlots()).not.toContain(first);
  await page.goto(link);
  await page.getByRole('heading', { name: 'Votre rendez-vous' }).waitFor();
  await page.getByText('lundi 2 février 2026 à 9 h 00').waitFor();
  expect(await page.locator('body').innerText()).not.toMatch(/Martin,|Madame|logement|Nadia/);
  await look('resident-appointment');
  const file = page.waitForEvent('download');
  await tabTo('Ajouter à mon agenda');
  await page.keyboard.press('Enter');
  expect((await file).suggestedFilename()).toBe('rendez-vous.ics');

  await page.goto(link);
  await tabTo('Annuler le rendez-vous');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Annuler ce rendez-vous' }).waitFor();
  await look('resident-appointment-cancel');
  await tabTo('Non, garder le rendez-vous');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Votre rendez-vous' }).waitFor();

  await tabTo('Annuler le rendez-vous');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Annuler ce rendez-vous' }).waitFor();
  await tabTo('Oui, annuler le rendez-vous');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Le rendez-vous est annulé' }).waitFor();
  await look('resident-appointment-cancelled');
  expect(await freeSlots()).toContain(first);
  await page.goto(link);
  await page.getByRole('heading', { name: 'Le rendez-vous est annulé' }).waitFor();
});

it('needs no script, and a place with a hostile name harms nobody', async () => {
  await database.database.run(`update bodies set name = $2 where id = $1`, [
    world.bodies.office,
    `<img src=x onerror="document.title='taken'">&`,
  ]);
  const link = await bookFirst();
  const bare = await browser.newContext({ javaScriptEnabled: false, locale: 'fr-FR' });
  const without = await bare.newPage();
  await without.goto(link);
  expect(await without.locator('img').count()).toBe(0);
  expect(await without.getByText('<img src=x').count()).toBe(1);
  await without.getByRole('link', { name: 'Annuler le rendez-vous' }).click();
  await without.getByRole('button', { name: 'Oui, annuler le rendez-vous' }).click();
  await without.getByRole('heading', { name: 'Le rendez-vous est annulé' }).waitFor();
  await bare.close();
});

it('says calmly that a link leads nowhere', async () => {
  await page.goto(`${hub.origin}/rendez-vous/${'A'.repeat(64)}`);
  await page.getByRole('heading', { name: 'Ce lien ne mène à aucun rendez-vous' }).waitFor();
  await look('resident-appointment-unknown');
});
