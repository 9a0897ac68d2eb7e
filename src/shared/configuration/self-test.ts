/** When the terminal tests itself; part of its configuration file. */
import { z } from 'zod';

export const selfTestConfig = z.strictObject({
  /** "HH:MM" by the machine's own clock, at an hour when the room is lit; null = never by itself. */
  time: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .nullable()
    .default('08:00'),
});
