/** A visit in call with a scanner that the bench may slow down. */
import type { RigScanner } from '#rig/scanner.ts';
import { startTown } from '#rig/town.ts';
import { type MeasuredCounsellor, sitClerk, sitCounsellor, startVisit } from './people.ts';

export async function sitAtScanner(
  close: (closer: () => Promise<void>) => void,
): Promise<{ readonly nadia: MeasuredCounsellor; readonly scanner: RigScanner }> {
  const town = await startTown();
  close(town.close);
  const clerk = await sitClerk(town.hub);
  close(clerk.close);
  const nadia = await sitCounsellor(town);
  await startVisit(clerk, nadia);
  return { nadia, scanner: town.scanner };
}
