/** What the hubs of one database write of themselves. Instants are the database's own: the hubs' clocks may differ. */
import { z } from 'zod';
import type { Queries } from '../database/database.ts';

/** s without a sign of life after which a hub counts as dead. */
const LEASE_SECONDS = 6;

export interface TerminalSeat {
  readonly terminalId: string;
  readonly hubId: string;
}

export interface CounsellorSeatRow {
  readonly seatId: string;
  readonly hubId: string;
  readonly accountId: string;
  readonly bodyId: string;
}

/** True where this hub was not known (any more): then none of its seats is either. */
export async function beat(queries: Queries, hubId: string, address: string | null): Promise<boolean> {
  const [row] = await queries.rows(
    z.object({ isNew: z.boolean() }),
    `insert into hubs (id, address) values ($1, $2)
     on conflict (id) do update set seen_at = clock_timestamp() returning xmax = 0 as "isNew"`,
    [hubId, address],
  );
  return row?.isNew ?? true;
}

/** With all of their seats and rooms. Returns how many: of several hubs that look at once, one finds each. */
export function removeDeadHubs(queries: Queries): Promise<number> {
  return queries.run(
    `delete from hubs where seen_at < clock_timestamp() - make_interval(secs => ${LEASE_SECONDS})`,
  );
}

export async function removeHub(queries: Queries, hubId: string): Promise<void> {
  await queries.run('delete from hubs where id = $1', [hubId]);
}

export function otherHubs(
  queries: Queries,
  hubId: string,
): Promise<{ id: string; address: string | null }[]> {
  return queries.rows(
    z.object({ id: z.uuid(), address: z.string().nullable() }),
    'select id, address from hubs where id <> $1',
    [hubId],
  );
}

/** The newest connection of a terminal has its seat. Nothing is written for a hub that is not known: its next beat does. */
export async function takeTerminalSeat(
  queries: Queries,
  seat: { readonly terminalId: string; readonly hubId: string; readonly seatId: string },
): Promise<void> {
  await queries.run(
    `insert into terminal_seats (terminal_id, hub_id, seat_id)
     select $1, h.id, $3 from hubs h where h.id = $2 and exists (select from terminals where id = $1)
     on conflict (terminal_id) do update set hub_id = excluded.hub_id, seat_id = excluded.seat_id`,
    [seat.terminalId, seat.hubId, seat.seatId],
  );
}

/** For seats that were lost with their hub's row: a terminal that came back elsewhere since then keeps its newer one. */
export async function takeFreeTerminalSeats(
  queries: Queries,
  hubId: string,
  seats: readonly { readonly terminalId: string; readonly seatId: string }[],
): Promise<void> {
  await queries.run(
    `insert into terminal_seats (terminal_id, hub_id, seat_id)
     select t.id, $1, s.seat_id from unnest($2::uuid[], $3::uuid[]) as s (terminal_id, seat_id)
     join terminals t on t.id = s.terminal_id
     on conflict (terminal_id) do nothing`,
    [hubId, seats.map(({ terminalId }) => terminalId), seats.map(({ seatId }) => seatId)],
  );
}

export async function leaveTerminalSeat(queries: Queries, seatId: string, terminalId: string): Promise<void> {
  await queries.run('delete from terminal_seats where terminal_id = $1 and seat_id = $2', [
    terminalId,
    seatId,
  ]);
}

export async function takeCounsellorSeat(queries: Queries, seat: CounsellorSeatRow): Promise<void> {
  await queries.run(
    `insert into counsellor_seats (seat_id, hub_id, account_id, body_id)
     select $1, id, $3, $4 from hubs where id = $2 on conflict do nothing`,
    [seat.seatId, seat.hubId, seat.accountId, seat.bodyId],
  );
}

export async function leaveCounsellorSeat(queries: Queries, seatId: string): Promise<void> {
  await queries.run('delete from counsellor_seats where seat_id = $1', [seatId]);
}

export function terminalsElsewhere(queries: Queries, hubId: string): Promise<TerminalSeat[]> {
  return queries.rows(
    z.object({ terminalId: z.uuid(), hubId: z.uuid() }),
    'select terminal_id as "terminalId", hub_id as "hubId" from terminal_seats where hub_id <> $1',
    [hubId],
  );
}

/** The oldest first. */
export function counsellorsElsewhere(queries: Queries, hubId: string): Promise<CounsellorSeatRow[]> {
  return queries.rows(
    z.object({ seatId: z.uuid(), hubId: z.uuid(), accountId: z.uuid(), bodyId: z.uuid() }),
    `select seat_id as "seatId", hub_id as "hubId", account_id as "accountId", body_id as "bodyId"
     from counsellor_seats where hub_id <> $1 order by since`,
    [hubId],
  );
}

/** The hub in which this room is held: of several that ask first, one gets it. */
export async function homeOfRoom(queries: Queries, room: string, hubId: string): Promise<string> {
  const [row] = await queries.rows(
    z.object({ home: z.uuid() }),
    `insert into room_homes (room, hub_id) select $1, id from hubs where id = $2
     on conflict (room) do update set hub_id = room_homes.hub_id returning hub_id as home`,
    [room, hubId],
  );
  return row?.home ?? hubId;
}

export async function forgetRoom(queries: Queries, room: string, hubId: string): Promise<void> {
  await queries.run('delete from room_homes where room = $1 and hub_id = $2', [room, hubId]);
}

export async function announce(queries: Queries, channel: string, payload: string): Promise<void> {
  await queries.rows(z.unknown(), 'select pg_notify($1, $2)', [channel, payload]);
}
