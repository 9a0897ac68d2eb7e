/** What each account sees: a clerk her mairie, an agent several, a counsellor the queue of his body and his own visit, an operator his territory. */
import { assertNever } from '#shared/assert-never.ts';
import type { TimeZone } from '#shared/protocol/appointments.ts';
import type { ConsoleView, Me, TerminalView, VisitView } from '#shared/protocol/views.ts';
import { type Account, type Counsellor, type Receiver, receivesAt } from '../accounts/store.ts';
import {
  isCounsellorOnline,
  nextDeploymentOf,
  onlineOf,
  openingOf,
  opensAtOf,
  positionOf,
  type Snapshot,
  waitOf,
} from '../live/snapshot.ts';
import type { TerminalRecord } from '../terminals/store.ts';
import type { VisitRecord } from '../visits/store.ts';
import { knownByOthers, knows } from './skills.ts';

/** Of a counsellor who speaks with nobody. */
const USUAL_CLOCK: TimeZone = 'Europe/Paris';

export function consoleViewOf(snapshot: Snapshot, account: Account): ConsoleView {
  const common = { me: meOf(account), now: snapshot.now };
  const terminal = (record: TerminalRecord) => terminalViewOf(snapshot, record);
  switch (account.role) {
    case 'clerk':
    case 'agent':
      return {
        role: 'clerk',
        ...common,
        terminals: snapshot.terminals.filter(({ mairieId }) => receivesAt(account, mairieId)).map(terminal),
        visits: snapshot.visits
          .filter(({ mairieId }) => receivesAt(account, mairieId))
          .map((visit) => visitViewOf(snapshot, visit)),
        bodies: snapshot.bodies.map(({ bodyId, name, motives, asked }) => ({
          bodyId,
          name,
          motives,
          asked,
          counsellorsOnline: onlineOf(snapshot, bodyId),
          opensAt: openingOf(snapshot, bodyId, clockOf(snapshot, account)),
        })),
      };
    case 'counsellor':
      return {
        role: 'counsellor',
        ...common,
        queue: queueOf(snapshot, account),
        forms: snapshot.forms
          .filter(({ bodyId }) => bodyId === account.bodyId)
          .map(({ formId, name, size }) => ({ formId, name, size })),
        colleagues: colleaguesOf(snapshot, account),
        otherBodies: snapshot.bodies
          .filter(({ bodyId }) => bodyId !== account.bodyId)
          .map(({ bodyId, name }) => ({
            bodyId,
            name,
            counsellorsOnline: onlineOf(snapshot, bodyId),
            opensAt: openingOf(snapshot, bodyId, clockOf(snapshot, account)),
          })),
        invitation: invitationOf(snapshot, account),
        deployment: nextDeploymentOf(snapshot, account.bodyId),
        current: currentOf(snapshot, account),
      };
    case 'operator':
      return {
        role: 'operator',
        ...common,
        terminals: snapshot.terminals
          .filter(({ territoryId }) => territoryId === account.territoryId)
          .map(terminal),
        deployments: [...snapshot.deployments],
        mairies: snapshot.mairies
          .filter(({ territoryId }) => territoryId === account.territoryId)
          .map(({ mairieId, name }) => ({ mairieId, name })),
      };
    case 'correspondent':
    case 'administrator':
      return { role: account.role, ...common };
    default:
      return assertNever(account);
  }
}

/** By which hours are told: those of a mairie where this account receives, or of its resident's. */
function clockOf(snapshot: Snapshot, account: Receiver | Counsellor): TimeZone {
  if (account.role === 'counsellor') {
    return visitInCallOf(snapshot, account.accountId)?.timeZone ?? USUAL_CLOCK;
  }
  return snapshot.mairies.find(({ mairieId }) => receivesAt(account, mairieId))?.timeZone ?? USUAL_CLOCK;
}

function colleaguesOf(
  snapshot: Snapshot,
  { accountId: own, bodyId: body }: Counsellor,
): Extract<ConsoleView, { role: 'counsellor' }>['colleagues'] {
  const current = visitInCallOf(snapshot, own);
  return snapshot.counsellors
    .filter(({ accountId, bodyId }) => bodyId === body && accountId !== own)
    .filter(({ accountId }) => isCounsellorOnline(snapshot, body, accountId))
    .map((one) => ({
      accountId: one.accountId,
      name: one.name,
      inVisit: visitInCallOf(snapshot, one.accountId) !== null,
      knowsMotive: current !== null && knows(one, current.motive),
    }));
}

