/** Who may do what, and what those are told who may not; and the ends of a visit that nobody at the console chose. */
import type { Page } from '@playwright/test';
import { counsellorDesk } from './counsellor-desk.ts';
import { expect, FORM, OFFICE, test } from './fixtures.ts';
import { hurryTerminal } from './hurried-terminal.ts';

test('two counsellors pick the same resident: one has the visit, the other is told who', async ({
  clerk,
  nadia,
  resident,
  town,
}) => {
  await resident.expectPlaceFree();
  const julienPage = await town.logIn('julien@office.example');
  const line = await slowLine(julienPage);
  const julien = counsellorDesk(julienPage);
  const sophie = await town.logIn('sophie@impots.example');
  await clerk.announce({ name: 'Madame Roux', body: OFFICE, motive: FORM });
  for (const { page } of [nadia, julien]) {
    await expect(page.getByRole('button', { name: 'Prendre Madame Roux' })).toBeVisible();
  }
  // Another body's counsellor sees nobody.
  await expect(sophie.getByText('Personne n’attend')).toBeVisible();
  await expect(sophie.locator('body')).not.toContainText('Roux');

  // Julien's click is on its way before he can know of Nadia's.
  line.hold();
  await nadia.pickUp('Madame Roux');
  await expect.poll(nadia.isInVisit).toBe(true);
  await julien.pickUp('Madame Roux');
  line.release();
  await expect(julien.page.getByRole('alert')).toContainText('Nadia Belkacem vient de prendre Madame Roux.');
  expect(await julien.isInVisit()).toBe(false);
  await nadia.expectCallLive();
  await resident.expectFace('Nadia Belkacem');
  await expect(sophie.locator('body')).not.toContainText('Roux');
  await nadia.endVisit();
  await resident.expectPlaceFree();
  await julien.page.context().close();
  await sophie.context().close();
});

/** What the hub says to this page can be held back; what the page says to the hub goes through. */
async function slowLine(page: Page): Promise<{ readonly hold: () => void; readonly release: () => void }> {
  let held: (() => void)[] | null = null;
  await page.routeWebSocket(/./, (toPage) => {
    const toHub = toPage.connectToServer();
    toHub.onMessage((message) => {
      if (held) held.push(() => toPage.send(message));
      else toPage.send(message);
    });
  });
  await page.reload();
  return {
    hold: () => {
      held = [];
    },
    release: () => {
      for (const send of held ?? []) send();
      held = null;
    },
  };
}

test('a wrong password is said so, and too many tries have to wait', async ({ town }) => {
  const page = await (await town.browser.newContext({ locale: 'fr-FR' })).newPage();
  await page.goto(town.hub.origin);
  await page.getByLabel('Adresse électronique').fill('personne@office.example');
  const tryOnce = async () => {
    await page.getByLabel('Mot de passe', { exact: true }).fill('pas-le-bon');
    await page.getByRole('button', { name: 'Se connecter', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Se connecter', exact: true })).toBeEnabled();
  };
  await tryOnce();
  await expect(page.getByRole('alert')).toContainText(
    'Adresse ou mot de passe incorrect. Vérifiez les deux, puis réessayez.',
  );
  for (let attempt = 2; attempt <= 5; attempt += 1) await tryOnce();
  await tryOnce();
  await expect(page.getByRole('alert')).toContainText('Trop d’essais.');
  expect(town.hub.output()).not.toContain('pas-le-bon');
  await page.context().close();
});

test('a session that ended leads to the log-in page, which says so', async ({ town }) => {
  const page = await town.logIn('julien@office.example');
  const other = await page.context().newPage();
  await other.goto(town.hub.origin);
  await other.getByRole('button', { name: 'Se déconnecter' }).click();
  await expect(page.getByText('Votre session est terminée. Connectez-vous de nouveau.')).toBeVisible();
  await expect(page.getByLabel('Mot de passe', { exact: true })).toBeVisible();
  await page.context().close();
});

test('the resident leaves and comes back: the visit waits', async ({ call, clerk, nadia, resident }) => {
  expect(call).toBeUndefined();
  await clerk.sayResidentLeft();
  await resident.expectFace('Êtes-vous toujours là');
  await clerk.expectTerminal('La personne est partie');
  await clerk.sayResidentCameBack();
  await resident.expectFace('Nadia Belkacem');
  await nadia.expectCallLive();
});

test('the resident leaves for good: the visit ends, is wiped, and the counsellor reads why', async ({
  clerk,
  nadia,
  resident,
  town,
}) => {
  await resident.expectPlaceFree();
  await clerk.announce({ name: 'Monsieur Gris', body: OFFICE, motive: FORM });
  await nadia.pickUp('Monsieur Gris');
  await nadia.expectCallLive();
  const slow = await hurryTerminal(town.terminal);
  await clerk.sayResidentLeft();
  await resident.expectPlaceFree();
  await slow();
  await nadia.expectIdle();
  await expect(nadia.page.getByRole('alert')).toContainText('La visite s’est terminée sans vous');
  await clerk.expectTerminal('Prête à accueillir');
});

test('the clerk cancels a visit that waits, and one in call', async ({ clerk, nadia, resident }) => {
  await resident.expectPlaceFree();
  await clerk.announce({ name: 'Madame Bleu', body: OFFICE, motive: FORM });
  await resident.expectFace('Bonjour Madame Bleu');
  await clerk.cancelVisit();
  await resident.expectFace(/La visite est annulée|Au revoir|La place est libre/);
  await resident.expectPlaceFree();
  await expect(nadia.page.getByText('Personne n’attend')).toBeVisible();

  await clerk.announce({ name: 'Madame Violet', body: OFFICE, motive: FORM });
  await nadia.pickUp('Madame Violet');
  await nadia.expectCallLive();
  await clerk.cancelVisit();
  await nadia.expectIdle();
  await expect(nadia.page.getByRole('alert')).toContainText('l’accueil l’a annulée');
  await resident.expectPlaceFree();
});
