/**
 * What vis-a-vis-setup has to know: asked one after the other, or read from a file that can serve fifty terminals. What is
 * not in the file is found or left at its default; nothing is asked then.
 */
import { z } from 'zod';
import { callButtonConfig } from '#shared/configuration/button.ts';
import { selfTestConfig } from '#shared/configuration/self-test.ts';
import { terminalConfiguration } from '#shared/configuration/terminal.ts';
import { updateChannel } from '#shared/machine/update-report.ts';

/** auto: the only one that is found. */
const device = z.union([z.literal('auto'), z.literal('none'), z.string().min(1).max(300)]);

/** Of the signed repository: what is behind it is checked against the key, however it comes. */
export const updatesAddress = z.string().regex(/^(?:https?:\/\/|file:\/)\S+$/);

const own = z.strictObject({
  hub: terminalConfiguration.shape.hub,
  enrolmentCode: z.string().min(1).max(40),
  commune: z.strictObject({
    name: z.string().trim().min(1).max(80),
    colour: z
      .string()
      .regex(/^#[0-9a-f]{6}$/i)
      .default('#17505c'),
    logo: z.string().startsWith('data:image/').nullable().default(null),
  }),
  /** The display of the counsellor's face. */
  face: z.enum(['left', 'right']).default('left'),
  /** auto, none, the name of a print queue, or the printer's address (ipp://…, or a name or number of the network). */
  printer: device.default('auto'),
  /** auto, none, or SANE's name. */
  scanner: device.default('auto'),
  /** Labels as the terminal reports them; null: the system's default. */
  camera: z.string().nullable().default(null),
  microphone: z.string().nullable().default(null),
  speaker: z.string().nullable().default(null),
  button: callButtonConfig.default({ driver: 'none' }),
  selfTest: selfTestConfig.prefault({}),
  /** Where new versions come from; absent: as it is. */
  updates: z
    .strictObject({ address: z.string().regex(/^(?:https?:\/\/|file:\/)\S+$/), channel: updateChannel })
    .optional(),
});
export type Answers = z.infer<typeof own>;

/** Each terminal's own, over what all have; by the machine's name (hostname). */
const file = z.looseObject({ terminals: z.record(z.string(), z.looseObject({})).optional() });

/** @returns what is wrong, in zod's words with the place of each. */
export function answersFor(hostname: string, text: string): { answers: Answers } | { wrong: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { wrong: 'JSON' };
  }
  const whole = file.safeParse(json);
  if (!whole.success) return { wrong: z.prettifyError(whole.error) };
  const { terminals, ...all } = whole.data;
  if (terminals && !(hostname in terminals)) return { wrong: `terminals.${hostname} ?` };
  const parsed = own.safeParse({ ...all, ...terminals?.[hostname] });
  return parsed.success ? { answers: parsed.data } : { wrong: z.prettifyError(parsed.error) };
}

/** Of one field, for the questions. */
export const answerFields = own.shape;
