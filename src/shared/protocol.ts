/**
 * Messages between terminal, hub and console. Every message is JSON text on a WebSocket and matches exactly one
 * schema here; documents travel as binary frames (document-frame.ts). Views are whole and idempotent: the hub sends
 * the complete view again at each change and at each connection, so nothing depends on a message that was missed.
 */
import { z } from 'zod';
import { failureCodeSchema } from './failure.ts';
import { isLoopback } from './loopback.ts';
import { printerAbilities, printOptions } from './printing.ts';
import { roomDrift, roomTrouble } from './room.ts';
import {
  documentKey,
  documentKeyWant,
  pageKey,
  sealCommit,
  sealedWords,
  sealNonce,
  sealReady,
  sealReveal,
  visitKey,
  wrappedKey,
} from './sealing.ts';
import { selfTestOrigin, selfTestResult } from './self-test.ts';

/** Raised at every incompatible change; both sides refuse another version in words the operator understands. */
export const PROTOCOL_VERSION = 4;

export const id = z.uuid();
const shortText = z.string().trim().min(1).max(120);
/** Milliseconds since the Unix epoch, by the hub's clock. */
const instant = z.number().int().nonnegative();

// ---------------------------------------------------------------------------------------------------------------
// Orders: console -> hub -> terminal. Acknowledged, idempotent by orderId, with a deadline, replayed after a cut.

/** What is scanned: the terminal chooses colours and resolution by it. */
export const scanPurpose = z.enum(['letter', 'identity', 'photo']);
export type ScanPurpose = z.infer<typeof scanPurpose>;
/** auto: the feeder where there is paper in it, the glass otherwise. */
export const scanSource = z.enum(['auto', 'flatbed', 'feeder']);
export type ScanSource = z.infer<typeof scanSource>;

/** Degrees, clockwise: more than this is no paper laid a little askew. */
export const MOST_SKEW = 15;

/** Pixels of an original; a corner of a paper may lie a little outside of the picture. */
const corner = z.strictObject({
  x: z.number().min(-20_000).max(20_000),
  y: z.number().min(-20_000).max(20_000),
});

/** What makes a scanned page pleasant to read; all of it is made from the same original, so that all of it can be undone. */
export const pageCorrections = z.strictObject({
  /** The part that is kept, in pixels of the original; null: all. */
  crop: z
    .union([
      /** A rectangle laid askew: a paper on the scanner's glass. */
      z.strictObject({
        /** Its centre. */
        x: z.number(),
        y: z.number(),
        width: z.number().positive(),
        height: z.number().positive(),
        /** By how much it lies askew, in degrees clockwise. */
        angle: z.number().min(-MOST_SKEW).max(MOST_SKEW),
      }),
      /** A paper as a camera sees it: drawn as the rectangle that it is, `ratio` times as wide as it is high. */
      z.strictObject({
        topLeft: corner,
        topRight: corner,
        bottomRight: corner,
        bottomLeft: corner,
        ratio: z.number().min(0.1).max(10),
      }),
    ])
    .nullable(),
  /** How far the page lies askew, in degrees clockwise: it is turned back by as much. */
  angle: z.number().min(-MOST_SKEW).max(MOST_SKEW),
  /** Quarter turns, in degrees clockwise, after the rest. */
  turn: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
  /** The paper is made white. */
  cleaned: z.boolean(),
});
export type PageCorrections = z.infer<typeof pageCorrections>;