/** In the order of the body's queue, but what a colleague knows better comes last: it can be taken all the same. */
function queueOf(snapshot: Snapshot, { accountId, bodyId }: Counsellor): VisitView[] {
  const waiting = snapshot.visits
    .filter((visit) => visit.bodyId === bodyId && !visit.call)
    .map((visit) => ({
      ...visitViewOf(snapshot, visit),
      ratherFor: knownByOthers(snapshot, visit, accountId).map(({ name }) => name),
    }));
  // Array.prototype.sort keeps the order of equals.
  return waiting.sort((a, b) => Math.sign(a.ratherFor.length) - Math.sign(b.ratherFor.length));
}

export function meOf({ accountId, name, role, place }: Account): Me {
  return { accountId, name, role, place };
}

/** The visit that this counsellor has in call. */
export function visitInCallOf(snapshot: Snapshot, counsellorId: string): VisitRecord | null {
  return snapshot.visits.find(({ call }) => call?.counsellorId === counsellorId) ?? null;
}

function currentOf(
  snapshot: Snapshot,
  account: Counsellor,
): Extract<ConsoleView, { role: 'counsellor' }>['current'] {
  const visit = visitInCallOf(snapshot, account.accountId);
  if (!visit) return null;
  const terminal = snapshot.terminals.find(({ terminalId }) => terminalId === visit.terminalId);
  const room = snapshot.tickets.get(visit.visitId)?.counsellor;
  // A visit that ended between two of the snapshot's queries: the next snapshot, already asked for, shows it.
  if (!terminal || !room) return null;
  return {
    visit: visitViewOf(snapshot, visit),
    terminal: terminalViewOf(snapshot, terminal),
    room,
    resident: { details: visit.details, identityPaper: visit.identityPaper },
    orders: snapshot.orders
      .filter(({ visitId }) => visitId === visit.visitId)
      .map(({ orderId, request, status, createdAt }) => ({ orderId, request, status, createdAt })),
    invited: visit.invited && {
      name: visit.invited.name,
      accountId: visit.invited.accountId,
      hasEntered: visit.invited.hasTicket,
    },
  };
}

/** Into a colleague's call. One at a time: of several the one that waits longest. */
function invitationOf(
  snapshot: Snapshot,
  { accountId }: Counsellor,
): Extract<ConsoleView, { role: 'counsellor' }>['invitation'] {
  const found = snapshot.visits.find(({ call, invited }) => call && invited?.accountId === accountId);
  return found?.call ? { visitId: found.visitId, by: found.call.counsellor } : null;
}

function visitViewOf(snapshot: Snapshot, visit: VisitRecord): VisitView {
  const { call } = visit;
  return {
    visitId: visit.visitId,
    terminalId: visit.terminalId,
    mairie: visit.mairie,
    terminal: visit.terminal,
    residentName: visit.residentName,
    body: visit.body,
    motive: visit.motive,
    stage: call ? 'inCall' : 'queued',
    announcedAt: visit.announcedAt,
    appointment: visit.appointment,
    pickedUpAt: call?.pickedUpAt ?? null,
    position: positionOf(snapshot, visit),
    wait: waitOf(snapshot, visit),
    opensAt: opensAtOf(snapshot, visit),
    counsellor: call ? { name: call.counsellor, body: visit.body } : null,
    wanted: visit.wanted,
    ratherFor: [],
    residentPresent: visit.residentPresent,
    quiet: visit.quiet,
  };
}

function terminalViewOf(snapshot: Snapshot, terminal: TerminalRecord): TerminalView {
  return {
    terminalId: terminal.terminalId,
    name: terminal.name,
    mairie: terminal.mairie,
    online: snapshot.terminalsOnline.has(terminal.terminalId),
    lastContact: terminal.lastContact,
    report: terminal.report,
    lastWipe: terminal.lastWipe,
    lastSelfTest: terminal.lastSelfTest,
    publicKey: terminal.publicKey,
  };
}
