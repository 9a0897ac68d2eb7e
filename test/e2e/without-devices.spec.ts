/** A terminal that has no printer, no scanner and no camera: it welcomes and calls all the same, and says what it lacks. */
import { noCameraSwitches } from '#rig/fake-media.ts';
import { expect, FORM, test } from './fixtures.ts';
import { expectMoving } from './moving-picture.ts';

test.use({
  townOptions: {
    configuration: { printer: { driver: 'none' }, scanner: { driver: 'none' } },
    mediaSwitches: noCameraSwitches(),
  },
});

/** Nobody should ever read these. */
const GREY = /Error|undefined|null|Exception|at .*\.ts|at .*\.js|\[object/;

test('the clerk reads what is missing before anyone sits down', async ({ clerk, resident, town }) => {
  await resident.expectPlaceFree();
  await clerk.expectTerminal('Utilisable, avec une réserve');
  await clerk.expectTerminal('La caméra n’est pas trouvée');
  await clerk.expectTerminal('Cette borne n’a pas d’imprimante. Cette borne n’a pas de scanner.');
  for (const page of [await resident.face(), await resident.desk()]) {
    await expect(page.locator('body')).not.toContainText(GREY);
  }
  expect(town.terminal.output()).not.toContain('main.bug');
});

test('the call is made, the counsellor reads what is missing, and nothing promises a print', async ({
  call,
  nadia,
  resident,
}) => {
  expect(call).toBeUndefined();
  await resident.expectFace('Nadia Belkacem');
  await expectMoving(resident.roomFrame);
  await expect(nadia.page.locator('.terminal-strip')).toContainText('La borne n’a pas de caméra en marche');
  await expect(nadia.page.locator('.terminal-strip')).toContainText('Cette borne n’a pas d’imprimante');
  await expect(nadia.page.locator('.terminal-strip')).toContainText('Cette borne n’a pas de scanner');
  await nadia.shotPanel.getByRole('button', { name: 'Montrer un papier à la caméra' }).click();
  await expect(nadia.shotPanel).toContainText('Pas de photo. La borne n’a pas de caméra en marche');
  await nadia.takeForm(FORM);
  await nadia.showOnDesk(FORM);
  await expect((await resident.desk()).getByRole('img', { name: /^Votre document/ })).toBeVisible();
  await expect(nadia.page.getByRole('button', { name: `Imprimer « ${FORM} »` })).toBeDisabled();
  await expect(nadia.page.getByRole('button', { name: 'Numériser' })).toBeDisabled();
  await expect((await resident.face()).locator('body')).not.toContainText(GREY);
  await expect((await resident.desk()).locator('body')).not.toContainText(GREY);
});
