/** What is killed, cut or ended in the middle of a job: what was shown as received is there, what goes is gone. */
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { PDFDocument } from '@cantoo/pdf-lib';
import { until } from '#rig/until.ts';
import { expect, FORM, OFFICE, test } from './fixtures.ts';
import { type MadeFile, madePdf } from './made-documents.ts';

/** The rig's feeder holds ten sheets. */
const SHEETS = 10;

test.afterEach(({ town }) => {
  town.printer.setSpeed(240);
  town.scanner.setReadDelay(0);
});

/** Heavy for the line, light for the eye. */
async function heavyPdf(name: string, bytes: number): Promise<MadeFile> {
  const pdf = await PDFDocument.load((await madePdf(name, 1)).buffer);
  await pdf.attach(new Uint8Array(randomBytes(bytes)), 'reste.bin');
  return { name, mimeType: 'application/pdf', buffer: Buffer.from(await pdf.save()) };
}

/** Programs that work in a visit's folder of this town, also where it has been removed. */
function programsIn(memoryFolder: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`).startsWith(join(memoryFolder, 'vis-a-vis-'));
      } catch {
        return false; // It ended meanwhile.
      }
    })
    .map(Number);
}

test('the terminal dies between two pages of a scan: the pages that were shown stay, and the rest follows', async ({
  call,
  nadia,
  resident,
  town,
}) => {
  expect(call).toBeUndefined();
  town.scanner.setReadDelay(8_000);
  await nadia.scan({ source: 'Dans le chargeur' });
  await expect(nadia.scannedPages().nth(1)).toBeVisible({ timeout: 60_000 });
  const [folder] = readdirSync(town.memoryFolder);
  const before = programsIn(town.memoryFolder);
  expect(before.length).toBeGreaterThan(0);

  await town.terminal.killMain9();
  // Nothing of it goes on alone: neither the papers nor the feeder.
  await until('what it had started is gone', () => programsIn(town.memoryFolder).length === 0);
  const shown = await nadia.scannedPages().count();
  await town.terminal.start();
  await nadia.expectCallLive();
  await nadia.expectScanned('La borne a redémarré pendant l’opération');
  await expect(nadia.scannedPages()).toHaveCount(shown);
  expect(readdirSync(town.memoryFolder)).not.toContain(folder);
  // A page of the file for each picture that was shown, from this browser's memory.
  expect((await nadia.saveScan()).toString('latin1').match(/\/Type\s*\/Page\b/g) ?? []).toHaveLength(shown);

  town.scanner.setReadDelay(0);
  await nadia.scan({ source: 'Dans le chargeur' });
  await expect(nadia.scannedPages()).toHaveCount(shown + SHEETS, { timeout: 60_000 });
  await resident.expectDesk('Reprenez vos papiers');
});

test('the hub dies while a document is on its way to the terminal: all of it arrives', async ({
  call,
  nadia,
  town,
}) => {
  // Twenty megabytes, twice sealed and relayed, on a machine with much else to do.
  test.slow();
  expect(call).toBeUndefined();
  const name = 'lourd.pdf';
  await nadia.chooseFile(await heavyPdf(name, 20 * 1024 * 1024));
  await expect(nadia.card(name)).toContainText('Envoi à la borne');
  await until('some of it is there', async () =>
    /Envoi à la borne, [1-9]/.test((await nadia.card(name).textContent()) ?? ''),
  );
  await town.hub.kill9();
  await expect(nadia.page.getByText('Connexion perdue')).toBeVisible();
  await town.hub.restart();
  await expect(nadia.card(name)).toContainText('1 page, prêt', { timeout: 120_000 });
  await nadia.showOnDesk(name);
});

test('the hub dies while pages are scanned: every page arrives', async ({ call, nadia, resident, town }) => {
  expect(call).toBeUndefined();
  town.scanner.setReadDelay(5_000);
  await nadia.scan({ source: 'Dans le chargeur' });
  await expect(nadia.scannedPages().nth(1)).toBeVisible({ timeout: 60_000 });
  await town.hub.kill9();
  // The scanner does not wait for the hub, nor does the resident.
  await Promise.all([resident.expectDesk('Reprenez vos papiers'), town.hub.restart()]);
  await nadia.expectScanned(`${SHEETS} pages reçues`);
  await expect(nadia.scannedPages()).toHaveCount(SHEETS);
});

test('the visit ends in the middle of a print: the paper stops, and nothing of it stays', async ({
  clerk,
  nadia,
  resident,
  town,
}) => {
  await resident.expectPlaceFree();
  await clerk.announce({ name: 'Madame Martin', body: OFFICE, motive: FORM });
  await nadia.pickUp('Madame Martin');
  await nadia.expectCallLive();
  const before = town.printer.printedFiles().length;
  town.printer.setSpeed(20);
  await nadia.dropFile(await madePdf('feuilles.pdf', 6));
  await nadia.dropFile(await madePdf('suite.pdf', 1));
  await nadia.print('feuilles.pdf');
  await expect(nadia.card('feuilles.pdf')).toContainText('Impression : page 2 sur 6');
  await nadia.print('suite.pdf');
  await expect(nadia.card('suite.pdf')).toContainText('Un autre document s’imprime');
  await nadia.endVisit();
  await resident.expectPlaceFree();
  await until('the printer stands still', async () => !(await town.printer.isPrinting()));
  expect(town.printer.printedFiles().slice(before)).toEqual([]);
  expect(readdirSync(town.printer.jobsFolder).filter((name) => /^[cd]\d/.test(name))).toEqual([]);
  expect(readdirSync(town.memoryFolder)).toEqual([]);
  await clerk.expectTerminal('Prête à accueillir');
});

test('the visit ends in the middle of a scan: the feeder stops, and nothing of it stays', async ({
  clerk,
  nadia,
  resident,
  town,
}) => {
  await resident.expectPlaceFree();
  await clerk.announce({ name: 'Madame Martin', body: OFFICE, motive: FORM });
  await nadia.pickUp('Madame Martin');
  await nadia.expectCallLive();
  town.scanner.setReadDelay(15_000);
  await nadia.scan({ source: 'Dans le chargeur' });
  await nadia.expectScanned('Page 2 :');
  await nadia.endVisit();
  await resident.expectPlaceFree();
  expect(programsIn(town.memoryFolder)).toEqual([]);
  expect(scanners(town.scanner.env.SANE_CONFIG_DIR)).toEqual([]);
  expect(readdirSync(town.memoryFolder)).toEqual([]);
  await clerk.expectTerminal('Prête à accueillir');
});

/** Programs that scan with the rig's device; looks whether it is there, which come every second, are none. */
function scanners(configuration: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        if (!command.includes('--format=pnm')) return false;
        return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(configuration);
      } catch {
        return false; // It ended meanwhile.
      }
    })
    .map(Number);
}
