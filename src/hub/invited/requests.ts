/** The counsellor asks a third person into the call, and puts them out again. */
import type { FailureCode } from '#shared/failure.ts';
import type { ConsoleToHub } from '#shared/protocol/messages.ts';
import { type Counsellor, findAccount } from '../accounts/store.ts';
import { originOf } from '../deployments/room-trouble.ts';
import type { Hub } from '../hub.ts';
import { newRoomName } from '../room/room-ticket.ts';
import type { VisitRecord } from '../visits/store.ts';
import { endInvitation, invite } from './store.ts';

type Invite = Extract<ConsoleToHub, { type: 'invite' }>;

/** Of a visit that is this counsellor's. Null: done. */
export async function inviteInto(
  hub: Hub,
  { accountId: counsellorId, bodyId }: Counsellor,
  { visitId, to }: Pick<Invite, 'visitId' | 'to'>,
): Promise<FailureCode | null> {
  const { database, invitedSeal } = hub;
  const common = { visitId, counsellorId };
  if (to.kind === 'link') {
    const { name, tokenHash } = to;
    return (await invite(database, invitedSeal, { ...common, name, to: { tokenHash } }))
      ? null
      : 'alreadyInvited';
  }
  const colleague = await findAccount(database, to.accountId);
  const isOne = colleague?.role === 'counsellor' && colleague.bodyId === bodyId;
  if (!isOne || to.accountId === counsellorId) return 'notFound';
  const { name, accountId } = colleague;
  return (await invite(database, invitedSeal, { ...common, name, to: { accountId } }))
    ? null
    : 'alreadyInvited';
}

/**
 * Whoever was given a ticket could come back with it, and a stranger's deployment need not obey: the two go on in
 * another room of the same deployment, to which nobody else has one.
 */
export async function putOut(hub: Hub, counsellorId: string, visit: VisitRecord): Promise<void> {
  const { visitId, call } = visit;
  const was = await hub.database.transaction((queries) => endInvitation(queries, visitId, counsellorId));
  if (was !== 'mayBeIn' || !call) return;
  await hub.visits.moveRoom(visitId, {
    from: call.room,
    room: newRoomName(),
    deployment: originOf(hub, visit),
  });
}
