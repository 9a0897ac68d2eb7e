import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RoomTicket, TerminalVisit } from './protocol/views.ts';
import type { RoomTrouble } from './room.ts';
import { transition } from './visit.ts';
import {
  type CallStage,
  guestOf,
  initialVisitState,
  type Stage,
  type Timer,
  timers,
  type VisitEvent,
  type VisitState,
} from './visit-state.ts';

const ID = '0b1f8a52-2a53-4c0a-9d0e-6a1f6a3b2c11';
const OTHER = '7c1e7d0a-93ab-4a57-8f5c-2f0f3b1d9e22';
const deployment = 'http://localhost:1';
const room: RoomTicket = { origin: deployment, room: 'r'.repeat(24), jwt: null, password: null };
const otherRoom: RoomTicket = { ...room, room: 's'.repeat(24) };
const quiet = {
  counsellorSound: false,
  counsellorPicture: false,
  residentSound: false,
  residentPicture: false,
  privateBy: null,
} as const;
const alone = { ...quiet, privateBy: 'clerk' } as const;
const counsellor = { name: 'Claire Petit', body: 'Caisse' };

const queued: TerminalVisit = {
  visitId: ID,
  greeting: 'Madame Martin',
  body: 'Caisse',
  stage: 'queued',
  position: 2,
  wait: 600_000,
  opensAt: null,
  counsellor: null,
  counsellorPresent: false,
  residentPresent: true,
  quiet,
  invited: null,
  deployment,
  room: null,
};
const called: TerminalVisit = {
  ...queued,
  stage: 'inCall',
  position: null,
  wait: null,
  counsellor,
  counsellorPresent: true,
  room,
};

const guest = {
  visitId: ID,
  greeting: 'Madame Martin',
  body: 'Caisse',
  wait: 600_000,
  opensAt: null,
  position: 2,
  residentPresent: true,
  quiet,
  invited: null,
  deployment,
};
const inCall = (call: CallStage, counsellorPresent = true): Stage => ({
  stage: 'inCall',
  guest: { ...guest, position: null, wait: null },
  counsellor,
  room,
  call,
  counsellorPresent,
});

const stages = {
  idle: { stage: 'idle', farewell: null },
  farewell: { stage: 'idle', farewell: 'completed' },
  announced: { stage: 'announced', guest },
  welcomed: { stage: 'welcomed', guest },
  waiting: { stage: 'waiting', guest },
  residentGone: { stage: 'waiting', guest: { ...guest, residentPresent: false } },
  connecting: inCall('connecting'),
  live: inCall('live'),
  lost: inCall('lost'),
  counsellorGone: inCall('live', false),
  bothGone: inCall('lost', false),
  paused: inCall('paused'),
  ending: { stage: 'ending', visitId: ID, reason: 'completed' },
  wiping: { stage: 'wiping', visitId: ID, reason: 'completed' },
  closed: { stage: 'closed' },
} as const satisfies Record<string, Stage>;
type Row = keyof typeof stages;

const timeout = (timer: Timer): VisitEvent => ({ type: 'timeout', timer });
const events = {
  hubLinked: { type: 'hubLinked' },
  hubLost: { type: 'hubLost' },
  queued: { type: 'visitSeen', visit: queued },
  moved: { type: 'visitSeen', visit: { ...queued, position: 1 } },
  residentLeft: { type: 'visitSeen', visit: { ...queued, residentPresent: false } },
  called: { type: 'visitSeen', visit: called },
  calledElsewhere: { type: 'visitSeen', visit: { ...called, room: otherRoom } },
  counsellorLeft: { type: 'visitSeen', visit: { ...called, counsellorPresent: false } },
  private: { type: 'visitSeen', visit: { ...called, quiet: alone } },
  stranger: { type: 'visitSeen', visit: { ...queued, visitId: OTHER } },
  over: { type: 'visitOver', reason: 'completed' },
  callLive: { type: 'callLive' },
  callLost: { type: 'callLost' },
  roomFailed: { type: 'roomFailed', origin: deployment, why: 'unreachable' },
  roomReachable: { type: 'roomReachable' },
  button: { type: 'buttonPressed' },
  printerTrouble: { type: 'trouble', device: 'printer', code: 'printerOutOfPaper' },
  scannerTrouble: { type: 'trouble', device: 'scanner', code: 'scannerJammed' },
  tGreeting: timeout('greeting'),
  tWelcome: timeout('welcome'),
  tConnecting: timeout('connecting'),
  tRejoin: timeout('rejoin'),
  tSameRoom: timeout('sameRoom'),
  tCounsellorGone: timeout('counsellorGone'),
  tResidentGone: timeout('residentGone'),
  tHubLost: timeout('hubLost'),
  tStopping: timeout('stopping'),
  tFarewell: timeout('farewell'),
  tWipeAgain: timeout('wipeAgain'),
  stopped: { type: 'stopped' },
  wipePassed: { type: 'wipePassed' },
  wipeFailed: { type: 'wipeFailed' },
  unwiped: { type: 'unwiped', visitId: ID },
} as const satisfies Record<string, VisitEvent>;
type Column = keyof typeof events;

