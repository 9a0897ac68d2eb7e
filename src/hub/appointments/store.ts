/**
 * Appointments. That a terminal and a counsellor never have two at once is a constraint of the database: whoever books
 * a slot in the same instant as others either gets it or is told that it is taken.
 */
import { z } from 'zod';
import {
  type AppointmentPerson,
  type AppointmentView,
  appointmentView,
  timeZone,
} from '#shared/protocol/appointments.ts';
import { type Database, isOverlap, type Queries, type SqlValue } from '../database/database.ts';
import type { Seal } from '../visits/personal-seal.ts';
import type { Span } from './free-slots.ts';
import { dayOf } from './weeks.ts';

const row = z.object({
  id: z.uuid(),
  terminal_id: z.uuid(),
  terminal: z.string(),
  mairie_id: z.uuid(),
  mairie: z.string(),
  time_zone: timeZone,
  body_id: z.uuid(),
  body: z.string(),
  counsellor_id: z.uuid(),
  counsellor: z.string(),
  starts_at: z.date(),
  ends_at: z.date(),
  state: appointmentView.shape.state,
  sequence: z.number(),
  undelivered: z.boolean(),
  sealed: z.instanceof(Uint8Array).nullable(),
});

export interface AppointmentRecord {
  readonly view: AppointmentView;
  readonly mairieId: string;
  readonly counsellorId: string;
  /** How often it was moved or cancelled. */
  readonly sequence: number;
}

const SELECT = `
  select p.id, p.terminal_id, t.name as terminal, t.mairie_id, m.name as mairie, m.time_zone, p.body_id,
    b.name as body, p.counsellor_id, a.name as counsellor, p.starts_at, p.ends_at, p.state, p.sealed,
    p.sequence, exists(select 1 from mails x where x.about = p.id and x.gave_up_at is not null) as undelivered
  from appointments p
  join terminals t on t.id = p.terminal_id
  join mairies m on m.id = t.mairie_id
  join bodies b on b.id = p.body_id
  join accounts a on a.id = p.counsellor_id`;

/** A slot, and who could take it, the best first. */
interface Slot extends Span {
  readonly counsellorIds: readonly string[];
}

interface NewAppointment {
  readonly appointmentId: string;
  readonly terminalId: string;
  readonly bodyId: string;
  readonly slot: Slot;
  readonly person: AppointmentPerson;
  readonly bookedBy: string;
  readonly at: number;
}

interface Between {
  readonly from: Date;
  readonly to: Date;
}

export interface AppointmentStore {
  readonly find: (appointmentId: string, queries?: Queries) => Promise<AppointmentRecord | null>;
  /** In the order of time. */
  readonly ofMairies: (mairieIds: readonly string[], between: Between) => Promise<AppointmentView[]>;
  readonly ofCounsellor: (counsellorId: string, between: Between) => Promise<AppointmentView[]>;
  /** False where the slot is taken by now. `queries`: those of the transaction that it is part of. */
  readonly book: (appointment: NewAppointment, queries?: Queries) => Promise<boolean>;
  /** `afterwards`: done in the same transaction, once it is moved. */
  readonly move: (
    appointmentId: string,
    slot: Slot,
    afterwards: (queries: Queries) => Promise<void>,
  ) => Promise<'moved' | 'taken' | 'over'>;
  /** What was known of the resident is removed. False where it was over already. */
  readonly end: (
    appointmentId: string,
    state: 'cancelled' | 'missed' | 'kept',
    queries?: Queries,
  ) => Promise<boolean>;
  /** Removes what is known of residents whose appointment ended before `at`, whatever became of it. Returns of how many. */
  readonly forgetBefore: (at: number) => Promise<number>;
  /** To come, or just over: all of which the resident is still known. */
  readonly remembered: () => Promise<AppointmentRecord[]>;
  /** False where nothing was known any more. */
  readonly forget: (appointmentId: string) => Promise<boolean>;
}

