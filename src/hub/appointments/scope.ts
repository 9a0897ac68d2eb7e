/** Whose appointments these are: a clerk's are those of her mairie, an agent's those of several, a counsellor's those of his body. */
import { z } from 'zod';
import { type BookablePlaces, timeZone } from '#shared/protocol/appointments.ts';
import {
  type Account,
  type Counsellor,
  isReceiver,
  mairiesOf,
  type Receiver,
  receivesAt,
} from '../accounts/store.ts';
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

const terminalRow = z
  .object({ id: z.uuid(), name: z.string(), mairie: z.string() })
  .transform(({ id, ...rest }) => ({ terminalId: id, ...rest }));
const bodyRow = z
  .object({ id: z.uuid(), name: z.string() })
  .transform(({ id, ...rest }) => ({ bodyId: id, ...rest }));

/** All that bookablePlace would let through. */
export async function bookablePlaces(
  queries: Queries,
  account: Receiver | Counsellor,
): Promise<BookablePlaces> {
  const bodyId = account.role === 'counsellor' ? account.bodyId : null;
  const mairieIds = isReceiver(account) ? mairiesOf(account) : null;
  const [bodies, terminals] = await Promise.all([
    queries.rows(bodyRow, 'select id, name from bodies where $1::uuid is null or id = $1 order by name, id', [
      bodyId,
    ]),
    queries.rows(
      terminalRow,
      `select t.id, t.name, m.name as mairie from terminals t join mairies m on m.id = t.mairie_id
       where $1::uuid[] is null or m.id = any($1) order by m.name, t.name, t.id`,
      [mairieIds],
    ),
  ]);
  return { bodies, terminals };
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
