/** The pages about appointments in a real browser: every state axe-clean, within the policy, at three sizes. */
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { type Browser, chromium, type Page } from '@playwright/test';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  type AppointmentView,
  appointmentsAnswer,
  bodyCalendar,
  slotsAnswer,
  terminalCalendar,
} from '#shared/protocol/appointments.ts';
import { builtConsole } from './built-console.ts';
import * as fixture from './fixtures.ts';
import { print, readPaper } from './printed-paper.ts';
import { type ScriptedHub, startScriptedHub } from './scripted-hub.ts';

/** Where to leave pictures of every state, for a person to look at; none by default. */
const shots = process.env.CONSOLE_SHOTS;
const SIZES = [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
  // 1366 at a zoom of 200 %.
  { width: 683, height: 384 },
];
const MINUTE = 60_000;

let browser: Browser;
let hub: ScriptedHub;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  hub = await startScriptedHub(await builtConsole(), fixture.clerkView());
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  // Elsewhere than the mairie: hours are said by the mairie's clock all the same.
  const context = await browser.newContext({
    ...{ viewport: { width: 1366, height: 768 }, locale: 'fr-FR' },
    timezoneId: 'America/New_York',
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

const week = {
  days: [2, 3, 4, 5, 6, 7, 8].map((day) => `2026-02-0${day}`),
  ...{ today: '2026-02-02', previous: '2026-01-26', next: '2026-02-09' },
};
/** By the clock of Paris in winter. */
const at = (day: number, hour: number, minute = 0) => Date.UTC(2026, 1, day, hour - 1, minute);
const first = fixture.clerkView();
const terminalId = first.terminals[0]?.terminalId ?? '';
const bodyId = first.bodies[0]?.bodyId ?? '';

function appointment(day: number, hour: number, change: Partial<AppointmentView> = {}): AppointmentView {
  return {
    appointmentId: crypto.randomUUID(),
    ...{
      terminalId,
      terminal: 'Salle des mariages',
      mairie: 'Saint-Martin-des-Prés',
      timeZone: 'Europe/Paris',
    },
    ...{ bodyId, body: 'Office des familles du Val-Clair', counsellor: 'Nadia Belkacem' },
    ...{ day: `2026-02-0${day}`, startsAt: at(day, hour), endsAt: at(day, hour) + 30 * MINUTE },
    state: 'booked',
    undelivered: false,
    person: {
      ...{ residentName: 'Madame Martin', motive: 'Demande d’aide au logement', showName: true },
      ...{ telephone: '06 12 34 56 78', email: null },
    },
    ...change,
  };
}
const coming = appointment(2, 10, { undelivered: true });
const appointments = [
  appointment(2, 9, { state: 'kept', person: null }),
  coming,
  appointment(2, 11, {
    person: {
      residentName: 'السيدة مارتن',
      motive: 'a'.repeat(300),
      showName: true,
      telephone: null,
      email: null,
    },
  }),
  appointment(3, 14, { state: 'cancelled', person: null }),
];
const slots = [2, 3, 5].flatMap((day) =>
  [9, 10, 11, 14].map((hour) => ({
    ...{ day: `2026-02-0${day}`, startsAt: at(day, hour), endsAt: at(day, hour) + 30 * MINUTE },
  })),
);
const hours = [1, 2, 3, 4, 5].flatMap((weekday) => [
  { weekday, from: '09:00', to: '12:00' },
  { weekday, from: '14:00', to: '17:00' },
]);
const closures = [{ first: '2026-02-16', last: '2026-02-20' }];

beforeEach(() => {
  hub.answers.clear();
  const given: [string, unknown][] = [
    ['GET /api/appointments', appointmentsAnswer.parse({ week, appointments })],
    ['GET /api/appointments/slots', slotsAnswer.parse({ week, timeZone: 'Europe/Paris', slots })],
    [
      `GET /api/calendars/terminals/${terminalId}`,
      terminalCalendar.parse({ hours, closures, timeZone: 'Europe/Paris' }),
    ],
    ['GET /api/calendars/body', bodyCalendar.parse({ hours, closures, minutes: 30 })],
    ['GET /api/calendars/counsellor', { hours: [], closures: [] }],
    ['POST /api/calendar-feeds', { address: `https://hub.example/calendars/${'a'.repeat(43)}.ics` }],
  ];
  for (const [path, answer] of given) hub.answers.set(path, answer);
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

async function open(view: Parameters<typeof startScriptedHub>[1], address: string): Promise<void> {
  hub.view = view;
  await page.goto('about:blank');
  await page.goto(`${hub.origin}/#/rendez-vous${address}`);
}
/** The body of the next request of this method to this path. */
async function sent(method: string, pathname: string, act: () => Promise<void>): Promise<unknown> {
  const [request] = await Promise.all([
    page.waitForRequest((one) => one.method() === method && new URL(one.url()).pathname === pathname),
    act(),
  ]);
  return request.postDataJSON();
}

/** One page in very large letters, with what is needed and nothing of the page, and gone from it afterwards. */
async function expectSlip(button: string, words: readonly string[]): Promise<void> {
  const bytes = await print(page, () => page.getByRole('button', { name: button }).click());
  const picture = shots ? path.join(shots, `slip-${words[0]?.replaceAll(' ', '-')}`) : null;
  const { pages, text, wordHeights } = await readPaper(bytes, picture);
  expect(pages).toBe(1);
  for (const word of [
    ...words,
    'Mairie de Saint-Martin-des-Prés, Salle des mariages',
    'Téléphone de la mairie',
  ])
    expect(text.replaceAll('\u00a0', ' ')).toContain(word);
  expect(text).not.toMatch(/Prendre rendez-vous|Déplacer|06 12|logement/);
  expect(Math.min(...wordHeights)).toBeGreaterThanOrEqual(18);
  expect(Math.max(...wordHeights)).toBeGreaterThanOrEqual(44);
  await page.locator('.resident-paper').waitFor({ state: 'detached' });
}

it('the clerk sees the week, and begins, moves, cancels or marks', async () => {
  await open(fixture.clerkView(), '');
  await page.getByRole('heading', { name: 'Aujourd’hui, lundi 2 février' }).waitFor();
  await page.getByText('10 h 00').waitFor();
  await page.getByText('Le courriel n’a pas pu être remis').waitFor();
  await look('appointments-week');
  await expectSlip('Imprimer : Madame Martin, 10 h 00', ['Lundi 2 février à 10 h 00', 'Madame Martin']);
  await expectSlip('Imprimer : السيدة مارتن, 11 h 00', ['Lundi 2 février à 11 h 00']);
  const own = `/api/appointments/${coming.appointmentId}`;
  for (const verb of ['start', 'missed', 'move', 'cancel']) hub.answers.set(`POST ${own}/${verb}`, null);

  await sent('POST', `${own}/start`, () => page.getByRole('button', { name: /^Commencer.*10 h 00/ }).click());
  await page.getByText('Visite annoncée pour Madame Martin.').waitFor();
  await look('appointments-started');
  await sent('POST', `${own}/missed`, () => page.getByRole('button', { name: /^Pas venu.*10 h 00/ }).click());

  await page.getByRole('button', { name: /^Déplacer.*10 h 00/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Déplacer le rendez-vous de Madame Martin' });
  await dialog.getByText('14 h 00').first().waitFor();
  await look('appointments-move');
  const friday = dialog.getByRole('region', { name: 'Jeudi 5 février' });
  const moved = await sent('POST', `${own}/move`, () => friday.getByText('14 h 00').click());
  expect(moved).toEqual({ startsAt: at(5, 14) });
  await page.getByText('Rendez-vous déplacé.').waitFor();

  await page.getByRole('button', { name: /^Annuler.*10 h 00/ }).click();
  await page.getByRole('alertdialog').getByText('Le créneau redevient libre').waitFor();
  await look('appointments-cancel');
  hub.answers.set(`POST ${own}/cancel`, { code: 'appointmentOver' });
  await page.getByRole('button', { name: 'Annuler le rendez-vous' }).click();
  await page.getByRole('alert').getByText('Ce rendez-vous est déjà terminé ou annulé').waitFor();
});

it('the clerk books: a slot, a name, a motive; what lacks is said', async () => {
  await open(fixture.clerkView(), '/nouveau');
  await page.getByRole('region', { name: 'Lundi 2 février' }).waitFor();
  await look('appointments-book');
  await page.getByRole('button', { name: 'Prendre ce rendez-vous' }).click();
  await page.getByText('Écrivez le nom, par exemple').waitFor();
  await look('appointments-book-lacks');
  await page.getByRole('textbox', { name: 'Nom, comme il faut le dire' }).fill('Monsieur Roy');
  await page.getByRole('textbox', { name: 'Motif' }).fill('Naissance');
  await page.getByText('La personne accepte que').click();
  await page.getByRole('button', { name: 'Prendre ce rendez-vous' }).click();
  await page.getByText('Choisissez un créneau.').waitFor();
  await page.getByRole('region', { name: 'Mardi 3 février' }).getByText('9 h 00').click();

  hub.answers.set('POST /api/appointments', { code: 'slotTaken' });
  await page.getByRole('button', { name: 'Prendre ce rendez-vous' }).click();
  await page.getByRole('alert').getByText('Ce créneau n’est plus libre').waitFor();
  await look('appointments-book-taken');
  expect(await page.getByRole('textbox', { name: 'Nom, comme il faut le dire' }).inputValue()).toBe(
    'Monsieur Roy',
  );

  await page.getByRole('region', { name: 'Mardi 3 février' }).getByText('10 h 00').click();
  hub.answers.set('POST /api/appointments', { appointmentId: crypto.randomUUID() });
  const booking = await sent('POST', '/api/appointments', () =>
    page.getByRole('button', { name: 'Prendre ce rendez-vous' }).click(),
  );
  expect(booking).toEqual({
    ...{ terminalId, bodyId, startsAt: at(3, 10), consent: true },
    person: {
      ...{ residentName: 'Monsieur Roy', motive: 'Naissance', showName: true },
      ...{ telephone: null, email: null },
    },
  });
  await page.getByText('Rendez-vous pris pour Monsieur Roy : mardi 3 février à 10 h 00.').waitFor();
  await look('appointments-booked');
  await expectSlip('Imprimer pour la personne', ['Mardi 3 février à 10 h 00', 'Monsieur Roy']);
});

it('the clerk reads that no slot is free, and why that may be', async () => {
  hub.answers.set('GET /api/appointments/slots', { week, timeZone: 'Europe/Paris', slots: [] });
  await open(fixture.clerkView(), '/nouveau');
  await page.getByText('Aucun créneau libre cette semaine').waitFor();
  await look('appointments-no-slot');
});

it('the clerk sets when the room is free', async () => {
  await open(fixture.clerkView(), '/salle');
  await page.getByLabel('Lundi, début de la plage 1').waitFor();
  await look('appointments-room');
  await page.getByLabel('Lundi, début de la plage 1').fill('8h30');
  await page.getByRole('button', { name: 'Recopier lundi jusqu’à vendredi' }).click();
  await page.getByRole('button', { name: 'Retirer la plage 2 du mercredi' }).click();
  const own = `/api/calendars/terminals/${terminalId}`;
  hub.answers.set(`PUT ${own}`, null);
  const saved = terminalCalendar.parse(
    await sent('PUT', own, () => page.getByRole('button', { name: 'Enregistrer' }).click()),
  );
  expect(saved.hours).toHaveLength(9);
  expect(saved.hours.filter(({ from }) => from === '08:30')).toHaveLength(5);
  await page.getByText('Horaires enregistrés.').waitFor();
  await page.getByRole('button', { name: 'Ajouter une fermeture' }).click();
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByText('Complétez chaque heure et chaque date').waitFor();
  await page.getByRole('button', { name: 'Retirer la fermeture 2' }).click();
  hub.answers.set(`PUT ${own}`, { code: 'hoursOverlap' });
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByText('Deux plages du même jour se chevauchent').waitFor();
  await page.getByRole('button', { name: 'Obtenir une nouvelle adresse' }).click();
  await page.getByLabel('Adresse de l’agenda').waitFor();
  await look('appointments-room-told');
});

it('the counsellor sees the own week without beginning visits, and sets hours', async () => {
  await open(fixture.counsellorView(), '');
  await page.getByRole('heading', { name: 'Aujourd’hui, lundi 2 février' }).waitFor();
  expect(await page.getByRole('button', { name: /^Commencer/ }).count()).toBe(0);
  await look('appointments-counsellor');
  await page.getByRole('link', { name: 'Mes horaires' }).click();
  await page.getByText('Sans plage, vous êtes disponible').waitFor();
  await look('appointments-own-hours');
  await page.getByRole('link', { name: 'Horaires de l’organisme' }).click();
  await page.getByLabel('Durée d’un rendez-vous, en minutes').fill('45');
  hub.answers.set('PUT /api/calendars/body', null);
  const saved = await sent('PUT', '/api/calendars/body', () =>
    page.getByRole('button', { name: 'Enregistrer' }).click(),
  );
  expect(saved).toEqual({ hours, closures, minutes: 45 });
  await page.getByText('Horaires enregistrés.').waitFor();
  await look('appointments-body-hours');
});

it('the counsellor books at a mairie for the own body', async () => {
  hub.answers.set('GET /api/appointments/places', {
    bodies: [{ bodyId, name: 'Office des familles du Val-Clair' }],
    terminals: [
      { terminalId, name: 'Salle des mariages', mairie: 'Saint-Martin-des-Prés' },
      { terminalId: fixture.uuid(72), name: 'Accueil', mairie: 'Beaumont-le-Vieux, commune déléguée' },
    ],
  });
  await open(fixture.counsellorView(), '/nouveau');
  await page.getByRole('combobox').selectOption('Beaumont-le-Vieux, commune déléguée, Accueil');
  await page.getByRole('region', { name: 'Mardi 3 février' }).getByRole('button', { name: '9 h 00' }).click();
  await page.getByRole('textbox', { name: 'Nom, comme il faut le dire' }).fill('Madame Martin');
  await page.getByRole('textbox', { name: 'Motif' }).fill('Aide au logement');
  await page.getByText('La personne accepte que').click();
  await look('appointments-counsellor-book');
  hub.answers.set('POST /api/appointments', { appointmentId: crypto.randomUUID() });
  const booking = await sent('POST', '/api/appointments', () =>
    page.getByRole('button', { name: 'Prendre ce rendez-vous' }).click(),
  );
  expect(booking).toMatchObject({ bodyId, terminalId: fixture.uuid(72), startsAt: at(3, 9) });
  await page.getByText('Rendez-vous pris pour Madame Martin').waitFor();
});

it('a hub that does not answer, or refuses, is told in a sentence', async () => {
  hub.answers.set('GET /api/appointments', { code: 'forbidden' });
  await open(fixture.clerkView(), '');
  await page.getByRole('alert').getByText('Votre compte n’a pas le droit de faire cela').waitFor();
  await look('appointments-refused');
});
