/** Free slots, and what is done with appointments. Out of an account's scope nothing exists: `notFound`. */
import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { FailureCode } from '#shared/failure.ts';
import {
  appointmentsAnswer,
  bookAnswer,
  bookBody,
  moveBody,
  placesAnswer,
  slotsAnswer,
  slotsQuery,
  weekQuery,
} from '#shared/protocol/appointments.ts';
import { id } from '#shared/protocol/fields.ts';
import { refuse, requireAccount } from '../accounts/guard.ts';
import { type Account, type Counsellor, isReceiver, mairiesOf, type Receiver } from '../accounts/store.ts';
import type { AuditAction } from '../audit/store.ts';
import type { Hub } from '../hub.ts';
import { bookAndTell, cancelAndTell, moveAndTell } from './book-and-tell.ts';
import { zoneOf } from './calendar-store.ts';
import { findSlots } from './find-slots.ts';
import type { FreeSlot } from './free-slots.ts';
import { bookablePlace, bookablePlaces, ownAppointment } from './scope.ts';
import { createSharedSearch, type SharedSearch } from './shared-search.ts';
import { startVisit } from './start-visit.ts';
import type { AppointmentRecord } from './store.ts';
import { boundsOf, dayOf, weekOf } from './weeks.ts';

/** A counsellor is of a body, not of a place: his own week is that of Paris. */
const COUNSELLOR_ZONE = 'Europe/Paris';

type SlotSearch = SharedSearch<Parameters<typeof findSlots>[1], FreeSlot[]>;
type One = FastifyRequest<{ Params: { appointmentId: string } }>;

