/**
 * From the counsellor's press on "Prendre" to moving pictures on both sides, on the slower of the two; against two bare
 * WebRTC pages that are open and exchange the same streams, one in the counsellor's kind of browser and one in the
 * terminal's runtime.
 */
import { randomUUID } from 'node:crypto';
import { _electron, type Page } from '@playwright/test';
import { startTown } from '#rig/town.ts';
import { startRoomServer } from '../../test/room/room-server.ts';
import { ensureElectronRuntime } from '../setup/electron-runtime.ts';
import { writeBareElectron } from './bare-electron.ts';
import type { Measurement } from './figure.ts';
import { terminalSwitches } from './lone-terminal.ts';
import { picturesMove, watchPictures } from './moving-pictures.ts';
import { sitClerk, sitCounsellor } from './people.ts';
import { withClosers } from './with-closers.ts';

const ROUNDS = 9;

export function measureCall(): Promise<Measurement> {
  return withClosers(async (close) => {
    const town = await startTown();
    close(town.close);
    const clerk = await sitClerk(town.hub);
    close(clerk.close);
    const nadia = await sitCounsellor(town);
    await watchPictures(nadia.page.context());
    const { terminal } = town;
    await watchPictures(terminal.app().context());
    const roomPage = () =>
      terminal
        .app()
        .windows()
        .find((page) => page.url().startsWith('app://room/index'));

    const server = await startRoomServer();
    close(server.close);
    const bareContext = await town.browser.newContext({ viewport: { width: 1600, height: 900 } });
    await watchPictures(bareContext);
    const { executable } = await ensureElectronRuntime();
    const bareElectron = await _electron.launch({
      executablePath: executable,
      args: [writeBareElectron(), ...terminalSwitches()],
      env: { ...(process.env as Record<string, string>), DISPLAY: town.displays.display },
    });
    close(() => bareElectron.close());
    await watchPictures(bareElectron.context());
    const barePages = [await bareContext.newPage(), await bareElectron.firstWindow()] as const;

    const values: number[] = [];
    const baselines: number[] = [];
    // The first of each warms both browsers up and is not counted.
    for (let round = 0; round <= ROUNDS; round += 1) {
      const baseline = await bareCall(barePages, `${server.consoleOrigin}/bare.html?call=${randomUUID()}`);

      await clerk.announce();
      // A resident sits down before anyone picks up: the deployment's page is warm by then.
      await clerk.until('the resident has been welcomed', (view) =>
        view.role === 'clerk' && view.terminals[0]?.report?.stage === 'welcomed' ? true : null,
      );
      await nadia.pickUpResident();
      const pressed = await nadia.pressedAt();
      const moving = await Promise.all([
        picturesMove('at the counsellor’s', () => nadia.page),
        picturesMove('on the terminal', roomPage),
      ]);
      const value = Math.max(...moving) - pressed;
      const announced = Date.now();
      await nadia.expectCallLive();
      await nadia.endVisit();
      await clerk.untilFree(announced);
      if (round === 0) continue;
      baselines.push(baseline);
      values.push(value);
    }
    return { unit: 'ms', values, baselines, allowance: { kind: 'times', factor: 2 } };
  });
}

/** ms from the moment in which both open pages are told to begin. */
async function bareCall(pages: readonly [Page, Page], url: string): Promise<number> {
  for (const page of pages) {
    await page.goto(url);
    await page.evaluate(() => window.opened);
  }
  const start = Date.now();
  await Promise.all([
    pages[0].evaluate(() => window.start(false)),
    pages[1].evaluate(() => window.start(true)),
  ]);
  const moving = await Promise.all(
    pages.map((page, side) => picturesMove(`on bare page ${side + 1}`, () => page)),
  );
  for (const page of pages) await page.goto('about:blank');
  return Math.max(...moving) - start;
}
