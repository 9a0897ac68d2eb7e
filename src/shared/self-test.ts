/**
 * The self-test of camera, microphone and loudspeaker: what its page measures, what is concluded from that, and what is
 * told to the hub. The same conclusions serve a terminal and a counsellor's own computer.
 */
import { z } from 'zod';

/** dB relative to a sample of full scale: an RMS of 1 is 0, a sine wave that fills the scale is −3. */
const levelDb = z.number().min(-200).max(20);
/** A difference between two levels. */
const gapDb = z.number().min(-200).max(200);

/** The page was refused the device, or the device did not open: taken by another program, broken. */
const notOpened = z.strictObject({ state: z.literal('notOpened') });
const absent = z.strictObject({ state: z.literal('absent') });

const cameraMeasure = z.discriminatedUnion('state', [
  absent,
  notOpened,
  z.strictObject({
    state: z.literal('seen'),
    /** Mean and 99th percentile of the pictures' luma, 0 (black) to 255. */
    brightness: z.number().min(0).max(255),
    brightest: z.number().min(0).max(255),
    /** Two of the pictures differ. */
    moving: z.boolean(),
  }),
]);

const microphoneMeasure = z.discriminatedUnion('state', [
  absent,
  notOpened,
  z.strictObject({
    state: z.literal('heard'),
    /** Level of what is heard while nothing is played; null: digital silence, during the sounds as well. */
    noise: levelDb.nullable(),
  }),
]);

const soundMeasure = z.strictObject({
  /** Level of the test sound as the microphone hears it, without echo cancellation, above which noise was taken off. */
  level: levelDb,
  /** ms from the moment the sound is handed to the system to the moment it comes back from it. */
  delay: z.number().min(0).max(10_000),
  /** How much lower the same sound comes back with echo cancellation on; null: that pass could not be made. */
  echo: z
    .strictObject({
      reduction: gapDb,
      /** Nothing of it was left above the noise of the room: the reduction is at least that. */
      orMore: z.boolean(),
    })
    .nullable(),
});

export const mediaMeasurement = z.strictObject({
  camera: cameraMeasure,
  microphone: microphoneMeasure,
  speaker: z.enum(['present', 'absent', 'notOpened']),
  /** Null: the sound was not heard, or could not be played or recorded. */
  sound: soundMeasure.nullable(),
});
export type MediaMeasurement = z.infer<typeof mediaMeasurement>;

export const selfTestFinding = z.enum([
  'cameraAbsent',
  'cameraNotOpened',
  /** Black pictures: a cover, or a dark room. */
  'cameraBlack',
  /** Always the same picture. */
  'cameraFrozen',
  'microphoneAbsent',
  'microphoneNotOpened',
  'microphoneSilent',
  'speakerAbsent',
  'speakerNotOpened',
  /** The microphone hears something, but not the loudspeaker. */
  'soundNotHeard',
  /** Heard, but hardly above the noise of the room. */
  'soundFaint',
  'echoStrong',
  /** No measurement at all: the page broke down or took too long. */
  'testFailed',
]);
export type SelfTestFinding = z.infer<typeof selfTestFinding>;

export const selfTestOrigin = z.enum(['clerk', 'operator', 'morning']);
export type SelfTestOrigin = z.infer<typeof selfTestOrigin>;

export const selfTestResult = z.strictObject({
  /** When it ended, by the terminal's clock (ms since the Unix epoch). */
  at: z.number().int().nonnegative(),
  origin: selfTestOrigin,
  /** Empty: all is well. The most important first. */
  findings: z.array(selfTestFinding).max(8),
  /** Null with `testFailed` only. */
  measured: mediaMeasurement.nullable(),
});
export type SelfTestResult = z.infer<typeof selfTestResult>;

/** Luma. What is brighter than this in at least one pixel of a hundred is no black picture. */
const BLACK = 32;
/**
 * dB. Below it the counsellor hears himself come back. Not from a standard (ITU-T P.340 rates whole devices against
 * reference speech): an ordinary room leaves 30 and more to the canceller of a browser; to be set again when the first
 * real rooms have been measured.
 */
const ENOUGH_REDUCTION = 20;
/** dB above the noise of the room: a voice at that level is hard to follow. */
const FAINT = 10;

/** What is wrong, in the order in which it should be mended. Empty: all is well. */
export function findingsOf({ camera, microphone, speaker, sound }: MediaMeasurement): SelfTestFinding[] {
  const findings: SelfTestFinding[] = [];
  if (microphone.state === 'absent') findings.push('microphoneAbsent');
  else if (microphone.state === 'notOpened') findings.push('microphoneNotOpened');
  else if (microphone.noise === null) findings.push('microphoneSilent');
  if (speaker === 'absent') findings.push('speakerAbsent');
  else if (speaker === 'notOpened') findings.push('speakerNotOpened');
  if (camera.state === 'absent') findings.push('cameraAbsent');
  else if (camera.state === 'notOpened') findings.push('cameraNotOpened');
  else if (camera.brightest < BLACK) findings.push('cameraBlack');
  else if (!camera.moving) findings.push('cameraFrozen');
  // A missing or silent microphone hears no loudspeaker: said once.
  if (microphone.state !== 'heard' || microphone.noise === null || speaker !== 'present') return findings;
  if (!sound) findings.push('soundNotHeard');
  else {
    if (sound.level - microphone.noise < FAINT) findings.push('soundFaint');
    if (sound.echo && sound.echo.reduction < ENOUGH_REDUCTION && !sound.echo.orMore)
      findings.push('echoStrong');
  }
  return findings;
}
