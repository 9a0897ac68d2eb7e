/** Types a day into a date field, as a clerk does: the digits one after the other, the day first. */
import type { Page } from '@playwright/test';

/** @param day YYYY-MM-DD. */
export async function typeDay(page: Page, label: string, day: string): Promise<void> {
  await page.getByRole('group', { name: label, exact: true }).getByRole('spinbutton').first().focus();
  const [year = '', month = '', date = ''] = day.split('-');
  await page.keyboard.type(`${date}${month}${year}`);
}