export function appointmentRoutes(app: FastifyInstance, hub: Hub): void {
  const { database, appointments, clock } = hub;
  const known = { preValidation: requireAccount(hub) };
  const search: SlotSearch = createSharedSearch(
    (wanted) => findSlots(database, wanted),
    ({ terminalId, bodyId, days }) => `${terminalId} ${bodyId} ${days[0]}`,
  );

  app.get('/api/appointments/places', known, async ({ account }, reply) => {
    if (!isBooker(account)) return deny(hub, reply, account, 'appointment.slots', null, 'forbidden');
    return placesAnswer.parse(await bookablePlaces(database, account));
  });

  app.get('/api/appointments/slots', known, async ({ account, query }, reply) => {
    if (!isBooker(account)) return deny(hub, reply, account, 'appointment.slots', null, 'forbidden');
    const wanted = slotsQuery.safeParse(query);
    if (!wanted.success) return refuse(reply, 'invalidMessage');
    const place = await bookablePlace(database, account, wanted.data);
    if (!place) return deny(hub, reply, account, 'appointment.slots', wanted.data.terminalId, 'notFound');
    const [{ timeZone }, now] = [place, clock()];
    const week = weekOf(wanted.data.date, timeZone, now);
    const slots = await findSlots(database, { ...place, days: week.days, now });
    return slotsAnswer.parse({
      week,
      timeZone,
      slots: slots.map(({ day, startsAt, endsAt }) => ({ day, startsAt, endsAt })),
    });
  });

  app.get('/api/appointments', known, async ({ account, query }, reply) => {
    if (!isBooker(account)) return deny(hub, reply, account, 'appointment.list', null, 'forbidden');
    const wanted = weekQuery.safeParse(query);
    if (!wanted.success) return refuse(reply, 'invalidMessage');
    const own = isReceiver(account) ? mairiesOf(account) : [];
    // Mairies of one agent are near each other: one clock.
    const timeZone = (own[0] && (await zoneOf(database, own[0]))) ?? COUNSELLOR_ZONE;
    const week = weekOf(wanted.data.date, timeZone, clock());
    const between = boundsOf(week.days, timeZone);
    return appointmentsAnswer.parse({
      week,
      appointments: isReceiver(account)
        ? await appointments.ofMairies(own, between)
        : await appointments.ofCounsellor(account.accountId, between),
    });
  });

  app.post('/api/appointments', known, async ({ account, body }, reply) => {
    const action = 'appointment.book';
    if (!isBooker(account)) return deny(hub, reply, account, action, null, 'forbidden');
    const wanted = bookBody.safeParse(body);
    if (!wanted.success) return refuse(reply, 'invalidMessage');
    const { terminalId, startsAt, person } = wanted.data;
    const place = await bookablePlace(database, account, wanted.data);
    if (!place) return deny(hub, reply, account, action, terminalId, 'notFound');
    const at = clock();
    const slot = await slotAt(hub, search, place, startsAt);
    const appointmentId = randomUUID();
    const bookedBy = account.accountId;
    const booked =
      slot !== null && (await bookAndTell(hub, { ...place, appointmentId, slot, person, bookedBy, at }));
    if (!booked) return deny(hub, reply, account, action, terminalId, 'slotTaken');
    await hub.audit({ actor: bookedBy, action, subject: appointmentId, outcome: 'ok' });
    hub.background.run(hub.switchboard.refresh());
    return bookAnswer.parse({ appointmentId });
  });

  /** For an appointment of the account's own; `work` gives why not, or null. */
  function change(
    verb: 'move' | 'cancel' | 'missed' | 'start',
    work: (
      found: AppointmentRecord,
      account: Receiver | Counsellor,
      body: unknown,
    ) => Promise<FailureCode | null>,
  ): void {
    app.post(`/api/appointments/:appointmentId/${verb}`, known, async (request: One, reply) => {
      const { account, params, body } = request;
      const action = `appointment.${verb}` as const;
      const subject = id.safeParse(params.appointmentId).data ?? null;
      if (!isBooker(account)) return deny(hub, reply, account, action, subject, 'forbidden');
      const found = subject ? await ownAppointment(hub, account, subject) : null;
      if (!found) return deny(hub, reply, account, action, subject, 'notFound');
      const code = await work(found, account, body);
      if (code) return deny(hub, reply, account, action, subject, code);
      await hub.audit({ actor: account.accountId, action, subject, outcome: 'ok' });
      // A started one has told everybody already.
      if (verb !== 'start') hub.background.run(hub.switchboard.refresh());
      return reply.code(204).send();
    });
  }

  change('move', async ({ view, mairieId }, _account, body) => {
    const wanted = moveBody.safeParse(body);
    if (!wanted.success) return 'invalidMessage';
    if (view.state !== 'booked') return 'appointmentOver';
    const slot = await slotAt(hub, search, { ...view, mairieId }, wanted.data.startsAt);
    if (!slot) return 'slotTaken';
    const moved = await moveAndTell(hub, view.appointmentId, slot);
    return moved === 'moved' ? null : moved === 'over' ? 'appointmentOver' : 'slotTaken';
  });
  change('cancel', async (found) => ((await cancelAndTell(hub, found)) ? null : 'appointmentOver'));
  change('missed', async ({ view }) =>
    (await appointments.end(view.appointmentId, 'missed')) ? null : 'appointmentOver',
  );
  change('start', async (found, account) => (isReceiver(account) ? startVisit(hub, found) : 'forbidden'));
}

/** The slot that begins at this instant, if it is free. */
async function slotAt(
  hub: Hub,
  search: SlotSearch,
  place: Omit<Parameters<typeof findSlots>[1], 'days' | 'now'>,
  startsAt: number,
) {
  // Beyond what a Date can hold there is no day.
  if (startsAt > MAX_INSTANT) return null;
  const { terminalId, mairieId, bodyId, timeZone } = place;
  const slots = await search({
    ...{ terminalId, mairieId, bodyId, timeZone },
    days: [dayOf(startsAt, timeZone)],
    now: hub.clock(),
  });
  return slots.find((slot) => slot.startsAt === startsAt) ?? null;
}

/** ms: the end of the year 9999. */
const MAX_INSTANT = 253_402_300_799_999;

function isBooker(account: Account | null): account is Receiver | Counsellor {
  return isReceiver(account) || account?.role === 'counsellor';
}

/** Refused, and in the audit trail. */
export async function deny(
  hub: Hub,
  reply: FastifyReply,
  account: Account | null,
  action: AuditAction,
  subject: string | null,
  code: FailureCode,
): Promise<FastifyReply> {
  await hub.audit({ actor: account?.accountId ?? null, action, subject, outcome: code });
  return refuse(reply, code);
}
