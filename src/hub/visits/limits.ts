/**
 * Visits that nobody ends end by themselves: a name must not stay in the hub, nor be greeted on a terminal, because
 * the power was cut or because everybody went home. Every duration is here, in ms, with its reason.
 */
import type { Audit } from '../audit/store.ts';
import type { Database } from '../database/database.ts';
import { saveContacts } from '../terminals/store.ts';
import type { VisitStore } from './store.ts';

const MINUTE = 60_000;

export const visitLimits = {
  /**
   * The terminal has not been connected: as long as a terminal that lost its hub keeps its resident waiting (hubLost
   * in shared/visit.ts), so that both have forgotten the visit when they meet again. Time while the hub itself was
   * down counts: it cannot know who still sits there.
   */
  terminalAway: 15 * MINUTE,
  /** Nobody picked up. Longer than any queue of a half-day; nobody is left sitting overnight. */
  queued: 240 * MINUTE,
  /** A call goes on without the hub: after its start a terminal in call has this long to come back with it, … */
  backAfterStart: 2 * MINUTE,
  /** … if the hub was away no longer than this: afterwards nobody can have waited for it in the chair. */
  callWithoutHub: 120 * MINUTE,
} as const;

interface VisitLimitsDeps {
  readonly database: Database;
  readonly visits: VisitStore;
  readonly audit: Audit;
  readonly clock: () => number;
  /** Connected to this hub; each hub notes its own. */
  readonly ownTerminals: () => Iterable<string>;
}

export interface VisitLimits {
  /** Ends, with reason `terminalTimeout`, what is beyond its limit. Returns how many. */
  readonly endOverdue: () => Promise<number>;
  /** Notes that the connected terminals are: without it a hub that was killed would take a busy one for long gone. */
  readonly noteContacts: () => Promise<void>;
}

export function createVisitLimits(deps: VisitLimitsDeps): VisitLimits {
  const { database, visits, audit, clock } = deps;
  const startedAt = clock();
  return {
    async endOverdue() {
      const now = clock();
      const justStarted = now < startedAt + visitLimits.backAfterStart;
      const ended = await visits.endOverdue({
        at: now,
        reason: 'terminalTimeout',
        queuedWithoutTerminalSince: now - visitLimits.terminalAway,
        inCallWithoutTerminalSince:
          now - (justStarted ? visitLimits.callWithoutHub : visitLimits.terminalAway),
        queuedSince: now - visitLimits.queued,
      });
      for (const visitId of ended) {
        await audit({ actor: 'hub', action: 'endVisit', subject: visitId, outcome: 'ok' });
      }
      return ended.length;
    },
    noteContacts: () => saveContacts(database, [...deps.ownTerminals()], clock()),
  };
}
