/** A form is filled together: what the counsellor types and points at is on the desk at once, and on the paper after. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, FORM, test } from './fixtures.ts';
import { pixelsInPdf, pixelsOf } from './seen-pixels.ts';

/** The visit's paper process: the one that works in the visit's folder in memory. */
function paperProcess(memoryFolder: string): number {
  const found = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const inside = readlinkSync(`/proc/${pid}/cwd`).startsWith(memoryFolder);
        return inside && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('paper-process');
      } catch {
        return false; // It ended meanwhile.
      }
    });
  if (found.length !== 1) throw new Error(`${found.length} paper processes`);
  return Number(found[0]);
}

const field = (console: Page, label: string) => console.locator('.fill-side').getByLabel(label);

test('what is typed is read on the desk, large, and then stands on the paper', async ({
  call,
  nadia,
  resident,
  town,
}) => {
  expect(call).toBeUndefined();
  const before = town.printer.printedFiles().length;
  await nadia.takeForm(FORM);
  await nadia.fill(FORM);
  // The page that is filled is the one that lies on the desk.
  const desk = await resident.desk();
  await expect(desk.locator('.desk-sheet img').first()).toBeVisible({ timeout: 15_000 });
  await expect(nadia.page.locator('.fill-paper img')).toBeVisible({ timeout: 15_000 });
  expect(await pixelsOf(nadia.page.locator('.fill-paper img'))).toEqual(
    await pixelsOf(desk.locator('.desk-sheet img').first()),
  );
  await field(nadia.page, 'Prénoms').focus();
  await nadia.page.keyboard.type('Marie-Thérèse');
  await resident.expectDesk('Prénoms');
  await resident.expectDesk('Marie-Thérèse');
  await nadia.page.keyboard.press('Backspace');
  await expect(desk.locator('body')).not.toContainText('Marie-Thérèse');
  await resident.expectDesk('Marie-Thérès');
  await nadia.page.screenshot({ path: test.info().outputPath('console.png') });
  await town.displays.screenshot(test.info().outputPath('desk.png'), town.displays.outputs[1]);

  await nadia.printFilled();
  const filled = `${FORM} (rempli)`;
  await expect(nadia.card(filled)).toContainText('Imprimé', { timeout: 60_000 });
  await nadia.showOnDesk(filled);
  const sheet = desk.locator('.desk-sheet img').first();
  await expect.poll(async () => (await pixelsOf(sheet)).ink).toBeGreaterThan(0);
  const [printed] = town.printer.printedFiles().slice(before);
  expect(await pixelsInPdf(printed ?? '')).toContainEqual(await pixelsOf(await nadia.preview(filled)));
  await nadia.closePreview();
});

test('a draft outlives the terminal’s paper process, and the desk follows again', async ({
  call,
  nadia,
  resident,
  town,
}) => {
  expect(call).toBeUndefined();
  await nadia.takeForm(FORM);
  await nadia.fill(FORM);
  await field(nadia.page, 'Prénoms').fill('Odile');
  await resident.expectDesk('Odile');
  process.kill(paperProcess(town.memoryFolder), 'SIGKILL');
  await field(nadia.page, 'Adresse').first().fill('3, rue des Prés');
  await resident.expectDesk('3, rue des Prés');
  await expect(field(nadia.page, 'Prénoms')).toHaveValue('Odile');
  await nadia.leaveFilling();
});

test('nothing of it is left on the desk once the visit is over', async ({ clerk, nadia, resident }) => {
  await resident.expectPlaceFree();
  await clerk.announce({ name: 'Madame Roux', body: /Office des familles/, motive: FORM });
  await nadia.pickUp('Madame Roux');
  await nadia.takeForm(FORM);
  await nadia.fill(FORM);
  await field(nadia.page, 'Prénoms').fill('Solange');
  await resident.expectDesk('Solange');
  await nadia.endVisit();
  await resident.expectPlaceFree();
  await expect((await resident.desk()).locator('body')).not.toContainText('Solange');
});
