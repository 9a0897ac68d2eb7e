/**
 * Plays one whole visit by itself on two real displays, and leaves in a folder what each person saw at each step, what
 * the printer and the counsellor received, and how the wipe went.
 */
import { createPublicKey, verify } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Frame, Page } from '@playwright/test';
import { startTown, type Town } from '#rig/town.ts';
import { until } from '#rig/until.ts';
import { hubToConsole } from '#shared/protocol/messages.ts';
import type { SignedWipeReport } from '#shared/protocol/terminal-report.ts';
import type { TerminalView } from '#shared/protocol/views.ts';
import { nothingLeft, wipeMessage } from '#shared/wipe-proof.ts';
import { clerkDesk } from '../../test/e2e/clerk-desk.ts';
import { counsellorDesk } from '../../test/e2e/counsellor-desk.ts';
import { residentSeat } from '../../test/e2e/resident-seat.ts';
import type { DemoDeployment } from './demo-deployment.ts';
import { drawPortraits } from './portraits.ts';
import { createReporter, type Reporter } from './report.ts';
import { signedPapers } from './signed-papers.ts';

const FORM = 'Demande d’aide au logement';
/** Of an invented person. */
const FILLED: readonly (readonly [string, string])[] = [
  ['Nom de naissance', 'Lefèvre'],
  ['Prénoms', 'Marie-Thérèse'],
  ['Date de naissance', '05031951'],
  ['Commune', 'Saint-Martin-des-Prés'],
];

export interface PlayedVisit {
  /** Folder; emptied first. */
  readonly output: string;
  /** Stays the caller's to close. */
  readonly deployment: DemoDeployment;
  readonly print: (line: string) => void;
}

/** Returns whether every step went well. */
export async function playVisit({ output, deployment, print }: PlayedVisit): Promise<boolean> {
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  const reporter = createReporter(print, deployment.kind);
  const { step, report } = reporter;
  const portraitFolder = join(tmpdir(), `vis-a-vis-portraits-${process.pid}`);
  mkdirSync(portraitFolder);
  let town: Town | null = null;
  try {
    const opened = await step(
      'la commune s’installe : écrans, imprimante, scanner, serveur, borne',
      async () => {
        const portraits = await drawPortraits(portraitFolder);
        const { hubVariables, switches } = deployment;
        return startTown({
          department: true,
          ...{ portraits, pagesPerMinute: 30, hubVariables },
          ...{ switches, browserSwitches: switches },
        });
      },
    );
    town = opened;
    await visit(opened, output, reporter, deployment.origin ?? opened.hub.roomOrigin);
  } catch (error) {
    print(error instanceof Error ? (error.stack ?? error.message) : String(error));
    if (town) writeFileSync(join(output, 'terminal.log'), town.terminal.output());
  } finally {
    await town?.close();
    rmSync(portraitFolder, { recursive: true, force: true });
  }
  writeFileSync(join(output, 'report.json'), `${JSON.stringify(report(), null, 2)}\n`);
  return report().ok;
}

