/** Whose appointments these are: a clerk's are those of her mairie, a counsellor's those of his body. */
import type { Account } from '../accounts/store.ts';
import type { Queries } from '../database/database.ts';
import type { Hub } from '../hub.ts';
import { findTerminal } from '../terminals/store.ts';
import { allBodies } from '../visits/body-store.ts';
import { zoneOf } from './calendar-store.ts';
import type { AppointmentRecord } from './store.ts';

/** Null: there is none, or it is not this account's. */
export async function ownAppointment(
  hub: Hub,
  account: Account,
  appointmentId: string,
): Promise<AppointmentRecord | null> {
  const found = await hub.appointments.find(appointmentId);
  if (account.role === 'clerk') return found?.mairieId === account.mairieId ? found : null;
  if (account.role === 'counsellor') return found?.view.bodyId === account.bodyId ? found : null;
  return null;
}

/** Where a clerk may book: at her terminals, with any body. A counsellor: at any terminal, with his body. */
export async function bookablePlace(
  queries: Queries,
  account: Account,
  { terminalId, bodyId }: { readonly terminalId: string; readonly bodyId: string },
) {
  const terminal = await findTerminal(queries, terminalId);
  if (!terminal || !(await allBodies(queries)).some((body) => body.bodyId === bodyId)) return null;
  const own =
    account.role === 'clerk'
      ? terminal.mairieId === account.mairieId
      : account.role === 'counsellor' && account.bodyId === bodyId;
  const timeZone = own ? await zoneOf(queries, terminal.mairieId) : null;
  return timeZone && { terminalId, bodyId, mairieId: terminal.mairieId, timeZone };
}