export const orderRequest = z.discriminatedUnion('kind', [
  /** Fetch a document from the console ahead of need, check it, and draw its pages. */
  z.strictObject({
    kind: z.literal('take'),
    documentId: id,
    /** Bytes as sealed (src/sealing/sealed-document.ts): what document.want asks for. */
    size: z.number().int().positive(),
    /** The console that has it, and the document's key for this terminal and visit alone. */
    consoleId: id,
    key: wrappedKey,
  }),
  /** Show one page (from 1) of a taken document on the desk screen. */
  z.strictObject({ kind: z.literal('show'), documentId: id, page: z.number().int().min(1) }),
  z.strictObject({ kind: z.literal('clearDesk') }),
  z.strictObject({ kind: z.literal('selfView'), on: z.boolean() }),
  /** What is said, written under the counsellor's face, where the deployment can. */
  z.strictObject({ kind: z.literal('subtitles'), on: z.boolean() }),
  z.strictObject({
    kind: z.literal('print'),
    documentId: id,
    copies: z.number().int().min(1).max(20),
    /** Absent: as the terminal is set up. */
    options: printOptions.optional(),
  }),
  z.strictObject({
    kind: z.literal('scan'),
    purpose: scanPurpose,
    source: scanSource,
  }),
  /** Another picture of a scanned page, from its original, with these corrections and no others. */
  z.strictObject({ kind: z.literal('correct'), original: id, corrections: pageCorrections }),
  /** Read the words of a scanned page (page-words.ts): of this picture of it. Takes seconds, behind everything else. */
  z.strictObject({ kind: z.literal('read'), documentId: id }),
  /** The resident holds a paper before the terminal's camera: under way until the shot is taken or the order cancelled. */
  z.strictObject({ kind: z.literal('aim') }),
  /** Now: of that aim. */
  z.strictObject({ kind: z.literal('shoot'), aim: id }),
  /** What becomes of a shot, named by its original: it stays among the scanned pages, or nothing is left of it, now. */
  z.strictObject({ kind: z.literal('keepShot'), original: id }),
  z.strictObject({ kind: z.literal('dropShot'), original: id }),
  /** Cancel another order of the same visit. */
  z.strictObject({ kind: z.literal('cancel'), orderId: id }),
]);
export type OrderRequest = z.infer<typeof orderRequest>;
export type OrderKind = OrderRequest['kind'];

export const order = z.strictObject({
  orderId: id,
  visitId: id,
  request: orderRequest,
  /** After this instant a terminal must not start the order any more. */
  deadline: instant,
});
export type Order = z.infer<typeof order>;

/** What the terminal holds for the console; its sealed bytes are asked for with document.want, their key is `documentKey`. */
const heldDocument = {
  documentId: id,
  /** Bytes as sealed. */
  size: z.number().int().positive(),
};
export type HeldDocument = z.infer<z.ZodObject<typeof heldDocument>>;

/** A JPEG. */
const heldPicture = {
  ...heldDocument,
  /** Pixels. */
  width: z.number().int().positive(),
  height: z.number().int().positive(),
};

/** A page that the scanner delivered, corrected. */
export const scannedPage = z.strictObject({
  ...heldPicture,
  /** Dots per inch. */
  resolution: z.number().int().positive(),
  purpose: scanPurpose,
  /** The page as the scanner saw it, kept until the end of the visit: what `correct` names. The same for every picture of it. */
  original: id,
  /** What was done in this picture, and what the terminal had found. */
  corrections: pageCorrections,
  found: pageCorrections,
  /** There is nothing on it. */
  blank: z.boolean(),
});
export type ScannedPage = z.infer<typeof scannedPage>;

/** The page under way as far as the scanner has seen it, small. Each replaces the one before, which is soon gone. */
export const growingPage = z.strictObject({
  ...heldPicture,
  /** Pixels that it will be high when the page is whole. */
  wholeHeight: z.number().int().positive(),
});
export type GrowingPage = z.infer<typeof growingPage>;

export const orderProgress = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('taking'), received: z.number().int().nonnegative() }),
  z.strictObject({
    kind: z.literal('printing'),
    /** sending: to the print system · accepted: the print system has it · printing: paper moves · held: see reasons. */
    state: z.enum(['sending', 'accepted', 'printing', 'held']),
    /** Pages (impressions) that left the printer so far, of `pages` in all copies. */
    printed: z.number().int().nonnegative(),
    pages: z.number().int().positive(),
    reasons: z.array(failureCodeSchema),
  }),
  z.strictObject({
    kind: z.literal('scanning'),
    /** The page under way, from 1, and how much of it is done. */
    page: z.number().int().min(1),
    percent: z.number().min(0).max(100),
    /** Where the paper is taken from; auto: not known yet. */
    source: scanSource,
    /** The scanner sleeps, warms up or is busy: it is waited for. */
    waking: z.boolean().optional(),
    /** Null: no line of it yet. */
    growing: growingPage.nullable(),
    pages: z.array(scannedPage),
  }),
  /** The resident is being asked to hold the paper, and sees themselves. */
  z.strictObject({ kind: z.literal('aiming') }),
]);
export type OrderProgress = z.infer<typeof orderProgress>;

