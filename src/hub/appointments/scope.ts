/** Whose appointments these are: a clerk's are those of her mairie, an agent's those of several, a counsellor's those of his body. */
import { z } from 'zod';
import { timeZone } from '#shared/protocol/appointments.ts';
import { type Account, isReceiver, receivesAt } from '../accounts/store.ts';
import type { Queries } from '../database/database.ts';
import type { Hub } from '../hub.ts';
import type { AppointmentRecord } from './store.ts';

/** Null: there is none, or it is not this account's. */
export async function ownAppointment(
  hub: Hub,
  account: Account,
  appointmentId: string,
): Promise<AppointmentRecord | null> {
  const found = await hub.appointments.find(appointmentId);
  if (isReceiver(account)) return found && receivesAt(account, found.mairieId) ? found : null;
  if (account.role === 'counsellor') return found?.view.bodyId === account.bodyId ? found : null;
  return null;
}

const placeRow = z.object({ mairie_id: z.uuid(), time_zone: timeZone });

/** Where a clerk or an agent may book: at their terminals, with any body. A counsellor: at any terminal, with his body. */
export async function bookablePlace(
  queries: Queries,
  account: Account,
  { terminalId, bodyId }: { readonly terminalId: string; readonly bodyId: string },
) {
  const [found] = await queries.rows(
    placeRow,
    `select t.mairie_id, m.time_zone from terminals t join mairies m on m.id = t.mairie_id
     where t.id = $1 and exists (select 1 from bodies where id = $2)`,
    [terminalId, bodyId],
  );
  if (!found) return null;
  const { mairie_id: mairieId, time_zone: timeZone } = found;
  const own = receivesAt(account, mairieId) || (account.role === 'counsellor' && account.bodyId === bodyId);
  return own ? { terminalId, bodyId, mairieId, timeZone } : null;
}
