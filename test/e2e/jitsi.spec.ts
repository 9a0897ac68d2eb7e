/** The whole visit with its call on a Jitsi deployment of Jitsi's own parts: people see and hear each other there. */
import { expect, test } from './fixtures.ts';
import { expectMoving } from './moving-picture.ts';

test.use({ townOptions: { jitsi: {} } });

test('the resident and the counsellor see each other on the deployment', async ({
  call,
  nadia,
  resident,
  town,
}) => {
  expect(call).toBeUndefined();
  await resident.expectFace('Nadia Belkacem');
  for (const frame of [await nadia.roomFrame(), await resident.roomFrame()]) {
    expect(frame.url()).toContain(town.jitsi?.origin);
    await expectMoving(frame);
  }
});
