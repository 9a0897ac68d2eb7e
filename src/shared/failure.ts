/** The closed list of expected failures. Bugs throw; what can be foreseen is one of these values. */
import { z } from 'zod';

interface FailureFact {
  /** What the operator reads in a log or a fleet page: English, no personal data. */
  readonly operator: string;
  /** Doing the same again may work without anyone changing anything. */
  readonly retryable: boolean;
}

const FAILURES = {
  // Documents
  documentNotPdf: { operator: 'The file is not a PDF.', retryable: false },
  documentEncrypted: { operator: 'The PDF is protected by a password.', retryable: false },
  documentBroken: { operator: 'The PDF is broken and cannot be drawn.', retryable: false },
  documentDynamic: {
    operator: 'The PDF is a dynamic XFA form: its pages exist only in the program that made it.',
    retryable: false,
  },
  documentTooManyPages: { operator: 'The PDF has more pages than allowed.', retryable: false },
  documentTooBig: { operator: 'The file weighs more than allowed.', retryable: false },
  documentNoRoom: {
    operator: 'The terminal has no room left for the documents of this visit.',
    retryable: true,
  },
  documentGone: { operator: 'The document is no longer held by the other side.', retryable: false },
  documentDamaged: { operator: 'The document arrived with a wrong checksum.', retryable: true },
  // Printer
  printerAbsent: { operator: 'No printer is configured or the queue does not exist.', retryable: false },
  printerOffline: { operator: 'The printer does not answer.', retryable: true },
  printerOutOfPaper: { operator: 'The printer has no paper.', retryable: true },
  printerJammed: { operator: 'Paper is jammed in the printer.', retryable: true },
  printerCoverOpen: { operator: 'A cover of the printer is open.', retryable: true },
  printerOutOfInk: { operator: 'The printer has no ink or toner left.', retryable: true },
  printerPaused: { operator: 'The printer or its queue is stopped.', retryable: true },
  printRefused: { operator: 'The printer refused the job.', retryable: false },
  printAborted: { operator: 'The printer gave the job up.', retryable: true },
  printTimedOut: { operator: 'The job did not end within its time.', retryable: true },
  printWaitsTurn: { operator: 'Another document of the visit is being printed.', retryable: true },
  printNoRoom: { operator: 'The terminal’s disk or its print spool is full.', retryable: true },
  // Scanner
  scannerAbsent: { operator: 'No scanner is configured or it is unplugged.', retryable: true },
  scannerBusy: { operator: 'The scanner is used by another program.', retryable: true },
  scannerJammed: { operator: 'Paper is jammed in the feeder.', retryable: true },
  scannerEmpty: { operator: 'The feeder is empty.', retryable: true },
  scannerCoverOpen: { operator: 'The cover of the scanner is open.', retryable: true },
  scannerDenied: { operator: 'The scanner refuses access.', retryable: false },
  scanFailed: { operator: 'The scanner reported an input/output error.', retryable: true },
  scanTimedOut: { operator: 'The scanner did not answer within its time.', retryable: true },
  scanNoRoom: { operator: 'The terminal has no room left for scanned pages.', retryable: true },
  // Sound, picture, screens, button
  cameraAbsent: { operator: 'No camera was found.', retryable: true },
  microphoneAbsent: { operator: 'No microphone was found.', retryable: true },
  speakerAbsent: { operator: 'No loudspeaker was found.', retryable: true },
  displayAbsent: { operator: 'One of the two displays is missing.', retryable: true },
  buttonAbsent: { operator: 'The configured call button is unplugged.', retryable: true },
  cameraFailed: { operator: 'The camera gave no picture in time.', retryable: true },
  cameraCut: {
    operator: 'The resident’s picture is cut: a private moment, or it is hidden.',
    retryable: true,
  },
  callNotLive: { operator: 'There is no call, or it is just being made again.', retryable: true },
  lineCut: { operator: 'The line to the counsellor was cut in the middle of it.', retryable: true },
  aimTimedOut: { operator: 'No shot was taken of the paper held before the camera.', retryable: true },
  subtitlesNotOffered: { operator: 'The deployment offers no subtitles.', retryable: false },
  // Orders and visits
  cancelled: { operator: 'Cancelled by the counsellor.', retryable: false },
  interrupted: { operator: 'The terminal restarted while the order was under way.', retryable: true },
  notReached: {
    operator: 'The terminal did not acknowledge the order before its deadline.',
    retryable: true,
  },
  deviceTaken: { operator: 'Another order of the same kind is under way.', retryable: true },
  visitOver: { operator: 'The visit is over.', retryable: false },
  alreadyPickedUp: { operator: 'Another counsellor picked the visit up first.', retryable: false },
  terminalBusy: { operator: 'The terminal already has a visit.', retryable: false },
  terminalClosed: {
    operator: 'The terminal is closed: its last wipe could not be proved.',
    retryable: false,
  },
  sheetChanged: { operator: 'Somebody else changed the sheet meanwhile.', retryable: false },
  // Written questions
  questionChanged: { operator: 'Somebody else wrote to the question meanwhile.', retryable: false },
  questionOver: { operator: 'The question was closed already.', retryable: false },
  noCorrespondent: { operator: 'The body has nobody who answers written questions.', retryable: false },
  fileKind: { operator: 'The attached file is neither a PDF nor a JPEG nor a PNG.', retryable: false },
  fileBroken: { operator: 'The attached file is not whole.', retryable: false },
  alreadyInvited: {
    operator: 'Somebody else was asked into the call, and may be in: put out first.',
    retryable: false,
  },
  alreadyInVisit: { operator: 'The counsellor already has a visit.', retryable: false },
  // Appointments
  slotTaken: { operator: 'The slot is not free, or not any more.', retryable: false },
  appointmentOver: { operator: 'The appointment was kept, missed or cancelled already.', retryable: false },
  hoursBackward: { operator: 'Opening hours or a closure end before they begin.', retryable: false },
  hoursOverlap: { operator: 'Two opening hours of the same day overlap.', retryable: false },
  // Borders
  forbidden: { operator: 'The account has no right to this.', retryable: false },
  notFound: { operator: 'There is no such thing, or it is out of the account’s scope.', retryable: false },
  invalidMessage: { operator: 'The message does not match its schema.', retryable: false },
  wrongProtocol: {
    operator: 'Terminal and hub speak different versions of the protocol: update the older of the two.',
    retryable: false,
  },
  wrongCredentials: { operator: 'Wrong e-mail address or password.', retryable: true },
  sessionExpired: { operator: 'The session has ended.', retryable: true },
  // Log-in through a provider
  providerAway: { operator: 'The identity provider does not answer in time.', retryable: true },
  providerUntrusted: {
    operator: 'The identity provider’s answer is not valid: see the kind in the hub’s log.',
    retryable: false,
  },
  providerClock: {
    operator: 'The clocks of the hub and of the identity provider differ, or its token is too old.',
    retryable: true,
  },
  logInCancelled: { operator: 'The person gave up at the identity provider.', retryable: true },
  logInStale: {
    operator: 'The return from the identity provider is out of date, used already, or of another browser.',
    retryable: true,
  },
  noAccount: { operator: 'No account belongs to whom the identity provider vouches for.', retryable: false },
  wrongOrganisation: {
    operator: 'The SIRET that the identity provider gives is not the one written for the account’s place.',
    retryable: false,
  },
  organisationNotLinked: { operator: 'No SIRET is written for the account’s place.', retryable: false },
  // People
  secondFactorNeeded: { operator: 'The password is right; the second factor is asked now.', retryable: true },
  wrongSecondFactor: { operator: 'Wrong, used or old code of a second factor.', retryable: true },
  secondFactorThere: { operator: 'The account already has a second factor.', retryable: false },
  passkeyStale: {
    operator: 'The challenge for the passkey was used, is out of date, or was another browser’s.',
    retryable: true,
  },
  passkeyUnknown: {
    operator: 'The passkey was removed here, or belongs to an account that may not log in.',
    retryable: false,
  },
  passkeyUnverified: {
    operator: 'The passkey’s answer is not valid for this hub’s public origin and its challenge.',
    retryable: true,
  },
  passkeyCounter: {
    operator: 'The passkey’s counter of signatures has not risen: there may be a copy of it.',
    retryable: false,
  },
  passkeyThere: { operator: 'The authenticator holds a passkey of this account already.', retryable: false },
  passkeysFull: { operator: 'The account has as many passkeys as one may have.', retryable: false },
  passkeyNotGiven: {
    operator: 'The browser was given no passkey: cancelled, out of time, or none is on the device.',
    retryable: true,
  },
  linkSpent: { operator: 'The link was used, replaced, or is out of date.', retryable: false },
  emailTaken: { operator: 'Another account has this e-mail address.', retryable: false },
  hasAppointments: { operator: 'The account has booked appointments to come.', retryable: false },
  inVisit: { operator: 'The account is in a visit.', retryable: true },
  lastAdministrator: { operator: 'The last administrator cannot be locked or removed.', retryable: false },
  tooManyAttempts: { operator: 'Too many attempts; wait before trying again.', retryable: true },
  wrongEnrolmentCode: { operator: 'The enrolment code is wrong, used or out of date.', retryable: false },
  hubNoRoom: { operator: 'The disk of the hub’s database is full.', retryable: true },
  unexpected: { operator: 'A bug: see the log of the process that reported it.', retryable: true },
} as const satisfies Record<string, FailureFact>;

export type FailureCode = keyof typeof FAILURES;

export const failureCodes = Object.keys(FAILURES) as [FailureCode, ...FailureCode[]];

export const failureCodeSchema = z.enum(failureCodes);

export interface Failure {
  readonly code: FailureCode;
}

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure };

export function succeed<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function fail(code: FailureCode): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure: { code } };
}

/** What an operator reads of this failure; contains no personal data. */
export function describeFailure(code: FailureCode): FailureFact {
  return FAILURES[code];
}
