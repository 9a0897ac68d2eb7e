/** What is said of a body that is closed: when it opens, as long as that is still ahead. */
import type { MairieHour } from '#shared/protocol/appointments.ts';
import { openingWhen } from '../words/opening-fr.ts';

/** Null: it is open, nobody knows, or the hour has come since. @param now the hub's clock, ms since the epoch. */
export function opensWhen({ opensAt }: { readonly opensAt: MairieHour | null }, now: number): string | null {
  return opensAt === null || opensAt.at <= now ? null : openingWhen(opensAt, now);
}
