/** A paper that need not be filed, held before the terminal's camera: asked for, shot, looked at, gone. */
import { mkdirSync } from 'node:fs';
import type { Locator } from '@playwright/test';
import sharp from 'sharp';
import { bytesMark, processFamily, searchMemory } from '#rig/process-memory.ts';
import type { Town } from '#rig/town.ts';
import type { CounsellorDesk } from './counsellor-desk.ts';
import { expect, FORM, OFFICE, test } from './fixtures.ts';
import { filmHeldPaper, LINES, MARK, MARKS, PAPER } from './held-papers.ts';
import { expectMoving } from './moving-picture.ts';

test.use({
  townOptions: async ({ browserName: _any }, use, info) => {
    mkdirSync(info.project.outputDir, { recursive: true });
    const resident = await filmHeldPaper(info.project.outputDir);
    await use({
      mediaSwitches: ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${resident}`],
    });
  },
});

/** The JPEG that the console got, as it is drawn there. */
async function pictureIn(shown: Locator): Promise<Buffer> {
  const url = await shown.evaluate((img: HTMLImageElement) => {
    const canvas = document.createElement('canvas');
    canvas.width = img.naturalWidth;
    canvas.height = img.naturalHeight;
    canvas.getContext('2d')?.drawImage(img, 0, 0);
    return canvas.toDataURL('image/png');
  });
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
}

async function greyOf(picture: Buffer) {
  const { data, info } = await sharp(picture).greyscale().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, scale: info.width / PAPER.width };
}

const button = (nadia: CounsellorDesk, name: string) =>
  nadia.shotPanel.getByRole('button', { name, exact: true });

async function takeShot(nadia: CounsellorDesk): Promise<void> {
  await nadia.aim();
  await nadia.shoot();
  await expect(nadia.shot()).toBeVisible({ timeout: 20_000 });
}

test('what arrives is the paper itself: found, straightened, and the sharpest of what the camera saw', async ({
  call,
  nadia,
  resident,
}) => {
  expect(call).toBeUndefined();
  await nadia.aim();
  await resident.expectDesk('Montrez votre papier à la caméra');
  await nadia.shoot();
  await resident.expectDesk('La photo est prise, merci');
  await resident.expectDesk('Vous pouvez poser votre papier.');
  await expect(nadia.shot()).toBeVisible({ timeout: 20_000 });
  await expect(nadia.shotPanel).toContainText('Le papier a été trouvé et redressé.');
  const { data, width, height, scale } = await greyOf(await pictureIn(nadia.shot()));
  expect(Math.abs(width / height / (PAPER.width / PAPER.height) - 1)).toBeLessThan(0.01);
  const errors = MARKS.map(({ x, y }) => {
    let [sum, across, down] = [0, 0, 0];
    const reach = MARK * scale;
    for (let py = Math.round(y * scale - reach); py <= y * scale + reach; py += 1)
      for (let px = Math.round(x * scale - reach); px <= x * scale + reach; px += 1) {
        const dark = (data[py * width + px] ?? 255) < 128 ? 1 : 0;
        sum += dark;
        across += dark * (px + 0.5);
        down += dark * (py + 0.5);
      }
    return Math.hypot(across / sum / scale - x, down / sum / scale - y);
  });
  // mm on the paper; NaN where a mark is missing.
  await test.info().attach('errors in mm', { body: errors.map((one) => one.toFixed(2)).join(' ') });
  expect(Math.max(...errors)).toBeLessThan(0.7);
  // Fine lines are there: from dark to bright and back.
  const row = Math.round((LINES.y + LINES.height / 2) * scale);
  // Well inside, where a shaken picture is all one grey.
  const [from, to] = [LINES.x + 15, LINES.x + LINES.width - 15].map(
    (mm) => row * width + Math.round(mm * scale),
  );
  const levels = Array.from(data.subarray(from, to));
  expect(Math.max(...levels) - Math.min(...levels)).toBeGreaterThan(90);
  await button(nadia, 'Fini').click();
});

test('its corrections can be undone, it can be turned, taken again, and kept among the scanned pages', async ({
  call,
  nadia,
}) => {
  expect(call).toBeUndefined();
  await takeShot(nadia);
  await button(nadia, 'Agrandir la photo').click();
  const dialog = nadia.page.getByRole('dialog');
  const size = () =>
    dialog.locator('img').evaluate((img: HTMLImageElement) => [img.naturalWidth, img.naturalHeight]);
  const [width = 0, height = 0] = await size();
  expect(height).toBeGreaterThan(width);
  await dialog.getByRole('button', { name: 'Tourner à droite' }).click();
  await expect
    .poll(async () => ((await dialog.locator('img').count()) ? size() : null))
    .toEqual([height, width]);
  await dialog.getByRole('button', { name: 'Comme photographiée' }).click();
  await expect
    .poll(async () => ((await dialog.locator('img').count()) ? size() : null))
    .toEqual([1920, 1080]);
  await dialog.getByRole('button', { name: 'Redressée' }).click();
  await expect
    .poll(async () => ((await dialog.locator('img').count()) ? size() : null))
    .toEqual([width, height]);
  await dialog.getByRole('button', { name: 'Fermer' }).click();
  await takeShot(nadia);
  await expect(nadia.scannedPages()).toHaveCount(0);
  await button(nadia, 'Garder avec les numérisations').click();
  await expect(nadia.scannedPages()).toHaveCount(1);
  await expect(nadia.shot()).toHaveCount(0);
  // The next one does not take its place, and is gone without a trace on this page.
  await takeShot(nadia);
  await button(nadia, 'Fini').click();
  await expect(nadia.shot()).toHaveCount(0);
  await expect(nadia.scannedPages()).toHaveCount(1);
  // Not only out of sight: a page that begins anew is not told of it, and the kept one is there.
  await nadia.page.reload();
  await nadia.expectCallLive();
  await expect(nadia.scannedPages()).toHaveCount(1);
  await expect(button(nadia, 'Montrer un papier à la caméra')).toBeVisible();
  await expect(nadia.shot()).toHaveCount(0);
});

test('a lowered hand, a hidden picture and a private moment end it, and both read so', async ({
  call,
  clerk,
  nadia,
  resident,
  town,
}) => {
  expect(call).toBeUndefined();
  const press = (name: string) => nadia.page.getByRole('button', { name, exact: true }).click();
  const cut = 'Pas de photo. L’image de la personne est cachée, ou c’est un moment privé';
  await nadia.aim();
  await button(nadia, 'Annuler').click();
  await resident.expectDesk('Vous pouvez poser votre papier.');
  await expect(nadia.shotPanel).toContainText('Photo annulée.');

  await press('Cacher l’image de la personne');
  await resident.expectFace('Votre image est cachée');
  await button(nadia, 'Montrer un papier à la caméra').click();
  await expect(nadia.shotPanel).toContainText(cut);
  await press('Revoir la personne');
  await resident.expectFace('Nadia Belkacem');

  await nadia.aim();
  await resident.expectDesk('Montrez votre papier à la caméra');
  await press('Moment privé');
  await expect(nadia.shotPanel).toContainText(cut);
  await resident.expectDesk('Vous pouvez poser votre papier.');
  await expect.poll(() => town.terminal.hasPage('room/self.html')).toBe(false);
  await button(nadia, 'Montrer un papier à la caméra').click();
  await expect(nadia.shotPanel).toContainText(cut);
  await clerk.page.getByRole('button', { name: 'Fin du moment privé' }).click();
  await nadia.expectCallLive();
  await expectMoving(resident.roomFrame);
});

test('the hub or the terminal dies in the middle: nothing is left, and it is said', async ({
  call,
  nadia,
  resident,
  town,
}) => {
  expect(call).toBeUndefined();
  await nadia.aim();
  await town.hub.kill9();
  await resident.expectDesk('Vous pouvez poser votre papier.');
  await town.hub.restart();
  await expect(nadia.page.getByText('Connexion perdue')).toBeHidden({ timeout: 30_000 });
  await expect(nadia.shotPanel).toContainText('Pas de photo. La liaison avec la borne a été coupée', {
    timeout: 20_000,
  });
  await expect(nadia.shot()).toHaveCount(0);

  await expectMoving(nadia.roomFrame);
  await nadia.aim();
  await town.terminal.kill9();
  await town.terminal.start();
  await expect(nadia.shotPanel).toContainText('Pas de photo. La borne a redémarré', { timeout: 30_000 });
  await resident.expectFace('Nadia Belkacem');
  await nadia.expectCallLive();
  await expect((await resident.desk()).locator('body')).not.toContainText('Montrez votre papier');
  // Nothing stands in the way of the next one.
  await expectMoving(nadia.roomFrame);
  await takeShot(nadia);
  await button(nadia, 'Fini').click();
});

test('after the visit it is in no program’s memory', async ({ clerk, nadia, resident, town }) => {
  await resident.expectPlaceFree();
  await clerk.announce({ name: 'Madame Garance', body: OFFICE, motive: FORM });
  await nadia.pickUp('Madame Garance');
  await nadia.expectCallLive();
  await takeShot(nadia);
  await button(nadia, 'Garder avec les numérisations').click();
  const pdf = await nadia.saveScan();
  const jpeg = pdf.subarray(
    pdf.indexOf(Buffer.from([0xff, 0xd8, 0xff])),
    pdf.lastIndexOf(Buffer.from([0xff, 0xd9])),
  );
  const mark = bytesMark('shot', jpeg);
  expect(programsWith(mark, town)).not.toEqual([]);
  await nadia.endVisit();
  await resident.expectPlaceFree();
  expect(town.terminal.output()).toContain('"event":"wipe","ok":true');
  expect(programsWith(mark, town)).toEqual([]);
});

function programsWith(mark: ReturnType<typeof bytesMark>, town: Town): number[] {
  const family = processFamily(town.terminal.app().process().pid ?? 0);
  return family.filter((pid) => searchMemory(pid, [mark]).length > 0);
}
