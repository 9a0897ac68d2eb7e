/** Fields that many messages have. */
import { z } from 'zod';

export const id = z.uuid();
export const shortText = z.string().trim().min(1).max(120);
/** Milliseconds since the Unix epoch, by the hub's clock. */
export const instant = z.number().int().nonnegative();
/** YYYY-MM-DD. A year of two digits, typed in haste, is one of the Romans. */
export const calendarDay = z.iso.date().refine((day) => day >= '2000-01-01');
