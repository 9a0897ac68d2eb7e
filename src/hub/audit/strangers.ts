/**
 * Refusals of those who are nobody here yet (no account, no proof): anyone on the Internet can cause as many as he
 * likes. The first of its kind from each network is audited in each hour, and no more than a few hundred in all, so
 * that nobody can fill the database with them. Kept in memory; each hub counts for itself.
 */
import type { FastifyBaseLogger } from 'fastify';
import type { FailureCode } from '#shared/failure.ts';
import { networkOf } from '../accounts/attempts.ts';
import type { Audit, AuditAction } from './store.ts';

interface Refusal {
  readonly action: AuditAction;
  /** An account or terminal of ours that it was about, never an id that somebody made up. */
  readonly subject?: string | null;
  readonly outcome: FailureCode;
}

/** @param address the stranger's; only its network is told apart, and it is written nowhere. */
export type RefuseStranger = (address: string, refusal: Refusal) => Promise<void>;

/** ms */
const WINDOW = 3_600_000;
/** A window's refusals about nothing of ours, all networks together. The others are bounded by their attempts. */
const MOST = 300;

interface StrangersDeps {
  readonly audit: Audit;
  readonly clock: () => number;
  readonly log: Pick<FastifyBaseLogger, 'warn'>;
}

export function createStrangers({ audit, clock, log }: StrangersDeps): RefuseStranger {
  const seen = new Set<string>();
  let until = 0;
  let anonymous = 0;

  return async (address, { action, subject = null, outcome }) => {
    const now = clock();
    if (now >= until) {
      seen.clear();
      anonymous = 0;
      until = now + WINDOW;
    }
    const kind = JSON.stringify([action, outcome, subject, networkOf(address)]);
    if (seen.has(kind)) return;
    if (subject === null) {
      if (anonymous > MOST) return;
      anonymous += 1;
      if (anonymous > MOST) {
        log.warn({ until: new Date(until) }, 'strangers: more refusals than are audited, until');
        return;
      }
    }
    seen.add(kind);
    await audit({ actor: null, action, subject, outcome });
  };
}
