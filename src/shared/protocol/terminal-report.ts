/** The terminal’s report of itself, of its devices and of its wipes. */
import { z } from 'zod';
import { failureCodeSchema } from '../failure.ts';
import { updateReport } from '../machine/update-report.ts';
import { printerAbilities } from '../printing.ts';
import { pageKey, visitKey } from '../sealing.ts';
import { id, instant } from './fields.ts';

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
  /** Absent: nothing looks after this terminal's machine. */
  updates: updateReport.optional(),
});
export type TerminalReport = z.infer<typeof terminalReport>;
