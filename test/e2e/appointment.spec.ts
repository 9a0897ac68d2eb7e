/** From the booking to the visit: mail, the free screen, one click on the day, the counsellor, the end. */
import type { Page } from '@playwright/test';
import type { Temporal } from 'temporal-polyfill';
import { startMailServer, type TestMailServer } from '../../src/hub/testing/test-mail-server.ts';
import { nowWhereItIsDay } from './days.ts';
import { test as base, expect } from './fixtures.ts';
import { whileHubIsDown } from './hub-database.ts';

const EMAIL = 'madame.martin@example.org';

const test = base.extend<object, { mail: TestMailServer }>({
  mail: [
    async ({ browserName: _any }, use) => {
      const server = await startMailServer();
      await use(server);
      await server.close();
    },
    { scope: 'worker' },
  ],
  townOptions: [
    async ({ mail }, use) =>
      use({ hubVariables: { HUB_MAIL_URL: mail.url, HUB_MAIL_FROM: 'ne-pas-repondre@hub.example' } }),
    { scope: 'worker' },
  ],
});

/** The first one that is free, from next week on: on a public holiday none is. Returns its hour, as the page writes it. */
async function takeFirstSlot(page: Page): Promise<string> {
  const slot = page.getByRole('button', { name: /^\d{1,2}\sh\s\d\d$/ }).first();
  for (let week = 0; week < 4; week += 1) {
    await page.getByRole('button', { name: 'Semaine suivante' }).click();
    await expect(slot.or(page.getByText('Aucun créneau libre cette semaine'))).toBeVisible();
    if (await slot.isVisible()) break;
  }
  const hour = (await slot.textContent()) ?? '';
  await slot.click();
  return hour;
}

const spoken = (start: Temporal.ZonedDateTime) => `${start.hour}\u00a0h\u00a005`;

test('a booked appointment becomes a visit with one click, and the resident was told all along', async ({
  clerkPage: page,
  mail,
  nadia,
  resident,
  town,
}) => {
  await resident.expectPlaceFree();
  await page.getByRole('link', { name: 'Rendez-vous', exact: true }).click();
  await page.getByRole('link', { name: 'Horaires de la salle' }).click();
  for (const day of ['mardi', 'jeudi']) {
    await page.getByRole('button', { name: `Ajouter une plage le ${day}` }).click();
  }
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(page.getByText('Horaires enregistrés.')).toBeVisible();
  await page.getByRole('link', { name: 'Prendre rendez-vous' }).click();
  const hour = await takeFirstSlot(page);
  await page.getByRole('textbox', { name: 'Nom, comme il faut le dire' }).fill('Madame Martin');
  await page.getByRole('textbox', { name: 'Motif' }).fill('Demande d’aide au logement');
  await page.getByRole('textbox', { name: 'Adresse électronique' }).fill(EMAIL);
  await page.getByText('La personne accepte que').click();
  await page.getByRole('button', { name: 'Prendre ce rendez-vous' }).click();
  await expect(page.getByText('Rendez-vous pris pour Madame Martin')).toBeVisible();

  await expect.poll(() => mail.received.length).toBe(1);
  const [told] = mail.received;
  expect(told?.to).toMatchObject({ text: EMAIL });
  expect(told?.subject).toContain(hour);
  expect(told?.attachments.map(({ contentType }) => contentType)).toContain('text/calendar');

  // The day comes.
  const start = nowWhereItIsDay().add({ hours: 1 }).with({ minute: 5, second: 0, millisecond: 0 });
  await whileHubIsDown(town, async (database) => {
    await database.run('update mairies set time_zone = $1', [start.timeZoneId]);
    const moved = await database.run(
      `update appointments set starts_at = $1::timestamptz, ends_at = $1::timestamptz + interval '30 minutes'`,
      [new Date(start.epochMilliseconds)],
    );
    expect(moved).toBe(1);
  });
  const face = (await resident.face()).locator('body');
  await expect((await resident.face()).locator('.next-appointment')).toHaveText(
    `Prochain rendez-vous à ${spoken(start)}`,
  );
  await expect(face).not.toContainText('Madame');

  await page.reload();
  await page.getByRole('link', { name: 'Rendez-vous', exact: true }).click();
  await page.getByRole('button', { name: /^Commencer/ }).click();
  await resident.expectFace('Madame Martin');
  await nadia.pickUp('Madame Martin');
  await nadia.expectCallLive();
  await resident.expectFace('Nadia Belkacem');
  await nadia.endVisit();
  await nadia.expectIdle();
  await resident.expectPlaceFree();
  await expect(page.getByText('visite faite ou en cours')).toBeVisible();
  await expect((await resident.face()).locator('.next-appointment')).toHaveCount(0);
});
