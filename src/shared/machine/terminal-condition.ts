/**
 * What the terminal's process says to the programs that look after its machine: a file in memory, written whole at each
 * change. They believe it no further than its process is the one that runs.
 */
import { z } from 'zod';
import { mediaDevices } from '../ipc.ts';
import { instant } from '../protocol/fields.ts';
import { deviceNames, terminalStage } from '../protocol/terminal-report.ts';
import { outOfService } from './out-of-service.ts';

export const terminalCondition = z.strictObject({
  pid: z.number().int().positive(),
  version: z.string().max(40),
  /** Null: it is open. */
  outOfService: outOfService.nullable(),
  painted: z.strictObject({ face: z.boolean(), desk: z.boolean() }),
  hubLinked: z.boolean(),
  stage: terminalStage,
  /** A test of the devices is under way. */
  selfTesting: z.boolean(),
  /** Those that can be used now, of those that this terminal has. */
  usable: z.array(z.enum(deviceNames)).max(deviceNames.length),
  /** Labels of what is plugged in, for who chooses among several; null: not looked yet. */
  media: mediaDevices.nullable(),
  /** When the next appointment begins, as far as anybody knows; ms since the epoch. */
  nextAppointmentAt: instant.nullable(),
});
export type TerminalCondition = z.infer<typeof terminalCondition>;

/** In the folder that VISAVIS_MACHINE names. */
export const CONDITION_FILE = 'condition.json';
