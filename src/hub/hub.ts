/** What the hub's routes share: stores, keys, who is connected. Built once for each hub process; nothing is global. */
import type { FastifyBaseLogger } from 'fastify';
import { type Attempts, createAttempts } from './accounts/attempts.ts';
import { removeExpiredSessions } from './accounts/session-store.ts';
import { type Audit, createAudit, removeOldAudit } from './audit/store.ts';
import { createStrangers, type RefuseStranger } from './audit/strangers.ts';
import type { Database } from './database/database.ts';
import { builtInOnly, type JitsiSettings } from './deployments/configuration.ts';
import { createDeployments, type Deployments } from './deployments/deployments.ts';
import { createRoomTickets } from './deployments/room-tickets.ts';
import { originOf } from './deployments/room-trouble.ts';
import { createDocumentRelay, type DocumentRelay } from './documents/relay.ts';
import { type Alarm, type AlarmDeps, createAlarm } from './live/alarm.ts';
import { type Background, createBackground } from './live/background.ts';
import { closeCodes } from './live/line.ts';
import { takeSnapshot } from './live/snapshot.ts';
import { createSwitchboard, type Switchboard } from './live/switchboard.ts';
import { lookAtDeadlines } from './orders/deadlines.ts';
import { deriveKey } from './secret.ts';
import { createUnkept, type Unkept } from './terminals/unkept.ts';
import { createUnproved, type Unproved } from './terminals/unproved.ts';
import { createVisitLimits, type VisitLimits } from './visits/limits.ts';
import { createPersonalSeal } from './visits/personal-seal.ts';
import { createVisitStore, type VisitStore } from './visits/store.ts';
import { createUsualDurations } from './visits/usual-durations.ts';

export interface Origins {
  /** As browsers and terminals reach the hub: scheme://host[:port], no slash at the end. */
  readonly hub: string;
  /** As they reach the room: another origin, so that a page of Jitsi never shares the console's. */
  readonly room: string;
}

export interface HubDeps {
  readonly database: Database;
  /** At least 48 bytes, not in the database (secret.ts). */
  readonly secret: Uint8Array;
  /** A function: a port chosen by the system is known only once the hub listens. */
  readonly origins: () => Origins;
  readonly log: FastifyBaseLogger;
  /** Where calls are made. Default: in the built-in room. */
  readonly jitsi?: JitsiSettings;
  /** The visit in this room is over. */
  readonly onRoomOver: (room: string) => void;
  readonly clock?: () => number;
  readonly timings?: Partial<Timings>;
}

/** All in ms. */
export interface Timings {
  /** From the opening of a terminal's connection to its proof. */
  readonly proof: number;
  readonly heartbeat: number;
  /** A working day: then everyone logs in again. */
  readonly session: number;
  /** Multiplies the orders' own life. */
  readonly orderLifeFactor: number;
  /** Until what a failing database kept an alarm from doing is tried again. */
  readonly alarmRetry: number;
  /** Between two looks at what nobody ends or removes by himself. */
  readonly watch: number;
}

export interface Hub {
  readonly database: Database;
  readonly visits: VisitStore;
  readonly audit: Audit;
  /** Audits the refusal of somebody who is nobody here yet, as far as it is worth a row. */
  readonly refuseStranger: RefuseStranger;
  readonly attempts: Attempts;
  readonly switchboard: Switchboard;
  readonly documents: DocumentRelay;
  readonly deployments: Deployments;
  readonly unproved: Unproved;
  readonly deadlines: Alarm;
  readonly unkept: Unkept;
  readonly unkeptAlarm: Alarm;
  readonly visitLimits: VisitLimits;
  /** One look of the watch; its alarm runs it again and again. */
  readonly watch: () => Promise<void>;
  readonly watchAlarm: Alarm;
  readonly background: Background;
  readonly enrolmentKey: Uint8Array;
  readonly sessionKey: Uint8Array;
  readonly origins: () => Origins;
  readonly clock: () => number;
  readonly timings: Timings;
  readonly log: FastifyBaseLogger;
}

