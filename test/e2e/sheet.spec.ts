/** A sheet of the body, from the counsellor's search to the resident's desk and the paper at their elbow. */
import { expect, test } from './fixtures.ts';

const TITLE = 'Demander une aide au logement';

test('a sheet is found within the visit, shown on the desk in very large type, and printed', async ({
  call,
  nadia,
  resident,
  town,
}) => {
  expect(call).toBeUndefined();
  const written = await nadia.page.evaluate(async (title) => {
    const answer = await fetch('/api/sheets', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        ...{ title, summary: 'Selon vos revenus et votre loyer.', reviewOn: '2099-01-01' },
        content: [
          { kind: 'heading', level: 1, text: 'Comment faire' },
          { kind: 'steps', items: ['Réunissez le bail.', 'Prenez rendez-vous.'] },
        ],
      }),
    });
    return answer.status;
  }, TITLE);
  expect(written).toBe(200);

  const before = town.printer.printedFiles().length;
  await nadia.page.getByRole('button', { name: 'Montrer une fiche à la personne' }).click();
  const dialog = nadia.page.getByRole('dialog', { name: 'Montrer une fiche' });
  await dialog.getByRole('searchbox').fill('ede logment');
  await dialog.getByRole('button', { name: new RegExp(TITLE) }).click();
  await dialog.getByText('Réunissez le bail.').waitFor();
  await dialog.getByRole('button', { name: 'Montrer et imprimer' }).click();

  const sheet = (await resident.desk()).locator('img').first();
  await expect
    .poll(() => sheet.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth))
    .toBeGreaterThan(1000);
  await expect(nadia.card(`${TITLE}.pdf`)).toContainText('Imprimé', { timeout: 40_000 });
  expect(town.printer.printedFiles().length).toBe(before + 1);
});
