/** What becomes of a scan, of the pages that came before, and of the visit, when the scanner has bad luck. */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import type { ScannerCondition } from '#rig/scanner.ts';
import { expect, test } from './fixtures.ts';

const run = promisify(execFile);

/** The rig's feeder holds ten sheets (sane-test(5)). */
const SHEETS = 10;

test.afterEach(({ town }) => {
  town.scanner.setCondition('ready');
  town.scanner.setReadDelay(0);
  town.scanner.jamOnSheet(null);
  town.scanner.plug();
  town.scanner.setFeeder('loaded');
});

test('a feeder of several sheets gives as many pages, in one PDF', async ({
  call,
  nadia,
  resident,
  town,
}) => {
  expect(call).toBeUndefined();
  town.scanner.setReadDelay(5_000);
  await nadia.scan({ source: 'Dans le chargeur' });
  await resident.expectDesk('Posez vos papiers dans le chargeur');
  await nadia.expectScanned(`${SHEETS} pages reçues`);
  await resident.expectDesk('Reprenez vos papiers');
  const file = test.info().outputPath('feeder.pdf');
  writeFileSync(file, await nadia.saveScan());
  expect((await run('pdfinfo', [file])).stdout).toMatch(new RegExp(`Pages:\\s+${SHEETS}\\b`));
});

test('the scanner finds the paper by itself, and the resident is told where it is', async ({
  call,
  nadia,
  resident,
  town,
}) => {
  expect(call).toBeUndefined();
  town.scanner.setReadDelay(15_000);
  town.scanner.setFeeder('empty');
  await nadia.scan();
  await resident.expectDesk('face contre la vitre');
  // The page grows in the console while the scanner is at it.
  await expect(nadia.page.locator('.thumbnail-growing img')).toBeVisible();
  await nadia.expectScanned('1 page reçue');
  town.scanner.setFeeder('loaded', 'sensor');
  await nadia.scan();
  await resident.expectDesk('Posez vos papiers dans le chargeur');
  await nadia.stopScan();
  await nadia.expectScanned('Numérisation arrêtée.');
});

const troubles: readonly { condition: ScannerCondition; told: string; shown: string }[] = [
  {
    condition: 'jammed',
    told: 'Une feuille est coincée dans le chargeur\u00a0: prévenez l’accueil, puis numérisez la suite.',
    shown: 'Une feuille est coincée dans le scanner. Ne tirez pas dessus',
  },
  {
    condition: 'noDocuments',
    told: 'Le chargeur est vide\u00a0: demandez à la personne d’y mettre ses feuilles',
    shown: 'Le scanner n’a pas trouvé de papier. Votre conseiller va vous guider.',
  },
  {
    condition: 'coverOpen',
    told: 'Le capot du scanner est ouvert\u00a0: demandez à la personne de le fermer, puis réessayez.',
    shown: 'Le couvercle du scanner est ouvert. Refermez-le doucement.',
  },
  {
    condition: 'busy',
    told: 'Le scanner est déjà pris\u00a0: réessayez dans quelques secondes.',
    shown: 'Le scanner est occupé. Votre conseiller va essayer de nouveau.',
  },
  {
    condition: 'ioError',
    told: 'Le scanner s’est arrêté en cours de route\u00a0: réessayez.',
    shown: 'Votre papier n’a pas pu être lu. Votre conseiller va essayer de nouveau.',
  },
  {
    condition: 'accessDenied',
    told: 'Le scanner refuse l’accès\u00a0: prévenez l’accueil',
    shown: 'Le scanner ne peut pas servir. Le secrétariat est prévenu.',
  },
];

test('each trouble has its sentence on both sides, and the next scan works', async ({
  call,
  nadia,
  resident,
  town,
}) => {
  expect(call).toBeUndefined();
  for (const { condition, told, shown } of troubles) {
    await test.step(condition, async () => {
      town.scanner.setCondition(condition);
      await nadia.scan({ source: 'Dans le chargeur' });
      await nadia.expectScanned(`Numérisation interrompue. ${told}`);
      await resident.expectDesk('Votre papier n’a pas été lu');
      await resident.expectDesk(shown);
    });
  }
  await nadia.expectCallLive();
  town.scanner.setCondition('ready');
  await nadia.scan({ source: 'Sur la vitre' });
  await nadia.expectScanned('1 page reçue');
  await resident.expectDesk('Votre conseiller l’a bien reçu.');
});

