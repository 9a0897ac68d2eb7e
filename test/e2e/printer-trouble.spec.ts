/** What becomes of a print, and of the visit around it, when the printer has bad luck. */
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { promisify } from 'node:util';
import { until } from '#rig/until.ts';
import { expect, test } from './fixtures.ts';
import { madePdf } from './made-documents.ts';

const run = promisify(execFile);

/** Impressions a minute: slow enough that something can go wrong between two pages. */
const SLOW = 40;
const PAPER = 'feuilles.pdf';

let before: readonly string[] = [];

test.beforeEach(({ town }) => {
  town.printer.setSpeed(SLOW);
  before = town.printer.printedFiles();
});

test.afterEach(({ town }) => town.printer.setSpeed(240));

/** What the printer laid out since the test began: the pages of each job. */
async function printedPages(files: readonly string[]): Promise<number[]> {
  const news = files.filter((file) => !before.includes(file));
  return Promise.all(
    news.map(async (file) => Number(/Pages:\s+(\d+)/.exec((await run('pdfinfo', [file])).stdout)?.[1])),
  );
}

/** Job files that CUPS keeps (d00001-001); its control files (c00001) hold no document. */
function documentsInSpool(folder: string): string[] {
  return readdirSync(folder).filter((name) => /^d\d/.test(name));
}

for (const { reason, told, shown } of [
  {
    reason: 'media-empty',
    told: 'Plus de papier dans l’imprimante : prévenez l’accueil, l’impression reprendra seule.',
    shown: 'L’imprimante n’a plus de papier',
  },
  {
    reason: 'media-jam',
    told: 'Une feuille est coincée dans l’imprimante : prévenez l’accueil',
    shown: 'Une feuille est coincée dans l’imprimante',
  },
  {
    reason: 'cover-open',
    told: 'Un capot de l’imprimante est ouvert : prévenez l’accueil',
    shown: 'L’imprimante est ouverte',
  },
] as const) {
  test(`${reason} between two pages: told everywhere, mended, both pages come out once`, async ({
    call,
    clerk,
    nadia,
    resident,
    town,
  }) => {
    expect(call).toBeUndefined();
    await nadia.dropFile(await madePdf(PAPER, 2));
    await nadia.print(PAPER);
    await expect(nadia.card(PAPER)).toContainText('Impression : page 2 sur 2');
    await town.printer.setReason(reason);
    await expect(nadia.card(PAPER)).toContainText('En attente, page 2 sur 2');
    await expect(nadia.card(PAPER)).toContainText(told);
    await resident.expectDesk('L’impression attend');
    await resident.expectDesk(shown);
    await clerk.expectTerminal(/l’impression reprendra seule/);
    await nadia.expectCallLive();
    expect(await printedPages(town.printer.printedFiles())).toEqual([]);

    await town.printer.clearReason(reason);
    await expect(nadia.card(PAPER)).toContainText('Imprimé : 2 pages sont sorties.');
    await resident.expectDesk('Prenez vos papiers');
    await clerk.expectTerminal('parle avec un conseiller');
    expect(await printedPages(town.printer.printedFiles())).toEqual([2]);
  });
}

test('a printer that is switched off and on again prints what it lost', async ({
  call,
  nadia,
  resident,
  town,
}) => {
  expect(call).toBeUndefined();
  await nadia.dropFile(await madePdf(PAPER, 2));
  await nadia.print(PAPER);
  await expect(nadia.card(PAPER)).toContainText('Impression : page 2 sur 2');
  await town.printer.switchOff();
  await expect(nadia.card(PAPER)).toContainText(
    'L’imprimante ne répond pas : demandez à l’accueil de vérifier qu’elle est allumée.',
  );
  await resident.expectDesk('L’imprimante ne répond pas. Le secrétariat est prévenu.');
  await nadia.expectCallLive();
  await town.printer.switchOn();
  await expect(nadia.card(PAPER)).toContainText('Imprimé', { timeout: 40_000 });
  // What came out before the plug was pulled lay in the tray already; the rig counts whole jobs only.
  expect(await printedPages(town.printer.printedFiles())).toEqual([2]);
});

test('a cancelled print stops the paper', async ({ call, nadia, resident, town }) => {
  expect(call).toBeUndefined();
  await nadia.dropFile(await madePdf(PAPER, 6));
  await nadia.print(PAPER);
  await expect(nadia.card(PAPER)).toContainText('Impression : page 2 sur 6');
  await nadia.cancelPrint(PAPER);
  await expect(nadia.card(PAPER)).toContainText('Impression annulée');
  await expect((await resident.desk()).locator('body')).not.toContainText('s’imprime');
  await until('the printer stands still', async () => !(await town.printer.isPrinting()));
  expect(await printedPages(town.printer.printedFiles())).toEqual([]);
  expect(documentsInSpool(town.printer.jobsFolder)).toEqual([]);
  // The printer is free for the next one.
  town.printer.setSpeed(240);
  await nadia.print(PAPER);
  await expect(nadia.card(PAPER)).toContainText('Imprimé : 6 pages sont sorties.');
  expect(await printedPages(town.printer.printedFiles())).toEqual([6]);
});

test('a print system that is killed and comes back prints once', async ({ call, nadia, town }) => {
  expect(call).toBeUndefined();
  await nadia.dropFile(await madePdf(PAPER, 3));
  await nadia.print(PAPER);
  await expect(nadia.card(PAPER)).toContainText('Impression : page 2 sur 3');
  await town.printer.killCups();
  // The printer has the whole job: it goes on alone, and the print system knows nothing of it when it comes back.
  await until('the printer stands still', async () => !(await town.printer.isPrinting()));
  await town.printer.startCups();
  await expect(nadia.card(PAPER)).toContainText('Imprimé : 3 pages sont sorties.', { timeout: 40_000 });
  // The queue is first in, first out: were the first one still in it, it would come out again before the second.
  await nadia.dropFile(await madePdf('suite.pdf', 1));
  await nadia.print('suite.pdf');
  await expect(nadia.card('suite.pdf')).toContainText('Imprimé : la page est sortie.', { timeout: 40_000 });
  expect(await printedPages(town.printer.printedFiles())).toEqual([3, 1]);
  expect(documentsInSpool(town.printer.jobsFolder)).toEqual([]);
  await nadia.expectCallLive();
});

test('a print ordered while the print system is down waits for it', async ({
  call,
  nadia,
  resident,
  town,
}) => {
  expect(call).toBeUndefined();
  await nadia.dropFile(await madePdf(PAPER, 1));
  await town.printer.killCups();
  await nadia.print(PAPER);
  await expect(nadia.card(PAPER)).toContainText('L’imprimante ne répond pas');
  await resident.expectDesk('L’imprimante ne répond pas');
  await town.printer.startCups();
  await expect(nadia.card(PAPER)).toContainText('Imprimé : la page est sortie.', { timeout: 40_000 });
  expect(await printedPages(town.printer.printedFiles())).toEqual([1]);
});
