/** Challenges that authenticators sign: each for one browser and one purpose, good once, in the database of all hubs. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { PASSKEY_PATIENCE } from '#shared/protocol/passkeys.ts';
import type { Queries } from '../../database/database.ts';

/** ms: the browser gives up first, and says so itself. */
export const CHALLENGE_LIFE = PASSKEY_PATIENCE + 60_000;

interface Asked {
  /** What only this browser holds. */
  readonly holder: string;
  /** Who adds a passkey; null: somebody logs in. */
  readonly accountId: string | null;
  readonly now: number;
}

/** A browser that begins again forgets what it was asked before. */
export async function keepChallenge(
  queries: Queries,
  { holder, accountId, now }: Asked,
  challenge: string,
): Promise<void> {
  await queries.run(
    `insert into passkey_challenges (holder_hash, challenge, account_id, expires_at) values ($1, $2, $3, $4)
     on conflict (holder_hash) do update set
       challenge = excluded.challenge, account_id = excluded.account_id, expires_at = excluded.expires_at`,
    [hashOf(holder), challenge, accountId, new Date(now + CHALLENGE_LIFE)],
  );
}

/** Null: none was asked of this browser for this, it was answered already, or too long ago. */
export async function takeChallenge(
  queries: Queries,
  { holder, accountId, now }: Asked,
): Promise<string | null> {
  const [taken] = await queries.rows(
    z.object({ challenge: z.string(), expires_at: z.date() }),
    `delete from passkey_challenges where holder_hash = $1 and account_id is not distinct from $2::uuid
     returning challenge, expires_at`,
    [hashOf(holder), accountId],
  );
  return taken && taken.expires_at.getTime() > now ? taken.challenge : null;
}

/** Returns how many. */
export function removeOldChallenges(queries: Queries, now: number): Promise<number> {
  return queries.run('delete from passkey_challenges where expires_at <= $1', [new Date(now)]);
}

function hashOf(holder: string): string {
  return createHash('sha256').update(holder).digest('base64url');
}
