/** Whether the terminal may be stopped for a moment: never in a visit, nor shortly before one. Pure. */
import type { TerminalCondition } from '#shared/machine/terminal-condition.ts';

/** ms before an appointment from when on the terminal is left alone. */
export const BEFORE_APPOINTMENT = 45 * 60_000;
/** ms after an appointment's beginning: who comes late still finds the terminal as it was. */
export const AFTER_BEGINNING = 20 * 60_000;

/**
 * Without the hub nobody knows of appointments, and no new version could show that it is fit: it waits.
 * @param now ms since the epoch.
 */
export function mayUpdate(condition: TerminalCondition | null, now: number): boolean {
  if (!condition?.hubLinked || condition.stage !== 'idle' || condition.selfTesting) return false;
  const { nextAppointmentAt: at } = condition;
  return at === null || now < at - BEFORE_APPOINTMENT || now > at + AFTER_BEGINNING;
}