export function createHub(deps: HubDeps): Hub {
  const { database, secret, origins, log, clock = Date.now } = deps;
  const timings = {
    proof: 10_000,
    heartbeat: 10_000,
    session: 10 * 3_600_000,
    orderLifeFactor: 1,
    alarmRetry: 5_000,
    watch: 60_000,
    ...deps.timings,
  };
  const visits = createVisitStore(database, createPersonalSeal(deriveKey(secret, 'personal')));
  const deployments = createDeployments({
    settings: deps.jitsi ?? builtInOnly,
    builtIn: () => origins().room,
    clock,
  });
  const tickets = createRoomTickets({
    secret: deriveKey(secret, 'room'),
    deployments,
    originOf: (visit) => originOf({ deployments }, visit),
    clock,
  });
  const onBug = (error: unknown) => log.error({ err: error }, 'bug');

  const background = createBackground(onBug);
  const usualDurations = createUsualDurations(database, clock);
  const switchboard = createSwitchboard({
    takeSnapshot: () =>
      takeSnapshot({
        database,
        visits,
        progress: switchboard.progress,
        ticketsFor: tickets.ticketsFor,
        deploymentOf: (visit) => originOf({ deployments }, visit),
        deployments,
        terminalsOnline: switchboard.terminalsOnline,
        counsellorsOnline: switchboard.counsellorsOnline,
        usualDurations,
        clock,
      }),
    pastVisit: visits.past,
    onSnapshot(snapshot, before) {
      const under = new Set(snapshot.visits.map(({ visitId }) => visitId));
      tickets.keep(under);
      documents.keep(snapshot);
      for (const { visitId, call } of before?.visits ?? []) {
        const now = snapshot.visits.find((visit) => visit.visitId === visitId);
        if (call && now?.call?.room !== call.room) deps.onRoomOver(call.room);
      }
    },
    run: background.run,
    clock,
  });
  const documents = createDocumentRelay(switchboard);
  const alarm = (name: string, look: AlarmDeps['look']) =>
    createAlarm({ name, clock, retry: timings.alarmRetry, log, run: background.run, look });

  const audit = createAudit(database, clock, log);
  const attempts = createAttempts(database, deriveKey(secret, 'attempts'), clock);
  const visitLimits = createVisitLimits({
    database,
    visits,
    audit,
    clock,
    terminalsOnline: switchboard.terminalsOnline,
  });
  async function watch(): Promise<void> {
    await visitLimits.noteContacts();
    const ended = await visitLimits.endOverdue();
    // How long they still wait is another number now.
    const waiting = switchboard.snapshot()?.visits.some(({ call }) => !call) ?? false;
    if (ended > 0 || waiting) await switchboard.refresh();
    await removeExpiredSessions(database, clock);
    await attempts.removeOld();
    await removeOldAudit(database, clock);
  }

  const unkept = createUnkept({
    ...{ database, clock, pace: timings.alarmRetry },
    onNote: () => unkeptAlarm.check(),
    cut: (terminalId) => switchboard.terminalLine(terminalId)?.close(closeCodes.goingAway, 'say it again'),
  });
  const unkeptAlarm = alarm('unkept', unkept.look);

  return {
    unkept,
    unkeptAlarm,
    database,
    visits,
    audit,
    refuseStranger: createStrangers({ audit, clock, log }),
    attempts,
    switchboard,
    documents,
    deployments,
    unproved: createUnproved(),
    deadlines: alarm('deadlines', lookAtDeadlines({ database, clock, onFailed: switchboard.refreshSoon })),
    visitLimits,
    watch,
    watchAlarm: alarm('watch', async () => {
      await watch();
      return clock() + timings.watch;
    }),
    background,
    enrolmentKey: deriveKey(secret, 'enrolment'),
    sessionKey: deriveKey(secret, 'session'),
    origins,
    clock,
    timings,
    log,
  };
}
