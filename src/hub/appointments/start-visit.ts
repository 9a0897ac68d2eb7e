/** On the day: a booked appointment becomes a visit with what is known of the resident, both or neither. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { FailureCode } from '#shared/failure.ts';
import { askedFor } from '#shared/protocol/resident.ts';
import { countRefusal } from '../counting/count-visit.ts';
import type { Hub } from '../hub.ts';
import { findTerminal } from '../terminals/store.ts';
import { allBodies } from '../visits/body-store.ts';
import type { AppointmentRecord } from './store.ts';

const lockedRow = z.object({ id: z.uuid() });

/** Why it could not be; null: it is announced. */
export async function startVisit(hub: Hub, { view }: AppointmentRecord): Promise<FailureCode | null> {
  const { appointmentId, terminalId, bodyId, person } = view;
  if (view.state !== 'booked' || !person) return 'appointmentOver';
  const terminal = await findTerminal(hub.database, terminalId);
  if (terminal?.report?.stage === 'closed') {
    await countRefusal(hub.database, { terminalId, bodyId }, 'terminalClosed', hub.clock());
    return 'terminalClosed';
  }
  const { residentName, motive, showName, telephone } = person;
  const body = (await allBodies(hub.database)).find((one) => one.bodyId === bodyId);
  const details = askedFor(telephone === null ? {} : { telephone }, body?.asked ?? []);
  const personal = { residentName, motive, details, identityPaper: null };
  const visit = {
    visitId: randomUUID(),
    terminalId,
    bodyId,
    personal,
    showName,
    at: hub.clock(),
    appointmentAt: view.startsAt,
  };
  const code = await hub.database.transaction(async (queries): Promise<FailureCode | null> => {
    // Of two clicks at once the second waits here, and finds it over.
    const [open] = await queries.rows(
      lockedRow,
      `select id from appointments where id = $1 and state = 'booked' for update`,
      [appointmentId],
    );
    if (!open) return 'appointmentOver';
    if (!(await hub.visits.announce(visit, queries))) return 'terminalBusy';
    await hub.appointments.end(appointmentId, 'kept', queries);
    return null;
  });
  if (code === 'terminalBusy') await countRefusal(hub.database, { terminalId, bodyId }, code, visit.at);
  if (!code) await hub.switchboard.refresh();
  return code;
}
