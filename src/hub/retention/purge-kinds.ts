/** What the purge removes, and after how long. retention.ts says the same in words, for every table. */
import { z } from 'zod';
import { type Attempts, LONGEST_WINDOW } from '../accounts/attempts.ts';
import { removeOldLinks } from '../accounts/links.ts';
import { removeSpentLogIns } from '../accounts/oidc/linked-accounts.ts';
import { removeOldChallenges } from '../accounts/passkeys/challenges.ts';
import { removeExpiredSessions } from '../accounts/session-store.ts';
import type { AppointmentStore } from '../appointments/store.ts';
import { AUDIT_KEPT } from '../audit/store.ts';
import { removeOldAudit } from '../audit/trail.ts';
import type { Database } from '../database/database.ts';
import { forgetGivenUp, KEPT_GIVEN_UP } from '../mail/delivery.ts';
import { KEPT_AFTER_CLOSING, type QuestionStore } from '../questions/store.ts';
import { type VisitLimits, visitLimits } from '../visits/limits.ts';
import type { VisitStore } from '../visits/store.ts';
import type { PurgeKind } from './purge.ts';

/** ms: a clerk who comes back the next morning can still say who did not come. */
const KEPT_AFTER_APPOINTMENT = 24 * 3_600_000;
/** ms: whether the purge ran is asked for as far back as who did what. */
const RUNS_KEPT = AUDIT_KEPT;

interface PurgeKindsDeps {
  readonly database: Database;
  readonly auditKey: Uint8Array;
  readonly attempts: Attempts;
  readonly appointments: AppointmentStore;
  readonly visits: VisitStore;
  readonly questions: Pick<QuestionStore, 'forget'>;
  readonly limits: VisitLimits;
  /** ms */
  readonly keepAnnouncement: number;
  readonly clock: () => number;
}

export function purgeKinds(deps: PurgeKindsDeps): readonly PurgeKind[] {
  const { database, attempts, appointments, visits, clock } = deps;
  /** @param sql gives one row with the column `oldest`; by an index. */
  const oldest = (sql: string) => async () =>
    (await database.rows(z.object({ oldest: z.date().nullable() }), sql))[0]?.oldest ?? null;
  return [
    {
      kind: 'visits',
      keptFor: visitLimits.queued,
      remove: deps.limits.endOverdue,
      oldest: oldest(`select min(announced_at) as oldest from visits where stage = 'queued'`),
    },
    {
      kind: 'announcements',
      keptFor: deps.keepAnnouncement,
      remove: visits.forgetBefore,
      oldest: oldest('select min(ended_at) as oldest from past_visits where sealed is not null'),
    },
    {
      kind: 'appointments',
      keptFor: KEPT_AFTER_APPOINTMENT,
      remove: (before) => appointments.forgetBefore(before.getTime()),
      oldest: oldest('select min(ends_at) as oldest from appointments where sealed is not null'),
    },
    {
      kind: 'questions',
      keptFor: KEPT_AFTER_CLOSING,
      remove: () => deps.questions.forget(clock()),
      oldest: oldest('select min(closed_at) as oldest from questions where sealed is not null'),
    },
    {
      kind: 'mails',
      keptFor: KEPT_GIVEN_UP,
      remove: () => forgetGivenUp(database, clock),
      oldest: oldest('select min(gave_up_at) as oldest from mails where gave_up_at is not null'),
    },
    {
      kind: 'sessions',
      keptFor: 0,
      remove: () => removeExpiredSessions(database, clock),
      oldest: oldest('select min(expires_at) as oldest from sessions'),
    },
    {
      kind: 'attempts',
      keptFor: LONGEST_WINDOW,
      remove: attempts.removeOld,
      oldest: oldest('select min(since) as oldest from attempts'),
    },
    {
      kind: 'enrolmentCodes',
      keptFor: 0,
      remove: (before) => database.run('delete from enrolment_codes where expires_at < $1', [before]),
      oldest: oldest('select min(expires_at) as oldest from enrolment_codes'),
    },
    {
      kind: 'spentLogIns',
      keptFor: 0,
      remove: () => removeSpentLogIns(database, clock()),
      oldest: oldest('select min(until) as oldest from spent_log_ins'),
    },
    {
      kind: 'accountLinks',
      keptFor: 0,
      remove: () => removeOldLinks(database, clock()),
      oldest: oldest('select min(expires_at) as oldest from account_links'),
    },
    {
      kind: 'passkeyChallenges',
      keptFor: 0,
      remove: () => removeOldChallenges(database, clock()),
      oldest: oldest('select min(expires_at) as oldest from passkey_challenges'),
    },
    {
      kind: 'audit',
      keptFor: AUDIT_KEPT,
      remove: (before) => removeOldAudit(database, deps.auditKey, before),
      oldest: oldest('select min(at) as oldest from audit'),
    },
    {
      kind: 'purgeRuns',
      keptFor: RUNS_KEPT,
      remove: (before) => database.run('delete from purge_runs where hour < $1', [before]),
      oldest: oldest('select min(hour) as oldest from purge_runs'),
    },
  ];
}
