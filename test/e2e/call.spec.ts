/** The call: what is kept from the other side is said, a private moment is one, and what breaks is found again. */
import type { Frame } from '@playwright/test';
import { until } from '#rig/until.ts';
import { crash, textOf } from './crashed-pages.ts';
import { expect, test } from './fixtures.ts';
import { expectMoving, framesDecoded } from './moving-picture.ts';

test('what either side keeps back is said in large type, and comes back at a press', async ({
  call,
  nadia,
  resident,
}) => {
  expect(call).toBeUndefined();
  const press = (name: string) => nadia.page.getByRole('button', { name, exact: true }).click();
  const note = (words: string) => expect(nadia.page.getByText(words)).toBeVisible();

  await press('Couper mon micro');
  await resident.expectFace('Votre conseiller a coupé le son un instant');
  await note('Votre micro est coupé : la personne ne vous entend pas.');
  await press('Rétablir mon micro');
  await resident.expectFace('Nadia Belkacem');

  await press('Cacher l’image de la personne');
  await resident.expectFace('Votre image est cachée : on ne vous voit pas');
  await expectStill(await nadia.roomFrame());
  await press('Couper le micro de la borne');
  await resident.expectFace('On ne vous voit pas et on ne vous entend pas');
  await press('Revoir la personne');
  await expectMoving(await nadia.roomFrame());
  await resident.expectFace('Votre micro est coupé : on ne vous entend pas');
  await press('Rétablir le micro de la borne');
  await resident.expectFace('Nadia Belkacem');
});

test('a counsellor who hides their own picture is not lost', async ({ call, nadia, resident, town }) => {
  expect(call).toBeUndefined();
  await nadia.page.getByRole('button', { name: 'Couper ma caméra' }).click();
  await resident.expectFace('Votre conseiller a caché son image un instant');
  await expectStill(await resident.roomFrame());
  expect(town.terminal.output()).not.toContain('room.still');
  await nadia.page.getByRole('button', { name: 'Rétablir ma caméra' }).click();
  await resident.expectFace('Nadia Belkacem');
  await expectMoving(await resident.roomFrame());
});

test('in a private moment the terminal is in no room, until somebody ends it', async ({
  call,
  clerk,
  nadia,
  resident,
  town,
}) => {
  expect(call).toBeUndefined();
  await nadia.page.getByRole('button', { name: 'Moment privé' }).click();
  await resident.expectFace('personne ne vous voit ni ne vous entend');
  await until('the room’s page is gone', () => !town.terminal.hasPage('room/index.html'));
  await clerk.expectTerminal('Moment privé : la caméra et le micro de la borne sont arrêtés.');
  await clerk.page.getByRole('button', { name: 'Fin du moment privé' }).click();
  await nadia.expectCallLive();
  await resident.expectFace('Nadia Belkacem');
  await expectMoving(await resident.roomFrame());
});

test('a room whose page crashes is found again without anyone', async ({ call, nadia, resident, town }) => {
  expect(call).toBeUndefined();
  await resident.expectFace('Nadia Belkacem');
  await expectMoving(await resident.roomFrame());
  await crash(town.terminal, 'room/index');
  await until('the resident reads it', async () =>
    (await textOf(town.terminal, 'face')).includes('Nous retrouvons votre conseiller'),
  );
  await until('the counsellor is back', async () =>
    (await textOf(town.terminal, 'face')).includes('Nadia Belkacem'),
  );
  await nadia.expectCallLive();
  await expectMoving(await nadia.roomFrame());
  // What crashed is lost to whoever drives it from outside: the later tests need a new terminal.
  await town.terminal.kill9();
  await town.terminal.start();
});

test('a picture that stops while the deployment says nothing is noticed', async ({
  call,
  nadia,
  resident,
}) => {
  expect(call).toBeUndefined();
  await resident.expectFace('Nadia Belkacem');
  // Something on the counsellor’s side freezes: everything stays connected, and no picture comes.
  await (await nadia.roomFrame()).evaluate(() => {
    const own = document.getElementById('self');
    if (!(own instanceof HTMLVideoElement) || !(own.srcObject instanceof MediaStream))
      throw new Error('No picture.');
    for (const track of own.srcObject.getVideoTracks()) track.stop();
  });
  await resident.expectFace('Nous retrouvons votre conseiller');
  await resident.expectFace('Nadia Belkacem');
  await expectMoving(await resident.roomFrame());
});

/** No picture comes any more: where it is taken away altogether there is nothing to count. */
async function expectStill(frame: Frame): Promise<void> {
  let before = -1;
  await expect
    .poll(
      async () => {
        const now = await framesDecoded(frame);
        const still = now === before;
        before = now;
        return still;
      },
      { intervals: [700] },
    )
    .toBe(true);
}
