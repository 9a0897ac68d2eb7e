/**
 * A call on a Jitsi deployment that is cut: from the moment in which what was away is back to moving pictures on both
 * sides, for good. Where pictures went on meanwhile and stop only later, that later stop counts as well.
 */
import { loadavg } from 'node:os';
import { startTown, type Town, type TownOptions } from '#rig/town.ts';
import { until } from '#rig/until.ts';
import type { Measurement } from './figure.ts';
import { jitsiOf } from './jitsi-call.ts';
import { sitClerk, sitCounsellor, startVisit } from './people.ts';
import { roomPage } from './pick-ups.ts';
import { notePictures, type PictureGaps, watchGaps } from './picture-gaps.ts';
import { withClosers } from './with-closers.ts';

const PATIENCE = 120_000;

export interface Cut {
  readonly rounds: number;
  /** ms */
  readonly lasts: number;
  /** ms for which both pictures must then go on without a stop. */
  readonly calm: number;
  /** ms after it is over. */
  readonly atMost: number;
  readonly town: TownOptions;
  readonly begin: (town: Town) => Promise<void>;
  /** Resolves when what was away is back. */
  readonly end: (town: Town) => Promise<void>;
}

/** lib-jitsi-meet can take half a minute to notice that its server was away: looked at for as long. */
export function measureXmppOutage(seconds: number, rounds: number): () => Promise<Measurement> {
  return () =>
    measureRejoin({
      ...{ rounds, lasts: seconds * 1000, calm: 35_000, atMost: 5_000, town: { jitsi: { builtIn: false } } },
      begin: (town) => jitsiOf(town).stopXmpp(),
      end: (town) => jitsiOf(town).startXmpp(),
    });
}

export function measureRejoin(cut: Cut): Promise<Measurement> {
  return withClosers(async (close) => {
    const town = await startTown(cut.town);
    close(town.close);
    const clerk = await sitClerk(town.hub);
    close(clerk.close);
    const nadia = await sitCounsellor(town);
    await notePictures(nadia.page.context());
    await notePictures(town.terminal.app().context());
    await startVisit(clerk, nadia);
    const values: number[] = [];
    while (values.length < cut.rounds) {
      const watch = watchGaps({ counsellor: () => nadia.page, terminal: () => roomPage(town) });
      try {
        await calm(watch, Date.now(), 5_000);
        values.push(await oneCut(cut, town, watch));
      } finally {
        await watch.stop();
      }
    }
    return { unit: 'ms', values, baselines: [], allowance: { kind: 'most', amount: cut.atMost } };
  });
}

async function oneCut(cut: Cut, town: Town, watch: PictureGaps): Promise<number> {
  const before = roomName(town);
  const begun = Date.now();
  await cut.begin(town);
  // The length of the cut is what is measured: nothing to wait for instead.
  await new Promise((resolve) => setTimeout(resolve, cut.lasts));
  await cut.end(town);
  const back = Date.now();
  const gaps = () => watch.gaps().filter(({ to }) => to === null || to > begun);
  try {
    await calm(watch, back, cut.calm);
  } finally {
    const room = roomName(town) === before ? 'same' : 'new';
    console.log(`  away ${seconds(back - begun)} (load ${loadavg()[0]?.toFixed(1)}), ${room} room`);
    for (const { who, from, to } of gaps()) {
      console.log(
        `    ${who} dark from ${seconds(from - back)} to ${to === null ? 'now' : seconds(to - back)}`,
      );
    }
  }
  return Math.max(0, ...gaps().map(({ to }) => (to ?? 0) - back));
}

/** Both pictures have moved for so long, without a gap that ended later than `since`. */
async function calm(watch: PictureGaps, since: number, forMs: number): Promise<void> {
  const quietSince = () => Math.max(since, ...watch.gaps().map(({ to }) => to ?? Number.POSITIVE_INFINITY));
  await until('both pictures move for good', () => Date.now() - quietSince() > forMs, {
    timeoutMs: PATIENCE,
    everyMs: 200,
  });
}

/** Of the deployment's frame on the terminal. */
function roomName(town: Town): string {
  const [, frame] = roomPage(town)?.frames() ?? [];
  return frame ? new URL(frame.url()).pathname : '';
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
