/** Every state of the two screens that a resident can meet, as views from main: for the tests and for looking at. */
import { type DeskSheet, type DeskWork, deskAim, type FaceStage, type ScreenView } from '#shared/ipc.ts';
import type { NextAppointment } from '#shared/protocol/agenda.ts';
import type { TimeZone } from '#shared/protocol/appointments.ts';
import type { DeviceName, DevicesReport } from '#shared/protocol/terminal-report.ts';
import type { Quiet } from '#shared/protocol/views.ts';
import { formLive, lives, PREVIEW_DOCUMENT } from './live-states.ts';
import { still } from './still.ts';

export interface PreviewState {
  readonly name: string;
  readonly screen: 'face' | 'desk';
  readonly view: ScreenView;
}

const VISIT = '3f0c1f7e-5d1c-4b57-9a54-0d5a3a0f6f01';

const ready = { state: 'ready' } as const;
const devices: DevicesReport = {
  printer: ready,
  scanner: ready,
  camera: ready,
  microphone: ready,
  speaker: ready,
  displays: ready,
  button: { state: 'none' },
};

const guest = {
  visitId: VISIT,
  greeting: 'Madame Martin',
  body: 'MSA de Picardie',
  position: 1,
  wait: null,
  opensAt: null,
  residentPresent: true,
  quiet: {
    counsellorSound: false,
    counsellorPicture: false,
    residentSound: false,
    residentPicture: false,
    privateBy: null,
  },
  invited: null,
} as const;
const longBody = 'Direction départementale des finances publiques de l’Aisne';
const counsellor = { name: 'Nadia Benali', body: 'MSA de Picardie' };

const idle = { stage: 'idle', farewell: null } as const;
const waiting: FaceStage = { stage: 'waiting', guest };
const inCall: Extract<FaceStage, { stage: 'inCall' }> = {
  stage: 'inCall',
  guest: { ...guest, position: null },
  counsellor,
  call: 'live',
  counsellorPresent: true,
};

const invitedCall: typeof inCall = {
  ...inCall,
  guest: { ...inCall.guest, invited: 'Irina Vasile, interprète' },
};
/** As long as a name may be. */
const LONG_INVITED = 'Marie-Antoinette de La Rochefoucauld-Beauvilliers, interprète';

function hushed(change: Partial<Quiet>): typeof inCall {
  return { ...inCall, guest: { ...inCall.guest, quiet: { ...guest.quiet, ...change } } };
}

