/** Visits under way. Each rule that two people could break at once is a constraint or one statement, not a check. */
import { z } from 'zod';
import { type TimeZone, timeZone } from '#shared/protocol/appointments.ts';
import type { IdentityPaper, ResidentDetails } from '#shared/protocol/resident.ts';
import { type Quiet, quiet, type VisitEndReason, visitEndReason } from '#shared/protocol/views.ts';
import { countVisit } from '../counting/count-visit.ts';
import { brokenUnique, type Database, type Queries, type SqlValue } from '../database/database.ts';
import type { InvitedSeal } from '../invited/store.ts';
import type { Personal, PersonalSeal } from './personal-seal.ts';

const visitRow = z.object({
  id: z.uuid(),
  terminal_id: z.uuid(),
  terminal: z.string(),
  mairie_id: z.uuid(),
  mairie: z.string(),
  body_id: z.uuid(),
  body: z.string(),
  stage: z.enum(['queued', 'inCall']),
  sealed: z.instanceof(Uint8Array),
  show_name: z.boolean(),
  resident_present: z.boolean(),
  announced_at: z.date(),
  appointment_at: z.date().nullable(),
  time_zone: timeZone,
  picked_up_at: z.date().nullable(),
  counsellor_id: z.uuid().nullable(),
  counsellor: z.string().nullable(),
  wanted_counsellor_id: z.uuid().nullable(),
  wanted_counsellor: z.string().nullable(),
  room: z.string().nullable(),
  deployment: z.string().nullable(),
  quiet,
  sealed_invited: z.instanceof(Uint8Array).nullable(),
  invited_account_id: z.uuid().nullable(),
  invited_ticket_at: z.date().nullable(),
});

/** What the counsellor's pick-up adds to a visit. */
interface Call {
  readonly counsellorId: string;
  readonly counsellor: string;
  readonly room: string;
  readonly pickedUpAt: number;
}

export interface VisitRecord {
  readonly visitId: string;
  readonly terminalId: string;
  readonly terminal: string;
  readonly mairieId: string;
  readonly mairie: string;
  /** The mairie's. */
  readonly timeZone: TimeZone;
  readonly bodyId: string;
  readonly body: string;
  readonly residentName: string;
  readonly motive: string;
  readonly details: ResidentDetails;
  readonly identityPaper: IdentityPaper | null;
  readonly showName: boolean;
  readonly residentPresent: boolean;
  readonly announcedAt: number;
  /** For when it was booked, and the mairie's clock. Null: without an appointment. */
  readonly appointment: { readonly at: number; readonly timeZone: TimeZone } | null;
  /** Origin of the deployment, once it is not simply the first choice. */
  readonly deployment: string | null;
  readonly quiet: Quiet;
  /** Null while it waits in the queue. */
  readonly call: Call | null;
  /** The colleague for whom it was put back in the queue. */
  readonly wanted: { readonly accountId: string; readonly name: string } | null;
  readonly invited: InvitedPerson | null;
}

/** Whom the counsellor asked into the call. */
interface InvitedPerson {
  readonly name: string;
  /** Null: comes by a link. */
  readonly accountId: string | null;
  /** A ticket of the room was given out. */
  readonly hasTicket: boolean;
}

export interface VisitSeals {
  readonly personal: PersonalSeal;
  readonly invited: InvitedSeal;
}

const SELECT = `
  select v.*, t.name as terminal, t.mairie_id, m.name as mairie, m.time_zone, b.name as body,
    a.name as counsellor,    w.name as wanted_counsellor
  from visits v
  join terminals t on t.id = v.terminal_id
  join mairies m on m.id = t.mairie_id
  join bodies b on b.id = v.body_id
  left join accounts a on a.id = v.counsellor_id
  left join accounts w on w.id = v.wanted_counsellor_id`;