export const orderOutcome = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('taken'),
    pages: z.number().int().positive(),
    /** Pages (from 1) that are larger than A4 and are made smaller to fit: the first twenty of them. */
    fitted: z.array(z.number().int().positive()).max(20),
  }),
  z.strictObject({ kind: z.literal('shown') }),
  z.strictObject({
    kind: z.literal('printed'),
    pages: z.number().int().positive(),
    /** Percent of its true size at which the smallest page was printed, so that the printer cut nothing of it. */
    reducedTo: z.number().int().min(1).max(99).optional(),
  }),
  z.strictObject({ kind: z.literal('scanned'), pages: z.array(scannedPage) }),
  z.strictObject({ kind: z.literal('corrected'), page: scannedPage }),
  z.strictObject({ kind: z.literal('read'), words: z.strictObject(heldDocument) }),
  /** Of an aim. Thrown away when the next one is taken, unless it is kept. */
  z.strictObject({ kind: z.literal('shot'), page: scannedPage }),
  z.strictObject({ kind: z.literal('kept') }),
  z.strictObject({ kind: z.literal('dropped') }),
  z.strictObject({ kind: z.literal('cancelled') }),
]);
export type OrderOutcome = z.infer<typeof orderOutcome>;

/** Where an order stands. `sent` is set by the hub; the rest is reported by the terminal. */
export const orderStatus = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('sent') }),
  z.strictObject({ status: z.literal('acknowledged') }),
  z.strictObject({ status: z.literal('underWay'), progress: orderProgress }),
  z.strictObject({ status: z.literal('done'), outcome: orderOutcome }),
  /** `pages` are those a scan had already delivered: never thrown away. */
  z.strictObject({
    status: z.literal('failed'),
    code: failureCodeSchema,
    pages: z.array(scannedPage).optional(),
  }),
]);
export type OrderStatus = z.infer<typeof orderStatus>;

// ---------------------------------------------------------------------------------------------------------------
// The terminal's report of itself

export const deviceReport = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('ready') }),
  z.strictObject({ state: z.literal('busy') }),
  z.strictObject({ state: z.literal('trouble'), reasons: z.array(failureCodeSchema).min(1) }),
  /** Not configured on this terminal: nothing is missing. */
  z.strictObject({ state: z.literal('none') }),
]);
export type DeviceReport = z.infer<typeof deviceReport>;

export const deviceNames = [
  'printer',
  'scanner',
  'camera',
  'microphone',
  'speaker',
  'displays',
  'button',
] as const;
export type DeviceName = (typeof deviceNames)[number];
export const devicesReport = z.strictObject({
  printer: deviceReport,
  scanner: deviceReport,
  camera: deviceReport,
  microphone: deviceReport,
  speaker: deviceReport,
  displays: deviceReport,
  button: deviceReport,
});
export type DevicesReport = z.infer<typeof devicesReport>;

export const terminalStage = z.enum([
  'idle',
  'announced',
  'welcomed',
  'waiting',
  'inCall',
  'ending',
  'wiping',
  'closed',
]);
export const callState = z.enum(['connecting', 'live', 'lost', 'paused']);

export const wipeReport = z.strictObject({
  ok: z.boolean(),
  /** When the check ended, by the terminal's clock. */
  at: instant,
  /** What was wiped; null where no visit was left. */
  visitId: id.nullable(),
  /** How many things were looked at under each name and how many of them should not have been there. */
  checked: z
    .array(
      z.strictObject({
        name: z
          .string()
          .regex(/^[a-z-]+$/)
          .max(40),
        looked: z.number().int().nonnegative(),
        left: z.number().int().nonnegative(),
        ok: z.boolean(),
      }),
    )
    .max(60),
});
export type WipeReport = z.infer<typeof wipeReport>;

/** A wipe report as the terminal vouches for it. */
export const signedWipeReport = wipeReport.extend({
  /** Ed25519, base64url, over wipeMessage(terminalId, report) (wipe-proof.ts), with the key that it was enrolled with. */
  signature: z.string().regex(/^[A-Za-z0-9_-]{86}$/),
});
export type SignedWipeReport = z.infer<typeof signedWipeReport>;

