/** The call in the built-in room: what is kept from the other side is said, and what breaks is found again. */
import { until } from '#rig/until.ts';
import { callSuite } from './call-suite.ts';
import { crash, textOf } from './crashed-pages.ts';
import { expect, test } from './fixtures.ts';
import { expectHeard, expectMoving, expectStill, framesDecoded } from './moving-picture.ts';

callSuite();

test('a room whose page crashes is found again without anyone', async ({ call, nadia, resident, town }) => {
  expect(call).toBeUndefined();
  await resident.expectFace('Nadia Belkacem');
  await expectMoving(resident.roomFrame);
  await crash(town.terminal, 'room/index');
  await until('the resident reads it', async () =>
    (await textOf(town.terminal, 'face')).includes('Nous retrouvons votre conseiller'),
  );
  await until('the counsellor is back', async () =>
    (await textOf(town.terminal, 'face')).includes('Nadia Belkacem'),
  );
  await nadia.expectCallLive();
  await expectMoving(nadia.roomFrame);
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
  // Two seconds of pictures: the terminal has seen it move.
  const room = await resident.roomFrame();
  await expect.poll(() => framesDecoded(room)).toBeGreaterThan(60);
  // Something on the counsellor’s side freezes: everything stays connected, and no picture comes.
  await (await nadia.roomFrame()).evaluate(() => {
    const own = document.getElementById('self');
    if (!(own instanceof HTMLVideoElement) || !(own.srcObject instanceof MediaStream))
      throw new Error('No picture.');
    for (const track of own.srcObject.getVideoTracks()) track.stop();
  });
  await resident.expectFace('Nous retrouvons votre conseiller');
  await resident.expectFace('Nadia Belkacem');
  await expectMoving(resident.roomFrame);
});

test('a room that writes nothing down says so to the counsellor, and the resident sees no change', async ({
  call,
  nadia,
  resident,
}) => {
  expect(call).toBeUndefined();
  await resident.expectFace('Nadia Belkacem');
  await nadia.page.getByRole('button', { name: 'Écrire ce que je dis' }).click();
  await expect(nadia.page.getByText('Ce salon vidéo n’écrit pas ce qui est dit')).toBeVisible();
  await expect((await resident.face()).locator('.said')).toHaveCount(0);
  await expect(nadia.page.getByRole('button', { name: 'Écrire ce que je dis' })).toBeVisible();
});

test('a line too slow for pictures keeps the voice and a still, and brings the pictures back by itself', async ({
  call,
  nadia,
  resident,
  town,
}) => {
  test.setTimeout(150_000);
  expect(call).toBeUndefined();
  const room = await resident.roomFrame();
  await expect.poll(() => framesDecoded(room)).toBeGreaterThan(60);
  const before = town.terminal.output().length;
  // Two pictures a second are what a bad line lets through.
  await (await nadia.roomFrame()).evaluate(async () => {
    const own = document.getElementById('self');
    if (!(own instanceof HTMLVideoElement) || !(own.srcObject instanceof MediaStream))
      throw new Error('No picture.');
    for (const track of own.srcObject.getVideoTracks()) await track.applyConstraints({ frameRate: 2 });
  });

  await resident.expectFace('La ligne est lente : l’image est arrêtée, parlez normalement');
  await expect(nadia.page.getByText('La ligne de la mairie est lente')).toBeVisible();
  await expect((await resident.face()).locator('.live-still')).toBeVisible();
  await expectStill(room);
  await expectStill(await nadia.roomFrame());
  await expectHeard(room);

  await resident.expectFace('Nadia Belkacem');
  await expect(nadia.page.getByText('La ligne de la mairie est lente')).toBeHidden();
  await expectMoving(resident.roomFrame);
  await expectMoving(nadia.roomFrame);
  await expect((await resident.face()).locator('.live-still')).toHaveCount(0);
  // It was one call from beginning to end.
  expect(room.isDetached()).toBe(false);
  expect(town.terminal.output().slice(before)).not.toContain('room.still');
});