export interface VisitStore {
  /** In the order of the queue: appointments by their hour, then who has waited longest. */
  readonly all: () => Promise<VisitRecord[]>;
  readonly find: (visitId: string) => Promise<VisitRecord | null>;
  readonly currentOf: (counsellorId: string) => Promise<VisitRecord | null>;
  /** False where the terminal already has a visit. `queries`: those of the transaction that it is part of. */
  readonly announce: (visit: NewVisit, queries?: Queries) => Promise<boolean>;
  /** Of any number at once exactly one gets `pickedUp`. */
  readonly pickUp: (pickUp: PickUp) => Promise<'pickedUp' | 'notQueued' | 'alreadyInVisit'>;
  /** Back in the queue, as it was announced, with its appointment where the body stays: nothing that the counsellor cut or hid is kept, nobody stays invited. False where it is not his. */
  readonly handOver: (handOver: HandOver) => Promise<boolean>;
  /** Nothing happens where `from` is not the visit's room any more. */
  readonly moveRoom: (visitId: string, move: RoomMove) => Promise<void>;
  /** What is named changes, the rest stays. */
  readonly setQuiet: (
    visitId: string,
    change: { readonly [Key in keyof Quiet]?: Quiet[Key] | undefined },
  ) => Promise<void>;
  readonly setResidentPresent: (visitId: string, present: boolean) => Promise<void>;
  /** Removes the visit with its orders and keeps a bare row to count. False where it was over already. */
  readonly end: (visitId: string, reason: VisitEndReason, at: number) => Promise<boolean>;
  /** The same for each visit that is beyond one of these instants. Returns their ids. */
  readonly endOverdue: (limits: OverdueLimits) => Promise<string[]>;
  /** Removes what is still known of residents whose visit ended before. Returns of how many. */
  readonly forgetBefore: (before: Date) => Promise<number>;
  /** Past visits of which something is still known. */
  readonly remembered: () => Promise<RememberedVisit[]>;
  /** False where nothing was known any more. */
  readonly forget: (visitId: string) => Promise<boolean>;
  /** Why and for which body a past visit ended; null where there was none. */
  readonly past: (visitId: string) => Promise<PastVisit | null>;
}

interface NewVisit {
  readonly visitId: string;
  readonly terminalId: string;
  readonly bodyId: string;
  readonly personal: Personal;
  readonly showName: boolean;
  readonly at: number;
  /** ms since the epoch; absent: without an appointment. */
  readonly appointmentAt?: number;
}

interface PickUp {
  readonly visitId: string;
  readonly counsellorId: string;
  readonly room: string;
  readonly deployment: string;
  readonly at: number;
}

interface HandOver {
  readonly visitId: string;
  /** Who has it. */
  readonly counsellorId: string;
  /** Null: the body stays. */
  readonly bodyId: string | null;
  /** Null: nobody in particular. */
  readonly wantedId: string | null;
}

interface RoomMove {
  /** Null before the call. */
  readonly from: string | null;
  readonly room: string | null;
  readonly deployment: string;
}

/** All in ms since the epoch. A visit is younger than the last contact with its terminal where that was before it. */
interface OverdueLimits {
  readonly at: number;
  readonly reason: VisitEndReason;
  readonly queuedWithoutTerminalSince: number;
  readonly inCallWithoutTerminalSince: number;
  readonly queuedSince: number;
}

const pastRow = z
  .object({ body_id: z.uuid(), mairie_id: z.uuid(), terminal_id: z.uuid(), reason: visitEndReason })
  .transform((row) => ({
    bodyId: row.body_id,
    mairieId: row.mairie_id,
    terminalId: row.terminal_id,
    reason: row.reason,
  }));
export type PastVisit = z.output<typeof pastRow>;

const rememberedRow = z.object({
  id: z.uuid(),
  sealed: z.instanceof(Uint8Array),
  ended_at: z.date(),
  mairie_id: z.uuid(),
  mairie: z.string(),
  body: z.string(),
});

export interface RememberedVisit {
  readonly visitId: string;
  readonly mairieId: string;
  readonly mairie: string;
  readonly body: string;
  readonly endedAt: number;
  readonly personal: Personal;
}

