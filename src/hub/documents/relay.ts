/**
 * Passes document messages and their bytes between a counsellor's console and the terminal of his visit in call. In
 * memory only, as they come: never written, never logged, forgotten with the visit; and sealed, so that nothing of them
 * can be read here (src/sealing).
 */
import { decodeDocumentFrame } from '#shared/document-frame.ts';
import type { FailureCode } from '#shared/failure.ts';
import {
  DOCUMENT_RANGE_BYTES,
  type DocumentToConsole,
  type DocumentToTerminal,
} from '#shared/protocol/documents.ts';
import { visitInCallOf } from '../consoles/view.ts';
import type { Line } from '../live/line.ts';
import type { Snapshot } from '../live/snapshot.ts';
import type { ConsoleSeat, Switchboard } from '../live/switchboard.ts';

export interface DocumentRelay {
  /** The console that gave this document's order is the one to ask for its bytes. */
  readonly offered: (visitId: string, documentId: string, seat: ConsoleSeat) => void;
  readonly fromConsole: (seat: ConsoleSeat, message: DocumentToTerminal) => FailureCode | null;
  readonly bytesFromConsole: (seat: ConsoleSeat, bytes: Uint8Array) => FailureCode | null;
  readonly fromTerminal: (terminalId: string, message: DocumentToConsole) => FailureCode | null;
  readonly bytesFromTerminal: (terminalId: string, bytes: Uint8Array, line: Line) => FailureCode | null;
  /** Forgets what belonged to visits that are over. */
  readonly keep: (snapshot: Snapshot) => void;
}

/** Documents of one visit whose way is remembered; the oldest is forgotten first and found again by asking. */
const MOST_DOCUMENTS = 500;

interface Ways {
  /** Which console holds a document that goes to the terminal. */
  readonly holders: Map<string, ConsoleSeat>;
  /** Which consoles asked for a document that the terminal holds. */
  readonly askers: Map<string, Set<ConsoleSeat>>;
  /** By the id that a console page gave itself. */
  readonly pages: Map<string, ConsoleSeat>;
}

export function createDocumentRelay(switchboard: Switchboard): DocumentRelay {
  const visits = new Map<string, Ways>();

  function waysOf(visitId: string): Ways {
    const known = visits.get(visitId);
    if (known) return known;
    const ways: Ways = { holders: new Map(), askers: new Map(), pages: new Map() };
    visits.set(visitId, ways);
    return ways;
  }

  /** Consoles of the counsellor of this terminal's visit, the newest first, and what is known of its documents. */
  function callAt(terminalId: string): { readonly ways: Ways; readonly seats: ConsoleSeat[] } | null {
    const visit = switchboard
      .snapshot()
      ?.visits.find((candidate) => candidate.terminalId === terminalId && candidate.call);
    if (!visit?.call) return null;
    const { counsellorId } = visit.call;
    const seats = [...switchboard.consoles()].filter(({ account }) => account.accountId === counsellorId);
    return { ways: waysOf(visit.visitId), seats: seats.reverse() };
  }

  function callOf(seat: ConsoleSeat): { readonly ways: Ways; readonly terminal: Line | null } | FailureCode {
    if (seat.account.role !== 'counsellor') return 'forbidden';
    const snapshot = switchboard.snapshot();
    const visit = snapshot && visitInCallOf(snapshot, seat.account.accountId);
    if (!visit) return 'visitOver';
    return { ways: waysOf(visit.visitId), terminal: switchboard.terminalLine(visit.terminalId) };
  }

  return {
    offered(visitId, documentId, seat) {
      remember(waysOf(visitId).holders, documentId, seat);
    },
    fromConsole(seat, message) {
      const call = callOf(seat);
      if (typeof call === 'string') return call;
      const { ways, terminal } = call;
      if (message.type === 'document.want') {
        const askers = ways.askers.get(message.documentId) ?? new Set();
        remember(ways.askers, message.documentId, askers.add(seat));
      } else if (message.type !== 'document.gone') {
        remember(ways.pages, message.consoleId, seat);
      } else if ((ways.holders.get(message.documentId) ?? seat) !== seat) {
        return null; // Another window of the same counsellor holds it.
      }
      terminal?.send(message);
      return null;
    },
    bytesFromConsole(seat, bytes) {
      const call = callOf(seat);
      if (typeof call === 'string') return call;
      const documentId = documentOf(bytes);
      if (!documentId) return 'invalidMessage';
      remember(call.ways.holders, documentId, seat);
      call.terminal?.relay(bytes, seat.line);
      return null;
    },
    fromTerminal(terminalId, message) {
      const call = callAt(terminalId);
      if (!call) return 'visitOver';
      const { ways, seats } = call;
      if (message.type === 'document.want') {
        const holder = ways.holders.get(message.documentId);
        (holder && seats.includes(holder) ? holder : seats[0])?.line.send(message);
        return null;
      }
      const receivers =
        message.type === 'document.gone'
          ? askersOf(ways, message.documentId, seats)
          : pageOf(ways, message.consoleId, seats);
      for (const seat of receivers) seat.line.send(message);
      return null;
    },
    bytesFromTerminal(terminalId, bytes, line) {
      const call = callAt(terminalId);
      if (!call) return 'visitOver';
      const documentId = documentOf(bytes);
      if (!documentId) return 'invalidMessage';
      for (const seat of askersOf(call.ways, documentId, call.seats)) seat.line.relay(bytes, line);
      return null;
    },
    keep(snapshot) {
      const inCall = new Set(snapshot.visits.filter(({ call }) => call).map(({ visitId }) => visitId));
      for (const visitId of visits.keys()) if (!inCall.has(visitId)) visits.delete(visitId);
    },
  };
}

/** After a restart of the hub it is not known which page it is: the others leave alone what is not for them. */
function pageOf(ways: Ways, consoleId: string, seats: readonly ConsoleSeat[]): readonly ConsoleSeat[] {
  const seat = ways.pages.get(consoleId);
  return seat && seats.includes(seat) ? [seat] : seats;
}

function askersOf(ways: Ways, documentId: string, seats: readonly ConsoleSeat[]): ConsoleSeat[] {
  const askers = ways.askers.get(documentId);
  return seats.filter((seat) => askers?.has(seat));
}

function documentOf(bytes: Uint8Array): string | null {
  const frame = decodeDocumentFrame(bytes);
  return frame && frame.payload.length <= DOCUMENT_RANGE_BYTES ? frame.documentId : null;
}

function remember<T>(map: Map<string, T>, documentId: string, value: T): void {
  map.delete(documentId);
  map.set(documentId, value);
  if (map.size <= MOST_DOCUMENTS) return;
  const [oldest] = map.keys();
  if (oldest !== undefined) map.delete(oldest);
}
