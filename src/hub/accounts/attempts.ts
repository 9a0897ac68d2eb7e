/**
 * Counts attempts in the database, so that neither a restart nor a second hub gives new ones. An attempt is counted
 * before it is judged, and given back where it was no failure: a hundred at once are a hundred. Keys are keyed hashes: nobody's e-mail or address is kept.
 */
import { createHmac } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { z } from 'zod';
import type { Queries } from '../database/database.ts';

interface AttemptLimit {
  readonly attempts: number;
  /** ms, at most LONGEST_WINDOW. */
  readonly window: number;
}

/** ms after which nothing that was counted matters any more. */
export const LONGEST_WINDOW = 3_600_000;

export interface Attempts {
  /**
   * Counts one attempt for each subject, in this order, up to the first that has had too many in its window: false
   * then, and the attempt counts for that one alone. Whoever is refused here is refused for himself, and uses up
   * nobody else's attempts.
   */
  readonly take: (subjects: readonly (readonly [subject: string, limit: AttemptLimit])[]) => Promise<boolean>;
  /** It was no failure: one attempt less. */
  readonly giveBack: (subject: string) => Promise<void>;
  /** Forgets a subject's attempts. */
  readonly forget: (subject: string) => Promise<void>;
  /** Removes what no window reaches any more. Returns how many. */
  readonly removeOld: () => Promise<number>;
}

export function createAttempts(database: Queries, key: Uint8Array, clock: () => number): Attempts {
  const hashOf = (subject: string) => createHmac('sha256', key).update(subject).digest('base64url');

  async function giveBack(subject: string): Promise<void> {
    const removed = await database.run('delete from attempts where subject = $1 and count <= 1', [
      hashOf(subject),
    ]);
    if (removed > 0) return;
    await database.run('update attempts set count = count - 1 where subject = $1 and count > 1', [
      hashOf(subject),
    ]);
  }

  return {
    async take(subjects) {
      const taken: string[] = [];
      for (const [subject, { attempts, window }] of subjects) {
        const now = clock();
        const [row] = await database.rows(
          z.object({ count: z.number() }),
          `insert into attempts (subject, count, since) values ($1, 1, $2)
           on conflict (subject) do update set
             count = case when attempts.since < $3 then 1 else attempts.count + 1 end,
             since = case when attempts.since < $3 then $2 else attempts.since end
           returning count`,
          [hashOf(subject), new Date(now), new Date(now - window)],
        );
        if ((row?.count ?? 0) > attempts) {
          for (const other of taken) await giveBack(other);
          return false;
        }
        taken.push(subject);
      }
      return true;
    },
    giveBack,
    async forget(subject) {
      await database.run('delete from attempts where subject = $1', [hashOf(subject)]);
    },
    removeOld: () =>
      database.run('delete from attempts where since < $1', [new Date(clock() - LONGEST_WINDOW)]),
  };
}

/** What one household or one office shares: an IPv4 address, or the /64 of an IPv6 one. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '');
  if (!isIPv6(plain)) return plain;
  const [head = '', tail] = plain.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail ? tail.split(':') : [];
  const middle =
    tail === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0');
  return [...left, ...middle, ...right].slice(0, 4).join(':');
}
