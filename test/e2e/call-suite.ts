/** What a call does in the terminal and at the console wherever it is made: the same on every deployment. */
import { until } from '#rig/until.ts';
import { expect, test } from './fixtures.ts';
import { expectHeard, expectMoving, expectStill, expectUnheard } from './moving-picture.ts';

export function callSuite(): void {
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
    await expectMoving(nadia.roomFrame);
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
    await expectMoving(resident.roomFrame);
  });

  test('in a private moment the terminal is in no room, until somebody ends it', async ({
    call,
    clerk,
    nadia,
    resident,
    town,
  }) => {
    expect(call).toBeUndefined();
    const press = (name: string) => nadia.page.getByRole('button', { name, exact: true }).click();
    const cut = nadia.page.getByText('Votre micro est coupé : la personne ne vous entend pas.');
    await press('Couper mon micro');
    await expect(cut).toBeVisible();
    await press('Moment privé');
    await resident.expectFace('personne ne vous voit ni ne vous entend');
    await until('the room’s page is gone', () => !town.terminal.hasPage('room/index.html'));
    await clerk.expectTerminal('Moment privé : la caméra et le micro de la borne sont arrêtés.');
    await clerk.page.getByRole('button', { name: 'Fin du moment privé' }).click();
    await nadia.expectCallLive();
    await expectMoving(resident.roomFrame);
    // What was cut before is cut after: nobody is heard without knowing.
    await resident.expectFace('Votre conseiller a coupé le son un instant');
    await expect(cut).toBeVisible();
    await expectUnheard(resident.roomFrame);
    await press('Rétablir mon micro');
    await expect(cut).toBeHidden();
    await resident.expectFace('Nadia Belkacem');
    await expectHeard(await resident.roomFrame());
  });

  test('a paper is shot at the camera’s best, though the call had opened it smaller, and the call goes on', async ({
    call,
    nadia,
    resident,
    town,
  }) => {
    expect(call).toBeUndefined();
    await expectMoving(nadia.roomFrame);
    await nadia.aim();
    await resident.expectDesk('Montrez votre papier à la caméra');
    const self = await town.terminal.page('room/self.html');
    const widthSeen = () => self.evaluate(() => document.querySelector('video')?.videoWidth ?? 0);
    await expect.poll(widthSeen, { timeout: 15_000 }).toBeGreaterThan(1280);
    await resident.expectDesk('Tenez-le dans le cadre jaune');
    await resident.expectFace('Nadia Belkacem');
    // The counsellor sees what is coming.
    await expectMoving(nadia.roomFrame);
    await nadia.shoot();
    await resident.expectDesk('La photo est prise, merci');
    await expect(nadia.shot()).toBeVisible({ timeout: 15_000 });
    const size = (picture: HTMLImageElement) => picture.naturalWidth;
    expect(await nadia.shot().evaluate(size)).toBeGreaterThan(1280);
    await until('the self view is gone', () => !town.terminal.hasPage('room/self.html'));
    await expectMoving(nadia.roomFrame);
    await expectMoving(resident.roomFrame);
  });
}