/** Where each event leads from each stage, in a few letters; `=`: nothing moves. Every cell is written down. */
const columns = Object.keys(events) as Column[];
const table: Record<Row, Partial<Record<Column, string>>> = {
  idle: {
    queued: 'announced',
    moved: 'announced',
    residentLeft: 'announced',
    stranger: 'announced',
    called: 'lost',
    calledElsewhere: 'lost',
    counsellorLeft: 'lost',
    private: 'paused',
    unwiped: 'wiping',
    tFarewell: 'idle',
  },
  farewell: {
    queued: 'announced',
    moved: 'announced',
    residentLeft: 'announced',
    stranger: 'announced',
    called: 'lost',
    calledElsewhere: 'lost',
    counsellorLeft: 'lost',
    private: 'paused',
    unwiped: 'wiping',
    tFarewell: 'idle',
  },
  announced: {
    called: 'connecting',
    calledElsewhere: 'connecting',
    counsellorLeft: 'connecting',
    private: 'paused',
    button: 'welcomed',
    tGreeting: 'welcomed',
    over: 'ending',
    stranger: 'ending',
    tHubLost: 'ending',
  },
  welcomed: {
    called: 'connecting',
    calledElsewhere: 'connecting',
    counsellorLeft: 'connecting',
    private: 'paused',
    tWelcome: 'waiting',
    over: 'ending',
    stranger: 'ending',
    tHubLost: 'ending',
  },
  waiting: {
    called: 'connecting',
    calledElsewhere: 'connecting',
    counsellorLeft: 'connecting',
    private: 'paused',
    over: 'ending',
    stranger: 'ending',
    tHubLost: 'ending',
  },
  residentGone: {
    called: 'connecting',
    calledElsewhere: 'connecting',
    counsellorLeft: 'connecting',
    private: 'paused',
    over: 'ending',
    stranger: 'ending',
    tResidentGone: 'ending',
    tHubLost: 'ending',
  },
  connecting: {
    queued: 'waiting',
    moved: 'waiting',
    residentLeft: 'waiting',
    private: 'paused',
    callLive: 'live',
    callLost: 'lost',
    over: 'ending',
    stranger: 'ending',
    tHubLost: 'ending',
  },
  live: {
    queued: 'waiting',
    moved: 'waiting',
    residentLeft: 'waiting',
    calledElsewhere: 'lost',
    private: 'paused',
    callLost: 'lost',
    over: 'ending',
    stranger: 'ending',
  },
  lost: {
    queued: 'waiting',
    moved: 'waiting',
    residentLeft: 'waiting',
    calledElsewhere: 'lost',
    private: 'paused',
    callLive: 'live',
    over: 'ending',
    stranger: 'ending',
    tHubLost: 'ending',
  },
  counsellorGone: {
    queued: 'waiting',
    moved: 'waiting',
    residentLeft: 'waiting',
    calledElsewhere: 'lost',
    private: 'paused',
    callLost: 'lost',
    over: 'ending',
    stranger: 'ending',
  },
  bothGone: {
    queued: 'waiting',
    moved: 'waiting',
    residentLeft: 'waiting',
    calledElsewhere: 'lost',
    private: 'paused',
    callLive: 'live',
    over: 'ending',
    stranger: 'ending',
    tCounsellorGone: 'ending',
    tHubLost: 'ending',
  },
  paused: {
    queued: 'waiting',
    moved: 'waiting',
    residentLeft: 'waiting',
    called: 'connecting',
    calledElsewhere: 'connecting',
    counsellorLeft: 'connecting',
    over: 'ending',
    stranger: 'ending',
    tHubLost: 'ending',
  },
  ending: { stopped: 'wiping', tStopping: 'wiping' },
  wiping: { wipePassed: 'idle', wipeFailed: 'closed' },
  closed: { wipePassed: 'idle', wipeFailed: 'closed' },
};

function start(at: Stage, hub: 'linked' | 'lost' = 'lost'): VisitState {
  return { ...initialVisitState, at, hub };
}