/** @param keep what was announced stays after the visit, until forgetBefore(); by default nothing does. */
export function createVisitStore(database: Database, seals: VisitSeals, keep = false): VisitStore {
  const seal = seals.personal;

  async function select(where: string, values: readonly string[]): Promise<VisitRecord[]> {
    const rows = await database.rows(visitRow, `${SELECT} ${where}`, values);
    return rows.map((row) => ({
      visitId: row.id,
      terminalId: row.terminal_id,
      terminal: row.terminal,
      mairieId: row.mairie_id,
      mairie: row.mairie,
      timeZone: row.time_zone,
      bodyId: row.body_id,
      body: row.body,
      ...seal.open(row.id, row.sealed),
      showName: row.show_name,
      residentPresent: row.resident_present,
      announcedAt: row.announced_at.getTime(),
      appointment: row.appointment_at && { at: row.appointment_at.getTime(), timeZone: row.time_zone },
      deployment: row.deployment,
      quiet: row.quiet,
      call: callOf(row),
      wanted:
        row.wanted_counsellor_id && row.wanted_counsellor
          ? { accountId: row.wanted_counsellor_id, name: row.wanted_counsellor }
          : null,
      invited: row.sealed_invited && {
        name: seals.invited.open(row.id, row.sealed_invited).name,
        accountId: row.invited_account_id,
        hasTicket: row.invited_ticket_at !== null,
      },
    }));
  }

  return {
    all: () =>
      select('order by v.appointment_at is null, coalesce(v.appointment_at, v.announced_at), v.id', []),
    find: async (visitId) => (await select('where v.id = $1', [visitId]))[0] ?? null,
    currentOf: async (counsellorId) =>
      (await select('where v.counsellor_id = $1', [counsellorId]))[0] ?? null,
    async announce(visit, queries = database) {
      const { visitId, terminalId, bodyId, personal, showName, at, appointmentAt } = visit;
      const added = await queries.run(
        `insert into visits (id, terminal_id, body_id, stage, sealed, show_name, announced_at, appointment_at)
         values ($1, $2, $3, 'queued', $4, $5, $6, $7) on conflict (terminal_id) do nothing`,
        [
          ...[visitId, terminalId, bodyId, seal.seal(visitId, personal), showName, new Date(at)],
          appointmentAt === undefined ? null : new Date(appointmentAt),
        ],
      );
      return added === 1;
    },
    async pickUp({ visitId, counsellorId, room, deployment, at }) {
      try {
        const won = await database.run(
          `update visits set stage = 'inCall', counsellor_id = $2, room = $3, picked_up_at = $4, deployment = $5,
             first_picked_up_at = coalesce(first_picked_up_at, $4), wanted_counsellor_id = null
           where id = $1 and stage = 'queued'`,
          [visitId, counsellorId, room, new Date(at), deployment],
        );
        return won === 1 ? 'pickedUp' : 'notQueued';
      } catch (error) {
        if (brokenUnique(error) === 'visits_one_a_counsellor') return 'alreadyInVisit';
        throw error;
      }
    },
    async handOver({ visitId, counsellorId, bodyId, wantedId }) {
      const moved = await database.run(
        `update visits set stage = 'queued', counsellor_id = null, room = null, picked_up_at = null,
           body_id = coalesce($3, body_id), wanted_counsellor_id = $4, quiet = default,
           sealed_invited = null, invited_account_id = null, invited_token_hash = null, invited_ticket_at = null,
           appointment_at = case when $3::uuid is null or $3 = body_id then appointment_at end
         where id = $1 and counsellor_id = $2`,
        [visitId, counsellorId, bodyId, wantedId],
      );
      return moved === 1;
    },
    async moveRoom(visitId, { from, room, deployment }) {
      await database.run(
        `update visits set room = $3, deployment = $4 where id = $1 and room is not distinct from $2`,
        [visitId, from, room, deployment],
      );
    },
    async setQuiet(visitId, change) {
      await database.run('update visits set quiet = quiet || $2::jsonb where id = $1', [
        visitId,
        JSON.stringify(change),
      ]);
    },
    async setResidentPresent(visitId, present) {
      await database.run('update visits set resident_present = $2 where id = $1', [visitId, present]);
    },
    end: (visitId, reason, at) =>
      database.transaction(async (queries) => {
        const ended = await endVisits(
          queries,
          seal,
          { where: 'v.id = $1', values: [visitId] },
          { reason, at, keep },
        );
        return ended.length === 1;
      }),
    endOverdue: ({ at, reason, ...since }) =>
      database.transaction((queries) =>
        endVisits(
          queries,
          seal,
          {
            where: `greatest(v.announced_at, t.last_contact) <=
                case v.stage when 'inCall' then $2::timestamptz else $1::timestamptz end
              or (v.stage = 'queued' and v.announced_at <= $3)`,
            values: [
              new Date(since.queuedWithoutTerminalSince),
              new Date(since.inCallWithoutTerminalSince),
              new Date(since.queuedSince),
            ],
          },
          { reason, at, keep },
        ),
      ),
    forgetBefore: (before) =>
      database.run('update past_visits set sealed = null where sealed is not null and ended_at < $1', [
        before,
      ]),
    async remembered() {
      const rows = await database.rows(
        rememberedRow,
        `select p.id, p.sealed, p.ended_at, t.mairie_id, m.name as mairie, b.name as body
         from past_visits p join terminals t on t.id = p.terminal_id join mairies m on m.id = t.mairie_id
         join bodies b on b.id = p.body_id where p.sealed is not null order by p.ended_at`,
      );
      return rows.map((row) => ({
        visitId: row.id,
        mairieId: row.mairie_id,
        mairie: row.mairie,
        body: row.body,
        endedAt: row.ended_at.getTime(),
        personal: seal.open(row.id, row.sealed),
      }));
    },
    async forget(visitId) {
      const forgotten = await database.run(
        'update past_visits set sealed = null where sealed is not null and id = $1',
        [visitId],
      );
      return forgotten === 1;
    },
    async past(visitId) {
      const [row] = await database.rows(
        pastRow,
        `select p.body_id, t.mairie_id, p.terminal_id, p.reason
         from past_visits p join terminals t on t.id = p.terminal_id where p.id = $1`,
        [visitId],
      );
      return row ?? null;
    },
  };
}

