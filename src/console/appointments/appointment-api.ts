/** What the pages about appointments ask of the hub. */
import { z } from 'zod';
import {
  type AppointmentsAnswer,
  appointmentsAnswer,
  type BookablePlaces,
  type BookBody,
  bookAnswer,
  type FeedBody,
  feedAnswer,
  placesAnswer,
  type SlotsAnswer,
  slotsAnswer,
} from '#shared/protocol/appointments.ts';
import { type HttpAnswer, read, send } from '../api.ts';

export function fetchPlaces(): Promise<HttpAnswer<BookablePlaces>> {
  return read('/api/appointments/places', placesAnswer);
}

/** @param date a day of the week wanted, ISO; null: this week. */
export function fetchWeek(date: string | null): Promise<HttpAnswer<AppointmentsAnswer>> {
  return read(`/api/appointments${queryOf({ date })}`, appointmentsAnswer);
}

export function fetchSlots(
  terminalId: string,
  bodyId: string,
  date: string | null,
): Promise<HttpAnswer<SlotsAnswer>> {
  return read(`/api/appointments/slots${queryOf({ terminalId, bodyId, date })}`, slotsAnswer);
}

export function book(booking: BookBody): Promise<HttpAnswer<unknown>> {
  return send('POST', '/api/appointments', booking, bookAnswer);
}

export function moveAppointment(appointmentId: string, startsAt: number): Promise<HttpAnswer<null>> {
  return send('POST', `/api/appointments/${appointmentId}/move`, { startsAt }, z.null());
}

export function endAppointment(
  appointmentId: string,
  verb: 'start' | 'cancel' | 'missed',
): Promise<HttpAnswer<null>> {
  return send('POST', `/api/appointments/${appointmentId}/${verb}`, {}, z.null());
}

export function renewFeed(of: FeedBody): Promise<HttpAnswer<{ readonly address: string }>> {
  return send('POST', '/api/calendar-feeds', of, feedAnswer);
}

function queryOf(values: Readonly<Record<string, string | null>>): string {
  const given = Object.entries(values).filter((one): one is [string, string] => one[1] !== null);
  return given.length > 0 ? `?${new URLSearchParams(given)}` : '';
}
