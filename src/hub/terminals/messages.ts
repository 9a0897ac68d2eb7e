/** What a terminal that proved itself may say. It touches nothing but itself and its own visit. */

import { assertNever } from '#shared/assert-never.ts';
import type { FailureCode } from '#shared/failure.ts';
import type { DocumentToConsole } from '#shared/protocol/documents.ts';
import type { TerminalToHub } from '#shared/protocol/messages.ts';
import type { OrderStatus } from '#shared/protocol/orders.ts';
import type { SignedWipeReport, TerminalReport } from '#shared/protocol/terminal-report.ts';
import { nothingLeft, wipeMessage } from '#shared/wipe-proof.ts';
import { isDatabaseFull } from '../database/database.ts';
import { answerTrouble, originOf } from '../deployments/room-trouble.ts';
import type { Hub } from '../hub.ts';
import { showProgress } from '../orders/show-progress.ts';
import { isNewer, saveStatus } from '../orders/store.ts';
import { isSigned } from './is-signed.ts';
import { publicKeyOf, saveReport, saveSelfTest, saveWipe } from './store.ts';

/** Everything but what is passed on (documents/relay.ts). */
export type ToHubItself = Exclude<TerminalToHub, DocumentToConsole>;

/** Returns why the message was refused, or null. */
export async function handleTerminalMessage(
  hub: Hub,
  terminalId: string,
  message: ToHubItself,
): Promise<FailureCode | null> {
  switch (message.type) {
    case 'hello':
    case 'proof':
      return 'invalidMessage';
    case 'report':
      await saveReport(hub.database, terminalId, message.report, hub.clock());
      return reported(hub, terminalId, message.report);
    case 'wipe':
      return wiped(hub, terminalId, message.report);
    case 'selfTest':
      await saveSelfTest(hub.database, terminalId, message.result);
      await hub.switchboard.refresh();
      return null;
    case 'order.status':
      return orderStatus(hub, terminalId, message.orderId, message.status);
    case 'room.trouble':
      return roomTrouble(hub, terminalId, message);
    case 'room.drift':
      return roomDrift(hub, terminalId, message);
    case 'visit.end':
      return endVisit(hub, terminalId, message);
    default:
      return assertNever(message);
  }
}

/** It is kept with its signature: consoles look at that again, and believe this hub nothing. */
async function wiped(hub: Hub, terminalId: string, report: SignedWipeReport): Promise<FailureCode | null> {
  const publicKey = await publicKeyOf(hub.database, terminalId);
  if (!publicKey || !isSigned(publicKey, wipeMessage(terminalId, report), report.signature)) {
    hub.log.error({ terminal: terminalId }, 'terminal: a wipe report whose signature is wrong');
    await hub.audit({ actor: terminalId, action: 'wipe', outcome: 'forbidden' });
    return 'forbidden';
  }
  await saveWipe(hub.database, terminalId, report);
  await hub.audit({
    actor: terminalId,
    action: 'wipe',
    subject: report.visitId,
    outcome: nothingLeft(report) ? 'ok' : 'terminalClosed',
  });
  await hub.switchboard.refresh();
  return null;
}

async function reported(hub: Hub, terminalId: string, report: TerminalReport): Promise<null> {
  const visit = hub.switchboard.snapshot()?.visits.find((candidate) => candidate.terminalId === terminalId);
  const leaving = report.stage === 'ending' || report.stage === 'wiping' || report.stage === 'closed';
  const origin = visit && report.call === 'live' ? originOf(hub, visit) : null;
  if (origin !== null && hub.deployments.works(origin)) {
    await hub.neighbours.announce({ what: 'deploymentWorks', origin });
  }
  if (!leaving && report.visitId !== (visit?.visitId ?? null)) hub.switchboard.sayVisitAgain(terminalId);
  // After a restart of the hub every free terminal says that it is one; where somebody sits, each word counts.
  await (visit ? hub.switchboard.refresh() : hub.switchboard.refreshTogether());
  return null;
}

/**
 * Progress that only moves a bar is kept in memory: the terminal says where it stands again at each connection, so a
 * hub that died loses at most a percentage. What is accepted, delivered, done or failed is written.
 */
async function orderStatus(
  hub: Hub,
  terminalId: string,
  orderId: string,
  status: OrderStatus,
): Promise<FailureCode | null> {
  const { switchboard } = hub;
  const snapshot = switchboard.snapshot();
  const known = snapshot?.orders.find((order) => order.orderId === orderId);
  const own = snapshot?.visits.find((visit) => visit.visitId === known?.visitId)?.terminalId === terminalId;
  const before = switchboard.progress.get(orderId) ?? known?.status;
  if (known && own && before && isOnlyABar(before, status)) {
    showProgress(hub, known.visitId, orderId, status);
    return null;
  }
  const saved = await saveStatus(hub.database, orderId, terminalId, status).catch((error: unknown) => {
    // People see it all the same; it is written once there is room.
    if (known && own && isDatabaseFull(error)) showProgress(hub, known.visitId, orderId, status);
    throw error;
  });
  if (saved === 'notFound') return 'notFound';
  if (saved === 'older') return null;
  if (known && switchboard.progress.has(orderId)) showProgress(hub, known.visitId, orderId, null);
  await switchboard.refresh();
  return null;
}

/** Both are progress of one kind, and nothing was delivered in between. */
function isOnlyABar(before: OrderStatus, next: OrderStatus): boolean {
  if (before.status !== 'underWay' || next.status !== 'underWay' || !isNewer(before, next)) return false;
  const [was, is] = [before.progress, next.progress];
  if (was.kind === 'scanning' && is.kind === 'scanning') return was.pages.length === is.pages.length;
  if (was.kind === 'printing' && is.kind === 'printing') return was.state === is.state;
  return was.kind === is.kind;
}

async function roomTrouble(
  hub: Hub,
  terminalId: string,
  message: Extract<TerminalToHub, { type: 'room.trouble' }>,
): Promise<FailureCode | null> {
  const visit = await hub.visits.find(message.visitId);
  if (visit?.terminalId !== terminalId) return 'notFound';
  await answerTrouble(hub, visit, message);
  return null;
}

async function roomDrift(
  hub: Hub,
  terminalId: string,
  { visitId, origin, missing }: Extract<TerminalToHub, { type: 'room.drift' }>,
): Promise<FailureCode | null> {
  const visit = await hub.visits.find(visitId);
  if (visit?.terminalId !== terminalId) return 'notFound';
  if (hub.deployments.drifted(origin, missing)) {
    hub.log.warn({ deployment: origin, missing }, 'deployment: what it does not know of what is used of it');
    await hub.neighbours.announce({ what: 'deploymentDrifted', origin, missing: [...missing] });
    await hub.switchboard.refresh();
  }
  return null;
}

async function endVisit(
  hub: Hub,
  terminalId: string,
  message: Extract<TerminalToHub, { type: 'visit.end' }>,
): Promise<FailureCode | null> {
  const { visitId, reason } = message;
  const visit = await hub.visits.find(visitId);
  if (!visit) {
    const past = await hub.visits.past(visitId);
    return past?.terminalId === terminalId ? null : 'notFound';
  }
  if (visit.terminalId !== terminalId) {
    await hub.audit({ actor: terminalId, action: 'endVisit', subject: visitId, outcome: 'notFound' });
    return 'notFound';
  }
  await hub.visits.end(visitId, reason, hub.clock());
  await hub.audit({ actor: terminalId, action: 'endVisit', subject: visitId, outcome: 'ok' });
  await hub.switchboard.refresh();
  return null;
}
