/**
 * What the hub does about a room that does not work: another room of the same deployment where the call was lost, the
 * next deployment where it could not be joined. Both sides then hear of the new room in their next view.
 */
import type { RoomTrouble } from '#shared/room.ts';
import type { Hub } from '../hub.ts';
import { newRoomName } from '../room/room-ticket.ts';
import type { VisitRecord } from '../visits/store.ts';

export interface Trouble {
  readonly origin: string;
  /** Null before the call. */
  readonly room: string | null;
  readonly what: RoomTrouble;
}

/**
 * What is said of a room that is not the visit's any more changes nothing: the other side was faster. But a deployment
 * that misbehaved does so in its next room as well.
 */
export async function answerTrouble(hub: Hub, visit: VisitRecord, trouble: Trouble): Promise<void> {
  const { deployments, visits, log } = hub;
  const origin = originOf(hub, visit);
  const room = visit.call?.room ?? null;
  if (trouble.origin !== origin || (trouble.room !== room && trouble.what !== 'misbehaved')) return;
  // A call that is lost again and again would get new rooms without end.
  const lost = trouble.what === 'lost' && !deployments.lost(origin, visit.terminalId);
  if (!lost) {
    deployments.failed(origin, visit.terminalId, trouble.what);
    log.warn({ deployment: origin, what: trouble.what }, 'deployment: trouble');
    await hub.neighbours.announce({
      what: 'deploymentFailed',
      origin,
      place: visit.terminalId,
      trouble: trouble.what,
    });
  }
  const next = lost ? origin : deployments.next(visit.body, origin);
  await visits.moveRoom(visit.visitId, {
    from: room,
    room: room === null ? null : newRoomName(),
    deployment: next,
  });
  await hub.switchboard.refresh();
}

/** Where this visit's call is or will be. */
export function originOf(hub: Pick<Hub, 'deployments'>, visit: VisitRecord): string {
  const { deployments } = hub;
  const chosen = visit.deployment;
  return chosen !== null && deployments.isKnown(chosen)
    ? chosen
    : deployments.first(visit.body, visit.terminalId);
}
