/** An iCalendar file (RFC 5545) of appointments: what, where, when, and never who. */
import ical, { ICalCalendarMethod } from 'ical-generator';
import type { FeedEntry } from './feed-store.ts';

/** Instants are written in UTC: right in every program, whatever it knows of time zones. @param now ms. */
export function calendarFile(entries: readonly FeedEntry[], now: number): string {
  const calendar = ical({
    name: 'Rendez-vous Vis-à-vis',
    prodId: { company: 'vis-a-vis', product: 'appointments', language: 'FR' },
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
