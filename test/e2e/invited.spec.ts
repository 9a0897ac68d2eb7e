/** A third person in the call, by a link and as a colleague: seen and heard by both, named to the resident, put out for good. */
import type { Frame, Page } from '@playwright/test';
import type { Town } from '#rig/town.ts';
import { counsellorDesk } from './counsellor-desk.ts';
import { expect, test } from './fixtures.ts';
import { expectMoving } from './moving-picture.ts';

const NAME = 'Irina Vasile, interprète';

/** Of the small picture, beside the large one. */
async function expectAsideMoving(room: () => Promise<Frame>): Promise<void> {
  const decoded = async () =>
    (await room()).evaluate(
      () =>
        document.querySelector<HTMLVideoElement>('#aside video')?.getVideoPlaybackQuality()
          .totalVideoFrames ?? 0,
    );
  await expect.poll(decoded).toBeGreaterThan(0);
  const before = await decoded();
  await expect.poll(decoded).toBeGreaterThan(before + 5);
}

/** Whoever has no account here, at an address that was handed over. */
async function open(town: Town, address: string): Promise<Page> {
  const context = await town.browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'fr-FR' });
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

test('an interpreter comes by a link, meets both, and is put out: the two go on without', async ({
  call: _call,
  nadia,
  resident,
  town,
}) => {
  const { page } = nadia;
  await page.getByRole('button', { name: 'Inviter quelqu’un dans l’appel' }).click();
  await page.getByRole('radio', { name: /Une autre personne/ }).check({ force: true });
  await page.getByLabel('Son nom et sa qualité').fill(NAME);
  await page.getByRole('button', { name: 'Inviter', exact: true }).click();
  const address = await page.getByLabel('Lien de l’appel').inputValue();
  await page.getByRole('button', { name: 'Fermer' }).click();
  await resident.expectFace(`${NAME} va entrer dans l’appel`);
  await expect(page.getByText(`${NAME} n’est pas encore dans l’appel.`)).toBeVisible();

  const guest = await open(town, address);
  await expect(
    guest.getByRole('heading', { name: 'Nadia Belkacem vous attend dans un appel vidéo' }),
  ).toBeVisible();
  await expect(guest.locator('body')).not.toContainText('Martin');
  await guest.getByRole('button', { name: 'Entrer dans l’appel' }).click();

  await resident.expectFace(`avec ${NAME}`);
  await expect(page.getByText(`${NAME} est dans l’appel.`)).toBeVisible();
  await expect(page.getByText('plus que prévu')).toBeHidden();
  const guestRoom = counsellorDesk(guest).roomFrame;
  for (const room of [guestRoom, nadia.roomFrame, resident.roomFrame]) {
    await expectMoving(room);
    await expectAsideMoving(room);
  }
  await guest.screenshot({ path: test.info().outputPath('invited.png') });
  await page.screenshot({ path: test.info().outputPath('counsellor-with-invited.png') });
  // A page that is loaded again finds its place again.
  await guest.reload();
  await guest.getByRole('button', { name: 'Entrer dans l’appel' }).click();
  await expectMoving(guestRoom);
  await resident.expectFace(`avec ${NAME}`);

  await page.getByRole('button', { name: 'Faire sortir' }).click();
  await expect(guest.getByRole('heading', { name: 'Cette invitation n’est plus valable' })).toBeVisible();
  await resident.expectFace('Office des familles');
  await expectMoving(nadia.roomFrame);
  await expectMoving(resident.roomFrame);
  await expect((await resident.face()).locator('body')).not.toContainText('Irina');
  await guest.context().close();
});

test('a colleague is asked in, comes by the own account, and leaves again', async ({
  call: _call,
  nadia,
  resident,
  town,
}) => {
  const julienPage = await town.logIn('julien@office.example');
  const { page } = nadia;
  await page.getByRole('button', { name: 'Inviter quelqu’un dans l’appel' }).click();
  await page.getByRole('radio', { name: /Julien Petit/ }).check({ force: true });
  await page.getByRole('button', { name: 'Inviter', exact: true }).click();
  await expect(julienPage.getByText('Nadia Belkacem vous demande dans son appel.')).toBeVisible();
  const opened = julienPage.context().waitForEvent('page');
  await julienPage.getByRole('link', { name: 'Entrer dans l’appel' }).click();
  const inCall = await opened;
  await inCall.getByRole('button', { name: 'Entrer dans l’appel' }).click();
  await resident.expectFace('avec Julien Petit');
  await expectAsideMoving(resident.roomFrame);
  await inCall.getByRole('button', { name: 'Quitter l’appel' }).click();
  await expect(page.getByText('Julien Petit a quitté l’appel')).toBeVisible();
  await page.getByRole('button', { name: 'Retirer l’invitation' }).click();
  await expect(julienPage.getByText('vous demande dans son appel')).toBeHidden();
  await nadia.expectCallLive();
  await julienPage.context().close();
});
