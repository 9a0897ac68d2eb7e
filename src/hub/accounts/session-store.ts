/** Sessions in the database: a restarted hub, or another one, still knows who is logged in. Ids are kept hashed. */
import { createHash } from 'node:crypto';
import type { SessionStore } from '@fastify/session';
import { z } from 'zod';
import type { Queries } from '../database/database.ts';

const stored = z.object({
  accountId: z.uuid(),
  expiresAt: z.number(),
  leaveWith: z.string().optional(),
  cookie: z.record(z.string(), z.unknown()),
});

export function createSessionStore(database: Queries, clock: () => number): SessionStore {
  return {
    set(sessionId, session, callback) {
      const { accountId, expiresAt, leaveWith } = session;
      // Nobody is logged in yet: nothing to remember.
      if (!accountId || !expiresAt) return callback();
      const data = JSON.stringify({ accountId, expiresAt, leaveWith, cookie: session.cookie });
      database
        .run(
          `insert into sessions (id_hash, account_id, data, expires_at) values ($1, $2, $3, $4)
           on conflict (id_hash) do update set data = excluded.data, expires_at = excluded.expires_at`,
          [hashSessionId(sessionId), accountId, data, new Date(expiresAt)],
        )
        .then(() => callback(), callback);
    },
    get(sessionId, callback) {
      database
        .rows(
          z.object({ data: stored }),
          'select data from sessions where id_hash = $1 and expires_at > $2',
          [hashSessionId(sessionId), new Date(clock())],
        )
        .then(
          ([row]) => callback(null, row ? (row.data as unknown as Parameters<typeof callback>[1]) : null),
          (error: unknown) => callback(error),
        );
    },
    destroy(sessionId, callback) {
      database
        .run('delete from sessions where id_hash = $1', [hashSessionId(sessionId)])
        .then(() => callback(), callback);
    },
  };
}

/** What a session is called where its id must not be said. */
export function hashSessionId(sessionId: string): string {
  return createHash('sha256').update(sessionId).digest('base64url');
}

/** When this session ends (ms since the epoch); null where it has ended or was closed. */
export async function sessionEnd(
  database: Queries,
  sessionId: string,
  clock: () => number,
): Promise<number | null> {
  const [row] = await database.rows(
    z.object({ expires_at: z.date() }),
    'select expires_at from sessions where id_hash = $1 and expires_at > $2',
    [hashSessionId(sessionId), new Date(clock())],
  );
  return row ? row.expires_at.getTime() : null;
}

/** Returns how many. */
export function removeExpiredSessions(database: Queries, clock: () => number): Promise<number> {
  return database.run('delete from sessions where expires_at <= $1', [new Date(clock())]);
}

const sessionRow = z
  .object({ id_hash: z.string(), expires_at: z.date() })
  .transform((row) => ({ sessionKey: row.id_hash, expiresAt: row.expires_at.getTime() }));

export function sessionsOf(database: Queries, accountId: string, clock: () => number) {
  return database.rows(
    sessionRow,
    'select id_hash, expires_at from sessions where account_id = $1 and expires_at > $2 order by expires_at desc',
    [accountId, new Date(clock())],
  );
}
