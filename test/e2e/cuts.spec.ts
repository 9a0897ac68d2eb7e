/** Pulled plugs: the hub, the terminal, the console, in the middle of a visit. Nothing is lost, nothing done twice. */
import { counsellorDesk } from './counsellor-desk.ts';
import { expect, FORM, OFFICE, test } from './fixtures.ts';
import { madePdf } from './made-documents.ts';
import { expectMoving } from './moving-picture.ts';

test('the hub dies and comes back: same visit, moving picture, and the order given meanwhile is done once', async ({
  call,
  nadia,
  resident,
  town,
}) => {
  expect(call).toBeUndefined();
  await nadia.takeForm(FORM);
  const before = town.printer.printedFiles().length;
  const [theirs, ours] = [await nadia.roomFrame(), await resident.roomFrame()];

  await town.hub.kill9();
  await expect(nadia.page.getByText('Connexion perdue')).toBeVisible();
  await expectMoving(async () => theirs);
  await expectMoving(async () => ours);
  await nadia.print(FORM);
  await town.hub.restart();

  await expect(nadia.page.getByText('Connexion perdue')).toBeHidden({ timeout: 30_000 });
  await expect(nadia.page.getByRole('heading', { name: 'Madame Martin' })).toBeVisible();
  await expect(nadia.card(FORM)).toContainText('Imprimé', { timeout: 40_000 });
  await expectMoving(async () => theirs);
  await expectMoving(async () => ours);
  expect(town.printer.printedFiles().length).toBe(before + 1);
});

test('the hub dies while the form prints: it prints once, and the console hears of it', async ({
  call,
  nadia,
  town,
}) => {
  expect(call).toBeUndefined();
  const before = town.printer.printedFiles().length;
  town.printer.setSpeed(30);
  await nadia.takeForm(FORM);
  await nadia.print(FORM);
  await expect(nadia.card(FORM)).toContainText('Impression : page', { timeout: 20_000 });
  await town.hub.kill9();
  await town.hub.restart();
  await expect(nadia.card(FORM)).toContainText('Imprimé', { timeout: 60_000 });
  town.printer.setSpeed(240);
  expect(town.printer.printedFiles().length).toBe(before + 1);
});

test('the terminal dies in the middle of a visit: it comes back to it, and prints nothing again', async ({
  call,
  nadia,
  resident,
  town,
}) => {
  expect(call).toBeUndefined();
  await nadia.takeForm(FORM);
  await nadia.print(FORM);
  await expect(nadia.card(FORM)).toContainText('Imprimé', { timeout: 40_000 });
  const printed = town.printer.printedFiles().length;

  await town.terminal.kill9();
  await town.terminal.start();
  await resident.expectFace('Nadia Belkacem');
  await nadia.expectCallLive();
  await expectMoving(resident.roomFrame);
  expect(town.printer.printedFiles().length).toBe(printed);
});

test('the terminal dies while the form prints: the print is followed to its end, and nothing is lost', async ({
  call,
  nadia,
  resident,
  town,
}) => {
  expect(call).toBeUndefined();
  const before = town.printer.printedFiles().length;
  town.printer.setSpeed(15);
  await nadia.dropFile(await madePdf('feuilles.pdf', 3));
  await nadia.showOnDesk('feuilles.pdf');
  await nadia.print('feuilles.pdf');
  await expect(nadia.card('feuilles.pdf')).toContainText('Impression : page 2 sur 3');
  await town.terminal.kill9();
  await expect(nadia.page.locator('.terminal-strip')).toContainText('La borne est hors ligne');
  await town.terminal.start();
  await nadia.expectCallLive();
  await expect(nadia.card('feuilles.pdf')).toContainText('Imprimé : 3 pages sont sorties.');
  town.printer.setSpeed(240);
  expect(town.printer.printedFiles().length).toBe(before + 1);

  // What the terminal lost with its memory came again from the counsellor's: it lies on the desk, and prints.
  await expect(
    (await resident.desk()).getByRole('img', { name: 'Votre document, page 1 sur 3' }),
  ).toBeVisible();
  await nadia.print('feuilles.pdf');
  await expect.poll(() => town.printer.printedFiles().length).toBe(before + 2);
});

test('the counsellor’s network is cut without a word and comes back: same visit, same documents', async ({
  call,
  nadia,
  resident,
  town,
}) => {
  expect(call).toBeUndefined();
  await nadia.dropFile(await madePdf('feuilles.pdf', 1));
  town.network.cut();
  await expect(nadia.page.getByText('Connexion perdue')).toBeVisible();
  await resident.expectFace('Votre conseiller revient dans un instant');
  town.network.mend();
  await expect(nadia.page.getByText('Connexion perdue')).toBeHidden();
  await resident.expectFace('Nadia Belkacem');
  await nadia.expectCallLive();
  await nadia.showOnDesk('feuilles.pdf');
  await expect((await resident.desk()).getByRole('img', { name: /Votre document/ })).toBeVisible();
});

test('the console is closed in the middle of a scan and opened again: the page is there', async ({
  clerk,
  resident,
  town,
}) => {
  await resident.expectPlaceFree();
  const page = await town.logIn('julien@office.example');
  const julien = counsellorDesk(page);
  await clerk.announce({ name: 'Madame Roux', body: OFFICE, motive: FORM });
  await julien.pickUp('Madame Roux');
  await julien.expectCallLive();
  town.scanner.setReadDelay(8_000);
  await julien.scan({ source: 'Sur la vitre' });
  await resident.expectDesk('Posez votre papier sur la vitre');
  const context = page.context();
  await page.close({ runBeforeUnload: false });
  await resident.expectFace('Votre conseiller revient dans un instant');

  const again = await context.newPage();
  await again.goto(town.hub.origin);
  const back = counsellorDesk(again);
  await back.expectScanned('1 page reçue');
  town.scanner.setReadDelay(0);
  await resident.expectFace('Julien Petit');
  await back.expectCallLive();
  expect((await back.saveScan()).length).toBeGreaterThan(10_000);
  await back.endVisit();
  await resident.expectPlaceFree();
  await context.close();
});

test('a wipe that cannot be proved keeps the terminal closed until it can', async ({
  clerk,
  nadia,
  resident,
  town,
}) => {
  await resident.expectPlaceFree();
  await clerk.announce({ name: 'Monsieur Blanc', body: OFFICE, motive: FORM });
  await nadia.pickUp('Monsieur Blanc');
  await nadia.expectCallLive();
  await town.printer.killCups();
  await nadia.endVisit();
  await resident.expectFace('Cette borne est fermée');
  await clerk.expectTerminal('Fermée');
  await expect(clerk.page.getByRole('button', { name: 'Annoncer' })).toBeDisabled();

  await town.printer.startCups();
  await expect
    .poll(async () => (await resident.face()).locator('body').innerText(), { timeout: 60_000 })
    .toContain('La place est libre');
  await clerk.expectTerminal('Prête à accueillir');
});
