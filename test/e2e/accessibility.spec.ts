/** The real pages with live data, as axe reads them, and a visit picked up with the keyboard alone. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, FORM, OFFICE, test } from './fixtures.ts';

const CONSOLE_RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function faultsOf(page: Page, rules: { tags: string[] } | { only: string[] }): Promise<string[]> {
  // Legacy mode: a page of the terminal may not open another window, which axe would otherwise do.
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  // The call is a page of its own origin, tested with the room; what react-aria says aloud is gone after some seconds,
  // and names things that may be gone before it.
  const scoped = axe.exclude('iframe').exclude('[data-live-announcer]');
  const { violations } = await ('tags' in rules
    ? scoped.withTags(rules.tags)
    : scoped.withRules(rules.only)
  ).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(', ')}`);
}

test('the console’s pages have no fault, empty and full', async ({ call, clerk, nadia, town }) => {
  expect(call).toBeUndefined();
  await nadia.takeForm(FORM);
  await nadia.showOnDesk(FORM);
  await nadia.scan({ source: 'Sur la vitre' });
  await nadia.expectScanned('1 page reçue');
  expect(await faultsOf(nadia.page, { tags: CONSOLE_RULES })).toEqual([]);
  expect(await faultsOf(clerk.page, { tags: CONSOLE_RULES })).toEqual([]);
  for (const email of ['julien@office.example', 'exploitant@val-clair.example']) {
    const page = await town.logIn(email);
    expect(await faultsOf(page, { tags: CONSOLE_RULES })).toEqual([]);
    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    await expect(page.getByLabel('Mot de passe', { exact: true })).toBeVisible();
    expect(await faultsOf(page, { tags: CONSOLE_RULES })).toEqual([]);
    await page.context().close();
  }
});

test('what the resident reads has the contrast of AAA, before and during the call', async ({
  clerk,
  nadia,
  resident,
}) => {
  await resident.expectPlaceFree();
  const pages = [await resident.face(), await resident.desk()];
  const read = async (when: string) => {
    for (const page of pages) {
      const found = await faultsOf(page, {
        only: ['color-contrast-enhanced', 'color-contrast', 'image-alt'],
      });
      expect(found, `${when}: ${page.url()}`).toEqual([]);
    }
  };
  await read('free');
  await clerk.announce({ name: 'Madame Martin', body: OFFICE, motive: FORM });
  await resident.expectFace('Bonjour Madame Martin');
  await read('announced');
  await nadia.pickUp('Madame Martin');
  await nadia.expectCallLive();
  await resident.expectFace('Nadia Belkacem');
  await nadia.takeForm(FORM);
  await nadia.showOnDesk(FORM);
  await expect((await resident.desk()).getByRole('img', { name: /^Votre document/ })).toBeVisible();
  await read('in call');
  await nadia.endVisit();
  await resident.expectPlaceFree();
});

test('a counsellor picks up, and ends, with the keyboard alone', async ({ clerk, nadia, resident }) => {
  await resident.expectPlaceFree();
  await clerk.announce({ name: 'Madame Martin', body: OFFICE, motive: FORM });
  const { page } = nadia;
  const tabTo = async (name: string) => {
    const button = page.getByRole('button', { name });
    await expect(button).toBeVisible();
    for (let press = 0; press < 60; press += 1) {
      if (await button.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`No way to "${name}" with the keyboard.`);
  };
  await tabTo('Prendre Madame Martin');
  await page.keyboard.press('Enter');
  await nadia.expectCallLive();
  await tabTo('Terminer la visite');
  await page.keyboard.press('Enter');
  await nadia.expectIdle();
  await resident.expectPlaceFree();
});
