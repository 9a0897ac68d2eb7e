/** What a terminal's free screen may say of the day: when its next appointment begins. Not who comes, nor why. */
import { z } from 'zod';
import { timeZone } from './appointments.ts';
import { instant } from './fields.ts';

export const nextAppointment = z.strictObject({
  at: instant,
  /** The mairie's: the hour is read by the clock on its wall. */
  timeZone,
});
export type NextAppointment = z.infer<typeof nextAppointment>;

/** ms after its beginning that it is still shown, to whoever comes late. */
export const SHOWN_AFTER = 10 * 60_000;
