/**
 * Tells a resident who left an address of the appointment: when it is booked, moved, cancelled, and the day before. All
 * of it is part of the transaction that it tells of; what is not sent yet of an earlier state is taken back.
 */
import type { Queries } from '../database/database.ts';
import { dropJob, type JobHandler, planJob } from '../jobs/jobs.ts';
import type { Mailbox } from '../mail/mailbox.ts';
import { residentCalendar } from './calendar-file.ts';
import { appointmentLetters } from './letters-fr.ts';
import type { ResidentLinks } from './resident-link.ts';
import type { AppointmentRecord, AppointmentStore } from './store.ts';

const REMINDER = 'appointment.reminder';
/** ms. */
const BEFORE = 24 * 3_600_000;

export interface ResidentMail {
  /** `found`: as it is now, with the person. */
  readonly booked: (queries: Queries, found: AppointmentRecord, now: number) => Promise<void>;
  readonly moved: (queries: Queries, found: AppointmentRecord, now: number) => Promise<void>;
  /** `email`: of the person, who is not in `found` any more. */
  readonly cancelled: (
    queries: Queries,
    found: AppointmentRecord,
    email: string | null,
    now: number,
  ) => Promise<void>;
  /** To be downloaded from the resident's page. */
  readonly calendarOf: (found: AppointmentRecord, now: number) => string;
  /** By kind, for createJobs. */
  readonly jobs: Readonly<Record<string, JobHandler>>;
}

interface ResidentMailDeps {
  readonly mailbox: Pick<Mailbox, 'available' | 'post' | 'withdraw'>;
  readonly appointments: Pick<AppointmentStore, 'find'>;
  readonly links: Pick<ResidentLinks, 'addressOf'>;
  /** The address that mails come from; '' where there is no mail server. */
  readonly sender: string;
}

export function createResidentMail({ mailbox, appointments, links, sender }: ResidentMailDeps): ResidentMail {
  async function tell(
    queries: Queries,
    found: AppointmentRecord,
    email: string | null,
    event: 'booked' | 'moved' | 'cancelled',
    now: number,
  ): Promise<void> {
    const { appointmentId, startsAt } = found.view;
    if (!mailbox.available || email === null) return;
    await mailbox.withdraw(queries, appointmentId);
    const calendar = residentCalendar(found, { sender, isCancelled: event === 'cancelled', now });
    await mailbox.post(
      queries,
      {
        ...{ to: email, ...appointmentLetters[event](found.view, links.addressOf(appointmentId)), calendar },
        ...(event === 'cancelled' ? { calendarMethod: 'CANCEL' } : {}),
      },
      appointmentId,
    );
    const dueAt = startsAt - BEFORE;
    if (event !== 'cancelled' && dueAt > now) {
      await planJob(queries, { kind: REMINDER, subject: appointmentId, dueAt });
    } else await dropJob(queries, REMINDER, appointmentId);
  }

  return {
    booked: (queries, found, now) => tell(queries, found, found.view.person?.email ?? null, 'booked', now),
    moved: (queries, found, now) => tell(queries, found, found.view.person?.email ?? null, 'moved', now),
    cancelled: (queries, found, email, now) => tell(queries, found, email, 'cancelled', now),
    calendarOf: (found, now) => residentCalendar(found, { sender, isCancelled: false, now }),
    jobs: {
      async [REMINDER](queries, appointmentId, now) {
        const found = await appointments.find(appointmentId, queries);
        const email = found?.view.person?.email ?? null;
        // Over, erased, or too late to remind anybody: a hub that was off for days.
        if (found?.view.state !== 'booked' || email === null || found.view.startsAt <= now) return;
        await mailbox.post(
          queries,
          { to: email, ...appointmentLetters.reminder(found.view, links.addressOf(appointmentId)) },
          appointmentId,
        );
      },
    },
  };
}
