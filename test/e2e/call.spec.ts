/** The call in the built-in room: what is kept from the other side is said, and what breaks is found again. */
import { until } from '#rig/until.ts';
import { callSuite } from './call-suite.ts';
import { crash, textOf } from './crashed-pages.ts';
import { expect, test } from './fixtures.ts';
import { expectMoving, framesDecoded } from './moving-picture.ts';

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
