/** The clerk at her console, in her own words. */
import { expect, type Page } from '@playwright/test';

export interface Announcement {
  readonly name: string;
  readonly body: string | RegExp;
  readonly motive: string;
  readonly showName?: boolean;
}

export interface ClerkDesk {
  readonly page: Page;
  readonly announce: (announcement: Announcement) => Promise<void>;
  readonly expectTerminal: (words: string | RegExp) => Promise<void>;
  readonly testTerminal: () => Promise<void>;
  readonly cancelVisit: () => Promise<void>;
  readonly sayResidentLeft: () => Promise<void>;
  readonly sayResidentCameBack: () => Promise<void>;
}

export function clerkDesk(page: Page): ClerkDesk {
  const button = (name: string | RegExp) => page.getByRole('button', { name });
  return {
    page,
    async announce({ name, body, motive, showName = true }) {
      await page.getByLabel('Nom, comme il faut le dire').fill(name);
      if (!showName) await page.getByText('Afficher ce nom sur l’écran de la borne').click();
      await page.getByRole('radio', { name: body }).check({ force: true });
      await page.getByLabel('Motif', { exact: true }).fill(motive);
      await page.getByText(/La personne accepte cette visite/).click();
      await button('Annoncer').click();
      await expect(
        page.getByRole('status').or(page.getByRole('alert')).filter({ hasText: name }).first(),
      ).toBeVisible();
    },
    expectTerminal: (words) => expect(page.locator('main')).toContainText(words),
    testTerminal: () => button('Tester la borne').click(),
    async cancelVisit() {
      await button('Annuler la visite').first().click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Annuler la visite' }).click();
    },
    sayResidentLeft: () => button('La personne est partie').click(),
    sayResidentCameBack: () => button('La personne est revenue').click(),
  };
}
