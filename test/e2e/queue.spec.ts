/** Who waits, for whom, and until when: a body that is closed says when it opens, a motive goes to who knows it best. */

import { counsellorDesk } from './counsellor-desk.ts';
import { nowWhereItIsDay } from './days.ts';
import { expect, FORM, OFFICE, test } from './fixtures.ts';

const TAXES = /Service des impôts/;

test('a body that is closed says when it opens, to the clerk and to who waits, until somebody comes', async ({
  clerk,
  resident,
  town,
}) => {
  await resident.expectPlaceFree();
  // Open on every day but today.
  const today = nowWhereItIsDay().withTimeZone('Europe/Paris').dayOfWeek;
  const hours = [1, 2, 3, 4, 5, 6, 7]
    .filter((weekday) => weekday !== today)
    .map((weekday) => ({ weekday, from: '09:00', to: '12:00' }));
  const sophiePage = await town.logIn('sophie@impots.example');
  const put = await sophiePage.evaluate(
    async (content) =>
      (
        await fetch('/api/calendars/body', {
          method: 'PUT',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(content),
        })
      ).status,
    { hours, closures: [], minutes: 30 },
  );
  expect(put).toBeLessThan(300);
  await sophiePage.context().close();

  await expect(clerk.page.getByRole('radio', { name: /Service des impôts.*fermé, ouvre/ })).toBeAttached();
  await clerk.announce({ name: 'Monsieur Garance', body: TAXES, motive: 'Délai de paiement' });
  await clerk.expectTerminal(/l’organisme ouvre .*à 9\sh/);
  await resident.expectFace('C’est fermé pour l’instant');
  await resident.expectFace(/Ouverture .*9\sh/);
  await resident.expectFace('Demandez au secrétariat');

  const back = await town.logIn('sophie@impots.example');
  const sophie = counsellorDesk(back);
  await expect((await resident.face()).locator('body')).not.toContainText('C’est fermé');
  await sophie.pickUp('Monsieur Garance');
  await sophie.expectCallLive();
  await sophie.endVisit();
  await resident.expectPlaceFree();
  await back.context().close();
});

test('what a colleague knows best comes first there, and says so here; anybody may take it', async ({
  clerk,
  nadia,
  resident,
  town,
}) => {
  await resident.expectPlaceFree();
  const administrator = await town.logIn('administration@val-clair.example');
  await administrator.getByRole('button', { name: 'Modifier Julien Petit' }).click();
  const skills = administrator.getByRole('group', { name: 'Motifs que cette personne connaît le mieux' });
  await skills.getByText(FORM, { exact: true }).click();
  await administrator.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(administrator.getByText('Enregistré.')).toBeVisible();
  await administrator.context().close();

  await clerk.announce({ name: 'Madame Garance', body: OFFICE, motive: FORM });
  await expect(nadia.page.getByRole('button', { name: 'Prendre Madame Garance' })).toBeVisible();
  const note = nadia.page.getByText('Motif que connaît Julien Petit');
  await expect(note).toHaveCount(0);
  const julien = await town.logIn('julien@office.example');
  await expect(note).toBeVisible();
  await expect(julien.getByText('Motif que connaît')).toHaveCount(0);
  await nadia.pickUp('Madame Garance');
  await nadia.expectCallLive();
  await nadia.handOver(/Julien Petit/);
  const colleague = counsellorDesk(julien);
  await colleague.pickUp('Madame Garance');
  await colleague.expectCallLive();
  await resident.expectFace('Julien Petit');
  await colleague.endVisit();
  await resident.expectPlaceFree();
  await julien.context().close();
});
