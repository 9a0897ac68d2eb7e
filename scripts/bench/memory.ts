/**
 * The memory of the whole terminal, free and wiped, after 100 visits against after 5. The terminal is real and runs
 * without a debugger; hub, displays and calls are real: a counsellor's browser joins every call, and the visit goes on
 * when the terminal sees her. The orders are spoken to the hub by a second console of hers, where the browser's clicks
 * would be the slowest part; the printer and the scanner are the simulated drivers, in the real paper process.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { startDisplays } from '#rig/displays.ts';
import { startHub } from '#rig/hub-process.ts';
import type { OrderRequest } from '#shared/protocol/orders.ts';
import type { Measurement } from './figure.ts';
import { startLoneTerminal } from './lone-terminal.ts';
import { openNadiasBrowser } from './nadias-browser.ts';
import { NADIA, type PlayedClerk, sitClerk } from './people.ts';
import { openPlayedConsole, type PlayedConsole } from './played-console.ts';
import { middleMemory, treeMemory } from './process-memory.ts';
import { withClosers } from './with-closers.ts';

const EARLY = 5;
const LATE = 100;
const FORM = path.join(import.meta.dirname, '../../assets/forms/demande-aide-logement.pdf');

export function measureMemory(): Promise<Measurement> {
  return withClosers(async (close) => {
    const displays = await startDisplays();
    close(displays.close);
    const hub = await startHub();
    close(hub.close);
    const terminal = await startLoneTerminal(hub, displays.display);
    close(terminal.close);
    const clerk = await sitClerk(hub);
    close(clerk.close);
    const nadia = await openPlayedConsole(hub, NADIA);
    close(nadia.close);
    close(await openNadiasBrowser(hub));

    const form = new Uint8Array(readFileSync(FORM));
    let early = Number.NaN;
    for (let rank = 1; rank <= LATE; rank += 1) {
      await playVisit(clerk, nadia, form, rank);
      if (rank === EARLY) early = await middleMemory(terminal.pid);
      else if (rank % 20 === 0 && rank < LATE) {
        console.log(`  after ${rank}: ${Math.round(treeMemory(terminal.pid).total)} MB`);
      }
    }
    const late = await middleMemory(terminal.pid);
    return { unit: 'MB', values: [late], baselines: [early], allowance: { kind: 'times', factor: 1.1 } };
  });
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
  const take = await nadia.offer(form);
  const { documentId } = take;
  await order(take);
  await order({ kind: 'show', documentId, page: 1 });
  if (rank % 2 === 0) await order({ kind: 'print', documentId, copies: 1 });
  if (rank % 3 === 0) {
    await order({ kind: 'selfView', on: true });
    await order({ kind: 'scan', purpose: 'letter', source: 'flatbed' });
  }
  nadia.forget(documentId);
  const ended = Date.now();
  await nadia.ask({ type: 'endVisit', visitId });
  await clerk.untilFree(ended);
}
