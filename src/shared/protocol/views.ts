/** Views that the hub sends whole, again at each change and at each connection. */
import { z } from 'zod';
import { isLoopback } from '../loopback.ts';
import { roomDrift, roomTrouble } from '../room.ts';
import { sealedWords } from '../sealing.ts';
import { selfTestResult } from '../self-test.ts';
import { mairieHour } from './appointments.ts';
import { id, instant, shortText } from './fields.ts';
import { orderRequest, orderStatus } from './orders.ts';
import { identityPaper, residentDetails, residentField } from './resident.ts';
import { signedWipeReport, terminalReport } from './terminal-report.ts';

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

/** ms that the queue will take, in steps of five minutes; null in call, or where nobody can tell. */
const wait = z.number().int().positive().nullable();

/**
 * When a body that is closed opens next. Null while it is open or somebody is there all the same, and where
 * nobody knows: it has written down no hours, or stays closed for months.
 */
const opensAt = mairieHour.nullable();

/** What a terminal knows of its visit. No motive, no identity beyond the greeting that the clerk allowed. */
export const terminalVisit = z.strictObject({
  visitId: id,
  /** "Madame Martin", sealed for the terminal's face page; null where the clerk did not allow the name to be shown, or that page has no key yet. */
  greeting: sealedWords.nullable(),
  body: shortText,
  stage: z.enum(['queued', 'inCall']),
  /** 1 = next. Null when in call. */
  position: z.number().int().min(1).nullable(),
  wait,
  /** Null in call. */
  opensAt,
  counsellor: counsellorCard.nullable(),
  /** False while the counsellor's console is not connected. */
  counsellorPresent: z.boolean(),
  /** False once the clerk or the counsellor said that the resident left the place. */
  residentPresent: z.boolean(),
  quiet,
  /** Name of whoever the counsellor asked into the call: the resident is told before they come. */
  invited: shortText.nullable(),
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
  /** For when it was booked, and the mairie's clock. */
  appointment: mairieHour.nullable(),
  pickedUpAt: instant.nullable(),
  position: z.number().int().min(1).nullable(),
  wait,
  /** Null in call. */
  opensAt,
  counsellor: counsellorCard.nullable(),
  /** The colleague for whom it was handed over. Null in call. */
  wanted: z.strictObject({ accountId: id, name: shortText }).nullable(),
  /** To a counsellor: colleagues who know its motive better and are there. Empty: it is for any of them. */
  ratherFor: z.array(shortText),
  /** False once the clerk said that the resident left the place (residentPresence). */
  residentPresent: z.boolean(),
  quiet,
});
export type VisitView = z.infer<typeof visitView>;

/** For the counsellor who took the visit, and nobody else. */
export const residentView = z.strictObject({
  details: residentDetails,
  identityPaper: identityPaper.nullable(),
});
export type ResidentView = z.infer<typeof residentView>;

export const role = z.enum(['clerk', 'agent', 'counsellor', 'correspondent', 'operator', 'administrator']);
export type Role = z.infer<typeof role>;

export const me = z.strictObject({
  accountId: id,
  name: shortText,
  role,
  /** The mairie's or the body's name; an agent's mairies; for an operator the group of communes; '' for an administrator. */
  place: z.string().max(200),
});
export type Me = z.infer<typeof me>;

export const bodyView = z.strictObject({
  bodyId: id,
  name: shortText,
  /** Suggested motives, in the body's own words. */
  motives: z.array(shortText),
  /** What it asks of a resident beside the name. */
  asked: z.array(residentField),
  /** Counsellors of this body connected right now. */
  counsellorsOnline: z.number().int().nonnegative(),
  opensAt,
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
    /** For a clerk and for an agent alike. */
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
    /** To whom a visit may be handed over: connected colleagues, and the other bodies. */
    colleagues: z.array(
      z.strictObject({
        accountId: id,
        name: shortText,
        inVisit: z.boolean(),
        /** The motive of the visit under way is among what they know best. */
        knowsMotive: z.boolean(),
      }),
    ),
    otherBodies: z.array(bodyView.pick({ bodyId: true, name: true, counsellorsOnline: true, opensAt: true })),
    /** Of a colleague's call: this account is asked into it. */
    invitation: z.strictObject({ visitId: id, by: shortText }).nullable(),
    /** Where this body's next call will be: warmed while the counsellor waits. */
    deployment: deploymentOrigin,
    current: z
      .strictObject({
        visit: visitView,
        terminal: terminalView,
        room: roomTicket,
        resident: residentView,
        orders: z.array(orderView),
        /** A third person in the call, or expected there. */
        invited: z
          .strictObject({
            name: shortText,
            /** Null: comes by a link. */
            accountId: id.nullable(),
            /** The page was opened and let in; whether somebody is there is for the room to say. */
            hasEntered: z.boolean(),
          })
          .nullable(),
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
  z.strictObject({ role: z.enum(['correspondent', 'administrator']), me, now: instant }),
]);
export type ConsoleView = z.infer<typeof consoleView>;