test('a feeder that jams keeps the pages that were through', async ({ call, nadia, resident, town }) => {
  expect(call).toBeUndefined();
  town.scanner.jamOnSheet(4);
  await nadia.scan({ source: 'Dans le chargeur' });
  await nadia.expectScanned('Une feuille est coincée dans le chargeur');
  await nadia.expectScanned('Les 3 pages déjà numérisées sont gardées.');
  await resident.expectDesk('Ne tirez pas dessus');
  await expect(nadia.scannedPages()).toHaveCount(3);
  town.scanner.jamOnSheet(null);
  await nadia.scan({ source: 'Sur la vitre' });
  await expect(nadia.scannedPages()).toHaveCount(4);
  const file = test.info().outputPath('kept.pdf');
  writeFileSync(file, await nadia.saveScan());
  expect((await run('pdfinfo', [file])).stdout).toMatch(/Pages:\s+4\b/);
});

test('a scan stopped by the counsellor keeps the pages that were through', async ({
  call,
  nadia,
  resident,
  town,
}) => {
  expect(call).toBeUndefined();
  town.scanner.setReadDelay(15_000);
  await nadia.scan({ source: 'Dans le chargeur' });
  await nadia.expectScanned('Page 3 :');
  await nadia.stopScan();
  await nadia.expectScanned('Numérisation arrêtée.');
  await nadia.expectScanned('pages déjà numérisées sont gardées.');
  await expect((await resident.desk()).locator('body')).not.toContainText('Posez vos papiers');
  // The device is free at once.
  town.scanner.setReadDelay(0);
  const kept = await nadia.scannedPages().count();
  await nadia.scan({ source: 'Sur la vitre' });
  await expect(nadia.scannedPages()).toHaveCount(kept + 1);
});

test('a scanner that is unplugged and plugged in again serves without a restart', async ({
  call,
  clerk,
  nadia,
  resident,
  town,
}) => {
  expect(call).toBeUndefined();
  town.scanner.unplug();
  await clerk.expectTerminal('Le scanner est absent ou débranché');
  await expect(nadia.page.locator('.terminal-strip')).toContainText('Le scanner est absent ou débranché');
  await nadia.scan({ source: 'Sur la vitre' });
  await nadia.expectScanned('demandez à l’accueil de vérifier son câble.');
  await resident.expectDesk('Le scanner n’est pas branché. Le secrétariat est prévenu.');
  town.scanner.plug();
  await expect(nadia.page.locator('.terminal-strip')).not.toContainText('absent ou débranché');
  await expect(clerk.page.locator('main')).not.toContainText('absent ou débranché');
  await nadia.scan({ source: 'Sur la vitre' });
  await nadia.expectScanned('1 page reçue');
});

test('a scanner that sleeps is waited for, and both read that it gets ready', async ({
  call,
  nadia,
  resident,
  town,
}) => {
  expect(call).toBeUndefined();
  for (const how of ['busy', 'silent'] as const) {
    await test.step(how, async () => {
      const before = await nadia.scannedPages().count();
      // Longer than the terminal waits before it says so, shorter than it waits at all.
      town.scanner.fallAsleep(how, 4_500);
      await nadia.scan({ source: 'Sur la vitre' });
      await nadia.expectScanned('Le scanner se prépare…');
      await resident.expectDesk('Le scanner se prépare');
      await expect(nadia.scannedPages()).toHaveCount(before + 1);
      await resident.expectDesk('Reprenez votre papier');
    });
  }
});

test('a scanner that is switched off on page 4 and on again keeps the pages and goes on under another address', async ({
  call,
  nadia,
  resident,
  town,
}) => {
  expect(call).toBeUndefined();
  town.scanner.setReadDelay(5_000);
  town.scanner.switchOffOnSheet(4);
  await nadia.scan({ source: 'Dans le chargeur' });
  await nadia.expectScanned('Le scanner s’est arrêté en cours de route');
  await nadia.expectScanned('Les 3 pages déjà numérisées sont gardées.');
  await resident.expectDesk('Votre papier n’a pas été lu');
  await expect(nadia.scannedPages()).toHaveCount(3);
  await expect(nadia.page.locator('.terminal-strip')).toContainText('Le scanner est absent ou débranché');
  town.scanner.switchOn();
  town.scanner.setReadDelay(0);
  await expect(nadia.page.locator('.terminal-strip')).not.toContainText('absent ou débranché');
  await nadia.page.getByRole('button', { name: 'Continuer' }).click();
  await expect(nadia.scannedPages()).toHaveCount(3 + SHEETS, { timeout: 60_000 });
  const file = test.info().outputPath('whole.pdf');
  writeFileSync(file, await nadia.saveScan());
  expect((await run('pdfinfo', [file])).stdout).toMatch(/Pages:\s+13\b/);
});
