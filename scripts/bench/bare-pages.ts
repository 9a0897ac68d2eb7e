/** Two open pages with nothing of ours: one in the counsellor's kind of browser, one in the terminal's runtime. */
import { _electron, type Page } from '@playwright/test';
import type { Town } from '#rig/town.ts';
import { ensureElectronRuntime } from '../setup/electron-runtime.ts';
import { writeBareElectron } from './bare-electron.ts';
import { terminalSwitches } from './lone-terminal.ts';
import { picturesMove, watchPictures } from './moving-pictures.ts';

export type BarePages = readonly [Page, Page];

export async function openBarePages(
  town: Town,
  close: (closer: () => Promise<unknown>) => void,
): Promise<BarePages> {
  const context = await town.browser.newContext({ viewport: { width: 1600, height: 900 } });
  close(() => context.close());
  await watchPictures(context);
  const { executable } = await ensureElectronRuntime();
  const electron = await _electron.launch({
    executablePath: executable,
    args: [writeBareElectron(), ...terminalSwitches(), ...(town.jitsi?.switches ?? [])],
    env: { ...(process.env as Record<string, string>), DISPLAY: town.displays.display },
  });
  close(() => electron.close());
  await watchPictures(electron.context());
  return [await context.newPage(), await electron.firstWindow()];
}

/** ms from `start` to moving pictures on the slower of both; the pages are empty again afterwards. */
export async function timeBareCall(pages: BarePages, start: () => Promise<unknown>): Promise<number> {
  const began = Date.now();
  await start();
  const moving = await Promise.all(
    pages.map((page, side) => picturesMove(`on bare page ${side + 1}`, () => page)),
  );
  for (const page of pages) await page.goto('about:blank');
  return Math.max(...moving) - began;
}
