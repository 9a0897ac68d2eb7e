/** What each account may ask of visits and orders. Out of an account's scope nothing exists: `notFound`. */
import { randomUUID } from 'node:crypto';
import { assertNever } from '#shared/assert-never.ts';
import type { FailureCode } from '#shared/failure.ts';
import type { ConsoleToHub } from '#shared/protocol/messages.ts';
import { askedFor } from '#shared/protocol/resident.ts';
import {
  type Account,
  type Counsellor,
  findAccount,
  isReceiver,
  type Receiver,
  receivesAt,
} from '../accounts/store.ts';
import { countRefusal } from '../counting/count-visit.ts';
import { answerTrouble, originOf } from '../deployments/room-trouble.ts';
import type { Hub } from '../hub.ts';
import { inviteInto, putOut } from '../invited/requests.ts';
import type { ConsoleSeat } from '../live/switchboard.ts';
import { lifeOf } from '../orders/deadlines.ts';
import { addOrder } from '../orders/store.ts';
import { newRoomName } from '../room/room-ticket.ts';
import { requestSelfTest } from '../terminals/self-test-request.ts';
import { findTerminal } from '../terminals/store.ts';
import { allBodies } from '../visits/body-store.ts';
import type { VisitRecord } from '../visits/store.ts';

export type ConsoleRequest = Extract<ConsoleToHub, { requestId: string }>;

export type Outcome =
  | { readonly ok: true }
  /** `by`: the colleague who was faster. */
  | { readonly ok: false; readonly code: FailureCode; readonly by?: string };

const done: Outcome = { ok: true };
const refused = (code: FailureCode, by?: string): Outcome =>
  by === undefined ? { ok: false, code } : { ok: false, code, by };

/** Does what is asked, or refuses; either is in the audit trail. */
export async function handleConsoleRequest(
  hub: Hub,
  seat: ConsoleSeat,
  request: ConsoleRequest,
): Promise<Outcome> {
  const outcome = await perform(hub, seat, request);
  await hub.audit({
    actor: seat.account.accountId,
    action: request.type === 'order' ? `order.${request.request.kind}` : request.type,
    subject: 'visitId' in request ? request.visitId : request.terminalId,
    outcome: outcome.ok ? 'ok' : outcome.code,
  });
  return outcome;
}

function perform(hub: Hub, seat: ConsoleSeat, request: ConsoleRequest): Promise<Outcome> | Outcome {
  const { account } = seat;
  switch (request.type) {
    case 'announce':
      return isReceiver(account) ? announce(hub, account, request) : refused('forbidden');
    case 'cancelVisit':
      if (!isReceiver(account)) return refused('forbidden');
      return onVisit(hub, account, request.visitId, () => end(hub, request.visitId, 'cancelledByClerk'));
    case 'pickUp':
      return account.role === 'counsellor' ? pickUp(hub, account, request.visitId) : refused('forbidden');
    case 'endVisit':
      if (account.role !== 'counsellor') return refused('forbidden');
      return onVisit(hub, account, request.visitId, () => end(hub, request.visitId, 'completed'));
    case 'handOver':
      return account.role === 'counsellor' ? handOver(hub, account, request) : refused('forbidden');
    case 'invite':
      if (account.role !== 'counsellor') return refused('forbidden');
      return onVisit(hub, account, request.visitId, async () => {
        const code = await inviteInto(hub, account, request);
        return code ? refused(code) : done;
      });
    case 'endInvitation':
      if (account.role !== 'counsellor') return refused('forbidden');
      return onVisit(hub, account, request.visitId, async (visit) => {
        await putOut(hub, account.accountId, visit);
        return done;
      });
    case 'residentPresence':
      if (!isReceiver(account) && account.role !== 'counsellor') return refused('forbidden');
      return onVisit(hub, account, request.visitId, async () => {
        await hub.visits.setResidentPresent(request.visitId, request.present);
        return done;
      });
    case 'roomTrouble':
      if (account.role !== 'counsellor') return refused('forbidden');
      return onVisit(hub, account, request.visitId, async (visit) => {
        await answerTrouble(hub, visit, request);
        return done;
      });
    case 'quiet':
      if (!isReceiver(account) && account.role !== 'counsellor') return refused('forbidden');
      return setQuiet(hub, account, request);
    case 'order':
      if (account.role !== 'counsellor') return refused('forbidden');
      return onVisit(hub, account, request.visitId, (visit) => order(hub, seat, visit, request));
    case 'selfTest':
      return selfTest(hub, account, request.terminalId);
    default:
      return assertNever(request);
  }
}

async function announce(
  hub: Hub,
  receiver: Receiver,
  request: Extract<ConsoleRequest, { type: 'announce' }>,
): Promise<Outcome> {
  const { terminalId, bodyId, residentName, motive, identityPaper = null, showName } = request;
  const terminal = await findTerminal(hub.database, terminalId);
  if (!terminal || !receivesAt(receiver, terminal.mairieId)) return refused('notFound');
  const body = (await allBodies(hub.database)).find((one) => one.bodyId === bodyId);
  if (!body) return refused('notFound');
  const at = hub.clock();
  const notPossible = async (why: 'terminalBusy' | 'terminalClosed') => {
    await countRefusal(hub.database, { terminalId, bodyId }, why, at);
    return refused(why);
  };
  if (terminal.report?.stage === 'closed') return notPossible('terminalClosed');
  // The body may have stopped asking for something since the clerk's page was drawn.
  const details = askedFor(request.details ?? {}, body.asked);
  const personal = { residentName, motive, details, identityPaper };
  const visitId = randomUUID();
  return (await hub.visits.announce({ visitId, terminalId, bodyId, personal, showName, at }))
    ? done
    : notPossible('terminalBusy');
}

