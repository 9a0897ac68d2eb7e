/** Two orders at once: each is told as it is, on both screens, and nothing that one does hides the other. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Page, WebSocketRoute } from '@playwright/test';
import { counsellorDesk } from './counsellor-desk.ts';
import { expect, test } from './fixtures.ts';
import { madePdf } from './made-documents.ts';

const run = promisify(execFile);

/** Microseconds after each read: a glass that takes long enough for what happens meanwhile, on a quick machine too. */
const GLASS_DELAY = 60_000;

test.afterEach(({ town }) => {
  town.printer.setSpeed(240);
  town.scanner.setReadDelay(0);
  town.scanner.setFeeder('loaded');
});

async function pagesOf(file: string): Promise<number> {
  return Number(/Pages:\s+(\d+)/.exec((await run('pdfinfo', [file])).stdout)?.[1]);
}

test('two papers at once come out one after the other, and the second one says what it waits for', async ({
  call,
  nadia,
  resident,
  town,
}) => {
  expect(call).toBeUndefined();
  const before = town.printer.printedFiles();
  town.printer.setSpeed(20);
  await nadia.dropFile(await madePdf('premier.pdf', 3));
  await nadia.dropFile(await madePdf('second.pdf', 1));
  await nadia.print('premier.pdf');
  await expect(nadia.card('premier.pdf')).toContainText('Impression : page');
  await nadia.print('second.pdf');
  await expect(nadia.card('second.pdf')).toContainText(
    'Un autre document s’imprime : celui-ci suivra tout seul.',
  );
  // The resident is told of the paper that moves.
  await resident.expectDesk(/s’imprime, page \d sur 3/);
  town.printer.setSpeed(120);
  await expect(nadia.card('premier.pdf')).toContainText('Imprimé : 3 pages sont sorties.');
  await expect(nadia.card('second.pdf')).toContainText('Imprimé : la page est sortie.');
  const files = town.printer.printedFiles().filter((file) => !before.includes(file));
  expect(await Promise.all(files.map(pagesOf))).toEqual([3, 1]);
});

test('a paper that waits for its turn is cancelled, and the one that moves goes on', async ({
  call,
  nadia,
  resident,
  town,
}) => {
  expect(call).toBeUndefined();
  const before = town.printer.printedFiles().length;
  town.printer.setSpeed(20);
  await nadia.dropFile(await madePdf('premier.pdf', 3));
  await nadia.dropFile(await madePdf('second.pdf', 1));
  await nadia.print('premier.pdf');
  await expect(nadia.card('premier.pdf')).toContainText('Impression : page');
  await nadia.print('second.pdf');
  await expect(nadia.card('second.pdf')).toContainText('Un autre document s’imprime');
  await nadia.cancelPrint('second.pdf');
  await expect(nadia.card('second.pdf')).toContainText('Impression annulée');
  await resident.expectDesk(/s’imprime, page \d sur 3/);
  town.printer.setSpeed(240);
  await expect(nadia.card('premier.pdf')).toContainText('Imprimé : 3 pages sont sorties.');
  expect(town.printer.printedFiles().length).toBe(before + 1);
});

test('a print and a scan at the same time: the desk asks for the paper first, and then gives the other', async ({
  call,
  nadia,
  resident,
  town,
}) => {
  expect(call).toBeUndefined();
  town.printer.setSpeed(30);
  town.scanner.setReadDelay(GLASS_DELAY);
  await nadia.dropFile(await madePdf('premier.pdf', 3));
  await nadia.print('premier.pdf');
  await resident.expectDesk(/s’imprime, page \d sur 3/);
  await nadia.scan({ source: 'Sur la vitre' });
  await resident.expectDesk('face contre la vitre');
  await expect(nadia.card('premier.pdf')).toContainText('Impression : page');
  // Whatever the printer says meanwhile, the desk does not change its mind while the scanner is at work.
  const desk = (await resident.desk()).locator('.desk-work');
  const seen = await desk.evaluate(
    (place) =>
      new Promise<string[]>((resolve) => {
        const titles: string[] = [];
        const look = () => {
          const title = place.querySelector('h2')?.textContent ?? '';
          if (title !== titles.at(-1)) titles.push(title);
          if (!title.includes('vitre')) {
            observer.disconnect();
            resolve(titles);
          }
        };
        const observer = new MutationObserver(look);
        observer.observe(place, { childList: true, subtree: true, characterData: true });
        look();
      }),
  );
  expect(seen).toHaveLength(2);
  expect(seen[1]).toBe('Reprenez votre papier');
  await nadia.expectScanned('1 page reçue');
  await expect(nadia.card('premier.pdf')).toContainText('Imprimé : 3 pages sont sorties.');
  await resident.expectDesk('Prenez vos papiers');
});

/** A console whose line from the hub can be held: what the hub says arrives late, as on a slow line. */
async function holdable(page: Page): Promise<{ hold: () => void; release: () => void }> {
  let held: (string | Buffer)[] | null = null;
  let line: WebSocketRoute | null = null;
  await page.routeWebSocket(/\/ws\/console$/, (route) => {
    line = route;
    route.connectToServer().onMessage((message) => {
      if (held) held.push(message);
      else route.send(message);
    });
  });
  return {
    hold: () => {
      held = [];
    },
    release: () => {
      for (const message of held ?? []) line?.send(message);
      held = null;
    },
  };
}

test('two scans in the same instant, from two tabs: one goes on, the other is told', async ({
  call,
  nadia,
  resident,
  town,
}) => {
  expect(call).toBeUndefined();
  town.scanner.setReadDelay(GLASS_DELAY);
  const tab = await nadia.page.context().newPage();
  const line = await holdable(tab);
  await tab.goto(town.hub.origin);
  const other = counsellorDesk(tab);
  await other.expectScanned('Numériser');
  // The other tab has not heard of the first scan when the counsellor presses there.
  line.hold();
  await nadia.scan({ source: 'Sur la vitre' });
  await nadia.expectScanned('Page 1 :');
  await other.scan({ source: 'Sur la vitre' });
  await nadia.expectScanned('Une numérisation était déjà en cours : la seconde n’a pas commencé.');
  await nadia.expectScanned('Page 1 :');
  await resident.expectDesk('face contre la vitre');
  line.release();
  await other.expectScanned('Une numérisation était déjà en cours : la seconde n’a pas commencé.');
  for (const desk of [nadia, other]) {
    await desk.expectScanned('1 page reçue');
    await expect(desk.scannedPages()).toHaveCount(1);
  }
  await expect((await resident.desk()).locator('body')).not.toContainText('n’a pas été lu');
  await tab.close();
});
