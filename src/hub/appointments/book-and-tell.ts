/** What is done with an appointment, and its mail to the resident: both or neither. */
import type { Hub } from '../hub.ts';
import type { AppointmentRecord, AppointmentStore } from './store.ts';

type Told = Pick<Hub, 'appointments' | 'database' | 'residentMail' | 'mailbox' | 'clock'>;

/** False where the slot is taken by now. */
export async function bookAndTell(
  { appointments, database, residentMail, mailbox, clock }: Told,
  appointment: Parameters<AppointmentStore['book']>[0],
): Promise<boolean> {
  // Nobody to be told: one statement is enough.
  if (appointment.person.email === null) return appointments.book(appointment);
  const booked = await database.transaction(async (queries) => {
    if (!(await appointments.book(appointment, queries))) return false;
    const found = await appointments.find(appointment.appointmentId, queries);
    if (found) await residentMail.booked(queries, found, clock());
    return true;
  });
  if (booked) mailbox.hurry();
  return booked;
}

export async function moveAndTell(
  { appointments, residentMail, mailbox, clock }: Told,
  appointmentId: string,
  slot: Parameters<AppointmentStore['move']>[1],
): ReturnType<AppointmentStore['move']> {
  const moved = await appointments.move(appointmentId, slot, async (queries) => {
    const found = await appointments.find(appointmentId, queries);
    if (found) await residentMail.moved(queries, found, clock());
  });
  if (moved === 'moved') mailbox.hurry();
  return moved;
}

/** False where it was over already. */
export async function cancelAndTell(
  { appointments, database, residentMail, mailbox, clock }: Told,
  { view }: AppointmentRecord,
): Promise<boolean> {
  const { appointmentId, person } = view;
  const cancelled = await database.transaction(async (queries) => {
    if (!(await appointments.end(appointmentId, 'cancelled', queries))) return false;
    const found = await appointments.find(appointmentId, queries);
    if (found) await residentMail.cancelled(queries, found, person?.email ?? null, clock());
    return true;
  });
  if (cancelled) mailbox.hurry();
  return cancelled;
}
