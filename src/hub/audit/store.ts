/** Who did what to which thing, and what came of it. Ids and codes only: no name, no motive, no content, no address. */
import type { FastifyBaseLogger } from 'fastify';
import type { FailureCode } from '#shared/failure.ts';
import { isDatabaseFull, type Queries } from '../database/database.ts';
import { sealEntry } from './chain.ts';

export type AuditAction =
  | 'logIn'
  | 'providerLogIn'
  | 'passkeyLogIn'
  | 'logOut'
  | `account.${'welcome' | 'forgotten' | 'password' | 'secondFactor' | 'recoveryCode' | 'session'}`
  | `account.${'passkeyAdd' | 'passkeyName' | 'passkeyRemove'}`
  | 'people'
  | `person.${'invite' | 'change' | 'lock' | 'unlock' | 'remove' | 'link' | 'secondFactor'}`
  | `place.${'group' | 'mairie' | 'body'}`
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
  | `${'invite' | 'endInvitation' | 'enterInvited'}`
  | 'residentPresence'
  | 'selfTest'
  | 'calendar'
  | 'calendarFeed'
  | `appointment.${'slots' | 'list' | 'book' | 'move' | 'cancel' | 'cancelByResident' | 'missed' | 'start'}`
  | `order.${string}`
  | 'document'
  | 'form'
  | 'readSheet'
  | 'writeSheet'
  | 'changeSheet'
  | 'withdrawSheet'
  | 'favouriteSheet'
  | `question.${'list' | 'read' | 'ask' | 'write' | 'close' | 'file' | 'upload' | 'absence'}`
  | 'counting'
  | 'residentWord'
  | 'message'
  | 'crossOrigin'
  | 'wipe'
  | `person.${'search' | 'erase'}`
  | 'keptData'
  | 'restore';

interface AuditEntry {
  /** An account's or a terminal's id; null where nobody is known yet. */
  readonly actor: string | null;
  readonly action: AuditAction;
  readonly subject?: string | null;
  readonly outcome: 'ok' | FailureCode;
}

export type Audit = (entry: AuditEntry) => Promise<void>;

/**
 * What no longer fits in the database is in the log: an order that is done is not to be called refused for that.
 * @param key seals each entry; linked to those before it a little later (trail.ts).
 */
export function createAudit(
  database: Queries,
  key: Uint8Array,
  clock: () => number,
  log: Pick<FastifyBaseLogger, 'error'>,
): Audit {
  return async ({ actor, action, subject = null, outcome }) => {
    const at = Math.floor(clock());
    const entry = { at, actor: actor ?? 'nobody', action, subject, outcome };
    try {
      await database.run(
        'insert into audit (at, actor, action, subject, outcome, seal) values ($1, $2, $3, $4, $5, $6)',
        [new Date(at), entry.actor, action, subject, outcome, sealEntry(key, entry)],
      );
    } catch (error) {
      if (!isDatabaseFull(error)) throw error;
      log.error({ actor, action, subject, outcome }, 'audit: the database is full');
    }
  };
}

/** ms. Long enough to look into what somebody complains about a year later; docs/rgpd.md promises it. */
export const AUDIT_KEPT = 365 * 24 * 3_600_000;