function told(what: RoomTrouble, name: string | null = room.room) {
  return { type: 'tellTrouble', visitId: ID, origin: deployment, room: name, what };
}

function nameOf(at: Stage): string {
  return at.stage === 'inCall' ? at.call : at.stage;
}

describe('every stage × every event', () => {
  for (const row of Object.keys(stages) as Row[]) {
    it.each(columns)(`${row} × %s`, (column) => {
      const { state } = transition(start(stages[row]), events[column]);
      expect(nameOf(state.at)).toBe(table[row][column] ?? nameOf(stages[row]));
    });
  }
});

describe('what the resident is spared', () => {
  const effectsOf = (at: Stage, event: VisitEvent, hub: 'linked' | 'lost' = 'linked') =>
    transition(start(at, hub), event).effects;

  it('prepares the visit once, at the announcement', () => {
    expect(effectsOf(stages.idle, events.queued)).toContainEqual({ type: 'prepare', visitId: ID });
    expect(effectsOf(stages.waiting, events.moved)).not.toContainEqual({ type: 'prepare', visitId: ID });
  });

  it('asks for a room without its own ghost when the terminal restarted in the middle of a call', () => {
    const { state, effects } = transition(start(stages.idle, 'linked'), events.called);
    expect(effects).toContainEqual({ type: 'prepare', visitId: ID });
    expect(effects).toContainEqual(told('lost'));
    expect(effects).toContainEqual({ type: 'startTimer', timer: 'sameRoom' });
    expect(transition(state, events.calledElsewhere).effects).toContainEqual({
      type: 'joinRoom',
      room: otherRoom,
    });
  });

  it('warms the room at the announcement, and again where it will be elsewhere', () => {
    const warm = { type: 'warmRoom', origin: deployment };
    expect(effectsOf(stages.idle, events.queued)).toContainEqual(warm);
    expect(effectsOf(stages.waiting, events.moved)).not.toContainEqual(warm);
    const elsewhere = 'https://meet.example';
    expect(
      effectsOf(stages.waiting, { type: 'visitSeen', visit: { ...queued, deployment: elsewhere } }),
    ).toContainEqual({ type: 'warmRoom', origin: elsewhere });
  });

  it('does not rejoin when the hub repeats what it said', () => {
    expect(effectsOf(stages.live, events.called)).toEqual([]);
  });

  it('joins the other room when the visit is transferred', () => {
    expect(effectsOf(stages.live, events.calledElsewhere)).toContainEqual({
      type: 'joinRoom',
      room: otherRoom,
    });
  });

  it('rejoins by itself when the call breaks or never comes', () => {
    expect(effectsOf(stages.live, events.callLost)).toContainEqual({ type: 'startTimer', timer: 'rejoin' });
    for (const effects of [
      effectsOf(stages.lost, events.tRejoin),
      effectsOf(stages.connecting, events.tConnecting),
      effectsOf(stages.lost, events.roomReachable),
    ]) {
      expect(effects).toContainEqual(told('lost'));
      expect(effects).toContainEqual({ type: 'startTimer', timer: 'sameRoom' });
    }
    expect(effectsOf(stages.live, events.roomReachable)).toEqual([told('lost')]);
    expect(effectsOf(stages.connecting, events.roomReachable)).toEqual([]);
  });

  it('joins the same room again where the hub gives no other', () => {
    const effects = effectsOf(stages.lost, events.tSameRoom);
    expect(effects).toEqual([
      { type: 'joinRoom', room },
      { type: 'startTimer', timer: 'connecting' },
    ]);
    expect(effectsOf(stages.live, events.tSameRoom)).toEqual([]);
  });

  it('waits in its room for a counsellor who is away, and looks again when they are back', () => {
    expect(effectsOf(stages.bothGone, events.tRejoin)).toEqual([{ type: 'startTimer', timer: 'connecting' }]);
    expect(effectsOf(stages.bothGone, events.called)).toContainEqual({ type: 'startTimer', timer: 'rejoin' });
  });

  it('tells of a deployment that fails, before the call and in it, and of no other one', () => {
    expect(effectsOf(stages.waiting, events.roomFailed)).toContainEqual(told('unreachable', null));
    expect(effectsOf(stages.connecting, events.roomFailed)).toContainEqual(told('unreachable'));
    const other = { ...events.roomFailed, origin: 'https://meet.example' };
    expect(effectsOf(stages.connecting, other)).toEqual([]);
    expect(effectsOf(stages.live, events.roomFailed)).toEqual([]);
  });

  it('leaves the room for a private moment, whatever the deployment does, and joins again after it', () => {
    const effects = effectsOf(stages.live, events.private);
    expect(effects).toContainEqual({ type: 'leaveRoom' });
    expect(effectsOf(stages.paused, events.private)).toEqual([]);
    expect(effectsOf(stages.paused, events.callLost)).toEqual([]);
    expect(effectsOf(stages.paused, events.called)).toContainEqual({ type: 'joinRoom', room });
  });

  it('tries again soon when a rejoin fails, and not only at the end of the long patience', () => {
    expect(effectsOf(stages.lost, events.callLost)).toContainEqual({ type: 'startTimer', timer: 'rejoin' });
  });

  it('leaves a live call alone when only the console is gone', () => {
    const { state, effects } = transition(start(stages.counsellorGone), events.tCounsellorGone);
    expect(state.at).toEqual(stages.counsellorGone);
    expect(effects).toEqual([{ type: 'startTimer', timer: 'counsellorGone' }]);
  });

  it('leaves a live call alone when the hub is gone', () => {
    const { state, effects } = transition(start(stages.live, 'lost'), events.tHubLost);
    expect(state.at).toEqual(stages.live);
    expect(effects).toEqual([{ type: 'startTimer', timer: 'hubLost' }]);
  });

  it('tells the hub of an end that was decided here, and only then', () => {
    expect(effectsOf(stages.residentGone, events.tResidentGone)).toContainEqual({
      type: 'endAtHub',
      visitId: ID,
      reason: 'residentGone',
    });
    expect(effectsOf(stages.live, events.over).some((effect) => effect.type === 'endAtHub')).toBe(false);
  });

  it('starts and stops the presence timers at the change only', () => {
    expect(effectsOf(stages.live, events.counsellorLeft)).toContainEqual({
      type: 'startTimer',
      timer: 'counsellorGone',
    });
    expect(effectsOf(stages.counsellorGone, events.counsellorLeft)).toEqual([]);
    expect(effectsOf(stages.counsellorGone, events.called)).toContainEqual({
      type: 'stopTimer',
      timer: 'counsellorGone',
    });
    expect(effectsOf(stages.waiting, events.residentLeft)).toContainEqual({
      type: 'startTimer',
      timer: 'residentGone',
    });
  });

  it('keeps a device trouble across stages until it is gone', () => {
    const held = transition(start(stages.live), events.printerTrouble).state;
    const ended = transition(held, events.over).state;
    expect(ended.printer).toBe('printerOutOfPaper');
    expect(transition(ended, { type: 'trouble', device: 'printer', code: null }).state.printer).toBeNull();
  });
});