async function pickUp(hub: Hub, counsellor: Counsellor, visitId: string): Promise<Outcome> {
  const visit = await hub.visits.find(visitId);
  if (!visit) return gone(hub, counsellor, visitId);
  if (visit.bodyId !== counsellor.bodyId) return refused('notFound');
  const { accountId: counsellorId } = counsellor;
  const result = await hub.visits.pickUp({
    visitId,
    counsellorId,
    room: newRoomName(),
    deployment: originOf(hub, visit),
    at: hub.clock(),
  });
  if (result === 'pickedUp') return done;
  if (result === 'alreadyInVisit') return refused('alreadyInVisit');
  const now = await hub.visits.find(visitId);
  if (!now?.call) return gone(hub, counsellor, visitId);
  return now.call.counsellorId === counsellorId ? done : refused('alreadyPickedUp', now.call.counsellor);
}

/** Whoever takes it next finds the papers that are on the terminal, and none of this counsellor's own drafts. */
async function handOver(
  hub: Hub,
  counsellor: Counsellor,
  { visitId, to }: Extract<ConsoleRequest, { type: 'handOver' }>,
): Promise<Outcome> {
  return onVisit(hub, counsellor, visitId, async () => {
    const { accountId: counsellorId, bodyId: own } = counsellor;
    if (to.kind === 'colleague') {
      const colleague = await findAccount(hub.database, to.accountId);
      const isOne = colleague?.role === 'counsellor' && colleague.bodyId === own;
      if (!isOne || to.accountId === counsellorId) return refused('notFound');
    }
    if (to.kind === 'body') {
      const other = (await allBodies(hub.database)).some(({ bodyId }) => bodyId === to.bodyId);
      if (!other || to.bodyId === own) return refused('notFound');
    }
    const moved = await hub.visits.handOver({
      visitId,
      counsellorId,
      bodyId: to.kind === 'body' ? to.bodyId : null,
      wantedId: to.kind === 'colleague' ? to.accountId : null,
    });
    return moved ? done : refused('visitOver');
  });
}

/** A clerk or an agent may ask for a private moment, and end one, and no more. */
function setQuiet(
  hub: Hub,
  account: Receiver | Counsellor,
  { visitId, change }: Extract<ConsoleRequest, { type: 'quiet' }>,
): Promise<Outcome> | Outcome {
  const { private: asked, ...media } = change;
  if (isReceiver(account) && Object.keys(media).length > 0) return refused('forbidden');
  const side = isReceiver(account) ? ('clerk' as const) : ('counsellor' as const);
  return onVisit(hub, account, visitId, async () => {
    const privateBy = asked === undefined ? {} : { privateBy: asked ? side : null };
    await hub.visits.setQuiet(visitId, { ...media, ...privateBy });
    return done;
  });
}

async function end(hub: Hub, visitId: string, reason: 'completed' | 'cancelledByClerk'): Promise<Outcome> {
  await hub.visits.end(visitId, reason, hub.clock());
  return done;
}

async function order(
  hub: Hub,
  seat: ConsoleSeat,
  visit: VisitRecord,
  { orderId, visitId, request }: Extract<ConsoleRequest, { type: 'order' }>,
): Promise<Outcome> {
  const at = hub.clock();
  const deadline = at + Math.round(lifeOf(request) * hub.timings.orderLifeFactor);
  if (request.kind === 'take') hub.documents.offered(visit, request.documentId, seat);
  const added = await addOrder(hub.database, { orderId, visitId, request, at, deadline });
  if (added === 'visitOver') return refused('visitOver');
  if (added === 'added') hub.deadlines.check();
  return done;
}

async function selfTest(hub: Hub, account: Account, terminalId: string): Promise<Outcome> {
  const code = await requestSelfTest(hub, account, terminalId);
  return code ? refused(code) : done;
}

/** Runs `work` where the visit is this account's: her mairie's, or the one that he picked up. */
async function onVisit(
  hub: Hub,
  account: Receiver | Counsellor,
  visitId: string,
  work: (visit: VisitRecord) => Promise<Outcome>,
): Promise<Outcome> {
  const visit = await hub.visits.find(visitId);
  if (!visit) return gone(hub, account, visitId);
  if (isOwn(account, visit)) return work(visit);
  // A colleague's visit, or one that still waits: he knows that it exists, and it is not his.
  const known = account.role === 'counsellor' && visit.bodyId === account.bodyId;
  return refused(known ? 'forbidden' : 'notFound');
}

function isOwn(account: Receiver | Counsellor, visit: VisitRecord): boolean {
  return isReceiver(account)
    ? receivesAt(account, visit.mairieId)
    : visit.call?.counsellorId === account.accountId;
}

/** A visit that is over is said to be over only to those who could see it. */
async function gone(hub: Hub, account: Account, visitId: string): Promise<Outcome> {
  const past = await hub.visits.past(visitId);
  if (!past) return refused('notFound');
  const seen =
    receivesAt(account, past.mairieId) || (account.role === 'counsellor' && past.bodyId === account.bodyId);
  return refused(seen ? 'visitOver' : 'notFound');
}
