/** Bodies of the hub's HTTP requests and answers about appointments. */
import { z } from 'zod';
import { calendarDay, id, instant, shortText } from './fields.ts';

/** A day of the calendar, without a time zone: "2026-03-29". */
export const day = calendarDay;
/** By the clock on the mairie's wall: "09:30". */
const wallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** Where French mairies are, as the IANA time zone database names it. */
export const timeZone = z.enum([
  'Europe/Paris',
  'America/Guadeloupe',
  'America/Martinique',
  'America/Cayenne',
  'America/St_Barthelemy',
  'America/Marigot',
  'America/Miquelon',
  'Indian/Reunion',
  'Indian/Mayotte',
  'Pacific/Tahiti',
  'Pacific/Noumea',
  'Pacific/Wallis',
]);
export type TimeZone = z.infer<typeof timeZone>;

/** An instant, and the clock that it is read by: the one on the mairie's wall. */
export const mairieHour = z.strictObject({ at: instant, timeZone });
export type MairieHour = z.infer<typeof mairieHour>;

/** Open from `from` to `to`. Whether that is forwards, and apart from the others, is the hub's to say in words. */
export const openingHours = z.strictObject({
  /** 1 is Monday, 7 is Sunday. */
  weekday: z.int().min(1).max(7),
  from: wallTime,
  to: wallTime,
});
export type OpeningHours = z.infer<typeof openingHours>;

/** Both days are closed, and those between them. */
export const closure = z.strictObject({ first: day, last: day });
export type Closure = z.infer<typeof closure>;

const opening = { hours: z.array(openingHours).max(50), closures: z.array(closure).max(100) };
/** When a body answers, and how long it takes for one resident, in minutes. */
export const bodyCalendar = z.strictObject({ ...opening, minutes: z.int().min(10).max(240) });
/** When a terminal's room is free; closures and time zone are its mairie's. */
export const terminalCalendar = z.strictObject({ ...opening, timeZone });
/** When one counsellor is there: without hours, whenever the body is open. */
export const counsellorCalendar = z.strictObject(opening);
export type BodyCalendar = z.infer<typeof bodyCalendar>;
export type TerminalCalendar = z.infer<typeof terminalCalendar>;
export type CounsellorCalendar = z.infer<typeof counsellorCalendar>;

/** With whom and where an account may book. */
export const placesAnswer = z.strictObject({
  bodies: z.array(z.strictObject({ bodyId: id, name: shortText })),
  terminals: z.array(z.strictObject({ terminalId: id, name: shortText, mairie: shortText })),
});
export type BookablePlaces = z.infer<typeof placesAnswer>;

/** The week of `date`; without it the one of today, by the mairie's clock. */
export const slotsQuery = z.strictObject({ terminalId: id, bodyId: id, date: day.optional() });
export const weekQuery = z.strictObject({ date: day.optional() });

const week = z.strictObject({
  /** Monday to Sunday. */
  days: z.array(day).length(7),
  today: day,
  /** Mondays. */
  previous: day,
  next: day,
});
export type Week = z.infer<typeof week>;

export const slotsAnswer = z.strictObject({
  week,
  timeZone,
  slots: z.array(z.strictObject({ day, startsAt: instant, endsAt: instant })),
});
export type SlotsAnswer = z.infer<typeof slotsAnswer>;

/** What is known of the resident; sealed in the hub's database, removed once the appointment is over. */
export const appointmentPerson = z.strictObject({
  residentName: shortText,
  motive: z.string().trim().min(1).max(500),
  /** Greeted by this name on the terminal. */
  showName: z.boolean(),
  telephone: z
    .string()
    .trim()
    .regex(/^[+0-9][0-9 .()-]{3,24}$/)
    .nullable(),
  email: z.email().max(254).nullable(),
});
export type AppointmentPerson = z.infer<typeof appointmentPerson>;

export const bookBody = z.strictObject({
  terminalId: id,
  bodyId: id,
  startsAt: instant,
  person: appointmentPerson,
  /** The resident agrees that this is kept until then. */
  consent: z.literal(true),
});
export type BookBody = z.infer<typeof bookBody>;
export const bookAnswer = z.strictObject({ appointmentId: id });
export const moveBody = z.strictObject({ startsAt: instant });

const appointmentState = z.enum(['booked', 'cancelled', 'missed', 'kept']);
export const appointmentView = z.strictObject({
  appointmentId: id,
  terminalId: id,
  terminal: z.string(),
  mairie: z.string(),
  timeZone,
  bodyId: id,
  body: z.string(),
  counsellor: z.string(),
  day,
  startsAt: instant,
  endsAt: instant,
  state: appointmentState,
  /** Null once it is over. */
  person: appointmentPerson.nullable(),
  /** A mail about it could not be delivered: somebody has to telephone. */
  undelivered: z.boolean(),
});
export type AppointmentView = z.infer<typeof appointmentView>;
export const appointmentsAnswer = z.strictObject({ week, appointments: z.array(appointmentView) });
export type AppointmentsAnswer = z.infer<typeof appointmentsAnswer>;

/** A new address for the calendar of a terminal's room, or of the counsellor who asks; the one before is dead. */
export const feedBody = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('terminal'), terminalId: id }),
  z.strictObject({ of: z.literal('counsellor') }),
]);
export type FeedBody = z.infer<typeof feedBody>;
/** Said once: the hub keeps only its hash. */
export const feedAnswer = z.strictObject({ address: z.url() });
