/** Rounds of a counsellor picking a resident up, each beside its baseline: what every measured call has in common. */
import { loadavg } from 'node:os';
import type { Town } from '#rig/town.ts';
import { picturesMove, watchPictures } from './moving-pictures.ts';
import { sitClerk, sitCounsellor } from './people.ts';

export interface PickUps {
  /** ms from the press on "Prendre" to moving pictures on the slower side. */
  readonly values: readonly number[];
  readonly baselines: readonly number[];
}

export interface PickUpOptions {
  readonly town: Town;
  readonly rounds: number;
  readonly baseline: () => Promise<number>;
  readonly close: (closer: () => Promise<unknown>) => void;
}

export async function measurePickUps({ town, rounds, baseline, close }: PickUpOptions): Promise<PickUps> {
  const clerk = await sitClerk(town.hub);
  close(clerk.close);
  const nadia = await sitCounsellor(town);
  await watchPictures(nadia.page.context());
  await watchPictures(town.terminal.app().context());
  const values: number[] = [];
  const baselines: number[] = [];
  // The first of each warms both browsers up and is not counted.
  for (let round = 0; round <= rounds; round += 1) {
    const least = await baseline();
    await clerk.announce();
    // A resident sits down before anyone picks up: the deployment's page is warm by then.
    await clerk.until('the resident has been welcomed', (view) =>
      view.role === 'clerk' && view.terminals[0]?.report?.stage === 'welcomed' ? true : null,
    );
    await nadia.pickUpResident();
    const pressed = await nadia.pressedAt();
    const moving = await Promise.all([
      picturesMove('at the counsellor’s', () => nadia.page),
      picturesMove('on the terminal', () => roomPage(town)),
    ]);
    const value = Math.max(...moving) - pressed;
    const announced = Date.now();
    await nadia.expectCallLive();
    await nadia.endVisit();
    await clerk.untilFree(announced);
    console.log(`  ${Math.round(value)} ms, bare ${Math.round(least)} ms (load ${loadavg()[0]?.toFixed(1)})`);
    if (round === 0) continue;
    baselines.push(least);
    values.push(value);
  }
  return { values, baselines };
}

/** The terminal's room page, while there is one. */
export function roomPage({ terminal }: Town) {
  return terminal
    .app()
    .windows()
    .find((page) => page.url().startsWith('app://room/index'));
}
