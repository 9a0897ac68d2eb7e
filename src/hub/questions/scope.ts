/**
 * Whose a question is: of whoever receives residents in its mairie, and of its body's correspondents. A counsellor sees a
 * body's questions only on the days on which he stands in for one of its correspondents.
 */
import { z } from 'zod';
import { type Account, isReceiver, mairiesOf } from '../accounts/store.ts';
import { dayOf } from '../appointments/weeks.ts';
import type { Queries } from '../database/database.ts';

/** Absences are days, and bodies have no clock of their own on a wall. */
const ZONE = 'Europe/Paris';

export function today(now: number): string {
  return dayOf(now, ZONE);
}

export type Side =
  | { readonly side: 'mairie'; readonly mairieIds: readonly string[] }
  | { readonly side: 'body'; readonly bodyId: string };

/** Null: questions are none of this account's business. */
export async function sideOf(queries: Queries, account: Account | null, now: number): Promise<Side | null> {
  if (isReceiver(account)) return { side: 'mairie', mairieIds: mairiesOf(account) };
  if (account?.role === 'correspondent') return { side: 'body', bodyId: account.bodyId };
  if (account?.role !== 'counsellor') return null;
  const standsIn = await queries.rows(
    z.object({}),
    `select 1 from absences n join accounts a on a.id = n.account_id and a.body_id = $2 and a.role = 'correspondent'
     where n.deputy_id = $1 and $3::date between n.first_day and n.last_day limit 1`,
    [account.accountId, account.bodyId, today(now)],
  );
  return standsIn.length > 0 ? { side: 'body', bodyId: account.bodyId } : null;
}

export function isWithin(
  side: Side,
  question: { readonly mairieId: string; readonly bodyId: string },
): boolean {
  return side.side === 'mairie'
    ? side.mairieIds.includes(question.mairieId)
    : side.bodyId === question.bodyId;
}
