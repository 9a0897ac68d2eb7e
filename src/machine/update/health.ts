/** Whether a version that was just started is fit to stay. Pure. */
import type { TerminalCondition } from '#shared/machine/terminal-condition.ts';
import type { UpdateTrouble } from '#shared/machine/update-report.ts';

/** What worked before: no new version is asked for more. */
export type Before = Pick<TerminalCondition, 'usable' | 'painted'>;

/** @param now null: no terminal runs, or it said nothing yet. @returns what is still missing, or null: it is fit. */
export function missingIn(now: TerminalCondition | null, before: Before): UpdateTrouble | null {
  if (!now?.painted.face) return 'notPainted';
  // A terminal on one display has no desk of its own.
  if (before.painted.desk && !now.painted.desk) return 'notPainted';
  if (!now.hubLinked) return 'hubNotReached';
  return before.usable.every((device) => now.usable.includes(device)) ? null : 'deviceLost';
}