export const terminalReport = z.strictObject({
  stage: terminalStage,
  visitId: id.nullable(),
  call: callState.nullable(),
  devices: devicesReport,
  /** Null or absent: no printer, or it did not say yet. */
  printer: printerAbilities.nullable().optional(),
  version: z.string().max(40),
  /** The terminal tests its camera, microphone and loudspeaker just now. */
  selfTesting: z.boolean().optional(),
  /** The line is too slow for pictures: neither side sends any until the terminal says otherwise. */
  slowLine: z.boolean().optional(),
  /** What keeps a PDF's process from the network: an empty one of its own, or, where the system gives none, its engine alone. */
  pdfNetwork: z.enum(['namespace', 'engine']).optional(),
  /** The key that documents of this visit are sealed for; null or absent: not there (yet). */
  visitKey: visitKey.nullable().optional(),
  /** What a name is sealed for that its face page greets; null or absent: no page there (yet). */
  greetingKey: pageKey.nullable().optional(),
});
export type TerminalReport = z.infer<typeof terminalReport>;

// ---------------------------------------------------------------------------------------------------------------
// Views that the hub sends whole

/** The web origin of a Jitsi Meet deployment, or of the built-in room: https, except on this machine. */
export const deploymentOrigin = z
  .string()
  .max(300)
  .refine((text) => {
    const [, scheme, host] = /^(https?):\/\/([a-z0-9.-]+|\[[0-9a-f:]+\])(?::\d{1,5})?$/.exec(text) ?? [];
    return host !== undefined && (scheme === 'https' || isLoopback(host));
  });

export const roomTicket = z.strictObject({
  origin: deploymentOrigin,
  /** Unguessable, new for each visit. */
  room: z.string().min(22).max(120),
  /** Room-bound, short-lived. Different for each of the two participants. */
  jwt: z.string().max(4096).nullable(),
  /** Of the room, where the deployment has no tokens: set by whoever is moderator, given by whoever is asked for it. */
  password: z.string().max(120).nullable(),
});
export type RoomTicket = z.infer<typeof roomTicket>;

export const counsellorCard = z.strictObject({ name: shortText, body: shortText });
export type CounsellorCard = z.infer<typeof counsellorCard>;

/** What is kept from the other side for a while. The terminal says each in large type. */
export const quiet = z.strictObject({
  /** The counsellor cut their own sound. */
  counsellorSound: z.boolean(),
  /** The counsellor cut their own picture. */
  counsellorPicture: z.boolean(),
  /** The resident is not heard. */
  residentSound: z.boolean(),
  /** The resident is not seen. */
  residentPicture: z.boolean(),
  /** A private moment: the terminal has left the room, its camera and microphone are off. Who asked for it. */
  privateBy: z.enum(['clerk', 'counsellor']).nullable(),
});
export type Quiet = z.infer<typeof quiet>;

/** What a terminal knows of its visit. No motive, no identity beyond the greeting that the clerk allowed. */
export const terminalVisit = z.strictObject({
  visitId: id,
  /** "Madame Martin", sealed for the terminal's face page; null where the clerk did not allow the name to be shown, or that page has no key yet. */
  greeting: sealedWords.nullable(),
  body: shortText,
  stage: z.enum(['queued', 'inCall']),
  /** 1 = next. Null when in call. */
  position: z.number().int().min(1).nullable(),
  counsellor: counsellorCard.nullable(),
  /** False while the counsellor's console is not connected. */
  counsellorPresent: z.boolean(),
  /** False once the clerk or the counsellor said that the resident left the place. */
  residentPresent: z.boolean(),
  quiet,
  /** Where the call will be or is: warmed from the announcement on. */
  deployment: deploymentOrigin,
  room: roomTicket.nullable(),
});
export type TerminalVisit = z.infer<typeof terminalVisit>;

export const visitEndReason = z.enum([
  'completed',
  'cancelledByClerk',
  'residentGone',
  'counsellorGone',
  'terminalTimeout',
]);
export type VisitEndReason = z.infer<typeof visitEndReason>;