const endedRow = z.object({
  id: z.uuid(),
  terminal_id: z.uuid(),
  body_id: z.uuid(),
  sealed: z.instanceof(Uint8Array),
  announced_at: z.date(),
  first_picked_up_at: z.date().nullable(),
});

interface Ending {
  readonly reason: VisitEndReason;
  readonly at: number;
  /** What was announced stays, sealed, until the purge. */
  readonly keep: boolean;
}

/** Counted, moved to past_visits and removed with their orders: all of it or nothing. Returns their ids. */
async function endVisits(
  queries: Queries,
  seal: PersonalSeal,
  which: { readonly where: string; readonly values: readonly SqlValue[] },
  { reason, at, keep }: Ending,
): Promise<string[]> {
  // Of two who end it at once the second waits here, and finds nothing.
  const gone = await queries.rows(
    endedRow,
    `select v.* from visits v join terminals t on t.id = v.terminal_id
     where ${which.where} order by v.id for update of v`,
    which.values,
  );
  for (const row of gone) {
    const visit = {
      visitId: row.id,
      terminalId: row.terminal_id,
      bodyId: row.body_id,
      motive: seal.open(row.id, row.sealed).motive,
      announcedAt: row.announced_at.getTime(),
      pickedUpAt: row.first_picked_up_at?.getTime() ?? null,
    };
    await countVisit(queries, visit, reason, at);
    await queries.run(
      `insert into past_visits (id, terminal_id, body_id, announced_at, picked_up_at, ended_at, reason, sealed)
       select id, terminal_id, body_id, announced_at, first_picked_up_at, $2, $3, case when $4::boolean then sealed end
       from visits where id = $1`,
      [row.id, new Date(at), reason, keep],
    );
    await queries.run('delete from visits where id = $1', [row.id]);
  }
  return gone.map(({ id }) => id);
}

function callOf(row: z.output<typeof visitRow>): Call | null {
  if (row.stage === 'queued') return null;
  if (!row.counsellor_id || !row.counsellor || !row.room || !row.picked_up_at) {
    throw new Error('A visit in call without its counsellor: the database’s own check forbids it.');
  }
  return {
    counsellorId: row.counsellor_id,
    counsellor: row.counsellor,
    room: row.room,
    pickedUpAt: row.picked_up_at.getTime(),
  };
}
