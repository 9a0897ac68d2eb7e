/** A visit that changes hands: the resident keeps the chair, and the papers stay where they are. */
import { counsellorDesk } from './counsellor-desk.ts';
import { expect, FORM, test } from './fixtures.ts';

test('another body takes the visit over, and finds the papers that are on the terminal', async ({
  call: _call,
  nadia,
  resident,
  town,
}) => {
  await nadia.takeForm(FORM);
  await nadia.showOnDesk(FORM);
  await nadia.scan();
  await nadia.expectScanned('1 page reçue');
  const sophiePage = await town.logIn('sophie@impots.example');
  const sophie = counsellorDesk(sophiePage);
  await nadia.handOver(/Service des impôts/);

  await expect(sophiePage.getByRole('button', { name: 'Prendre Madame Martin' })).toBeVisible();
  await resident.expectFace('Service des impôts');
  await sophie.pickUp('Madame Martin');
  await sophie.expectCallLive();
  await resident.expectFace('Sophie Lambert');
  await expect(sophie.card('Document 1')).toContainText('prêt');
  await expect(sophie.scannedPages()).toHaveCount(1);
  await sophie.print('Document 1');
  await expect(sophie.card('Document 1')).toContainText('Imprimé', { timeout: 60_000 });
  await expect(nadia.page.locator('body')).not.toContainText('Madame Martin');

  await sophie.endVisit();
  await sophie.expectIdle();
  await resident.expectPlaceFree();
  await sophiePage.context().close();
});
