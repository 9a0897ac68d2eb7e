/** A machine that slept: Jitsi leaves its room for good, and every line is dead without having said so. */
import { expect, test } from './fixtures.ts';
import { expectMoving } from './moving-picture.ts';

test('a machine that slept finds the hub and the call again', async ({ call, nadia, resident, town }) => {
  expect(call).toBeUndefined();
  await resident.expectFace('Nadia Belkacem');
  await expectMoving(resident.roomFrame);
  // What Electron says when the machine wakes; a sleep itself cannot be had here.
  await town.terminal.app().evaluate(({ powerMonitor }) => void powerMonitor.emit('resume'));
  await resident.expectFace('Nous retrouvons votre conseiller');
  await resident.expectFace('Nadia Belkacem');
  await nadia.expectCallLive();
  await expectMoving(resident.roomFrame);
  expect(town.terminal.output()).toContain('power.resume');
});