export const orderView = z.strictObject({
  orderId: id,
  request: orderRequest,
  status: orderStatus,
  createdAt: instant,
});
export type OrderView = z.infer<typeof orderView>;

export const terminalView = z.strictObject({
  terminalId: id,
  name: shortText,
  mairie: shortText,
  online: z.boolean(),
  lastContact: instant.nullable(),
  /** Null until the terminal connected once. */
  report: terminalReport.nullable(),
  lastWipe: signedWipeReport.nullable(),
  /** Null or absent: never tested. */
  lastSelfTest: selfTestResult.nullable().optional(),
  /** Ed25519, SPKI DER, base64url: what its visit keys are certified with. */
  publicKey: z.string().max(256),
});
export type TerminalView = z.infer<typeof terminalView>;

/** A visit as its clerk or its body's counsellors see it. */
export const visitView = z.strictObject({
  visitId: id,
  terminalId: id,
  mairie: shortText,
  terminal: shortText,
  residentName: shortText,
  body: shortText,
  motive: z.string().max(500),
  stage: z.enum(['queued', 'inCall']),
  announcedAt: instant,
  pickedUpAt: instant.nullable(),
  position: z.number().int().min(1).nullable(),
  counsellor: counsellorCard.nullable(),
  /** False once the clerk said that the resident left the place (residentPresence). */
  residentPresent: z.boolean(),
  quiet,
});
export type VisitView = z.infer<typeof visitView>;

export const me = z.strictObject({
  accountId: id,
  name: shortText,
  role: z.enum(['clerk', 'counsellor', 'operator']),
  /** The mairie's or the body's name; for an operator the group of communes. */
  place: shortText,
});
export type Me = z.infer<typeof me>;

export const bodyView = z.strictObject({
  bodyId: id,
  name: shortText,
  /** Suggested motives, in the body's own words. */
  motives: z.array(shortText),
  /** Counsellors of this body connected right now. */
  counsellorsOnline: z.number().int().nonnegative(),
});
export type BodyView = z.infer<typeof bodyView>;

export const formView = z.strictObject({
  formId: id,
  name: shortText,
  size: z.number().int().positive(),
});
export type FormView = z.infer<typeof formView>;

export const mairieView = z.strictObject({ mairieId: id, name: shortText });
export type MairieView = z.infer<typeof mairieView>;

/** Where calls are made, in the order in which they are tried. */
export const deploymentView = z.strictObject({
  origin: deploymentOrigin,
  builtIn: z.boolean(),
  /** Calls go elsewhere until it has been tried again with success. */
  trouble: z.strictObject({ what: roomTrouble, since: instant }).nullable(),
  /** What it did not know, at the last call, of what is used of it. */
  missing: roomDrift,
});
export type DeploymentView = z.infer<typeof deploymentView>;

/** Everything a console page needs, by role; sent whole at each change. */
export const consoleView = z.discriminatedUnion('role', [
  z.strictObject({
    role: z.literal('clerk'),
    me,
    now: instant,
    terminals: z.array(terminalView),
    visits: z.array(visitView),
    bodies: z.array(bodyView),
  }),
  z.strictObject({
    role: z.literal('counsellor'),
    me,
    now: instant,
    queue: z.array(visitView),
    forms: z.array(formView),
    /** Where this body's next call will be: warmed while the counsellor waits. */
    deployment: deploymentOrigin,
    current: z
      .strictObject({
        visit: visitView,
        terminal: terminalView,
        room: roomTicket,
        orders: z.array(orderView),
      })
      .nullable(),
  }),
  z.strictObject({
    role: z.literal('operator'),
    me,
    now: instant,
    terminals: z.array(terminalView),
    deployments: z.array(deploymentView),
    /** The territory's mairies, for enrolment codes. */
    mairies: z.array(mairieView).optional(),
  }),
]);
export type ConsoleView = z.infer<typeof consoleView>;

// ---------------------------------------------------------------------------------------------------------------
// Documents: pulled by whoever lacks them, in ranges, so that a cut only costs the ranges under way.

/** Bytes asked for at once by one message; also the payload limit of a binary frame. */
export const DOCUMENT_RANGE_BYTES = 256 * 1024;

