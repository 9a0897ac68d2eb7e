/**
 * Passes document messages and their bytes between a counsellor's console and the terminal of his visit in call. In
 * memory only, as they come: never written, never logged, forgotten with the visit; and sealed, so that nothing of them
 * can be read here (src/sealing). Where the two are connected to different hubs, the terminal's hub knows the ways.
 */
import { decodeDocumentFrame } from '#shared/document-frame.ts';
import type { FailureCode } from '#shared/failure.ts';
import {
  DOCUMENT_RANGE_BYTES,
  type DocumentToConsole,
  type DocumentToTerminal,
} from '#shared/protocol/documents.ts';
import { visitInCallOf } from '../consoles/view.ts';
import type { Line, Reachable } from '../live/line.ts';
import type { Snapshot } from '../live/snapshot.ts';
import type { ConsoleSeat, Switchboard } from '../live/switchboard.ts';
import type { ToNeighbour } from '../neighbours/contract.ts';
import type { Neighbours } from '../neighbours/neighbours.ts';

/** A counsellor's page, connected to this hub or to another. */
export interface DocumentSeat {
  readonly seatId: string;
  readonly line: Reachable;
}

/** The visit whose documents pass, and its terminal, which is connected to this hub. */
export interface Here {
  readonly visitId: string;
  readonly terminalId: string;
}

export interface DocumentRelay {
  /** The console that gave this document's order is the one to ask for its bytes. */
  readonly offered: (here: Here, documentId: string, seat: ConsoleSeat) => void;
  readonly fromConsole: (seat: ConsoleSeat, message: DocumentToTerminal) => FailureCode | null;
  readonly bytesFromConsole: (seat: ConsoleSeat, bytes: Uint8Array) => FailureCode | null;
  readonly fromTerminal: (terminalId: string, message: DocumentToConsole) => FailureCode | null;
  readonly bytesFromTerminal: (terminalId: string, bytes: Uint8Array, line: Line) => FailureCode | null;
  /** From a page at another hub, which has looked at its rights. */
  readonly fromNeighbour: {
    readonly offered: (here: Here, documentId: string, seat: DocumentSeat) => void;
    readonly message: (here: Here, message: DocumentToTerminal, seat: DocumentSeat) => void;
    readonly bytes: (here: Here, bytes: Uint8Array, seat: DocumentSeat) => FailureCode | null;
  };
  /** Forgets what belonged to visits that are over. */
  readonly keep: (snapshot: Snapshot) => void;
}

/** Documents of one visit whose way is remembered; the oldest is forgotten first and found again by asking. */
const MOST_DOCUMENTS = 500;

/** Seats by their ids. */
interface Ways {
  /** Which console holds a document that goes to the terminal. */
  readonly holders: Map<string, string>;
  /** Which consoles asked for a document that the terminal holds. */
  readonly askers: Map<string, Set<string>>;
  /** By the id that a console page gave itself. */
  readonly pages: Map<string, string>;
}

interface RelayDeps {
  readonly switchboard: Switchboard;
  readonly neighbours: Pick<Neighbours, 'send' | 'relay'>;
  /** Pages of this counsellor at other hubs, the oldest first. */
  readonly seatsElsewhere: (counsellorId: string, terminalId: string) => readonly DocumentSeat[];
}

