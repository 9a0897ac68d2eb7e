/**
 * `npm run guides`: takes the pictures of the guides in docs/ anew, from the real console on a hub filled with the demo's
 * department. Look at each of them before it is kept.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { chromium } from '@playwright/test';
import sharp from 'sharp';
import { PASSWORD } from '../src/hub/testing/test-hub.ts';
import { openScreen } from '../src/renderer/preview/open-screens.ts';
import { previewStates } from '../src/renderer/preview/states.ts';
import { build } from './build.ts';
import { NOW, openGuideHub } from './guides/guide-hub.ts';
import { GUIDE_PICTURES, SCREEN_PICTURES } from './guides/guide-pictures.ts';

const root = path.join(import.meta.dirname, '..');
const folder = path.join(root, 'docs/pictures/guides');
/** As a laptop of a mairie has it. */
const SIZE = { width: 1280, height: 800 };
/** The face screen, smaller. */
const SCREEN = { width: 1280, height: 720 };

/** A few colours are all that a page of words has: a third of the bytes. */
async function keep(picture: Buffer, name: string): Promise<void> {
  await sharp(picture)
    .png({ palette: true, colours: 64, effort: 10 })
    .toFile(path.join(folder, `${name}.png`));
  console.log(`${name}.png`);
}

await build({ only: ['console', 'renderer'] });
mkdirSync(folder, { recursive: true });
const hub = await openGuideHub(path.join(root, 'dist'));
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  for (const { email, pictures } of GUIDE_PICTURES) {
    const context = await browser.newContext({
      ...{ locale: 'fr-FR', timezoneId: 'Europe/Paris', viewport: SIZE, reducedMotion: 'reduce' },
    });
    await context.clock.setFixedTime(NOW);
    const page = await context.newPage();
    await page.goto(hub.origin);
    await page.getByLabel('Adresse électronique').fill(email);
    await page.getByLabel('Mot de passe', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Se connecter' }).click();
    await page.getByRole('link', { name: 'Mon compte' }).waitFor();
    for (const { name, height = SIZE.height, show } of pictures) {
      await show(page);
      // Nothing looks pointed at.
      await page.mouse.move(0, SIZE.height - 1);
      await page.evaluate(() => document.fonts.ready);
      const clip = { x: 0, y: 0, ...SIZE, height };
      await keep(await page.screenshot({ animations: 'disabled', caret: 'hide', clip }), name);
    }
    await context.close();
  }
  const context = await browser.newContext({
    ...{ locale: 'fr-FR', timezoneId: 'Europe/Paris', viewport: SCREEN, reducedMotion: 'reduce' },
  });
  const face = await openScreen(context, 'face');
  for (const { name, state } of SCREEN_PICTURES) {
    const found = previewStates.find((one) => one.screen === 'face' && one.name.endsWith(state));
    if (!found) throw new Error(`No state ${state} of the face.`);
    await face.show(found.view);
    await keep(await face.page.screenshot({ animations: 'disabled' }), name);
  }
} finally {
  await browser.close();
  await hub.close();
}