const documentWant = z.strictObject({
  type: z.literal('document.want'),
  documentId: id,
  offset: z.number().int().nonnegative(),
  length: z.number().int().positive().max(DOCUMENT_RANGE_BYTES),
});
const documentGone = z.strictObject({ type: z.literal('document.gone'), documentId: id });

/** Console -> terminal: one page (from 1) of a taken document as a picture, the one that is shown and printed. */
const pageWant = z.strictObject({
  type: z.literal('page.want'),
  consoleId: id,
  documentId: id,
  page: z.number().int().min(1),
});
/** Terminal -> console. The picture is a document like any other. */
const pageDrawn = z.strictObject({
  type: z.literal('page.drawn'),
  consoleId: id,
  documentId: id,
  page: z.number().int().min(1),
  picture: z.strictObject({
    documentId: id,
    /** Bytes as sealed. */
    size: z.number().int().positive(),
    type: z.enum(['image/png', 'image/jpeg']),
    /** Pixels. */
    width: z.number().int().positive(),
    height: z.number().int().positive(),
    key: wrappedKey,
  }),
});
const pageFailed = z.strictObject({
  type: z.literal('page.failed'),
  consoleId: id,
  documentId: id,
  page: z.number().int().min(1),
  code: failureCodeSchema,
});

/** What a counsellor's console and the terminal of its visit tell each other about documents; the hub passes it on. */
export const documentToTerminal = z.discriminatedUnion('type', [
  documentWant,
  documentGone,
  sealCommit,
  sealReveal,
  documentKeyWant,
  documentKey,
  pageWant,
]);
export type DocumentToTerminal = z.infer<typeof documentToTerminal>;
export const documentToConsole = z.discriminatedUnion('type', [
  documentWant,
  documentGone,
  sealNonce,
  sealReady,
  documentKeyWant,
  documentKey,
  pageDrawn,
  pageFailed,
]);
export type DocumentToConsole = z.infer<typeof documentToConsole>;

// ---------------------------------------------------------------------------------------------------------------
// Terminal <-> hub

export const terminalToHub = z.discriminatedUnion('type', [
  /** First message. The hub answers `challenge`. */
  z.strictObject({ type: z.literal('hello'), protocol: z.number().int(), terminalId: id }),
  /** Ed25519 signature, base64url, over proofMessage(terminalId, nonce, hubOrigin) (terminal-proof.ts). */
  z.strictObject({ type: z.literal('proof'), signature: z.string().max(128) }),
  z.strictObject({ type: z.literal('report'), report: terminalReport }),
  z.strictObject({ type: z.literal('wipe'), report: signedWipeReport }),
  z.strictObject({ type: z.literal('selfTest'), result: selfTestResult }),
  z.strictObject({ type: z.literal('order.status'), orderId: id, status: orderStatus }),
  /** The hub may answer with another room. `room`: null before the call. */
  z.strictObject({
    type: z.literal('room.trouble'),
    visitId: id,
    origin: deploymentOrigin,
    room: z.string().max(120).nullable(),
    what: roomTrouble,
  }),
  z.strictObject({
    type: z.literal('room.drift'),
    visitId: id,
    origin: deploymentOrigin,
    missing: roomDrift,
  }),
  /** The terminal ends its visit itself: a time-out, or the resident gone. */
  z.strictObject({ type: z.literal('visit.end'), visitId: id, reason: visitEndReason }),
  ...documentToConsole.options,
]);
export type TerminalToHub = z.infer<typeof terminalToHub>;

export const hubToTerminal = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('challenge'), nonce: z.string().min(43).max(88) }),
  z.strictObject({ type: z.literal('refused'), code: failureCodeSchema }),
  /** Sent at once after the proof and at every change. `null`: no visit for this terminal (any more). */
  z.strictObject({
    type: z.literal('visit'),
    visit: terminalVisit.nullable(),
    /** Why the last visit is over; only with visit: null. */
    ended: visitEndReason.nullable(),
  }),
  /** Every open order of the visit is sent again at each connection; orderId makes that harmless. */
  z.strictObject({
    type: z.literal('order'),
    order,
    /** When this message was sent: the terminal's own clock may differ, and the deadline is by the hub's. */
    now: instant,
  }),
  /** Test camera, microphone and loudspeaker now; without effect while somebody is there or a test is under way. */
  z.strictObject({ type: z.literal('selfTest'), origin: selfTestOrigin }),
  ...documentToTerminal.options,
]);
export type HubToTerminal = z.infer<typeof hubToTerminal>;

