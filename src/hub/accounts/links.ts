/** Links by which somebody sets a password: of an invitation, or because it was forgotten. Good once; a new one ends the one before. */
import { z } from 'zod';
import type { Queries } from '../database/database.ts';
import { hashOfToken, newToken } from '../random-token.ts';

const DAY = 24 * 3_600_000;
/** ms. */
export const LINK_LIFE = { invitation: 7 * DAY, forgotten: DAY / 24 } as const;

/** @returns the token: 256 random bits, base64url. */
export async function makeLink(queries: Queries, accountId: string, expiresAt: number): Promise<string> {
  const token = newToken();
  await queries.run(
    `insert into account_links (token_hash, account_id, expires_at) values ($1, $2, $3)
     on conflict (account_id) do update set token_hash = excluded.token_hash, expires_at = excluded.expires_at`,
    [hashOfToken(token), accountId, new Date(expiresAt)],
  );
  return token;
}

/** Behind "#": it is in no server's log and in no Referer. */
export function linkAddress(origin: string, token: string): string {
  return `${origin}/#/bienvenue/${token}`;
}

const linked = z
  .object({ id: z.uuid(), name: z.string(), email: z.string() })
  .transform(({ id, ...rest }) => ({ accountId: id, ...rest }));

/** Null: used, out of date, replaced, or of an account that is locked or removed. */
export async function accountOfLink(queries: Queries, token: string, now: number) {
  const [found] = await queries.rows(
    linked,
    `select a.id, a.name, a.email from account_links l join accounts a on a.id = l.account_id
     where l.token_hash = $1 and l.expires_at > $2 and a.standing in ('invited', 'active')`,
    [hashOfToken(token), new Date(now)],
  );
  return found ?? null;
}

/** In one transaction with what it is used for. False: somebody else used it first. */
export async function spendLink(queries: Queries, token: string): Promise<boolean> {
  return (await queries.run('delete from account_links where token_hash = $1', [hashOfToken(token)])) > 0;
}

/** Returns how many. */
export function removeOldLinks(queries: Queries, now: number): Promise<number> {
  return queries.run('delete from account_links where expires_at <= $1', [new Date(now)]);
}
