/** Who did what to which thing, and what came of it. Ids and codes only: no name, no motive, no content, no address. */
import type { FastifyBaseLogger } from 'fastify';
import type { FailureCode } from '#shared/failure.ts';
import { isDatabaseFull, type Queries } from '../database/database.ts';

export type AuditAction =
  | 'logIn'
  | 'logOut'
  | 'session'
  | 'enrolmentCode'
  | 'enrol'
  | 'terminalProof'
  | 'announce'
  | 'cancelVisit'
  | 'pickUp'
  | 'quiet'
  | 'roomTrouble'
  | 'endVisit'
  | 'handOver'
  | 'residentPresence'
  | 'selfTest'
  | 'calendar'
  | 'calendarFeed'
  | `appointment.${'slots' | 'list' | 'book' | 'move' | 'cancel' | 'missed' | 'start'}`
  | `order.${string}`
  | 'document'
  | 'form'
  | 'readSheet'
  | 'writeSheet'
  | 'changeSheet'
  | 'withdrawSheet'
  | 'favouriteSheet'
  | 'message'
  | 'crossOrigin'
  | 'wipe';

interface AuditEntry {
  /** An account's or a terminal's id; null where nobody is known yet. */
  readonly actor: string | null;
  readonly action: AuditAction;
  readonly subject?: string | null;
  readonly outcome: 'ok' | FailureCode;
}

export type Audit = (entry: AuditEntry) => Promise<void>;

/** What no longer fits in the database is in the log: an order that is done is not to be called refused for that. */
export function createAudit(
  database: Queries,
  clock: () => number,
  log: Pick<FastifyBaseLogger, 'error'>,
): Audit {
  return async ({ actor, action, subject = null, outcome }) => {
    try {
      await database.run(
        'insert into audit (at, actor, action, subject, outcome) values ($1, $2, $3, $4, $5)',
        [new Date(clock()), actor ?? 'nobody', action, subject, outcome],
      );
    } catch (error) {
      if (!isDatabaseFull(error)) throw error;
      log.error({ actor, action, subject, outcome }, 'audit: the database is full');
    }
  };
}

/** ms. Long enough to look into what somebody complains about a year later; docs/security.md promises it. */
const KEPT = 365 * 24 * 3_600_000;

export async function removeOldAudit(database: Queries, clock: () => number): Promise<void> {
  await database.run('delete from audit where at < $1', [new Date(clock() - KEPT)]);
}
