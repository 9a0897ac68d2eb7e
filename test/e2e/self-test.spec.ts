/**
 * The terminal tests its picture and sound, and its people read what it found. In the rig no microphone hears any
 * loudspeaker, so that "the terminal does not hear itself" is the honest answer here; that it hears itself where it
 * can is tried in a browser, with the output wired to the input (test/self-test).
 */
import { expect, FORM, OFFICE, test } from './fixtures.ts';

/** This very minute is this terminal's hour. A terminal of its own: what it finds must not surprise other tests. */
const time = new Date().toTimeString().slice(0, 5);
test.use({ townOptions: { configuration: { selfTest: { time } } } });

test('every morning by itself', async ({ clerk, resident, town }) => {
  await expect((await resident.face()).locator('body')).toContainText('La borne se vérifie', {
    timeout: 60_000,
  });
  await clerk.expectTerminal('La borne ne s’entend pas elle-même.');
  await resident.expectPlaceFree();
  const operator = await town.logIn('exploitant@val-clair.example');
  await expect(operator.getByRole('row', { name: /Accueil/ })).toContainText('automatique');
  await operator.context().close();
});

test('the clerk asks, the resident’s screen says why it makes noises, and the clerk reads the result', async ({
  clerk,
  resident,
  town,
}) => {
  await resident.expectPlaceFree();
  await clerk.testTerminal();
  await resident.expectFace('La borne se vérifie');
  await clerk.expectTerminal('Vérification en cours…');
  await expect(clerk.page.locator('main')).not.toContainText('ne s’entend pas');
  await clerk.expectTerminal('La borne ne s’entend pas elle-même.');
  await clerk.expectTerminal('Avez-vous entendu les sons ?');
  await clerk.expectTerminal('Utilisable, avec une réserve');
  await expect(clerk.page.locator('main')).not.toContainText('caméra');
  await resident.expectFace('La place est libre');
  // Camera and microphone are given back with the page.
  expect(town.terminal.hasPage('room/self-test.html')).toBe(false);
  expect(town.terminal.output()).toContain('"event":"self-test","origin":"clerk"');
});

test('the operator reads the latest, with figures, and asks for another', async ({
  clerk,
  resident,
  town,
}) => {
  await resident.expectPlaceFree();
  const operator = await town.logIn('exploitant@val-clair.example');
  const row = operator.getByRole('row', { name: /Accueil/ });
  await expect(row).toContainText('La borne ne s’entend pas elle-même');
  await expect(row).toContainText('à la demande de l’accueil');
  await expect(row).toContainText(/bruit −\d+\sdB/);
  await row.getByRole('button', { name: /^Tester la borne/ }).click();
  await resident.expectFace('La borne se vérifie');
  await expect(row).toContainText('à la demande de l’exploitant');
  await clerk.expectTerminal('La borne ne s’entend pas elle-même.');
  await operator.context().close();
});

test('a resident who is announced meanwhile ends it at once, and is received', async ({
  clerk,
  nadia,
  resident,
  town,
}) => {
  await resident.expectPlaceFree();
  const results = () => town.terminal.output().split('"event":"self-test"').length;
  const before = results();
  await clerk.testTerminal();
  await resident.expectFace('La borne se vérifie');
  await expect.poll(() => town.terminal.hasPage('room/self-test.html')).toBe(true);
  await clerk.announce({ name: 'Madame Martin', body: OFFICE, motive: FORM });
  await resident.expectFace('Bonjour Madame Martin');
  expect(town.terminal.hasPage('room/self-test.html')).toBe(false);
  await expect(clerk.page.getByRole('button', { name: 'Tester la borne' })).toBeDisabled();
  await nadia.pickUp('Madame Martin');
  await nadia.expectCallLive();
  await nadia.endVisit();
  await nadia.expectIdle();
  await resident.expectPlaceFree();
  // Nothing was concluded from half a test.
  expect(results()).toBe(before);
});

test('a counsellor tries camera and microphone before anyone waits', async ({ nadia }) => {
  await nadia.expectIdle();
  await nadia.page.getByRole('button', { name: 'Faire un essai' }).click();
  await expect(nadia.page.getByLabel('Votre image')).toBeVisible();
  await expect(nadia.page.getByText('Votre caméra et votre micro fonctionnent.')).toBeVisible();
  await expect(nadia.page.getByText('Votre micro n’a pas entendu les sons.')).toBeVisible();
});