export function createDocumentRelay({ switchboard, neighbours, seatsElsewhere }: RelayDeps): DocumentRelay {
  const visits = new Map<string, Ways>();

  function waysOf(visitId: string): Ways {
    const known = visits.get(visitId);
    if (known) return known;
    const ways: Ways = { holders: new Map(), askers: new Map(), pages: new Map() };
    visits.set(visitId, ways);
    return ways;
  }

  /** Consoles of the counsellor of this terminal's visit, the newest first, and what is known of its documents. */
  function callAt(terminalId: string): { readonly ways: Ways; readonly seats: DocumentSeat[] } | null {
    const visit = switchboard
      .snapshot()
      ?.visits.find((candidate) => candidate.terminalId === terminalId && candidate.call);
    if (!visit?.call) return null;
    const { counsellorId } = visit.call;
    const own = [...switchboard.consoles()].filter(({ account }) => account.accountId === counsellorId);
    return {
      ways: waysOf(visit.visitId),
      seats: [...seatsElsewhere(counsellorId, terminalId), ...own].reverse(),
    };
  }

  /** `elsewhere`: the hub (id) to which the terminal is connected. */
  function callOf(
    seat: ConsoleSeat,
  ): { readonly here: Here; readonly elsewhere: string | null } | FailureCode {
    if (seat.account.role !== 'counsellor') return 'forbidden';
    const snapshot = switchboard.snapshot();
    const visit = snapshot && visitInCallOf(snapshot, seat.account.accountId);
    if (!visit) return 'visitOver';
    const { visitId, terminalId } = visit;
    return { here: { visitId, terminalId }, elsewhere: switchboard.terminalElsewhere(terminalId) };
  }

  const fromNeighbour: DocumentRelay['fromNeighbour'] = {
    offered({ visitId }, documentId, { seatId }) {
      remember(waysOf(visitId).holders, documentId, seatId);
    },
    message({ visitId, terminalId }, message, { seatId }) {
      const ways = waysOf(visitId);
      if (message.type === 'document.want') {
        const askers = ways.askers.get(message.documentId) ?? new Set();
        remember(ways.askers, message.documentId, askers.add(seatId));
      } else if (message.type !== 'document.gone') {
        remember(ways.pages, message.consoleId, seatId);
      } else if ((ways.holders.get(message.documentId) ?? seatId) !== seatId) {
        return; // Another window of the same counsellor holds it.
      }
      switchboard.terminalLine(terminalId)?.send(message);
    },
    bytes({ visitId, terminalId }, bytes, { seatId, line }) {
      const documentId = documentOf(bytes);
      if (!documentId) return 'invalidMessage';
      remember(waysOf(visitId).holders, documentId, seatId);
      switchboard.terminalLine(terminalId)?.relay(bytes, line);
      return null;
    },
  };

  return {
    fromNeighbour,
    offered(here, documentId, seat) {
      const elsewhere = switchboard.terminalElsewhere(here.terminalId);
      if (!elsewhere) return fromNeighbour.offered(here, documentId, seat);
      neighbours.send(elsewhere, { type: 'offered', ...named(seat, here), documentId });
    },
    fromConsole(seat, message) {
      const call = callOf(seat);
      if (typeof call === 'string') return call;
      const { here, elsewhere } = call;
      if (elsewhere) neighbours.send(elsewhere, { type: 'toTerminal', ...named(seat, here), message });
      else fromNeighbour.message(here, message, seat);
      return null;
    },
    bytesFromConsole(seat, bytes) {
      const call = callOf(seat);
      if (typeof call === 'string') return call;
      const { here, elsewhere } = call;
      if (!elsewhere) return fromNeighbour.bytes(here, bytes, seat);
      if (!documentOf(bytes)) return 'invalidMessage';
      neighbours.relay(elsewhere, { type: 'bytesToTerminal', ...named(seat, here) }, bytes, seat.line);
      return null;
    },
    fromTerminal(terminalId, message) {
      const call = callAt(terminalId);
      if (!call) return 'visitOver';
      const { ways, seats } = call;
      if (message.type === 'document.want') {
        const holder = ways.holders.get(message.documentId);
        (seats.find(({ seatId }) => seatId === holder) ?? seats[0])?.line.send(message);
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

function named(
  { seatId, account }: ConsoleSeat,
  { visitId, terminalId }: Here,
): Omit<Extract<ToNeighbour, { type: 'bytesToTerminal' }>, 'type'> {
  return { seatId, accountId: account.accountId, visitId, terminalId };
}

/** After a restart of the hub it is not known which page it is: the others leave alone what is not for them. */
function pageOf(ways: Ways, consoleId: string, seats: readonly DocumentSeat[]): readonly DocumentSeat[] {
  const page = ways.pages.get(consoleId);
  const seat = seats.find(({ seatId }) => seatId === page);
  return seat ? [seat] : seats;
}

function askersOf(ways: Ways, documentId: string, seats: readonly DocumentSeat[]): DocumentSeat[] {
  const askers = ways.askers.get(documentId);
  return seats.filter(({ seatId }) => askers?.has(seatId));
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
