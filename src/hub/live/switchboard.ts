/**
 * Who is connected, and what each was told last. refresh() reads the database and sends to everyone what has changed
 * for them: whole views to consoles, the visit and its orders to terminals. Nothing here is the source of anything.
 */

import { randomUUID } from 'node:crypto';
import type { NextAppointment } from '#shared/protocol/agenda.ts';
import type { HubToTerminal } from '#shared/protocol/messages.ts';
import type { OrderStatus } from '#shared/protocol/orders.ts';
import type { TerminalReport } from '#shared/protocol/terminal-report.ts';
import type { ConsoleView } from '#shared/protocol/views.ts';
import type { Account } from '../accounts/store.ts';
import { consoleViewOf } from '../consoles/view.ts';
import type { Elsewhere, NeighbourEvents, Neighbours } from '../neighbours/neighbours.ts';
import type { CounsellorSeatRow } from '../neighbours/store.ts';
import { ordersToSay } from '../orders/orders-to-say.ts';
import { createGreetings } from '../terminals/greetings.ts';
import { terminalVisitOf } from '../terminals/terminal-visit.ts';
import type { PastVisit, VisitRecord } from '../visits/store.ts';
import { closeCodes, type Line } from './line.ts';
import { createRefresher, type Refresher } from './refresher.ts';
import type { Snapshot } from './snapshot.ts';

export interface ConsoleSeat {
  /** One connection of one page. */
  readonly seatId: string;
  readonly account: Account;
  readonly sessionId: string;
  readonly line: Line;
}

interface TerminalSeat {
  readonly seatId: string;
  readonly line: Line;
  /** performance.now() once the other hubs can read it; null before. */
  takenAt: number | null;
  /** The visit message sent last, as text; null: nothing sent yet, or it must be said again. */
  sent: string | null;
  visitId: string | null;
  readonly orders: Set<string>;
  /** What its free screen was told; undefined: nothing yet. */
  agenda: NextAppointment | null | undefined;
}

export interface Switchboard extends Omit<Refresher, 'stop'> {
  /** Resolved once the other hubs can read it. */
  readonly addTerminal: (terminalId: string, line: Line) => Promise<void>;
  /** False where a newer connection has taken its place: then nothing changed. */
  readonly removeTerminal: (terminalId: string, line: Line) => boolean;
  /** Of those that are connected to this hub. */
  readonly terminalLine: (terminalId: string) => Line | null;
  /** The other hub (id) to which it is connected. */
  readonly terminalElsewhere: (terminalId: string) => string | null;
  /** The terminal's report shows that it has not understood where it stands: the visit is said again. */
  readonly sayVisitAgain: (terminalId: string) => void;
  /** Resolved once the other hubs can read it. */
  readonly addConsole: (seat: ConsoleSeat) => Promise<void>;
  readonly removeConsole: (seat: ConsoleSeat) => void;
  /** Those of this hub. */
  readonly consoles: () => Iterable<ConsoleSeat>;
  /** Connected to this hub. */
  readonly ownTerminals: () => Iterable<string>;
  readonly ownSeats: NeighbourEvents['ownSeats'];
  /** Connected to any hub. */
  readonly terminalsOnline: (elsewhere: Elsewhere) => ReadonlySet<string>;
  readonly counsellorsOnline: (elsewhere: Elsewhere) => ReadonlyMap<string, ReadonlySet<string>>;
  /** The last one taken; null before the first refresh. */
  readonly snapshot: () => Snapshot | null;
  readonly progress: Map<string, OrderStatus>;
  readonly closeAll: (code: number, reason: string) => void;
}

export interface SwitchboardDeps {
  readonly neighbours: Pick<
    Neighbours,
    'announce' | 'takeTerminalSeat' | 'leaveTerminalSeat' | 'takeCounsellorSeat' | 'leaveCounsellorSeat'
  >;
  readonly takeSnapshot: () => Promise<Snapshot>;
  readonly pastVisit: (visitId: string) => Promise<PastVisit | null>;
  /** Called with each new snapshot before anyone is told. */
  readonly onSnapshot: (snapshot: Snapshot, before: Snapshot | null) => void;
  readonly run: (work: Promise<unknown>) => void;
  readonly clock: () => number;
}