describe('any sequence of events', () => {
  const anyEvent = fc.constantFrom(...(Object.values(events) as VisitEvent[]));

  it('never forgets the wipe between two residents, and stops every timer of a visit at its end', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 80 }), (sequence) => {
        let state = initialVisitState;
        const running = new Set<Timer>();
        let unwiped: string | null = null;
        for (const event of sequence) {
          if (event.type === 'timeout' && !running.has(event.timer)) continue;
          if (event.type === 'timeout') running.delete(event.timer);
          const next = transition(state, event);
          for (const effect of next.effects) {
            if (effect.type === 'startTimer') running.add(effect.timer);
            if (effect.type === 'stopTimer') running.delete(effect.timer);
          }
          const guestNow = guestOf(next.state.at);
          if (guestNow) {
            expect(unwiped === null || unwiped === guestNow.visitId).toBe(true);
            unwiped = guestNow.visitId;
          }
          if (event.type === 'unwiped' && state.at.stage === 'idle') unwiped = event.visitId;
          if (event.type === 'wipePassed' && (state.at.stage === 'wiping' || state.at.stage === 'closed'))
            unwiped = null;
          if (next.state.at.stage === 'idle') {
            expect(unwiped).toBeNull();
            expect([...running].filter((timer) => timer !== 'farewell')).toEqual([]);
          }
          state = next.state;
        }
      }),
      { numRuns: 500 },
    );
  });

  it('wipes again by itself while it is closed', () => {
    const { state, effects } = transition(start(stages.wiping), events.wipeFailed);
    expect(effects).toContainEqual({ type: 'startTimer', timer: 'wipeAgain' });
    expect(transition(state, events.tWipeAgain).effects).toEqual([{ type: 'wipe' }]);
    expect(transition(start(stages.idle), events.tWipeAgain).effects).toEqual([]);
  });

  it('has a duration for every timer', () => {
    expect(Object.values(timers).every((ms) => ms > 0)).toBe(true);
  });
});
