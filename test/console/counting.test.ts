/** The page of figures in a real browser: every state axe-clean, at three sizes, its files, and the resident's word. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { type Browser, chromium, type Page } from '@playwright/test';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { ConsoleView } from '#shared/protocol/views.ts';
import { madeYear } from '../../src/console/counting/made-year-bench.ts';
import { builtConsole } from './built-console.ts';
import * as fixture from './fixtures.ts';
import { type ScriptedHub, startScriptedHub } from './scripted-hub.ts';

/** Where to leave pictures of every state, for a person to look at; none by default. */
const shots = process.env.CONSOLE_SHOTS;
const SIZES = [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
  // 1366 at a zoom of 200 %.
  { width: 683, height: 384 },
];

let browser: Browser;
let hub: ScriptedHub;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  hub = await startScriptedHub(await builtConsole(), fixture.clerkView());
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  const context = await browser.newContext({
    viewport: { width: 1366, height: 768 },
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
  });
  page = await context.newPage();
  page.on('console', (message) => {
    const expected = /^Failed to load resource/.test(message.text());
    if (message.type() === 'error' && !expected) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
});
afterAll(async () => {
  await browser?.close();
  await hub?.stop();
});
beforeEach(() => {
  hub.answers.clear();
  hub.answers.set('GET /api/counting', madeYear());
  hub.answers.set('GET /api/counting/words', { visits: [] });
  hub.answers.set('GET /api/sheets/own', { sheets: [] });
});

async function look(name: string): Promise<void> {
  for (const size of SIZES) {
    await page.setViewportSize(size);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide, `${name} scrolls sideways at ${size.width}`).toBeLessThanOrEqual(0);
    if (shots) await page.screenshot({ path: path.join(shots, `${name}-${size.width}.png`), fullPage: true });
  }
  await page.setViewportSize({ width: 1366, height: 768 });
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`),
    name,
  ).toEqual([]);
  expect(complaints.splice(0), name).toEqual([]);
}

async function open(view: ConsoleView, address = '#/chiffres'): Promise<void> {
  hub.view = view;
  await page.goto('about:blank');
  await page.goto(`${hub.origin}/${address}`);
}

it('the clerk reads the year in sentences, then in charts that are tables', async () => {
  await open(fixture.clerkView());
  await page.getByText('En 2026, 184 visites ont permis de parler à un conseiller').waitFor();
  await page.getByText('Environ 9 240 kilomètres et 185 heures de route évités (estimation).').waitFor();
  const months = page.getByRole('table', { name: 'Visites de chaque mois' });
  expect(await months.getByRole('row', { name: /octobre/ }).textContent()).toBe('octobre47');
  expect(await months.getByRole('row', { name: /mars/ }).textContent()).toBe('marscaché');
  await look('counting-year');
});

it('a month is chosen with the keyboard alone', async () => {
  await open(fixture.clerkView());
  await page.getByLabel('Période').focus();
  await page.keyboard.press('End');
  await page.getByText('En octobre 2026, 47 visites').waitFor();
  await page.getByRole('table', { name: /Visites de chaque semaine/ }).waitFor();
  expect(await page.getByRole('table', { name: /Pour quoi/ }).count()).toBe(0);
  await look('counting-month');
  await page.getByLabel('Période').selectOption('mars');
  await page.getByText('En mars 2026, le nombre de visites est caché.').waitFor();
  await look('counting-hidden');
});

it('another year and another mairie are asked of the hub, and a refusal is said', async () => {
  const mairies = [
    { mairieId: fixture.uuid(71), name: 'Saint-Martin-des-Prés' },
    { mairieId: fixture.uuid(72), name: 'Beaumont-le-Vieux, commune déléguée de Val-en-Plaine '.repeat(6) },
  ];
  const [year, ...months] = madeYear().periods;
  if (!year) throw new Error('No year.');
  const all = mairies.map(({ name }) => ({ name, visits: 92 }));
  const territory = {
    scope: { kind: 'mairies', name: 'Communauté de communes du Val-Clair' } as const,
    ...{ mairies, motives: [], periods: [{ ...year, mairies: all, atLeast: true }, ...months] },
  };
  hub.answers.set('GET /api/counting', madeYear(territory));
  await open(fixture.operatorView());
  await page.getByText('En 2026, au moins 184 visites').waitFor();
  await look('counting-territory');
  hub.answers.set(`GET /api/counting?mairieId=${mairies[0]?.mairieId}`, madeYear({ mairies }));
  await page.getByLabel('Lieu').selectOption('Saint-Martin-des-Prés');
  await page.getByRole('heading', { name: 'Saint-Martin-des-Prés' }).waitFor();
  hub.answers.set(`GET /api/counting?year=2025&mairieId=${mairies[0]?.mairieId}`, { code: 'notFound' });
  await page.getByRole('combobox', { name: /^Année/ }).selectOption('2025');
  await page.getByRole('alert').waitFor();
  await look('counting-refused');
  hub.answers.set(`GET /api/counting?year=2026&mairieId=${mairies[0]?.mairieId}`, madeYear({ mairies }));
  await page.getByRole('combobox', { name: /^Année/ }).selectOption('2026');
  await page.getByText('En 2026, 184 visites').waitFor();
});

it('each file is saved under its name', async () => {
  await open(fixture.counsellorView());
  for (const [button, name, start] of [
    ['Tableau (CSV)', 'vis-a-vis-chiffres-2026.csv', '\ufeff"Période"'],
    ['Classeur (ODS)', 'vis-a-vis-chiffres-2026.ods', 'PK'],
    ['Rapport d’une page (PDF)', 'vis-a-vis-rapport-2026.pdf', '%PDF-'],
  ] as const) {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: button }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(name);
    expect((await readFile(await download.path(), 'utf8')).startsWith(start)).toBe(true);
  }
  expect(complaints.splice(0)).toEqual([]);
});

it('on paper stand the figures, and neither menus nor buttons', async () => {
  await open(fixture.clerkView());
  await page.getByText('En 2026, 184 visites').waitFor();
  await page.emulateMedia({ media: 'print' });
  expect(await page.getByRole('button', { name: 'Imprimer' }).isVisible()).toBe(false);
  expect(await page.getByRole('link', { name: 'Chiffres' }).isVisible()).toBe(false);
  expect(await page.getByRole('table', { name: 'Visites de chaque mois' }).isVisible()).toBe(true);
  if (shots) await page.pdf({ path: path.join(shots, 'counting-paper.pdf') });
  await page.emulateMedia({ media: 'screen' });
});

it('the clerk gives the resident’s word, or passes on without it', async () => {
  const visits = [61, 62].map((of) => ({
    ...{ visitId: fixture.uuid(of), body: 'Office des familles' },
    endedAt: Date.UTC(2026, 10, 5, 9, of - 56),
  }));
  hub.answers.set('GET /api/counting/words', { visits });
  hub.answers.set('POST /api/counting/words', null);
  await open(fixture.clerkView(), '');
  await page.getByText('Visite finie à 10 h 05, Office des familles.').waitFor();
  await look('counting-word');
  await page.getByRole('button', { name: 'En partie' }).click();
  await page.getByText('Merci, la réponse est comptée.').waitFor();
  expect(hub.sent.at(-1)).toEqual({
    to: 'POST /api/counting/words',
    content: { visitId: visits[0]?.visitId, word: 'partly' },
  });
  await page.getByText('Visite finie à 10 h 06').waitFor();
  await page.getByRole('button', { name: 'Sans réponse' }).click();
  await page.getByText('Visite finie').waitFor({ state: 'detached' });
});
