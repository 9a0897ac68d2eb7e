/**
 * The call within a visit: joined, lost, found again. A call that breaks heals by itself, or in a new room of the same
 * deployment (in the old one the ghosts of both would stand in the way), or in the next deployment. Pure.
 */
import type { CounsellorCard, RoomTicket } from './protocol/views.ts';
import type { RoomFailure, RoomTrouble } from './room.ts';
import {
  type CallStage,
  type Effect,
  type Guest,
  guestOf,
  type InCall,
  presenceTimer,
  stay,
  stopAll,
  type Timer,
  type Transition,
  to,
  type VisitState,
} from './visit-state.ts';

/** Those that mean nothing outside a call. */
export const callTimers = ['connecting', 'rejoin', 'sameRoom', 'counsellorGone'] as const satisfies Timer[];
const startRejoin: Effect = { type: 'startTimer', timer: 'rejoin' };
const startSameRoom: Effect = { type: 'startTimer', timer: 'sameRoom' };
const joinTimers = ['connecting', 'rejoin', 'sameRoom'] as const satisfies Timer[];

interface Called {
  readonly guest: Guest;
  readonly counsellor: CounsellorCard;
  readonly room: RoomTicket;
  readonly counsellorPresent: boolean;
}

/** The hub says that the visit is in call: for the first time, in another room, paused, or as before. */
export function called(state: VisitState, now: Called, before: readonly Effect[]): Transition {
  const { at } = state;
  const already = at.stage === 'inCall' ? at : null;
  const effects: Effect[] = [
    ...before,
    ...presenceTimer('counsellorGone', already?.counsellorPresent ?? true, now.counsellorPresent),
  ];
  const stage = (call: CallStage): InCall => ({ stage: 'inCall', ...now, call });
  if (now.guest.quiet.privateBy !== null) {
    if (already?.call === 'paused') return to(state, stage('paused'), effects);
    return to(state, stage('paused'), [
      ...stopAll('greeting', 'welcome', ...joinTimers),
      ...effects,
      { type: 'leaveRoom' },
    ]);
  }
  const same = already?.room.room === now.room.room && already.room.origin === now.room.origin;
  if (already && same && already.call !== 'paused') {
    const back = already.call === 'lost' && !already.counsellorPresent && now.counsellorPresent;
    return to(state, stage(already.call), back ? [...effects, startRejoin] : effects);
  }
  if (!guestOf(at)) {
    // This terminal was cut off in the middle of the call: its ghost may still stand in the room.
    return to(state, stage('lost'), [...effects, tell(now.guest, stage('lost'), 'lost'), startSameRoom]);
  }
  // The same two find each other again, or meet.
  const again = already?.call === 'live' || already?.call === 'lost';
  return to(state, stage(again ? 'lost' : 'connecting'), [
    ...stopAll('greeting', 'welcome', 'rejoin', 'sameRoom'),
    ...effects,
    ...join(now.room),
  ]);
}

export function callLive(state: VisitState): Transition {
  const at = joining(state);
  return at ? to(state, { ...at, call: 'live' }, stopAll(...joinTimers)) : stay(state);
}

export function callLost(state: VisitState): Transition {
  const { at } = state;
  if (at.stage !== 'inCall' || at.call === 'paused') return stay(state);
  return to(state, { ...at, call: 'lost' }, [...stopAll('connecting', 'sameRoom'), startRejoin]);
}

/** A deployment that cannot be joined: the hub knows the next one. Told before the call as well, while it is warmed. */
export function roomFailed(state: VisitState, origin: string, why: RoomFailure): Transition {
  const guest = guestOf(state.at);
  if (!guest || guest.deployment !== origin) return stay(state);
  const at = joining(state);
  if (state.at.stage === 'inCall' && !at) return stay(state);
  return {
    state,
    effects: [...stopAll('connecting', 'sameRoom'), tell(guest, at, why), ...(at ? [startRejoin] : [])],
  };
}

/** The server was away and is back: nothing is gained by waiting, and a call that is still live there soon ends. */
export function roomReachable(state: VisitState): Transition {
  const { at } = state;
  if (at.stage !== 'inCall') return stay(state);
  if (at.call === 'live') return { state, effects: [tell(at.guest, at, 'lost')] };
  return at.call === 'lost' ? askForRoom(state) : stay(state);
}

/** No picture in time. */
export function askForRoom(state: VisitState): Transition {
  const at = joining(state);
  if (!at) return stay(state);
  // Nobody is on the other side: this one stays where the counsellor will come back to.
  if (!at.counsellorPresent) return { state, effects: [{ type: 'startTimer', timer: 'connecting' }] };
  return {
    state,
    effects: [...stopAll('connecting', 'rejoin'), tell(at.guest, at, 'lost'), startSameRoom],
  };
}

export function joinSameRoom(state: VisitState): Transition {
  const at = joining(state);
  return at ? { state, effects: join(at.room) } : stay(state);
}

function join(room: RoomTicket): Effect[] {
  return [
    { type: 'joinRoom', room },
    { type: 'startTimer', timer: 'connecting' },
  ];
}

/** The call, where it is on its way: being joined or joined again. */
function joining({ at }: VisitState): InCall | null {
  return at.stage === 'inCall' && (at.call === 'connecting' || at.call === 'lost') ? at : null;
}

function tell(guest: Guest, at: InCall | null, what: RoomTrouble): Effect {
  const room = at?.room.room ?? null;
  return { type: 'tellTrouble', visitId: guest.visitId, origin: guest.deployment, room, what };
}
