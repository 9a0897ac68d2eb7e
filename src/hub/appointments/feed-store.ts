/** Calendars that a counsellor's or a clerk's own program fetches by an address which nobody can guess. */
import { z } from 'zod';
import type { Queries } from '../database/database.ts';
import { hashOfToken, newToken } from '../random-token.ts';

export type FeedOwner =
  | { readonly of: 'terminal'; readonly terminalId: string }
  | { readonly of: 'counsellor'; readonly counsellorId: string };

/** In place of the one before, which leads nowhere from now on. Returns 256 random bits, base64url. */
export async function renewFeed(database: Queries, owner: FeedOwner): Promise<string> {
  const token = newToken();
  const [column, ownerId] =
    owner.of === 'terminal' ? ['terminal_id', owner.terminalId] : ['counsellor_id', owner.counsellorId];
  await database.run(
    `insert into calendar_feeds (token_hash, ${column}) values ($1, $2)
     on conflict (${column}) do update set token_hash = excluded.token_hash`,
    [hashOfToken(token), ownerId],
  );
  return token;
}

/** Null: no feed has this address, or not any more. */
export async function feedOwner(database: Queries, token: string): Promise<FeedOwner | null> {
  const [found] = await database.rows(
    z.object({ terminal_id: z.uuid().nullable(), counsellor_id: z.uuid().nullable() }),
    'select terminal_id, counsellor_id from calendar_feeds where token_hash = $1',
    [hashOfToken(token)],
  );
  if (found?.terminal_id) return { of: 'terminal', terminalId: found.terminal_id };
  if (found?.counsellor_id) return { of: 'counsellor', counsellorId: found.counsellor_id };
  return null;
}

export interface FeedEntry {
  readonly appointmentId: string;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly body: string;
  readonly mairie: string;
  readonly terminal: string;
}

/** What is booked from `from` on, in the order of time: at most a year's worth. Nothing of the residents is read. */
export async function feedEntries(database: Queries, owner: FeedOwner, from: number): Promise<FeedEntry[]> {
  const [column, ownerId] =
    owner.of === 'terminal' ? ['terminal_id', owner.terminalId] : ['counsellor_id', owner.counsellorId];
  return database.rows(
    z
      .object({
        id: z.uuid(),
        starts_at: z.date(),
        ends_at: z.date(),
        body: z.string(),
        mairie: z.string(),
        terminal: z.string(),
      })
      .transform(
        ({ id, starts_at, ends_at, ...names }): FeedEntry => ({
          appointmentId: id,
          startsAt: starts_at.getTime(),
          endsAt: ends_at.getTime(),
          ...names,
        }),
      ),
    `select p.id, p.starts_at, p.ends_at, b.name as body, m.name as mairie, t.name as terminal
     from appointments p
     join terminals t on t.id = p.terminal_id
     join mairies m on m.id = t.mairie_id
     join bodies b on b.id = p.body_id
     where p.${column} = $1 and p.state = 'booked' and p.starts_at >= $2
       and p.starts_at < $2::timestamptz + interval '1 year'
     order by p.starts_at`,
    [ownerId, new Date(from)],
  );
}
