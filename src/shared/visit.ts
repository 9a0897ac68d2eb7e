/**
 * The visit as the terminal lives it: idle → announced → welcomed → waiting → inCall → ending → wiping → idle.
 * Pure: transition() says what comes next and which effects the runner must perform; time-outs are events.
 */

import { assertNever } from './assert-never.ts';
import type { FailureCode } from './failure.ts';
import type { CounsellorCard, RoomTicket, TerminalVisit, VisitEndReason } from './protocol.ts';

/** What every stage with a resident knows. Nothing of it survives the wipe. */
export interface Guest {
  readonly visitId: string;
  readonly greeting: string | null;
  readonly body: string;
  /** 1 = next; null once picked up. */
  readonly position: number | null;
  readonly residentPresent: boolean;
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
  /** A counsellor picked up. connecting: being joined · live: both see each other · lost: being rejoined. */
  | {
      readonly stage: 'inCall';
      readonly guest: Guest;
      readonly counsellor: CounsellorCard;
      readonly room: RoomTicket;
      readonly call: 'connecting' | 'live' | 'lost';
      readonly counsellorPresent: boolean;
    }
  /** Good-bye is shown while the room is left, the orders stopped. */
  | { readonly stage: 'ending'; readonly visitId: string; readonly reason: VisitEndReason }
  | { readonly stage: 'wiping'; readonly visitId: string; readonly reason: VisitEndReason }
  /** The wipe could not be proved: closed until a later one is. */
  | { readonly stage: 'closed' };

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
  /** The room was asked to join and no picture came: join again. */
  connecting: 20_000,
  /** The call broke: join again. */
  rejoin: 4_000,
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
  /** Join, or leave and join again. */
  | { readonly type: 'joinRoom'; readonly room: RoomTicket }
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

/** Every event is legal in every state; one that means nothing there changes nothing. */
export function transition(state: VisitState, event: VisitEvent): Transition {
  switch (event.type) {
    case 'hubLinked':
      return { state: { ...state, hub: 'linked' }, effects: [{ type: 'stopTimer', timer: 'hubLost' }] };
    case 'hubLost':
      if (state.hub === 'lost') return stay(state);
      return {
        state: { ...state, hub: 'lost' },
        effects: guestOf(state.at) ? [{ type: 'startTimer', timer: 'hubLost' }] : [],
      };
    case 'trouble':
      return stay({ ...state, [event.device]: event.code });
    case 'visitSeen':
      return visitSeen(state, event.visit);
    case 'visitOver':
      return guestOf(state.at) ? end(state, event.reason ?? 'completed') : stay(state);
    case 'callLive':
      if (state.at.stage !== 'inCall' || state.at.call === 'live') return stay(state);
      return to(state, { ...state.at, call: 'live' }, [
        { type: 'stopTimer', timer: 'connecting' },
        { type: 'stopTimer', timer: 'rejoin' },
      ]);
    case 'callLost':
      if (state.at.stage !== 'inCall') return stay(state);
      return to(state, { ...state.at, call: 'lost' }, [
        { type: 'stopTimer', timer: 'connecting' },
        { type: 'startTimer', timer: 'rejoin' },
      ]);
    case 'buttonPressed':
      return state.at.stage === 'announced' ? welcome(state, state.at.guest) : stay(state);
    case 'timeout':
      return timedOut(state, event.timer);
    case 'stopped':
      return state.at.stage === 'ending' ? wipe(state, state.at) : stay(state);
    case 'wipePassed':
      return wipePassed(state);
    case 'wipeFailed':
      return state.at.stage === 'wiping' || state.at.stage === 'closed'
        ? to(state, { stage: 'closed' }, [{ type: 'startTimer', timer: 'wipeAgain' }])
        : stay(state);
    case 'unwiped':
      if (state.at.stage !== 'idle') return stay(state);
      return to(state, { stage: 'wiping', visitId: event.visitId, reason: 'terminalTimeout' }, [
        { type: 'stopTimer', timer: 'farewell' },
        { type: 'wipe' },
      ]);
    default:
      return assertNever(event);
  }
}

/** The resident of this stage, or null where there is none. */
export function guestOf(at: Stage): Guest | null {
  return 'guest' in at ? at.guest : null;
}

function visitSeen(state: VisitState, visit: TerminalVisit): Transition {
  const { at } = state;
  // Being ended or wiped here: the hub will hear of it, and shows it again if it is a new one.
  if (at.stage === 'ending' || at.stage === 'wiping' || at.stage === 'closed') return stay(state);
  const guest = guestFrom(visit);
  const known = guestOf(at);
  if (known && known.visitId !== visit.visitId) return end(state, 'cancelledByClerk');

  const presence = presenceTimer('residentGone', known?.residentPresent ?? true, visit.residentPresent);
  const prepare: Effect[] = known
    ? []
    : [
        { type: 'stopTimer', timer: 'farewell' },
        { type: 'prepare', visitId: visit.visitId },
      ];

  if (visit.stage === 'inCall' && visit.counsellor && visit.room) {
    return called(state, guest, visit.counsellor, visit.room, visit.counsellorPresent, [
      ...prepare,
      ...presence,
    ]);
  }
  switch (at.stage) {
    case 'idle':
      return to(state, { stage: 'announced', guest }, [
        ...prepare,
        { type: 'startTimer', timer: 'greeting' },
        ...presence,
      ]);
    case 'announced':
    case 'welcomed':
    case 'waiting':
      return to(state, { ...at, guest }, presence);
    case 'inCall':
      // The counsellor put the visit back in the queue: the resident keeps the chair.
      return to(state, { stage: 'waiting', guest }, [
        ...stopAll('connecting', 'rejoin', 'counsellorGone'),
        ...presence,
      ]);
    default:
      return assertNever(at);
  }
}

function called(
  state: VisitState,
  guest: Guest,
  counsellor: CounsellorCard,
  room: RoomTicket,
  counsellorPresent: boolean,
  before: readonly Effect[],
): Transition {
  const { at } = state;
  const already = at.stage === 'inCall' ? at : null;
  const sameRoom = already?.room.room === room.room && already.room.domain === room.domain;
  const effects: Effect[] = [
    ...before,
    ...presenceTimer('counsellorGone', already?.counsellorPresent ?? true, counsellorPresent),
  ];
  if (sameRoom && already) {
    return to(state, { ...already, guest, counsellor, room, counsellorPresent }, effects);
  }
  return to(state, { stage: 'inCall', guest, counsellor, room, call: 'connecting', counsellorPresent }, [
    ...stopAll('greeting', 'welcome', 'rejoin'),
    ...effects,
    { type: 'joinRoom', room },
    { type: 'startTimer', timer: 'connecting' },
  ]);
}

function timedOut(state: VisitState, timer: Timer): Transition {
  const { at } = state;
  switch (timer) {
    case 'greeting':
      return at.stage === 'announced' ? welcome(state, at.guest) : stay(state);
    case 'welcome':
      return at.stage === 'welcomed' ? to(state, { stage: 'waiting', guest: at.guest }) : stay(state);
    case 'connecting':
    case 'rejoin':
      if (at.stage !== 'inCall' || at.call === 'live') return stay(state);
      return {
        state,
        effects: [
          { type: 'joinRoom', room: at.room },
          { type: 'startTimer', timer: 'connecting' },
        ],
      };
    case 'counsellorGone':
      if (at.stage !== 'inCall' || at.counsellorPresent) return stay(state);
      // Only the counsellor's console is cut off: they still see and hear each other.
      if (at.call === 'live') return { state, effects: [{ type: 'startTimer', timer }] };
      return endHere(state, 'counsellorGone');
    case 'residentGone':
      return guestOf(at)?.residentPresent === false ? endHere(state, 'residentGone') : stay(state);
    case 'hubLost':
      if (state.hub === 'linked' || !guestOf(at)) return stay(state);
      // They still see and hear each other: leave them.
      if (at.stage === 'inCall' && at.call === 'live')
        return { state, effects: [{ type: 'startTimer', timer }] };
      return endHere(state, 'terminalTimeout');
    case 'stopping':
      return at.stage === 'ending' ? wipe(state, at) : stay(state);
    case 'farewell':
      return at.stage === 'idle' ? to(state, { stage: 'idle', farewell: null }) : stay(state);
    case 'wipeAgain':
      return at.stage === 'closed' ? { state, effects: [{ type: 'wipe' }] } : stay(state);
    default:
      return assertNever(timer);
  }
}

function welcome(state: VisitState, guest: Guest): Transition {
  return to(state, { stage: 'welcomed', guest }, [
    { type: 'stopTimer', timer: 'greeting' },
    { type: 'startTimer', timer: 'welcome' },
  ]);
}

/** The end decided here, on the terminal: the hub must hear of it. */
function endHere(state: VisitState, reason: VisitEndReason): Transition {
  const guest = guestOf(state.at);
  const ended = end(state, reason);
  return guest
    ? { ...ended, effects: [{ type: 'endAtHub', visitId: guest.visitId, reason }, ...ended.effects] }
    : ended;
}

function end(state: VisitState, reason: VisitEndReason): Transition {
  const guest = guestOf(state.at);
  if (!guest) return stay(state);
  return to(state, { stage: 'ending', visitId: guest.visitId, reason }, [
    ...stopAll('greeting', 'welcome', 'connecting', 'rejoin', 'counsellorGone', 'residentGone', 'hubLost'),
    { type: 'stop' },
    { type: 'startTimer', timer: 'stopping' },
  ]);
}

function wipe(state: VisitState, at: Extract<Stage, { stage: 'ending' }>): Transition {
  return to(state, { stage: 'wiping', visitId: at.visitId, reason: at.reason }, [
    { type: 'stopTimer', timer: 'stopping' },
    { type: 'wipe' },
  ]);
}

function wipePassed(state: VisitState): Transition {
  if (state.at.stage === 'closed') {
    return to(state, { stage: 'idle', farewell: null }, [{ type: 'stopTimer', timer: 'wipeAgain' }]);
  }
  if (state.at.stage !== 'wiping') return stay(state);
  return to(state, { stage: 'idle', farewell: state.at.reason }, [{ type: 'startTimer', timer: 'farewell' }]);
}

function presenceTimer(timer: 'residentGone' | 'counsellorGone', was: boolean, is: boolean): Effect[] {
  if (was === is) return [];
  return [{ type: is ? 'stopTimer' : 'startTimer', timer }];
}

function stopAll(...names: Timer[]): Effect[] {
  return names.map((timer) => ({ type: 'stopTimer', timer }));
}

function guestFrom(visit: TerminalVisit): Guest {
  return {
    visitId: visit.visitId,
    greeting: visit.greeting,
    body: visit.body,
    position: visit.position,
    residentPresent: visit.residentPresent,
  };
}

function to(state: VisitState, at: Stage, effects: readonly Effect[] = []): Transition {
  return { state: { ...state, at }, effects };
}

function stay(state: VisitState): Transition {
  return { state, effects: [] };
}
