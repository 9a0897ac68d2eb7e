/** Who is asked into a call besides its two: kept with the visit, one at a time. */
import { z } from 'zod';
import type { Queries } from '../database/database.ts';
import { hashOfToken } from '../random-token.ts';
import { createSeal, type Seal } from '../visits/personal-seal.ts';

const invited = z.strictObject({ name: z.string() });
export type InvitedSeal = Seal<z.infer<typeof invited>>;

/** @param former keys of former secrets. */
export function createInvitedSeal(key: Uint8Array, former: readonly Uint8Array[] = []): InvitedSeal {
  return createSeal(key, invited, former);
}

interface Invitation {
  readonly visitId: string;
  /** Who invites: nothing happens where the visit is not his any more. */
  readonly counsellorId: string;
  readonly name: string;
  /** By the own account, or by a link of whose token this is the hash. */
  readonly to: { readonly accountId: string } | { readonly tokenHash: string };
}

/** In place of whoever was invited before and did not come in. False: the visit is not his, or somebody may be in. */
export async function invite(
  queries: Queries,
  seal: InvitedSeal,
  { visitId, counsellorId, name, to }: Invitation,
): Promise<boolean> {
  const written = await queries.run(
    `update visits set sealed_invited = $3, invited_account_id = $4, invited_token_hash = $5
     where id = $1 and counsellor_id = $2 and invited_ticket_at is null`,
    [
      ...[visitId, counsellorId, seal.seal(visitId, { name })],
      'accountId' in to ? to.accountId : null,
      'tokenHash' in to ? to.tokenHash : null,
    ],
  );
  return written === 1;
}

/** Nobody is invited any more. `mayBeIn`: a ticket was given out, with which one could come back as long as the room is the same. */
export async function endInvitation(
  queries: Queries,
  visitId: string,
  counsellorId: string,
): Promise<'mayBeIn' | 'neverIn' | 'nobody'> {
  const [was] = await queries.rows(
    z.object({ invited_ticket_at: z.date().nullable() }),
    `select invited_ticket_at from visits
     where id = $1 and counsellor_id = $2 and sealed_invited is not null for update`,
    [visitId, counsellorId],
  );
  if (!was) return 'nobody';
  await queries.run(
    `update visits set sealed_invited = null, invited_account_id = null, invited_token_hash = null,
       invited_ticket_at = null where id = $1`,
    [visitId],
  );
  return was.invited_ticket_at ? 'mayBeIn' : 'neverIn';
}

/** The visit (id) to which this token leads; null: used up by the end of the visit or of the invitation. */
export async function visitOfToken(queries: Queries, token: string): Promise<string | null> {
  const [found] = await queries.rows(
    z.object({ id: z.uuid() }),
    'select id from visits where invited_token_hash = $1',
    [hashOfToken(token)],
  );
  return found?.id ?? null;
}

/** Before the ticket leaves: whoever ends the invitation from now on knows that somebody may be in. False: it was ended meanwhile. */
export async function noteTicket(
  queries: Queries,
  visitId: string,
  by: { readonly accountId: string } | { readonly token: string },
  at: number,
): Promise<boolean> {
  const [column, value] =
    'token' in by ? ['invited_token_hash', hashOfToken(by.token)] : ['invited_account_id', by.accountId];
  const noted = await queries.run(
    `update visits set invited_ticket_at = $3 where id = $1 and stage = 'inCall' and ${column} = $2`,
    [visitId, value, new Date(at)],
  );
  return noted === 1;
}