// ---------------------------------------------------------------------------------------------------------------
// Console <-> hub (WebSocket, after the session cookie was checked at the upgrade)

const announcement = {
  terminalId: id,
  bodyId: id,
  /** As it should be said: "Madame Martin". Forgotten at the end of the visit. */
  residentName: shortText,
  /** May the name be shown on the face screen? */
  showName: z.boolean(),
  motive: z.string().trim().min(1).max(500),
  /** The resident agreed to the visit and to this information being passed on. */
  consent: z.literal(true),
};

export const consoleToHub = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('announce'), requestId: id, ...announcement }),
  z.strictObject({ type: z.literal('cancelVisit'), requestId: id, visitId: id }),
  z.strictObject({ type: z.literal('pickUp'), requestId: id, visitId: id }),
  z.strictObject({ type: z.literal('endVisit'), requestId: id, visitId: id }),
  z.strictObject({ type: z.literal('residentPresence'), requestId: id, visitId: id, present: z.boolean() }),
  /** The counsellor's side of a room that does not work; as `room.trouble` of the terminal. */
  z.strictObject({
    type: z.literal('roomTrouble'),
    requestId: id,
    visitId: id,
    origin: deploymentOrigin,
    room: z.string().max(120),
    what: roomTrouble,
  }),
  /** What is named changes, the rest stays. A clerk may ask for a private moment, and end one, and no more. */
  z.strictObject({
    type: z.literal('quiet'),
    requestId: id,
    visitId: id,
    change: z.strictObject({
      counsellorSound: z.boolean().optional(),
      counsellorPicture: z.boolean().optional(),
      residentSound: z.boolean().optional(),
      residentPicture: z.boolean().optional(),
      private: z.boolean().optional(),
    }),
  }),
  /** orderId is made by the console, so that sending it twice is harmless. */
  z.strictObject({
    type: z.literal('order'),
    requestId: id,
    orderId: id,
    visitId: id,
    request: orderRequest,
  }),
  /** By the mairie's clerk or the territory's operator, while nobody is there. */
  z.strictObject({ type: z.literal('selfTest'), requestId: id, terminalId: id }),
  ...documentToTerminal.options,
]);
export type ConsoleToHub = z.infer<typeof consoleToHub>;

export const hubToConsole = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('view'), view: consoleView }),
  /** The answer to a request, by its requestId. `by` names the colleague who was faster (alreadyPickedUp). */
  z.strictObject({
    type: z.literal('answer'),
    requestId: id,
    ok: z.boolean(),
    code: failureCodeSchema.nullable(),
    by: shortText.nullable(),
  }),
  z.strictObject({ type: z.literal('refused'), code: failureCodeSchema }),
  /** Every BEAT_MS: a page hears no pings, and a line that was cut without a word looks like one where nothing happens. */
  z.strictObject({ type: z.literal('beat') }),
  ...documentToConsole.options,
]);
/** ms. */
export const BEAT_MS = 5_000;
export type HubToConsole = z.infer<typeof hubToConsole>;

// ---------------------------------------------------------------------------------------------------------------
// HTTP bodies

export const logInBody = z.strictObject({ email: z.email().max(254), password: z.string().min(1).max(256) });
export const enrolBody = z.strictObject({
  /** Once, short life, given to the operator by the hub. */
  code: z.string().regex(/^[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}$/),
  /** Ed25519 public key, SPKI DER, base64url. */
  publicKey: z.string().max(256),
});
export const enrolAnswer = z.strictObject({ terminalId: id });
/** An operator asks for a code for a new terminal of one of the territory's mairies. */
export const enrolmentCodeBody = z.strictObject({ mairieId: id, terminalName: shortText });
export const enrolmentCodeAnswer = z.strictObject({ code: z.string(), expiresAt: instant });
/** Where a console page finds the room's pages: an origin that is not its own. */
export const consoleSettings = z.strictObject({ roomOrigin: z.url() });