async function visit(
  town: Town,
  output: string,
  { step, madeOn }: Reporter,
  deployment: string,
): Promise<void> {
  const { displays, printer } = town;
  const [faceOutput, deskOutput] = displays.outputs;
  const wide = { width: 1600, height: 900 };
  const clerkPage = await town.logIn('secretaire@saint-martin.example', { width: 1366, height: 768 });
  const counsellorPage = await town.logIn('nadia@office.example', wide);
  const operatorPage = await town.logIn('exploitant@val-clair.example', wide);
  const lastWipe = watchWipe(operatorPage);
  await operatorPage.reload();
  const clerk = clerkDesk(clerkPage);
  const nadia = counsellorDesk(counsellorPage);
  const resident = residentSeat(town);

  let shots = 0;
  const look = async (name: string, consolePage: Page = counsellorPage) => {
    shots += 1;
    await settle(await resident.face());
    await settle(await resident.desk());
    const label = `${String(shots).padStart(2, '0')}-${name}`;
    await displays.screenshot(join(output, `face-${label}.png`), faceOutput);
    await displays.screenshot(join(output, `desk-${label}.png`), deskOutput);
    await consolePage.screenshot({ path: join(output, `console-${label}.png`) });
  };

  await step('la place est libre', async () => {
    await resident.expectFace('La place est libre');
    await clerk.expectTerminal('Prête à accueillir');
    await look('libre', clerkPage);
  });
  await step('la secrétaire annonce Madame Martin', async () => {
    await clerk.announce({ name: 'Madame Martin', body: /Office des familles/, motive: FORM });
    await resident.expectFace('Madame Martin');
    await look('bonjour', clerkPage);
  });
  await step('la borne explique, puis montre la place dans la file', async () => {
    await resident.expectFace('Vous n’avez rien à toucher');
    await look('explication');
    await resident.expectFace('C’est bientôt à vous');
    await look('attente');
  });
  await step('la conseillère décroche : image et son des deux côtés', async () => {
    await nadia.pickUp('Madame Martin');
    await nadia.expectCallLive();
    await resident.expectFace('Nadia Belkacem');
    for (const frame of [await resident.roomFrame(), await nadia.roomFrame()]) {
      await untilMoving(frame);
      madeOn(new URL(frame.url()).origin);
      if (!frame.url().startsWith(`${deployment}/`)) throw new Error('The call is made elsewhere.');
    }
    await look('appel');
  });
  await step('le formulaire apparaît sur le bureau', async () => {
    await nadia.takeForm(FORM);
    await nadia.showOnDesk(FORM);
    const sheet = (await resident.desk()).locator('img').first();
    await until('the page is on the desk', () =>
      sheet.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth > 0),
    );
    await look('document');
  });
  await step('il se remplit à deux : chaque lettre est sur le bureau', async () => {
    await nadia.fill(FORM);
    for (const [label, value] of FILLED) await nadia.typeIn(label, value);
    await resident.expectDesk(FILLED.at(-1)?.[1] ?? '');
    await look('remplir');
    writeFileSync(join(output, 'filled.pdf'), await nadia.saveFilled());
  });
  await step('il sort de l’imprimante', async () => {
    await nadia.fill(FORM);
    await nadia.printToSign();
    await resident.expectDesk('s’imprime');
    await look('impression');
    await resident.expectDesk(/Prenez (votre papier|vos papiers)/);
    await look('imprime');
    const printed = await until('the printer has the form', () => printer.printedFiles().at(-1));
    copyFileSync(printed, join(output, 'printed.pdf'));
  });
  await step('la personne signe, le scanner reconnaît les pages', async () => {
    town.scanner.layPapers(await signedPapers(join(output, 'printed.pdf')));
    await look('signez-ici');
    writeFileSync(join(output, 'signed.pdf'), await nadia.scanSigned());
    await look('signe');
  });
  await step('un papier passe au scanner', async () => {
    town.scanner.setReadDelay(12_000);
    await nadia.scan({ source: 'Sur la vitre' });
    await resident.expectDesk('Posez votre papier sur la vitre');
    await look('numerisation');
    await nadia.expectScanned('1 page reçue');
    await look('numerise');
    writeFileSync(join(output, 'scanned.pdf'), await nadia.saveScan());
  });
  await step('elle repart avec un reçu', async () => {
    const before = printer.printedFiles().length;
    await nadia.printReceipt();
    await until('the receipt is printed', () => printer.printedFiles().length > before);
    copyFileSync(printer.printedFiles().at(-1) ?? '', join(output, 'receipt.pdf'));
    await look('recu');
  });
  await step('la personne se voit sur le bureau', async () => {
    await nadia.page.getByRole('button', { name: 'Montrer à la personne sa propre image' }).click();
    await town.terminal.page('room/self.html');
    await untilMoving((await town.terminal.page('room/self.html')).mainFrame());
    await look('miroir');
  });
  await step('la visite se termine, la borne efface et vérifie', async () => {
    await nadia.endVisit();
    await resident.expectFace('Au revoir');
    await look('au-revoir');
    const { terminalId, publicKey, report } = await until('the operator has the wipe report', lastWipe);
    const message = wipeMessage(terminalId, report);
    const signed = verify(
      null,
      Buffer.from(message),
      createPublicKey({ key: Buffer.from(publicKey, 'base64url'), format: 'der', type: 'spki' }),
      Buffer.from(report.signature, 'base64url'),
    );
    // Whoever has the terminal's public key can look at the signature again: it is over `message`, as UTF-8.
    const written = { terminalId, publicKey, signed, message, report };
    writeFileSync(join(output, 'wipe.json'), `${JSON.stringify(written, null, 2)}\n`);
    if (!signed) throw new Error('The signature of the wipe report is wrong: see wipe.json.');
    if (!nothingLeft(report)) throw new Error('The wipe left something: see wipe.json.');
  });
  await step('rien ne reste : dossier des travaux d’impression, vues de l’appel', async () => {
    const jobs = readdirSync(printer.jobsFolder).filter((name) => /^[cd]\d/.test(name));
    if (jobs.length > 0) throw new Error(`The print system keeps ${jobs.length} job files.`);
    if (town.terminal.hasPage('room/index.html')) throw new Error('The room view is still there.');
    await operatorPage.screenshot({ path: join(output, `console-${shots + 1}-exploitant.png`) });
  });
}

/** What the page shows has faded in and reached the display. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const passing = document
      .getAnimations()
      .filter((one) => one.effect?.getComputedTiming().iterations === 1);
    await Promise.allSettled(passing.map((one) => one.finished));
    // Two frames: one that is drawn, one that shows that it was.
    for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
  });
}

/** Frames that the browser decoded go on growing. */
async function untilMoving(frame: Frame): Promise<void> {
  const decoded = () =>
    frame.evaluate(() => {
      // Where a deployment shows one large picture, the others are small ones, one's own among them.
      const large = document.querySelector<HTMLVideoElement>('video#largeVideo');
      const pictures = large ? [large] : [...document.querySelectorAll('video')];
      return Math.max(0, ...pictures.map((picture) => picture.getVideoPlaybackQuality().totalVideoFrames));
    });
  const before = await decoded();
  await until('the picture moves', async () => (await decoded()) > before + 5);
}

interface WipeOf extends Pick<TerminalView, 'terminalId' | 'publicKey'> {
  readonly report: SignedWipeReport;
}

/** The latest wipe report that the hub sent to this operator's page, and whose it is: only the demo's terminal ever wipes. */
function watchWipe(page: Page): () => WipeOf | null {
  let latest: WipeOf | null = null;
  const read = (payload: string | Buffer) => {
    const message = hubToConsole.safeParse(JSON.parse(payload.toString()));
    if (!message.success || message.data.type !== 'view' || message.data.view.role !== 'operator') return;
    for (const terminal of message.data.view.terminals) {
      if (terminal.lastWipe) latest = { ...terminal, report: terminal.lastWipe };
    }
  };
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => read(payload)));
  return () => latest;
}
