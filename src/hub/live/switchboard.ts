/**
 * Who is connected, and what each was told last. refresh() reads the database and sends to everyone what has changed
 * for them: whole views to consoles, the visit and its orders to terminals. Nothing here is the source of anything.
 */

import type { HubToTerminal } from '#shared/protocol/messages.ts';
import type { OrderStatus } from '#shared/protocol/orders.ts';
import type { TerminalReport } from '#shared/protocol/terminal-report.ts';
import type { ConsoleView } from '#shared/protocol/views.ts';
import type { Account } from '../accounts/store.ts';
import { consoleViewOf } from '../consoles/view.ts';
import { ordersToSay } from '../orders/orders-to-say.ts';
import { createGreetings } from '../terminals/greetings.ts';
import { terminalVisitOf } from '../terminals/terminal-visit.ts';
import type { PastVisit, VisitRecord } from '../visits/store.ts';
import type { Line } from './line.ts';
import type { Snapshot } from './snapshot.ts';

export interface ConsoleSeat {
  readonly account: Account;
  readonly sessionId: string;
  readonly line: Line;
}

interface TerminalSeat {
  readonly line: Line;
  /** The visit message sent last, as text; null: nothing sent yet, or it must be said again. */
  sent: string | null;
  visitId: string | null;
  readonly orders: Set<string>;
}

export interface Switchboard {
  readonly addTerminal: (terminalId: string, line: Line) => void;
  /** False where a newer connection has taken its place: then nothing changed. */
  readonly removeTerminal: (terminalId: string, line: Line) => boolean;
  readonly terminalLine: (terminalId: string) => Line | null;
  /** The terminal's report shows that it has not understood where it stands: the visit is said again. */
  readonly sayVisitAgain: (terminalId: string) => void;
  readonly addConsole: (seat: ConsoleSeat) => void;
  readonly removeConsole: (seat: ConsoleSeat) => void;
  readonly consoles: () => Iterable<ConsoleSeat>;
  readonly terminalsOnline: () => ReadonlySet<string>;
  readonly counsellorsOnline: () => ReadonlyMap<string, ReadonlySet<string>>;
  /** The last one taken; null before the first refresh. */
  readonly snapshot: () => Snapshot | null;
  /** Resolved once everyone was sent what the database held when it was called. @throws where it cannot be read. */
  readonly refresh: () => Promise<void>;
  /** For what happens many times a second: one refresh for all that comes within `pace`. */
  readonly refreshSoon: () => void;
  readonly progress: Map<string, OrderStatus>;
  readonly closeAll: (code: number, reason: string) => void;
}

export interface SwitchboardDeps {
  readonly takeSnapshot: () => Promise<Snapshot>;
  readonly pastVisit: (visitId: string) => Promise<PastVisit | null>;
  /** Called with each new snapshot before anyone is told. */
  readonly onSnapshot: (snapshot: Snapshot, before: Snapshot | null) => void;
  readonly run: (work: Promise<unknown>) => void;
  readonly clock: () => number;
}

/** ms between two refreshes that only bring progress. */
const PACE = 80;

export function createSwitchboard(deps: SwitchboardDeps): Switchboard {
  const terminals = new Map<string, TerminalSeat>();
  const consoles = new Map<ConsoleSeat, string>();
  const progress = new Map<string, OrderStatus>();
  const greetings = createGreetings();
  let snapshot: Snapshot | null = null;
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  let soon: NodeJS.Timeout | null = null;
  /** When the last refresh began, by performance.now(). */
  let refreshedAt = Number.NEGATIVE_INFINITY;

  async function run(): Promise<void> {
    refreshedAt = performance.now();
    const taken = await deps.takeSnapshot();
    const before = snapshot;
    snapshot = taken;
    const open = new Set(taken.orders.map(({ orderId }) => orderId));
    for (const orderId of progress.keys()) if (!open.has(orderId)) progress.delete(orderId);
    greetings.keep(new Set(taken.visits.map(({ visitId }) => visitId)));
    deps.onSnapshot(taken, before);
    for (const [terminalId, seat] of [...terminals]) await tellTerminal(taken, terminalId, seat);
    for (const [seat, last] of [...consoles]) tellConsole(taken, seat, last);
  }

  async function tellTerminal(taken: Snapshot, terminalId: string, seat: TerminalSeat): Promise<void> {
    const visit = taken.visits.find((candidate) => candidate.terminalId === terminalId) ?? null;
    const known = seat.visitId ?? (seat.sent === null ? reportedVisit(taken, terminalId) : null);
    if (known !== null && known !== visit?.visitId) {
      const past = await deps.pastVisit(known);
      say(seat, { type: 'visit', visit: null, ended: past?.reason ?? null });
    }
    if (visit) {
      const greeting = await greetings.of(visit, reportOf(taken, terminalId)?.greetingKey ?? null);
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

  function refresh(): Promise<void> {
    if (!running) {
      running = run().finally(() => {
        running = null;
      });
      return running;
    }
    next ??= running.then(again, again);
    return next;
  }

  function again(): Promise<void> {
    next = null;
    return refresh();
  }

  return {
    addTerminal(terminalId, line) {
      terminals.set(terminalId, { line, sent: null, visitId: null, orders: new Set() });
    },
    removeTerminal(terminalId, line) {
      if (terminals.get(terminalId)?.line !== line) return false;
      return terminals.delete(terminalId);
    },
    terminalLine: (terminalId) => terminals.get(terminalId)?.line ?? null,
    sayVisitAgain(terminalId) {
      const seat = terminals.get(terminalId);
      if (seat) seat.sent = null;
    },
    addConsole: (seat) => {
      consoles.set(seat, '');
    },
    removeConsole: (seat) => {
      consoles.delete(seat);
    },
    consoles: () => consoles.keys(),
    terminalsOnline: () => new Set(terminals.keys()),
    counsellorsOnline() {
      const online = new Map<string, Set<string>>();
      for (const { account } of consoles.keys()) {
        if (account.role !== 'counsellor') continue;
        const body = online.get(account.bodyId) ?? new Set();
        online.set(account.bodyId, body.add(account.accountId));
      }
      return online;
    },
    snapshot: () => snapshot,
    refresh,
    refreshSoon() {
      // The first of many is told at once.
      const wait = Math.max(0, refreshedAt + PACE - performance.now());
      soon ??= setTimeout(() => {
        soon = null;
        deps.run(refresh());
      }, wait);
    },
    progress,
    closeAll(code, reason) {
      if (soon) clearTimeout(soon);
      for (const { line } of terminals.values()) line.close(code, reason);
      for (const { line } of consoles.keys()) line.close(code, reason);
    },
  };
}

/** What the terminal said of itself before it was lost: it may still show a visit that ended without it. */
function reportedVisit(snapshot: Snapshot, terminalId: string): string | null {
  return reportOf(snapshot, terminalId)?.visitId ?? null;
}

function reportOf(snapshot: Snapshot, terminalId: string): TerminalReport | null {
  return snapshot.terminals.find((terminal) => terminal.terminalId === terminalId)?.report ?? null;
}
