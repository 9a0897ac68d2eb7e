/**
 * Removes what has been kept long enough, and leaves a line that says so: for each kind and hour the last run, how much
 * was removed, and the oldest that was left. Every hub runs it; what one removed the other does not find.
 */
import { z } from 'zod';
import type { Database } from '../database/database.ts';

export interface PurgeKind {
  readonly kind: PurgeKindName;
  /** ms from the instant that `oldest` tells. */
  readonly keptFor: number;
  /** Returns how many were removed. */
  readonly remove: (before: Date) => Promise<number>;
  /** The instant from which the duration of the oldest that is left counts; null where nothing is left. */
  readonly oldest: () => Promise<Date | null>;
}

export type PurgeKindName =
  | 'visits'
  | 'announcements'
  | 'appointments'
  | 'questions'
  | 'mails'
  | 'sessions'
  | 'attempts'
  | 'enrolmentCodes'
  | 'spentLogIns'
  | 'accountLinks'
  | 'passkeyChallenges'
  | 'audit'
  | 'purgeRuns';

export interface PurgeState {
  readonly kind: PurgeKindName;
  readonly keptFor: number;
  /** ms since the epoch; null where it never ran. */
  readonly lastRun: number | null;
  /** In the last 30 days. */
  readonly removed: number;
  /** As found just now, not by the last run. */
  readonly oldest: number | null;
  /** It has not run for a while. */
  readonly late: boolean;
  /** Something is older than it may be. */
  readonly overdue: boolean;
}

export interface Purge {
  /** Every kind once; one that fails is in the log, and late after a while, and keeps no other from it. */
  readonly run: () => Promise<ReadonlyMap<PurgeKindName, number>>;
  readonly state: () => Promise<PurgeState[]>;
}

/** ms. It runs each minute: a hub that restarts, or a database that does, is not late yet. */
const PATIENCE = 15 * 60_000;
/** ms */
const SHOWN = 30 * 24 * 3_600_000;

interface PurgeDeps {
  readonly database: Database;
  readonly kinds: readonly PurgeKind[];
  readonly clock: () => number;
  readonly log: { readonly error: (content: object, message: string) => void };
}

export function createPurge({ database, kinds, clock, log }: PurgeDeps): Purge {
  async function runOne({ kind, keptFor, remove, oldest }: PurgeKind): Promise<number> {
    const at = clock();
    const removed = await remove(new Date(at - keptFor));
    await database.run(
      `insert into purge_runs (kind, hour, last_at, runs, removed, oldest)
       values ($1, date_trunc('hour', $2::timestamptz), $2, 1, $3, $4)
       on conflict (kind, hour) do update set last_at = excluded.last_at, runs = purge_runs.runs + 1,
         removed = purge_runs.removed + excluded.removed, oldest = excluded.oldest`,
      [kind, new Date(at), removed, await oldest()],
    );
    return removed;
  }

  return {
    async run() {
      const removed = new Map<PurgeKindName, number>();
      for (const kind of kinds) {
        try {
          removed.set(kind.kind, await runOne(kind));
        } catch (error) {
          log.error({ err: error, kind: kind.kind }, 'purge: failed, tried again at the next look');
        }
      }
      return removed;
    },
    async state() {
      const now = clock();
      const lines = await database.rows(
        z.object({ kind: z.string(), last_at: z.date(), removed: z.number() }),
        `select kind, max(last_at) as last_at,
           coalesce(sum(removed) filter (where hour > $1), 0)::float8 as removed
         from purge_runs group by kind`,
        [new Date(now - SHOWN)],
      );
      const states: PurgeState[] = [];
      for (const { kind, keptFor, oldest } of kinds) {
        const line = lines.find((each) => each.kind === kind);
        const lastRun = line?.last_at.getTime() ?? null;
        const since = (await oldest())?.getTime() ?? null;
        states.push({
          ...{ kind, keptFor, lastRun, oldest: since },
          removed: line?.removed ?? 0,
          late: lastRun === null || lastRun < now - PATIENCE,
          overdue: since !== null && since + keptFor < now - PATIENCE,
        });
      }
      return states;
    },
  };
}
