/**
 * Work that is due at a time and is done once, whichever hub looks first: a job's changes and its removal are one
 * transaction, and its row is locked meanwhile (for update skip locked), so that another hub takes the next one.
 * What leaves the database (mail) is not done by a job: a job puts it into the outbox.
 */
import type { FastifyBaseLogger } from 'fastify';
import { z } from 'zod';
import type { Database, Queries } from '../database/database.ts';

export interface Job {
  /** Which handler, for instance 'question.late'. */
  readonly kind: string;
  /** What it is about; one job of a kind for each subject. */
  readonly subject: string;
  /** ms since the epoch. */
  readonly dueAt: number;
}

/** Runs in the job's transaction: use only `queries`. What it throws undoes it, and it is tried again later. */
export type JobHandler = (queries: Queries, subject: string, now: number) => Promise<void>;

export interface JobsDeps {
  readonly database: Database;
  readonly clock: () => number;
  readonly log: Pick<FastifyBaseLogger, 'error'>;
  readonly handlers: Readonly<Record<string, JobHandler>>;
}

/** ms until a job that failed is tried again: a minute, then twice as long each time, six hours at most. */
const FIRST_RETRY = 60_000;
const LONGEST_RETRY = 6 * 3_600_000;
/** ms: jobs that another hub planned are seen within this. */
const LOOK_AGAIN = 60_000;

/** Plans it, in the caller's transaction; one of this kind and subject that is planned already moves to the new time. */
export async function planJob(queries: Queries, { kind, subject, dueAt }: Job): Promise<void> {
  await queries.run(
    `insert into jobs (kind, subject, due_at) values ($1, $2, $3)
     on conflict (kind, subject) do update set due_at = excluded.due_at, tries = 0`,
    [kind, subject, new Date(dueAt)],
  );
}

/** No longer to be done; one that is being done just now goes on. */
export async function dropJob(queries: Queries, kind: string, subject: string): Promise<void> {
  await queries.run('delete from jobs where kind = $1 and subject = $2', [kind, subject]);
}

const due = z.object({ kind: z.string(), subject: z.uuid(), tries: z.number() });
type Due = z.output<typeof due>;

/** For an alarm: does what is due, and says when to look again. */
export function createJobs({ database, clock, log, handlers }: JobsDeps): () => Promise<number> {
  const kinds = Object.keys(handlers);

  /** False: nothing is due, or another hub has it. */
  async function doNext(): Promise<boolean> {
    const taken: Due[] = [];
    try {
      await database.transaction(async (queries) => {
        const now = clock();
        const [next] = await queries.rows(
          due,
          `select kind, subject, tries from jobs where due_at <= $1 and kind = any($2)
           order by due_at limit 1 for update skip locked`,
          [new Date(now), kinds],
        );
        if (!next) return;
        taken.push(next);
        await queries.run('delete from jobs where kind = $1 and subject = $2', [next.kind, next.subject]);
        await handlers[next.kind]?.(queries, next.subject, now);
      });
    } catch (error) {
      // The database itself failed: the alarm tries again.
      const [failed] = taken;
      if (!failed) throw error;
      await putOff(failed, error);
    }
    return taken.length > 0;
  }

  async function putOff({ kind, subject, tries }: Due, error: unknown): Promise<void> {
    log.error({ err: error, job: kind, tries }, 'job: failed, tried again later');
    const wait = Math.min(FIRST_RETRY * 2 ** tries, LONGEST_RETRY);
    await database.run('update jobs set tries = tries + 1, due_at = $3 where kind = $1 and subject = $2', [
      kind,
      subject,
      new Date(clock() + wait),
    ]);
  }

  return async () => {
    while (await doNext());
    const [next] = await database.rows(
      z.object({ at: z.date().nullable() }),
      'select min(due_at) as at from jobs where kind = any($1)',
      [kinds],
    );
    return Math.min(next?.at?.getTime() ?? Number.POSITIVE_INFINITY, clock() + LOOK_AGAIN);
  };
}
