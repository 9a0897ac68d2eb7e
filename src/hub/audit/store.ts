/** Who did what to which thing, and what came of it. Ids and codes only: no name, no motive, no content, no address. */
import type { FailureCode } from '#shared/failure.ts';
import type { Queries } from '../database/database.ts';

type AuditAction =
  | 'logIn'
  | 'logOut'
  | 'enrolmentCode'
  | 'enrol'
  | 'terminalProof'
  | 'announce'
  | 'cancelVisit'
  | 'pickUp'
  | 'endVisit'
  | 'residentPresence'
  | `order.${string}`
  | 'document'
  | 'form'
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

export function createAudit(database: Queries, clock: () => number): Audit {
  return async ({ actor, action, subject = null, outcome }) => {
    await database.run(
      'insert into audit (at, actor, action, subject, outcome) values ($1, $2, $3, $4, $5)',
      [new Date(clock()), actor ?? 'nobody', action, subject, outcome],
    );
  };
}
