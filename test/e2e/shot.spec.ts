/** A paper that need not be filed, held before the terminal's camera: asked for, shot, looked at, gone. */
import { expect, test } from './fixtures.ts';

test('a shot is as large as the camera can, though the call had opened it smaller', async ({ call, nadia, resident, town }) => {
  expect(call).toBeUndefined();
  await nadia.aim();
  await resident.expectDesk('Montrez votre papier à la caméra');
  const self = await town.terminal.page('room/self.html');
  await expect.poll(() => self.evaluate(() => document.querySelector('video')?.videoWidth), { timeout: 15_000 }).toBe(1920);
  await resident.expectDesk('Tenez-le dans le cadre jaune');
  await nadia.shoot();
  await resident.expectDesk('La photo est prise, merci');
  await expect(nadia.shot()).toBeVisible({ timeout: 15_000 });
  expect(await nadia.shot().evaluate((img: HTMLImageElement) => [img.naturalWidth, img.naturalHeight])).toEqual([1920, 1080]);
});
