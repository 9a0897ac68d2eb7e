/** Pages of a walk, and the look at each of them: no size scrolls sideways, axe and the browser's console have nothing to say. */
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { type Browser, expect, type Page } from '@playwright/test';

/** Where to leave pictures of every page, for a person to look at; none by default. */
const shots = process.env.CONSOLE_SHOTS;
const SIZES = [
  { width: 1024, height: 768 },
  { width: 1920, height: 1080 },
  { width: 1366, height: 768 },
];

export interface Look {
  readonly newPage: () => Promise<Page>;
  readonly look: (page: Page, name: string) => Promise<void>;
}

export function createLook(browser: () => Browser): Look {
  const complaints: string[] = [];
  return {
    async newPage() {
      const context = await browser().newContext({ locale: 'fr-FR', viewport: SIZES[2] ?? null });
      const page = await context.newPage();
      page.on('console', (message) => {
        // A refused log-in is played on purpose; the browser notes it.
        const expected = message.text().startsWith('Failed to load resource');
        if (message.type() === 'error' && !expected) complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      return page;
    },
    async look(page, name) {
      for (const size of SIZES) {
        await page.setViewportSize(size);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(wide, `${name} scrolls sideways at ${size.width}`).toBeLessThanOrEqual(0);
        if (shots) {
          await page.screenshot({ path: path.join(shots, `${name}-${size.width}.png`), fullPage: true });
        }
      }
      // What the library says of a button that has gone with its page stays in its announcer for seconds.
      const { violations } = await new AxeBuilder({ page }).exclude('[data-live-announcer]').analyze();
      const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
      expect(told, name).toEqual([]);
      expect(complaints.splice(0), name).toEqual([]);
    },
  };
}