/** A small crest of the tests' own, so that the pages' policy on pictures is tried too. */
const logo = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200"><circle cx="100" cy="100" r="98" fill="#17505c"/><circle cx="138" cy="70" r="26" fill="#f3bd57"/><path d="M14 130c50-50 120-30 176-16a98 98 0 0 1-176 16Z" fill="#86a873"/></svg>',
)}`;

const base: ScreenView = {
  commune: { name: 'Saint-Martin-sur-Cléry', colour: '#17505c', logo },
  at: idle,
  hub: 'linked',
  devices,
  sheet: { kind: 'empty' },
  work: { kind: 'none' },
  live: null,
  selfView: false,
  aim: null,
  company: 'none',
  slowLine: false,
  still: null,
  checkCode: null,
  subtitles: null,
  selfTesting: false,
  nextAppointment: null,
  shared: false,
};

/** A4 at 150 dots per inch. */
const page: Extract<DeskSheet, { kind: 'document' }> = {
  kind: 'document',
  documentId: PREVIEW_DOCUMENT,
  page: 1,
  pages: 3,
  width: 1240,
  height: 1754,
  near: [],
};

function troubled(...names: DeviceName[]): DevicesReport {
  const reasons = {
    printer: 'printerOutOfPaper',
    scanner: 'scannerAbsent',
    camera: 'cameraAbsent',
    microphone: 'microphoneAbsent',
    speaker: 'speakerAbsent',
    displays: 'displayAbsent',
    button: 'buttonAbsent',
  } as const;
  const bad = names.map((name) => [name, { state: 'trouble', reasons: [reasons[name]] }]);
  return { ...devices, ...Object.fromEntries(bad) };
}

function nextAt(at: string, timeZone: TimeZone = 'Europe/Paris'): NextAppointment {
  return { at: Date.parse(at), timeZone };
}

const faces: Record<string, Partial<ScreenView>> = {
  idle: {},
  'idle-hub-lost': { hub: 'lost' },
  'idle-self-test': { selfTesting: true },
  'idle-next': { nextAppointment: nextAt('2026-11-23T14:30:00Z') },
  'idle-next-full-hour': { nextAppointment: nextAt('2026-11-23T09:00:00+01:00') },
  'idle-next-far': { nextAppointment: nextAt('2026-11-23T10:30:00-03:00', 'America/Miquelon') },
  'idle-next-hub-lost': { hub: 'lost', nextAppointment: nextAt('2026-11-23T14:30:00Z') },
  'idle-next-self-test': { selfTesting: true, nextAppointment: nextAt('2026-11-23T14:30:00Z') },
  'idle-no-logo': { commune: { name: 'Beaumont-les-Autels', colour: '#6b1f3a', logo: null } },
  farewell: { at: { stage: 'idle', farewell: 'completed' } },
  farewellUnserved: { at: { stage: 'idle', farewell: 'counsellorGone' } },
  announced: { at: { stage: 'announced', guest } },
  'announced-nobody': { at: { stage: 'announced', guest: { ...guest, greeting: null } } },
  'announced-long': {
    at: {
      stage: 'announced',
      guest: { ...guest, greeting: 'Madame Marie-Antoinette de La Rochefoucauld-Beauvilliers' },
    },
  },
  welcomed: { at: { stage: 'welcomed', guest } },
  'welcomed-long': { at: { stage: 'welcomed', guest: { ...guest, body: longBody } } },
  'welcomed-camera': { at: { stage: 'welcomed', guest }, devices: troubled('camera') },
  'waiting-next': { at: waiting },
  'waiting-2': {
    at: { stage: 'waiting', guest: { ...guest, position: 3, wait: 45 * 60_000, body: longBody } },
  },
  'waiting-soon': { at: { stage: 'waiting', guest: { ...guest, wait: 5 * 60_000 } } },
  'waiting-12': { at: { stage: 'waiting', guest: { ...guest, position: 13 } } },
  'waiting-unknown': { at: { stage: 'waiting', guest: { ...guest, position: null } } },
  'waiting-closed': {
    at: { stage: 'waiting', guest: { ...guest, opensAt: nextAt('2026-11-24T09:00:00+01:00') } },
  },
  'waiting-closed-long': {
    at: {
      stage: 'waiting',
      guest: { ...guest, body: longBody, opensAt: nextAt('2026-12-02T13:30:00+01:00') },
    },
  },
  'waiting-hub-lost': { at: waiting, hub: 'lost', devices: troubled('microphone') },
  'waiting-resident-gone': { at: { stage: 'waiting', guest: { ...guest, residentPresent: false } } },
  'call-company': { at: inCall, company: 'stranger' },
  'call-invited': { at: invitedCall, company: 'invited' },
  'call-invited-coming': { at: invitedCall },
  'call-invited-long': {
    at: { ...invitedCall, guest: { ...invitedCall.guest, invited: LONG_INVITED } },
    company: 'invited',
    checkCode: '482 913',
  },
  'call-subtitles': {
    at: inCall,
    subtitles: [
      '… bien reçu votre courrier du mois dernier, mais il manquait une page au dossier et nous avons dû le mettre de côté.',
      '… il nous faut votre dernier avis d’imposition et une pièce d’identité, les avez-vous avec vous ?',
    ],
  },
  'call-check-code': { at: inCall, checkCode: '482 913' },
  'call-subtitles-soon': { at: inCall, subtitles: [] },
  'call-slow-line': { at: inCall, slowLine: true, still },
  'call-counsellor-silent': { at: hushed({ counsellorSound: true }) },
  'call-counsellor-hidden': { at: hushed({ counsellorPicture: true }) },
  'call-unheard': { at: hushed({ residentSound: true }) },
  'call-unseen': { at: hushed({ residentPicture: true }) },
  'call-paused': { at: { ...hushed({ privateBy: 'counsellor' }), call: 'paused' } },
  'call-paused-clerk': { at: { ...hushed({ privateBy: 'clerk' }), call: 'paused' } },
  connecting: { at: { ...inCall, call: 'connecting' } },
  'connecting-long': {
    at: {
      ...inCall,
      call: 'connecting',
      counsellor: { name: 'Jean-Baptiste Vandenbroucke', body: longBody },
    },
  },
  live: { at: inCall },
  'live-long': { at: { ...inCall, counsellor: { name: 'Jean-Baptiste Vandenbroucke', body: longBody } } },
  'live-hub-lost': { at: inCall, hub: 'lost' },
  'live-microphone': { at: inCall, devices: troubled('microphone', 'camera') },
  'live-long-microphone': {
    at: { ...inCall, counsellor: { name: 'Jean-Baptiste Vandenbroucke', body: longBody } },
    devices: troubled('microphone'),
  },
  'live-counsellor-absent': { at: { ...inCall, counsellorPresent: false } },
  'live-resident-gone': { at: { ...inCall, guest: { ...inCall.guest, residentPresent: false } } },
  lost: { at: { ...inCall, call: 'lost' } },
  'lost-hub-lost': { at: { ...inCall, call: 'lost' }, hub: 'lost', devices: troubled('camera', 'speaker') },
  'counsellor-absent': { at: { ...inCall, call: 'lost', counsellorPresent: false } },
  'resident-gone': { at: { ...inCall, call: 'lost', guest: { ...inCall.guest, residentPresent: false } } },
  ending: { at: { stage: 'ending', reason: 'completed' } },
  wiping: { at: { stage: 'wiping', reason: 'completed' } },
  'wiping-cancelled': { at: { stage: 'wiping', reason: 'cancelledByClerk' } },
  'wiping-counsellor-gone': { at: { stage: 'wiping', reason: 'counsellorGone' } },
  'wiping-timeout': { at: { stage: 'wiping', reason: 'terminalTimeout' } },
  closed: { at: { stage: 'closed' } },
  'out-of-service-new': { at: { stage: 'outOfService', why: 'notConfigured' } },
  'out-of-service': { at: { stage: 'outOfService', why: 'codeRefused' } },
};

const printing: DeskWork = { kind: 'printing', page: 1, pages: 2, held: null };
const scanning: DeskWork = { kind: 'scanning', source: 'flatbed', page: 1, percent: 40 };
const works: Record<string, DeskWork> = {
  printing,
  'printing-two-sided': { ...printing, twoSided: true },
  'printing-held': { kind: 'printing', page: 2, pages: 2, held: 'printerOutOfPaper' },
  printed: { kind: 'printed', pages: 1 },
  'printed-many': { kind: 'printed', pages: 4 },
  'scanning-looking': { kind: 'scanning', source: 'auto', page: 1, percent: 0 },
  'scanning-flatbed': scanning,
  'scanning-feeder': { kind: 'scanning', source: 'feeder', page: 2, percent: 75 },
  'scanning-waking': { kind: 'scanning', source: 'feeder', page: 1, percent: 0, waking: true },
  scanned: { kind: 'scanned', pages: 1 },
  'scanned-many': { kind: 'scanned', pages: 3 },
  'print-failed': { kind: 'failed', what: 'print', code: 'printAborted' },
  'scan-failed': { kind: 'failed', what: 'scan', code: 'scannerJammed' },
  'scan-interrupted': { kind: 'failed', what: 'scan', code: 'interrupted' },
  'print-no-room': { kind: 'failed', what: 'print', code: 'printNoRoom' },
  'scan-no-room': { kind: 'failed', what: 'scan', code: 'scanNoRoom' },
  'print-cancelled': { kind: 'failed', what: 'print', code: 'cancelled' },
};

/** Those with the longest words, and one with few. */
const besideDocument = [
  'printing',
  'printing-two-sided',
  'printing-held',
  'printed-many',
  'scanning-feeder',
  'scanning-waking',
  'scan-failed',
  'print-failed',
  'print-no-room',
];

const desks: Record<string, Partial<ScreenView>> = {
  idle: {},
  farewell: { at: { stage: 'idle', farewell: 'completed' } },
  announced: { at: { stage: 'announced', guest } },
  waiting: { at: waiting },
  'in-call': { at: inCall },
  'in-call-troubles': { at: inCall, devices: troubled('printer', 'scanner') },
  'self-view': { at: inCall, selfView: true },
  wiping: { at: { stage: 'wiping', reason: 'completed' }, sheet: page, work: { kind: 'printed', pages: 1 } },
  closed: { at: { stage: 'closed' } },
  document: { at: inCall, sheet: page },
  'document-landscape': { at: inCall, sheet: { ...page, width: 1754, height: 1240, page: 2 } },
  'document-self-view': { at: inCall, sheet: page, selfView: true },
  'document-troubles': { at: inCall, sheet: { ...page, pages: 1 }, devices: troubled('printer') },
  'document-broken': { at: inCall, sheet: { ...page, page: 3 } },
  ...Object.fromEntries(
    Object.entries(works).map(([name, work]): [string, Partial<ScreenView>] => [name, { at: inCall, work }]),
  ),
  ...Object.fromEntries(
    besideDocument.map((name): [string, Partial<ScreenView>] => [
      `document-${name}`,
      { at: inCall, work: works[name] ?? printing, sheet: page },
    ]),
  ),
  'live-written': { at: inCall, sheet: page, live: formLive },
  'live-printing': { at: inCall, sheet: page, live: { ...formLive, focus: 0 }, work: printing },
  ...Object.fromEntries(
    Object.entries(lives).flatMap(([name, change]): [string, Partial<ScreenView>][] => {
      const view = { at: inCall, sheet: page, live: { ...formLive, ...change } };
      return [
        [`live-${name}`, view],
        [`live-${name}-self-view`, { ...view, selfView: true }],
      ];
    }),
  ),
  ...Object.fromEntries(
    deskAim.options.map((aim): [string, Partial<ScreenView>] => [`aim-${aim}`, { at: inCall, aim }]),
  ),
  'aim-ready-printing': { at: inCall, aim: 'ready', sheet: page, work: printing, selfView: true },
  'self-view-printing': { at: inCall, work: printing, selfView: true },
  'document-self-view-printing': {
    at: inCall,
    work: printing,
    sheet: page,
    selfView: true,
  },
  'document-self-view-scanning': {
    at: inCall,
    work: scanning,
    sheet: page,
    selfView: true,
  },
};

function states(screen: 'face' | 'desk', views: Record<string, Partial<ScreenView>>): PreviewState[] {
  return Object.entries(views).map(([name, view]) => ({ name, screen, view: { ...base, ...view } }));
}

export const previewStates: readonly PreviewState[] = [...states('face', faces), ...states('desk', desks)];
