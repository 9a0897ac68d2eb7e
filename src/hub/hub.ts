/** What the hub's routes share: stores, keys, who is connected. Built once for each hub process; nothing is global. */
import type { FastifyBaseLogger } from 'fastify';
import { appointmentPerson } from '#shared/protocol/appointments.ts';
import { type Attempts, createAttempts } from './accounts/attempts.ts';
import { createSecondFactors, type SecondFactors, secondFactorSecret } from './accounts/second-factors.ts';
import { isDueEarlier, lookAtAgenda } from './appointments/next-appointments.ts';
import { createResidentLinks, type ResidentLinks } from './appointments/resident-link.ts';
import { createResidentMail, type ResidentMail } from './appointments/resident-mail.ts';
import { type AppointmentStore, createAppointmentStore } from './appointments/store.ts';
import { type AuditKeeper, createAuditKeeper } from './audit/anchor.ts';
import { type Audit, createAudit } from './audit/store.ts';
import { createStrangers, type RefuseStranger } from './audit/strangers.ts';
import type { Database } from './database/database.ts';
import { builtInOnly, type JitsiSettings } from './deployments/configuration.ts';
import { createDeployments, type Deployments } from './deployments/deployments.ts';
import { createRoomTickets, type RoomTickets } from './deployments/room-tickets.ts';
import { originOf } from './deployments/room-trouble.ts';
import { createDocumentRelay, type DocumentRelay } from './documents/relay.ts';
import { createInvitedSeal, type InvitedSeal } from './invited/store.ts';
import { createJobs } from './jobs/jobs.ts';
import { type Alarm, type AlarmDeps, createAlarm } from './live/alarm.ts';
import { type Background, createBackground } from './live/background.ts';
import { closeCodes } from './live/line.ts';
import { takeSnapshot } from './live/snapshot.ts';
import { createSwitchboard, type Switchboard } from './live/switchboard.ts';
import { createDelivery, type Delivery } from './mail/delivery.ts';
import { createMailbox, type Mailbox, mail } from './mail/mailbox.ts';
import type { MailSettings } from './mail/settings.ts';
import {
  createNeighbours,
  type Elsewhere,
  type Neighbours,
  noNeighbours,
  type PeerSettings,
} from './neighbours/neighbours.ts';
import { createPagesElsewhere, type PagesElsewhere } from './neighbours/pages-elsewhere.ts';
import { lookAtDeadlines } from './orders/deadlines.ts';
import { createQuestionSeals, type QuestionSeals } from './questions/seals.ts';
import { createQuestionStore, type QuestionStore } from './questions/store.ts';
import { createPurge, type Purge } from './retention/purge.ts';
import { purgeKinds } from './retention/purge-kinds.ts';
import { deriveKey, type KeyUse } from './secret.ts';
import { createUnkept, type Unkept } from './terminals/unkept.ts';
import { createUnproved, type Unproved } from './terminals/unproved.ts';
import { createVisitLimits, type VisitLimits } from './visits/limits.ts';
import { createPersonalSeal, createSeal } from './visits/personal-seal.ts';
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
  /** Those that came before it: they open what they sealed. */
  readonly formerSecrets?: readonly Uint8Array[];
  /** Where the newest link of the audit trail is noted, outside of the database. */
  readonly auditAnchor?: string;
  /** ms that what the clerk announced is kept after the visit. Default: 0. */
  readonly keepAnnouncement?: number;
  /** A function: a port chosen by the system is known only once the hub listens. */
  readonly origins: () => Origins;
  readonly log: FastifyBaseLogger;
  /** Where calls are made. Default: in the built-in room. */
  readonly jitsi?: JitsiSettings;
  /** Where other hubs on the same database reach this one; null or absent: they do not. */
  readonly peer?: PeerSettings | null;
  /** Null: there is no mail server, and nothing is sent. */
  readonly mail?: MailSettings | null;
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
  /** For each request to the identity provider. */
  readonly provider: number;
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
  readonly invitedSeal: InvitedSeal;
  readonly tickets: RoomTickets;
  readonly appointments: AppointmentStore;
  readonly questions: QuestionStore;
  readonly questionSeals: QuestionSeals;
  readonly audit: Audit;
  readonly auditKeeper: AuditKeeper;
  readonly purge: Purge;
  /** Audits the refusal of somebody who is nobody here yet, as far as it is worth a row. */
  readonly refuseStranger: RefuseStranger;
  readonly attempts: Attempts;
  readonly secondFactors: SecondFactors;
  readonly switchboard: Switchboard;
  readonly neighbours: Neighbours;
  readonly pagesElsewhere: PagesElsewhere;
  readonly documents: DocumentRelay;
  readonly deployments: Deployments;
  readonly unproved: Unproved;
  readonly deadlines: Alarm;
  readonly agendaAlarm: Alarm;
  readonly unkept: Unkept;
  readonly unkeptAlarm: Alarm;
  readonly visitLimits: VisitLimits;
  /** One look of the watch; its alarm runs it again and again. */
  readonly watch: () => Promise<void>;
  readonly watchAlarm: Alarm;
  readonly residentLinks: ResidentLinks;
  readonly residentMail: ResidentMail;
  readonly mailbox: Mailbox;
  /** Null where there is no mail server. */
  readonly delivery: Delivery | null;
  readonly mailAlarm: Alarm | null;
  /** Work that is due at its time, done once over all hubs. */
  readonly jobsAlarm: Alarm;
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
    provider: 5_000,
    orderLifeFactor: 1,
    alarmRetry: 5_000,
    watch: 60_000,
    ...deps.timings,
  };
  const former = (use: KeyUse) => (deps.formerSecrets ?? []).map((each) => deriveKey(each, use));
  const keepAnnouncement = deps.keepAnnouncement ?? 0;
  const invitedSeal = createInvitedSeal(deriveKey(secret, 'invited'), former('invited'));
  const personal = createPersonalSeal(deriveKey(secret, 'personal'), former('personal'));
  const visits = createVisitStore(database, { personal, invited: invitedSeal }, keepAnnouncement > 0);
  const appointments = createAppointmentStore(
    database,
    createSeal(deriveKey(secret, 'appointments'), appointmentPerson, former('appointments')),
  );
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
  const neighbours = database.listen
    ? createNeighbours({
        ...{ database, log, peer: deps.peer ?? null, heartbeat: timings.heartbeat, run: background.run },
        key: deriveKey(secret, 'neighbours'),
      })
    : noNeighbours();
  const switchboard = createSwitchboard({
    neighbours,
    takeSnapshot: () =>
      takeSnapshot({
        database,
        visits,
        progress: switchboard.progress,
        ticketsFor: tickets.ticketsFor,
        deploymentOf: (visit) => originOf({ deployments }, visit),
        deployments,
        elsewhere: neighbours.elsewhere,
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
        if (call && now?.call?.room !== call.room) {
          deps.onRoomOver(call.room);
          background.run(neighbours.forgetRoom(call.room));
        }
      }
      // The hub that was given it may not live until its deadline.
      const known = new Set(before?.orders.map(({ orderId }) => orderId));
      const isNew = snapshot.orders.some(
        ({ orderId, status }) => status.status === 'sent' && !known.has(orderId),
      );
      if (isNew) deadlines.check();
      if (isDueEarlier(snapshot, before)) agendaAlarm.check();
    },
    run: background.run,
    clock,
  });
  const elsewhere = (): Elsewhere | null => switchboard.snapshot()?.elsewhere ?? null;
  const pagesElsewhere = createPagesElsewhere(neighbours, elsewhere);
  const documents = createDocumentRelay({ switchboard, neighbours, seatsElsewhere: pagesElsewhere.of });
  const alarm = (name: string, look: AlarmDeps['look']) =>
    createAlarm({ name, clock, retry: timings.alarmRetry, log, run: background.run, look });

  const deadlines = alarm(
    'deadlines',
    lookAtDeadlines({ database, clock, onFailed: () => background.run(switchboard.refresh()) }),
  );

  const agendaAlarm = alarm('agenda', lookAtAgenda(switchboard, clock));

  const auditKey = deriveKey(secret, 'audit');
  const audit = createAudit(database, auditKey, clock, log);
  const auditKeeper = createAuditKeeper({ database, key: auditKey, file: deps.auditAnchor ?? null, log });
  const attempts = createAttempts(database, deriveKey(secret, 'attempts'), clock);
  const visitLimits = createVisitLimits({
    database,
    visits,
    audit,
    clock,
    ownTerminals: switchboard.ownTerminals,
  });
  const mailSeal = createSeal(deriveKey(secret, 'mail'), mail, former('mail'));
  const delivery = deps.mail
    ? createDelivery({ database, seal: mailSeal, settings: deps.mail, clock, log })
    : null;
  const mailAlarm = delivery ? alarm('mail', delivery.look) : null;
  const mailbox = createMailbox({
    available: delivery !== null,
    seal: mailSeal,
    clock,
    onHurry: () => mailAlarm?.check(),
  });
  const questionSeals = createQuestionSeals(deriveKey(secret, 'questions'), former('questions'));
  const questions = createQuestionStore({
    ...{ database, seals: questionSeals, mailbox },
    origin: () => origins().hub,
  });
  const purge = createPurge({
    ...{ database, clock, log },
    kinds: purgeKinds({
      ...{ database, auditKey, attempts, appointments, visits, questions, keepAnnouncement, clock },
      limits: visitLimits,
    }),
  });
  async function watch(): Promise<void> {
    await visitLimits.noteContacts();
    const ended = (await purge.run()).get('visits') ?? 0;
    // How long they still wait is another number now.
    const waiting = switchboard.snapshot()?.visits.some(({ call }) => !call) ?? false;
    if (ended > 0) await switchboard.refresh();
    else if (waiting) await switchboard.refreshHere();
    // Last: a note that cannot be written keeps nothing else from being done.
    await auditKeeper.keep();
  }

  const residentLinks = createResidentLinks({
    keys: [deriveKey(secret, 'appointmentLink'), ...former('appointmentLink')],
    origin: () => origins().hub,
  });
  const residentMail = createResidentMail({
    ...{ mailbox, appointments, links: residentLinks },
    sender: deps.mail?.from.address ?? '',
  });
  const doJobs = createJobs({
    ...{ database, clock, log },
    handlers: { ...questions.jobs, ...residentMail.jobs },
  });
  const jobsAlarm = alarm('jobs', async () => {
    const next = await doJobs();
    mailbox.hurry();
    return next;
  });

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
    invitedSeal,
    tickets,
    appointments,
    questions,
    questionSeals,
    audit,
    auditKeeper,
    purge,
    refuseStranger: createStrangers({ audit, clock, log }),
    attempts,
    secondFactors: createSecondFactors({
      ...{ database, clock, key: deriveKey(secret, 'recoveryCode'), formerKeys: former('recoveryCode') },
      seal: createSeal(deriveKey(secret, 'secondFactor'), secondFactorSecret, former('secondFactor')),
    }),
    switchboard,
    neighbours,
    pagesElsewhere,
    documents,
    deployments,
    unproved: createUnproved(),
    deadlines,
    agendaAlarm,
    visitLimits,
    watch,
    watchAlarm: alarm('watch', async () => {
      await watch();
      return clock() + timings.watch;
    }),
    mailbox,
    residentLinks,
    residentMail,
    delivery,
    mailAlarm,
    jobsAlarm,
    background,
    enrolmentKey: deriveKey(secret, 'enrolment'),
    sessionKey: deriveKey(secret, 'session'),
    origins,
    clock,
    timings,
    log,
  };
}
