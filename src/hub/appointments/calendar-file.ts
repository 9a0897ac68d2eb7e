/** iCalendar files (RFC 5545) of appointments: what, where, when, and never who. */
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { FeedEntry } from './feed-store.ts';
import { eventText, eventTitle } from './letters-fr.ts';
import type { AppointmentRecord } from './store.ts';

const PRODUCT = { company: 'vis-a-vis', product: 'appointments', language: 'FR' };

/** Instants are written in UTC: right in every program, whatever it knows of time zones. @param now ms. */
export function calendarFile(entries: readonly FeedEntry[], now: number): string {
  const calendar = ical({
    name: 'Rendez-vous Vis-à-vis',
    prodId: PRODUCT,
    method: ICalCalendarMethod.PUBLISH,
    ttl: 15 * 60,
  });
  for (const { appointmentId, startsAt, endsAt, body, mairie, terminal } of entries) {
    calendar.createEvent({
      id: appointmentId,
      start: new Date(startsAt),
      end: new Date(endsAt),
      stamp: new Date(now),
      summary: `Rendez-vous\u00a0: ${body}`,
      location: `${mairie}, ${terminal}`,
    });
  }
  return calendar.toString();
}

/**
 * One appointment for its resident's own calendar: a newer one with the same UID takes the older one's place (RFC 5546,
 * 3.2.1 and 3.2.5). PUBLISH and not REQUEST: nobody reads an answer.
 * @param sender e-mail address.
 */
export function residentCalendar(
  { view, sequence }: AppointmentRecord,
  {
    sender,
    isCancelled,
    now,
  }: { readonly sender: string; readonly isCancelled: boolean; readonly now: number },
): string {
  const calendar = ical({
    prodId: PRODUCT,
    method: isCancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH,
  });
  calendar.createEvent({
    id: view.appointmentId,
    sequence,
    start: new Date(view.startsAt),
    end: new Date(view.endsAt),
    stamp: new Date(now),
    summary: eventTitle,
    description: eventText(view),
    location: `${view.mairie}, ${view.terminal}`,
    organizer: { name: 'Vis-à-vis', email: sender },
    status: isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  });
  return calendar.toString();
}
