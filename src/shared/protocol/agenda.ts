/** What a terminal's free screen may say of the day: when its next appointment begins. Not who comes, nor why. */
import { type MairieHour, mairieHour } from './appointments.ts';

export const nextAppointment = mairieHour;
export type NextAppointment = MairieHour;

/** ms after its beginning that it is still shown, to whoever comes late. */
export const SHOWN_AFTER = 10 * 60_000;
