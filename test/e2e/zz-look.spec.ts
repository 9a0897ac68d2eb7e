import { mkdirSync } from 'node:fs';
import { expect, test } from './fixtures.ts';
import { filmHeldPaper } from './held-papers.ts';

test.use({
  townOptions: async ({ browserName: _any }, use, info) => {
    mkdirSync(info.project.outputDir, { recursive: true });
    const resident = process.env.FILM ?? (await filmHeldPaper(info.project.outputDir));
    await use({
      mediaSwitches: ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${resident}`],
    });
  },
});
test('look', async ({ call, nadia, resident, town }) => {
  expect(call).toBeUndefined();
  await nadia.aim();
  await resident.expectDesk('Tenez-le dans le cadre jaune');
  await new Promise((r) => setTimeout(r, 2500));
  const [face, desk] = town.displays.outputs;
  await town.displays.screenshot('/tmp/still-exp/shots/real-face.png', face);
  await town.displays.screenshot('/tmp/still-exp/shots/real-desk.png', desk);
  await nadia.page.screenshot({ path: '/tmp/still-exp/shots/real-console-aim.png' });
  await nadia.shoot();
  await expect(nadia.shot()).toBeVisible({ timeout: 20_000 });
  await nadia.page.screenshot({ path: '/tmp/still-exp/shots/real-console-shot.png' });
  await nadia.shotPanel.getByRole('button', { name: 'Agrandir la photo' }).click();
  await new Promise((r) => setTimeout(r, 500));
  await nadia.page.screenshot({ path: '/tmp/still-exp/shots/real-console-large.png' });
  await nadia.page.keyboard.press('Escape');
});
