/**
 * From the counsellor's press on "Prendre" to moving pictures on both sides, on the slower of the two; against two bare
 * WebRTC pages that are open and exchange the same streams, one in the counsellor's kind of browser and one in the
 * terminal's runtime.
 */
import { randomUUID } from 'node:crypto';
import { startTown } from '#rig/town.ts';
import { startRoomServer } from '../../test/room/room-server.ts';
import { type BarePages, openBarePages, timeBareCall } from './bare-pages.ts';
import type { Measurement } from './figure.ts';
import { measurePickUps } from './pick-ups.ts';
import { withClosers } from './with-closers.ts';

const ROUNDS = 9;

export function measureCall(): Promise<Measurement> {
  return withClosers(async (close) => {
    const town = await startTown();
    close(town.close);
    const server = await startRoomServer();
    close(server.close);
    const pages = await openBarePages(town, close);
    const baseline = () => bareCall(pages, `${server.consoleOrigin}/bare.html?call=${randomUUID()}`);
    const { values, baselines } = await measurePickUps({ town, rounds: ROUNDS, baseline, close });
    return { unit: 'ms', values, baselines, allowance: { kind: 'times', factor: 2 } };
  });
}

/** ms from the moment in which both open pages are told to begin. */
async function bareCall(pages: BarePages, url: string): Promise<number> {
  for (const page of pages) {
    await page.goto(url);
    await page.evaluate(() => window.opened);
  }
  return timeBareCall(pages, () =>
    Promise.all([pages[0].evaluate(() => window.start(false)), pages[1].evaluate(() => window.start(true))]),
  );
}
