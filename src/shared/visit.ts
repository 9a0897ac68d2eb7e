/**
 * The visit as the terminal lives it: idle → announced → welcomed → waiting → inCall → ending → wiping → idle.
 * Pure: transition() says what comes next and which effects the runner must perform; time-outs are events. What happens
 * in a call is in visit-call.ts.
 */
import { assertNever } from './assert-never.ts';
import type { TerminalVisit, VisitEndReason } from './protocol/views.ts';
import {
  askForRoom,
  called,
  callLive,
  callLost,
  callTimers,
  joinSameRoom,
  roomFailed,
  roomReachable,
} from './visit-call.ts';
import {
  type Effect,
  type Guest,
  guestOf,
  presenceTimer,
  type Stage,
  stay,
  stopAll,
  type Timer,
  type Transition,
  to,
  type VisitEvent,
  type VisitState,
} from './visit-state.ts';

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
      return callLive(state);
    case 'callLost':
      return callLost(state);
    case 'roomFailed':
      return roomFailed(state, event.origin, event.why);
    case 'roomReachable':
      return roomReachable(state);
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

function visitSeen(state: VisitState, visit: TerminalVisit): Transition {
  const { at } = state;
  // Being ended or wiped here: the hub will hear of it, and shows it again if it is a new one.
  if (at.stage === 'ending' || at.stage === 'wiping' || at.stage === 'closed') return stay(state);
  const guest = guestFrom(visit);
  const known = guestOf(at);
  if (known && known.visitId !== visit.visitId) return end(state, 'cancelledByClerk');

  const before: Effect[] = [
    ...(known
      ? []
      : [
          { type: 'stopTimer', timer: 'farewell' } as const,
          { type: 'prepare', visitId: visit.visitId } as const,
        ]),
    ...presenceTimer('residentGone', known?.residentPresent ?? true, visit.residentPresent),
  ];
  if (visit.stage === 'inCall' && visit.counsellor && visit.room) {
    const { counsellor, room, counsellorPresent } = visit;
    return called(state, { guest, counsellor, room, counsellorPresent }, before);
  }
  if (at.stage === 'inCall') {
    // The counsellor put the visit back in the queue: the resident keeps the chair.
    const leave: Effect[] = [...stopAll(...callTimers), { type: 'leaveRoom' }];
    return to(state, { stage: 'waiting', guest }, [...leave, ...before, warm(guest)]);
  }
  const warmed = known?.deployment === guest.deployment ? [] : [warm(guest)];
  if (at.stage === 'idle') {
    return to(state, { stage: 'announced', guest }, [
      ...before,
      ...warmed,
      { type: 'startTimer', timer: 'greeting' },
    ]);
  }
  return to(state, { ...at, guest }, [...before, ...warmed]);
}

function warm({ deployment }: Guest): Effect {
  return { type: 'warmRoom', origin: deployment };
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
      return askForRoom(state);
    case 'sameRoom':
      return joinSameRoom(state);
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
    ...stopAll('greeting', 'welcome', 'residentGone', 'hubLost', ...callTimers),
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

function guestFrom(visit: TerminalVisit): Guest {
  return {
    visitId: visit.visitId,
    greeting: visit.greeting,
    body: visit.body,
    position: visit.position,
    wait: visit.wait,
    opensAt: visit.opensAt,
    residentPresent: visit.residentPresent,
    quiet: visit.quiet,
    invited: visit.invited,
    deployment: visit.deployment,
  };
}
