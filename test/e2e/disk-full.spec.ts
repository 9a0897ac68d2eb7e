/**
 * File systems that are full, one after the other: the print spool, the visit's folder, the terminal's disk, the hub's.
 * They are small ones, mounted for the test; that needs root.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { mayMount, mountSmallDisk, type SmallDisk } from '#rig/small-disk.ts';
import { startTown, type Town } from '#rig/town.ts';
import { test as base, expect, FORM } from './fixtures.ts';
import { madePdf } from './made-documents.ts';

const run = promisify(execFile);
const MB = 1024 * 1024;
const PAPER = 'feuilles.pdf';

interface Disks {
  readonly disks: { readonly terminal: SmallDisk; readonly hub: SmallDisk; readonly town: Town };
}

/** A town whose terminal and hub have a small disk each. */
const test = base.extend<object, Disks>({
  disks: [
    async ({ townOptions }, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'small-disks-'));
      const [dataFolder, hubFolder] = [join(folder, 'terminal'), join(folder, 'hub')];
      for (const one of [dataFolder, hubFolder]) mkdirSync(one);
      const terminal = mountSmallDisk(dataFolder, 100 * MB);
      const hub = mountSmallDisk(hubFolder, 150 * MB);
      try {
        const town = await startTown({
          ...townOptions,
          configuration: { dataFolder },
          hubVariables: { HUB_DATA: hubFolder },
        });
        try {
          await use({ terminal, hub, town });
        } finally {
          await town.close();
        }
      } finally {
        for (const disk of [terminal, hub]) disk.close();
        rmSync(folder, { recursive: true, force: true });
      }
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  town: [async ({ disks }, use) => use(disks.town), { scope: 'worker' }],
});

test.skip(!mayMount, 'Only root may mount a file system.');

test('a print spool that is full: both read why, and the same paper comes out once there is room', async ({
  call,
  nadia,
  resident,
  town,
}) => {
  expect(call).toBeUndefined();
  const before = town.printer.printedFiles().length;
  await nadia.dropFile(await madePdf(PAPER, 2));
  const disk = mountSmallDisk(town.printer.jobsFolder, 64 * 1024);
  try {
    disk.fill();
    await nadia.print(PAPER);
    await expect(nadia.card(PAPER)).toContainText('Pas imprimé');
    await expect(nadia.card(PAPER)).toContainText('La borne n’a plus de place pour imprimer');
    await resident.expectDesk('Le papier n’est pas sorti');
    await resident.expectDesk('La borne n’a plus de place pour imprimer. Votre conseiller le sait.');
  } finally {
    disk.close();
  }
  await nadia.card(PAPER).getByRole('button', { name: 'Relancer l’impression' }).click();
  await expect(nadia.card(PAPER)).toContainText('Imprimé : 2 pages sont sorties.');
  expect(town.printer.printedFiles().length).toBe(before + 1);
  expect(readdirSync(town.printer.jobsFolder).filter((name) => /^d\d/.test(name))).toEqual([]);
});

test('no room for the visit’s papers: refused in words, the pages that came are kept, and it heals', async ({
  clerk,
  nadia,
  resident,
  town,
}) => {
  await resident.expectPlaceFree();
  const disk = mountSmallDisk(town.memoryFolder, 80 * MB);
  try {
    await clerk.announce({ name: 'Madame Martin', body: /Office des familles/, motive: FORM });
    await nadia.pickUp('Madame Martin');
    await nadia.expectCallLive();
    // More than a second a page: the feeder must still be at it once the first page is here.
    town.scanner.setReadDelay(20_000);
    await nadia.scan({ source: 'Dans le chargeur' });
    await expect(nadia.scannedPages().first()).toBeVisible();
    disk.fill();
    await nadia.expectScanned('La borne n’a plus de place pour d’autres pages');
    await resident.expectDesk('La borne n’a plus de place pour d’autres pages. Votre conseiller le sait.');
    await nadia.expectScanned(/pages? déjà numérisées? (est|sont) gardées?/);
    const kept = await nadia.scannedPages().count();
    expect(kept).toBeLessThan(10);
    expect((await nadia.saveScan()).length).toBeGreaterThan(10_000);

    disk.fill();
    await nadia.chooseFile(await madePdf(PAPER, 1));
    await expect(nadia.refusal(PAPER)).toContainText('La borne n’a plus de place pour ce document');
    await nadia.expectCallLive();
    disk.makeRoom();
    town.scanner.setReadDelay(0);
    await nadia.dropFile(await madePdf('encore.pdf', 1));
    await nadia.scan({ source: 'Sur la vitre' });
    await expect(nadia.scannedPages()).toHaveCount(kept + 1);
    await nadia.endVisit();
    await resident.expectPlaceFree();
    expect(readdirSync(town.memoryFolder)).toEqual([]);
  } finally {
    disk.close();
  }
});

test('the terminal’s disk is full: the visit goes on, prints once, and comes back after a cut', async ({
  call,
  nadia,
  resident,
  town,
  disks,
}) => {
  expect(call).toBeUndefined();
  const before = town.printer.printedFiles().length;
  disks.terminal.fill();
  await nadia.dropFile(await madePdf(PAPER, 3));
  await nadia.showOnDesk(PAPER);
  town.printer.setSpeed(20);
  await nadia.print(PAPER);
  await expect(nadia.card(PAPER)).toContainText('Impression : page 2 sur 3');
  await town.terminal.kill9();
  await town.terminal.start();
  town.printer.setSpeed(240);
  await nadia.expectCallLive();
  await expect(nadia.card(PAPER)).toContainText('Imprimé : 3 pages sont sorties.', { timeout: 40_000 });
  await nadia.endVisit();
  await resident.expectPlaceFree();
  expect(town.printer.printedFiles().length).toBe(before + 1);
  const [last] = town.printer.printedFiles().slice(-1);
  expect((await run('pdfinfo', [last ?? ''])).stdout).toMatch(/Pages:\s+3\b/);
  disks.terminal.makeRoom();
});

test('the hub’s disk is full: orders are refused in words, the call goes on, and it heals', async ({
  call,
  nadia,
  town,
  disks,
}) => {
  expect(call).toBeUndefined();
  await nadia.dropFile(await madePdf(PAPER, 1));
  disks.hub.fill();
  // What is left of the tables' last pages takes some more.
  const told = nadia.page.getByText('Le serveur n’a plus de place, rien n’a été fait');
  const selfView = nadia.page.getByRole('button', { name: /propre image/ });
  for (let orders = 0; orders < 200 && !(await told.first().isVisible()); orders += 1) await selfView.click();
  await expect(told.first()).toBeVisible();
  await nadia.expectCallLive();
  disks.hub.makeRoom();
  const before = town.printer.printedFiles().length;
  await nadia.print(PAPER);
  await expect(nadia.card(PAPER)).toContainText('Imprimé : la page est sortie.', { timeout: 40_000 });
  expect(town.printer.printedFiles().length).toBe(before + 1);
});
