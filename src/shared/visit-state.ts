/** The states of a visit on the terminal, what happens to it, and what it makes happen. visit.ts leads from one to the next. */
import type { FailureCode } from './failure.ts';
import type { MairieHour } from './protocol/appointments.ts';
import type { CounsellorCard, Quiet, RoomTicket, TerminalVisit, VisitEndReason } from './protocol/views.ts';
import type { RoomFailure, RoomTrouble } from './room.ts';

/** What every stage with a resident knows. Nothing of it survives the wipe. */
export interface Guest {
  readonly visitId: string;
  /** Sealed for the face page. */
  readonly greeting: string | null;
  readonly body: string;
  /** 1 = next; null once picked up. */
  readonly position: number | null;
  /** ms until then, about; null: nobody can tell. */
  readonly wait: number | null;
  /** When the body, closed, opens next; null: it is open, or nobody knows. */
  readonly opensAt: MairieHour | null;
  readonly residentPresent: boolean;
  readonly quiet: Quiet;
  /** Name of whoever the counsellor asked into the call; null: nobody. */
  readonly invited: string | null;
  /** Origin of the deployment where the call will be or is. */
  readonly deployment: string;
}

export type Stage =
  /** The place is free. `farewell`: why the last visit ended, while its resident is still taking their papers. */
  | { readonly stage: 'idle'; readonly farewell: VisitEndReason | null }
  /** "Bonjour Madame Martin": the clerk has announced the resident, who is walking to the chair. */
  | { readonly stage: 'announced'; readonly guest: Guest }
  /** The resident sits; the screen says what will happen and that nothing has to be touched. */
  | { readonly stage: 'welcomed'; readonly guest: Guest }
  /** The position in the queue is shown. */
  | { readonly stage: 'waiting'; readonly guest: Guest }
  /**
   * A counsellor picked up. connecting: being joined · live: both see each other · lost: being rejoined · paused: a
   * private moment, the room is left.
   */
  | {
      readonly stage: 'inCall';
      readonly guest: Guest;
      readonly counsellor: CounsellorCard;
      readonly room: RoomTicket;
      readonly call: CallStage;
      readonly counsellorPresent: boolean;
    }
  /** Good-bye is shown while the room is left, the orders stopped. */
  | { readonly stage: 'ending'; readonly visitId: string; readonly reason: VisitEndReason }
  | { readonly stage: 'wiping'; readonly visitId: string; readonly reason: VisitEndReason }
  /** The wipe could not be proved: closed until a later one is. */
  | { readonly stage: 'closed' };

export type CallStage = 'connecting' | 'live' | 'lost' | 'paused';
export type InCall = Extract<Stage, { stage: 'inCall' }>;

export interface VisitState {
  readonly at: Stage;
  readonly hub: 'linked' | 'lost';
  /** What keeps each device from working now; null = nothing. Shown beside whatever the stage shows. */
  readonly printer: FailureCode | null;
  readonly scanner: FailureCode | null;
}

export const timers = {
  /** ms. From the announcement to the explanation, unless the call button says that the resident sits. */
  greeting: 8_000,
  /** How long the explanation stays before the position in the queue is shown. */
  welcome: 12_000,
  /** The room was asked to join and no picture came: say so to the hub. */
  connecting: 20_000,
  /** The call broke and did not heal by itself: ask the hub for a new room. */
  rejoin: 4_000,
  /** The hub gave no other room: join the same one again. */
  sameRoom: 2_000,
  /** The counsellor's console is gone for good. */
  counsellorGone: 600_000,
  /** The resident left the chair: end, so that nothing stays on the screens. */
  residentGone: 60_000,
  /** Without hub and without a live call: end, so that nobody waits unseen. */
  hubLost: 900_000,
  /** The room and the orders must have stopped by then; the wipe removes them by force otherwise. */
  stopping: 700,
  /** How long the good-bye stays on the free place. */
  farewell: 20_000,
  /** A wipe that could not be proved is tried again: the print system may only have been down. */
  wipeAgain: 30_000,
} as const satisfies Record<string, number>;
export type Timer = keyof typeof timers;

export type VisitEvent =
  | { readonly type: 'hubLinked' }
  | { readonly type: 'hubLost' }
  /** The hub's whole view of this terminal's visit: sent at each change, harmless when repeated. */
  | { readonly type: 'visitSeen'; readonly visit: TerminalVisit }
  /** The hub has no visit (any more) for this terminal. */
  | { readonly type: 'visitOver'; readonly reason: VisitEndReason | null }
  | { readonly type: 'callLive' }
  | { readonly type: 'callLost' }
  /** This deployment could not be joined, or not even warmed. */
  | { readonly type: 'roomFailed'; readonly origin: string; readonly why: RoomFailure }
  /** The deployment answers again after it had not. */
  | { readonly type: 'roomReachable' }
  | { readonly type: 'buttonPressed' }
  | { readonly type: 'trouble'; readonly device: 'printer' | 'scanner'; readonly code: FailureCode | null }
  | { readonly type: 'timeout'; readonly timer: Timer }
  /** The room is left and every order has stopped. */
  | { readonly type: 'stopped' }
  | { readonly type: 'wipePassed' }
  | { readonly type: 'wipeFailed' }
  /** The terminal was cut off in that visit, which is over, before it had proved a wipe. */
  | { readonly type: 'unwiped'; readonly visitId: string };

export type Effect =
  | { readonly type: 'startTimer'; readonly timer: Timer }
  | { readonly type: 'stopTimer'; readonly timer: Timer }
  /** Make the visit's disposable things: paper process, memory folder, room view. Harmless when repeated. */
  | { readonly type: 'prepare'; readonly visitId: string }
  /** Have the deployment's page ready for the call. Harmless when repeated. */
  | { readonly type: 'warmRoom'; readonly origin: string }
  /** Join, or leave and join again. */
  | { readonly type: 'joinRoom'; readonly room: RoomTicket }
  /** The call is over for now, the visit is not. */
  | { readonly type: 'leaveRoom' }
  /** The hub may answer with another room, of this deployment or of the next. */
  | {
      readonly type: 'tellTrouble';
      readonly visitId: string;
      readonly origin: string;
      /** Null before the call. */
      readonly room: string | null;
      readonly what: RoomTrouble;
    }
  /** Leave the room and stop the orders; answered by `stopped`. */
  | { readonly type: 'stop' }
  | { readonly type: 'endAtHub'; readonly visitId: string; readonly reason: VisitEndReason }
  /** Answered by wipePassed or wipeFailed. */
  | { readonly type: 'wipe' };

export interface Transition {
  readonly state: VisitState;
  readonly effects: readonly Effect[];
}

export const initialVisitState: VisitState = {
  at: { stage: 'idle', farewell: null },
  hub: 'lost',
  printer: null,
  scanner: null,
};

/** The resident of this stage, or null where there is none. */
export function guestOf(at: Stage): Guest | null {
  return 'guest' in at ? at.guest : null;
}

export function to(state: VisitState, at: Stage, effects: readonly Effect[] = []): Transition {
  return { state: { ...state, at }, effects };
}

export function stay(state: VisitState): Transition {
  return { state, effects: [] };
}

export function stopAll(...names: Timer[]): Effect[] {
  return names.map((timer) => ({ type: 'stopTimer', timer }));
}

export function presenceTimer(timer: 'residentGone' | 'counsellorGone', was: boolean, is: boolean): Effect[] {
  if (was === is) return [];
  return [{ type: is ? 'stopTimer' : 'startTimer', timer }];
}
