/** A visit in call in a town of its own, which goes with what measures it. */
import { startTown, type Town, type TownOptions } from '#rig/town.ts';
import { type MeasuredCounsellor, sitClerk, sitCounsellor, startVisit } from './people.ts';

export interface MeasuredVisit {
  readonly town: Town;
  readonly nadia: MeasuredCounsellor;
}

export async function sitInVisit(
  close: (closer: () => Promise<unknown>) => void,
  options: TownOptions = {},
): Promise<MeasuredVisit> {
  const town = await startTown(options);
  close(town.close);
  const clerk = await sitClerk(town.hub);
  close(clerk.close);
  const nadia = await sitCounsellor(town);
  await startVisit(clerk, nadia);
  return { town, nadia };
}