export function createSwitchboard(deps: SwitchboardDeps): Switchboard {
  const { neighbours } = deps;
  const terminals = new Map<string, TerminalSeat>();
  const consoles = new Map<ConsoleSeat, string>();
  const progress = new Map<string, OrderStatus>();
  const greetings = createGreetings();
  let snapshot: Snapshot | null = null;
  const { stop, ...refreshes } = createRefresher({ tell, run: deps.run });

  async function tell(announces: boolean): Promise<void> {
    const [taken] = await Promise.all([
      deps.takeSnapshot(),
      announces ? neighbours.announce({ what: 'changed', seats: false }) : null,
    ]);
    const before = snapshot;
    snapshot = taken;
    const open = new Set(taken.orders.map(({ orderId }) => orderId));
    for (const orderId of progress.keys()) if (!open.has(orderId)) progress.delete(orderId);
    greetings.keep(new Set(taken.visits.map(({ visitId }) => visitId)));
    deps.onSnapshot(taken, before);
    giveUpSeats(taken.elsewhere);
    const reportOf = readReports(taken);
    const visitAt = new Map(taken.visits.map((visit) => [visit.terminalId, visit]));
    for (const [terminalId, seat] of [...terminals]) {
      const visit = visitAt.get(terminalId) ?? null;
      // An idle terminal that knows that it is: of thousands most are.
      const known = !visit && seat.visitId === null && seat.sent !== null;
      if (!known) await tellTerminal(taken, reportOf(terminalId), seat, visit);
      tellAgenda(taken, terminalId, seat);
    }
    for (const [seat, last] of [...consoles]) tellConsole(taken, seat, last);
  }

  /** A terminal that came back to another hub has its newest connection there. */
  function giveUpSeats(elsewhere: Elsewhere): void {
    for (const [terminalId, { line, takenAt }] of [...terminals]) {
      if (takenAt === null || takenAt > elsewhere.readAt || !elsewhere.terminals.has(terminalId)) continue;
      terminals.delete(terminalId);
      line.close(closeCodes.replaced, 'replaced');
    }
  }

  async function tellTerminal(
    taken: Snapshot,
    report: TerminalReport | null,
    seat: TerminalSeat,
    visit: VisitRecord | null,
  ): Promise<void> {
    // What it said of itself before it was lost: it may still show a visit that ended without it.
    const reported = seat.sent === null ? (report?.visitId ?? null) : null;
    const known = seat.visitId ?? reported;
    if (known !== null && known !== visit?.visitId) {
      const past = await deps.pastVisit(known);
      say(seat, { type: 'visit', visit: null, ended: past?.reason ?? null });
    }
    if (visit) {
      const greeting = await greetings.of(visit, report?.greetingKey ?? null);
      say(seat, { type: 'visit', visit: terminalVisitOf(taken, visit, greeting), ended: null });
    }
    if (!visit && seat.sent === null) say(seat, { type: 'visit', visit: null, ended: null });
    seat.visitId = visit?.visitId ?? null;
    if (visit) tellOrders(taken, visit, seat);
    else seat.orders.clear();
  }

  function say(seat: TerminalSeat, message: Extract<HubToTerminal, { type: 'visit' }>): void {
    const text = JSON.stringify(message);
    if (text === seat.sent) return;
    seat.sent = text;
    seat.line.send(message);
  }

  function tellAgenda(taken: Snapshot, terminalId: string, seat: TerminalSeat): void {
    const next = taken.agenda.next.get(terminalId) ?? null;
    const last = seat.agenda;
    if (last !== undefined && last?.at === next?.at && last?.timeZone === next?.timeZone) return;
    seat.agenda = next;
    seat.line.send({ type: 'agenda', next } satisfies HubToTerminal);
  }

  function tellOrders(taken: Snapshot, visit: VisitRecord, seat: TerminalSeat): void {
    const { visitId } = visit;
    for (const { orderId, request, deadline } of ordersToSay(
      taken.orders.filter((order) => order.visitId === visitId),
    )) {
      if (seat.orders.has(orderId)) continue;
      seat.orders.add(orderId);
      seat.line.send({
        type: 'order',
        order: { orderId, visitId, request, deadline },
        now: deps.clock(),
      } satisfies HubToTerminal);
    }
  }

  function tellConsole(taken: Snapshot, seat: ConsoleSeat, last: string): void {
    if (!consoles.has(seat)) return;
    const view: ConsoleView = consoleViewOf(taken, seat.account);
    const text = JSON.stringify({ ...view, now: 0 });
    if (text === last) return;
    consoles.set(seat, text);
    seat.line.send({ type: 'view', view });
  }

  return {
    async addTerminal(terminalId, line) {
      const seatId = randomUUID();
      const seat: TerminalSeat = {
        ...{ seatId, line, takenAt: null, sent: null, visitId: null },
        orders: new Set(),
        agenda: undefined,
      };
      terminals.set(terminalId, seat);
      await neighbours.takeTerminalSeat(terminalId, seatId);
      // It left while its seat was written.
      if (terminals.get(terminalId) !== seat) return neighbours.leaveTerminalSeat(terminalId, seatId);
      seat.takenAt = performance.now();
    },
    removeTerminal(terminalId, line) {
      const seat = terminals.get(terminalId);
      if (seat?.line !== line) return false;
      deps.run(neighbours.leaveTerminalSeat(terminalId, seat.seatId));
      return terminals.delete(terminalId);
    },
    terminalLine: (terminalId) => terminals.get(terminalId)?.line ?? null,
    terminalElsewhere: (terminalId) =>
      terminals.has(terminalId) ? null : (snapshot?.elsewhere.terminals.get(terminalId) ?? null),
    sayVisitAgain(terminalId) {
      const seat = terminals.get(terminalId);
      if (seat) seat.sent = null;
    },
    async addConsole(seat) {
      consoles.set(seat, '');
      const own = counsellorSeat(seat);
      if (!own) return;
      await neighbours.takeCounsellorSeat(own);
      if (!consoles.has(seat)) await neighbours.leaveCounsellorSeat(seat.seatId);
    },
    removeConsole(seat) {
      consoles.delete(seat);
      if (counsellorSeat(seat)) deps.run(neighbours.leaveCounsellorSeat(seat.seatId));
    },
    consoles: () => consoles.keys(),
    ownTerminals: () => terminals.keys(),
    ownSeats: () => ({
      terminals: [...terminals].map(([terminalId, { seatId }]) => ({ terminalId, seatId })),
      counsellors: [...consoles.keys()].flatMap((seat) => counsellorSeat(seat) ?? []),
    }),
    terminalsOnline: (elsewhere) => new Set([...terminals.keys(), ...elsewhere.terminals.keys()]),
    counsellorsOnline(elsewhere) {
      const online = new Map<string, Set<string>>();
      const own = [...consoles.keys()].flatMap((seat) => counsellorSeat(seat) ?? []);
      for (const { bodyId, accountId } of [...own, ...elsewhere.counsellors]) {
        const body = online.get(bodyId) ?? new Set();
        online.set(bodyId, body.add(accountId));
      }
      return online;
    },
    snapshot: () => snapshot,
    ...refreshes,
    progress,
    closeAll(code, reason) {
      stop();
      for (const { line } of terminals.values()) line.close(code, reason);
      for (const { line } of consoles.keys()) line.close(code, reason);
    },
  };
}

/** What other hubs must know of a page: only a counsellor is waited for. */
function counsellorSeat({ seatId, account }: ConsoleSeat): Omit<CounsellorSeatRow, 'hubId'> | null {
  if (account.role !== 'counsellor') return null;
  return { seatId, accountId: account.accountId, bodyId: account.bodyId };
}

/** By terminal. Put in order for the first that is asked for: where nobody is new or has a visit, none is. */
function readReports({ terminals }: Snapshot): (terminalId: string) => TerminalReport | null {
  let reports: Map<string, TerminalReport | null> | null = null;
  return (terminalId) => {
    reports ??= new Map(terminals.map((terminal) => [terminal.terminalId, terminal.report]));
    return reports.get(terminalId) ?? null;
  };
}
