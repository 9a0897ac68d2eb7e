/**
 * The terminal's visit as the hub tells it: a new one waits until the terminal is free, one that ended here is not begun
 * again by a hub that did not hear of it, and one that a restart cut off is wiped where it does not go on.
 */
import type { TerminalVisit, VisitEndReason } from '#shared/protocol/views.ts';
import type { VisitEvent } from '#shared/visit-state.ts';
import type { UnwipedMark } from './wipe/unwiped-mark.ts';

export interface HubVisits {
  /** @param ended why there is none, where the hub says. */
  readonly receive: (visit: TerminalVisit | null, ended: VisitEndReason | null) => void;
  /** The terminal is free: who was announced meanwhile is received. */
  readonly free: () => void;
  /** It ended here; the hub is told now, and again as long as it speaks of it. */
  readonly endedHere: (visitId: string, reason: VisitEndReason) => void;
  /** It is over, whether the hub ever says so or not. */
  readonly over: (visitId: string | null) => void;
  readonly close: () => void;
}

export interface HubVisitsOptions {
  readonly unwiped: Pick<UnwipedMark, 'visitId'>;
  readonly dispatch: (event: VisitEvent) => void;
  readonly tellEnd: (visitId: string, reason: VisitEndReason) => void;
  /** ms. How long a visit cut off by a restart waits for the hub before it is wiped. */
  readonly patience?: number;
}

export function createHubVisits({
  unwiped,
  dispatch,
  tellEnd,
  patience = 60_000,
}: HubVisitsOptions): HubVisits {
  /** Of which the hub may not have heard. */
  const ended = new Map<string, VisitEndReason>();
  let lastSeen: TerminalVisit | null = null;

  /** After a crash or a power cut in a visit: go on with it where the hub still has it, else wipe before anything. */
  function finishInterrupted(current: string | null): void {
    clearTimeout(waiting);
    const left = unwiped.visitId();
    if (left !== null && left !== current) dispatch({ type: 'unwiped', visitId: left });
  }

  function begin(seen: TerminalVisit): void {
    const reason = ended.get(seen.visitId);
    if (reason) tellEnd(seen.visitId, reason);
    else dispatch({ type: 'visitSeen', visit: seen });
  }

  // Without a hub nobody can say whether the visit goes on: what it left must not wait for that.
  const waiting = setTimeout(() => finishInterrupted(null), patience);
  return {
    receive(visit, why) {
      lastSeen = visit;
      finishInterrupted(visit?.visitId ?? null);
      if (visit) {
        begin(visit);
      } else {
        ended.clear();
        dispatch({ type: 'visitOver', reason: why });
      }
    },
    free() {
      if (lastSeen) begin(lastSeen);
    },
    endedHere(visitId, reason) {
      ended.set(visitId, reason);
      tellEnd(visitId, reason);
    },
    over(visitId) {
      if (lastSeen?.visitId === visitId) lastSeen = null;
    },
    close: () => clearTimeout(waiting),
  };
}