export function createAppointmentStore(database: Database, seal: Seal<AppointmentPerson>): AppointmentStore {
  async function select(
    where: string,
    values: readonly SqlValue[],
    queries: Queries = database,
  ): Promise<AppointmentRecord[]> {
    const rows = await queries.rows(row, `${SELECT} ${where}`, values);
    return rows.map((one) => ({
      mairieId: one.mairie_id,
      counsellorId: one.counsellor_id,
      sequence: one.sequence,
      view: {
        appointmentId: one.id,
        terminalId: one.terminal_id,
        terminal: one.terminal,
        mairie: one.mairie,
        timeZone: one.time_zone,
        bodyId: one.body_id,
        body: one.body,
        counsellor: one.counsellor,
        day: dayOf(one.starts_at.getTime(), one.time_zone),
        startsAt: one.starts_at.getTime(),
        endsAt: one.ends_at.getTime(),
        state: one.state,
        person: one.sealed && seal.open(one.id, one.sealed),
        undelivered: one.undelivered,
      },
    }));
  }
  const list = async (where: string, values: readonly SqlValue[]) =>
    (await select(`where ${where} order by p.starts_at, p.id`, values)).map(({ view }) => view);

  return {
    find: async (appointmentId, queries) =>
      (await select('where p.id = $1', [appointmentId], queries))[0] ?? null,
    ofMairies: (mairieIds, { from, to }) =>
      list('t.mairie_id = any($1) and p.starts_at >= $2 and p.starts_at < $3', [mairieIds, from, to]),
    ofCounsellor: (counsellorId, { from, to }) =>
      list('p.counsellor_id = $1 and p.starts_at >= $2 and p.starts_at < $3', [counsellorId, from, to]),
    async book({ appointmentId, terminalId, bodyId, slot, person, bookedBy, at }, queries = database) {
      for (const counsellorId of slot.counsellorIds) {
        // "on conflict" rather than an error: such inserts step back from each other instead of waiting in a circle.
        const added = await queries.run(
          `insert into appointments
             (id, terminal_id, body_id, counsellor_id, starts_at, ends_at, state, sealed, booked_by, booked_at)
           values ($1, $2, $3, $4, $5, $6, 'booked', $7, $8, $9) on conflict do nothing`,
          [
            ...[appointmentId, terminalId, bodyId, counsellorId],
            ...[new Date(slot.startsAt), new Date(slot.endsAt)],
            ...[seal.seal(appointmentId, person), bookedBy, new Date(at)],
          ],
        );
        if (added === 1) return true;
      }
      return false;
    },
    async move(appointmentId, { startsAt, endsAt, counsellorIds }, afterwards) {
      for (const counsellorId of counsellorIds) {
        try {
          // One for each: what the constraint refuses ends a transaction.
          return await database.transaction(async (queries) => {
            const moved = await queries.run(
              `update appointments
               set counsellor_id = $2, starts_at = $3, ends_at = $4, sequence = sequence + 1
               where id = $1 and state = 'booked'`,
              [appointmentId, counsellorId, new Date(startsAt), new Date(endsAt)],
            );
            if (moved !== 1) return 'over';
            await afterwards(queries);
            return 'moved';
          });
        } catch (error) {
          if (!isOverlap(error)) throw error;
        }
      }
      return 'taken';
    },
    async end(appointmentId, state, queries = database) {
      const ended = await queries.run(
        `update appointments set state = $2, sealed = null, sequence = sequence + 1 where id = $1 and state = 'booked'`,
        [appointmentId, state],
      );
      return ended === 1;
    },
    forgetBefore: (at) =>
      database.run('update appointments set sealed = null where sealed is not null and ends_at < $1', [
        new Date(at),
      ]),
    remembered: () => select('where p.sealed is not null order by p.starts_at, p.id', []),
    async forget(appointmentId) {
      const forgotten = await database.run(
        `update appointments set sealed = null, state = case state when 'booked' then 'cancelled' else state end
         where id = $1 and sealed is not null`,
        [appointmentId],
      );
      return forgotten === 1;
    },
  };
}
