/**
 * The memory of the whole terminal, free and wiped, after 100 visits against after 5. The terminal is real and runs
 * without a debugger; hub, displays and calls are real: a counsellor's browser joins every call, and the visit goes on
 * when the terminal sees her. The orders are spoken to the hub by a second console of hers, where the browser's clicks
 * would be the slowest part; the printer and the scanner are the simulated drivers, in the real paper process.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { startDisplays } from '#rig/displays.ts';
import { cameraAndMicrophoneSwitches } from '#rig/fake-media.ts';
import { type HubProcess, startHub } from '#rig/hub-process.ts';
import { startProcess } from '#rig/processes.ts';
import type { OrderRequest } from '#shared/protocol.ts';
import { ensureElectronRuntime } from '../setup/electron-runtime.ts';
import { type Measurement, quantile } from './figure.ts';
import { terminalArguments } from './lone-terminal.ts';
import { NADIA, type PlayedClerk, sitClerk } from './people.ts';
import { openPlayedConsole, type PlayedConsole } from './played-console.ts';
import { treeMemory } from './process-memory.ts';
import { withClosers } from './with-closers.ts';

const EARLY = 5;
const LATE = 100;
/** Looks at the memory, a second apart, of which the middle one counts. */
const LOOKS = 5;
const FORM = path.join(import.meta.dirname, '../../assets/forms/demande-aide-logement.pdf');

export function measureMemory(): Promise<Measurement> {
  return withClosers(async (close) => {
    const displays = await startDisplays();
    close(displays.close);
    const hub = await startHub();
    close(hub.close);
    const { executable } = await ensureElectronRuntime();
    const terminal = await startProcess({
      name: 'terminal',
      program: executable,
      args: terminalArguments({
        hub: hub.origin,
        enrolmentCode: hub.demo.enrolmentCode,
        printer: { driver: 'simulated', simulatedPageMs: 100 },
        scanner: { driver: 'simulated', simulatedPageMs: 200 },
      }),
      env: { ...process.env, DISPLAY: displays.display },
    });
    close(terminal.close);
    const clerk = await sitClerk(hub);
    close(clerk.close);
    const nadia = await openPlayedConsole(hub, NADIA);
    close(nadia.close);
    close(await openNadiasBrowser(hub));

    const form = new Uint8Array(readFileSync(FORM));
    const memoryNow = async () => {
      const looks: number[] = [];
      while (looks.length < LOOKS) {
        await new Promise((resolve) => setTimeout(resolve, 1_000));
        looks.push(treeMemory(terminal.pid).total);
      }
      const { processes } = treeMemory(terminal.pid);
      console.log(
        `  ${processes.map(({ name, megabytes }) => `${name} ${megabytes.toFixed(0)}`).join(', ')}`,
      );
      return quantile(looks, 0.5) ?? Number.NaN;
    };
    let early = Number.NaN;
    for (let rank = 1; rank <= LATE; rank += 1) {
      await playVisit(clerk, nadia, form, rank);
      if (rank === EARLY) early = await memoryNow();
      else if (rank % 20 === 0 && rank < LATE) {
        console.log(`  after ${rank}: ${Math.round(treeMemory(terminal.pid).total)} MB`);
      }
    }
    const late = await memoryNow();
    return { unit: 'MB', values: [late], baselines: [early], allowance: { kind: 'times', factor: 1.1 } };
  });
}

/** Joins whatever call the counsellor picked up, as her console does by itself. */
async function openNadiasBrowser({ origin, demo }: HubProcess): Promise<() => Promise<void>> {
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      ...cameraAndMicrophoneSwitches(),
      '--disable-gpu',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
  const page = await browser.newPage();
  await page.goto(origin);
  await page.getByLabel('Adresse électronique').fill(NADIA);
  const { password = '' } = demo.accounts.find(({ email }) => email === NADIA) ?? {};
  await page.getByLabel('Mot de passe', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await page.getByRole('button', { name: 'Se déconnecter' }).waitFor();
  return () => browser.close();
}

/** Each visit has a call and a document on the desk; every second one prints, every third scans and shows the mirror. */
async function playVisit(
  clerk: PlayedClerk,
  nadia: PlayedConsole,
  form: Uint8Array<ArrayBuffer>,
  rank: number,
): Promise<void> {
  await clerk.announce();
  const visitId = await nadia.until('the resident waits', (view) =>
    view.role === 'counsellor' ? view.queue[0]?.visitId : null,
  );
  await nadia.ask({ type: 'pickUp', visitId });
  await nadia.until(
    'they see each other',
    (view) => view.role === 'counsellor' && view.current?.terminal.report?.call === 'live',
  );
  const order = async (request: OrderRequest) => {
    const orderId = randomUUID();
    await nadia.ask({ type: 'order', orderId, visitId, request });
    await nadia.until(`the order ${request.kind} is done`, (view) => {
      if (view.role !== 'counsellor') return false;
      const status = view.current?.orders.find((one) => one.orderId === orderId)?.status;
      if (status?.status === 'failed') throw new Error(`${request.kind}: ${status.code}`);
      return status?.status === 'done';
    });
  };
  const take = nadia.offer(form);
  const { documentId } = take;
  await order(take);
  await order({ kind: 'show', documentId, page: 1 });
  if (rank % 2 === 0) await order({ kind: 'print', documentId, copies: 1 });
  if (rank % 3 === 0) {
    await order({ kind: 'selfView', on: true });
    await order({ kind: 'scan', source: 'flatbed', mode: 'colour', resolution: 200 });
  }
  nadia.forget(documentId);
  const ended = Date.now();
  await nadia.ask({ type: 'endVisit', visitId });
  await clerk.untilFree(ended);
}
