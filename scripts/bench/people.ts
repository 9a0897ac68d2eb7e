/** The people of a measured visit. The clerk is played, the counsellor sits at a real browser. */
import type { Page } from '@playwright/test';
import type { HubProcess } from '#rig/hub-process.ts';
import type { Town } from '#rig/town.ts';
import { type CounsellorDesk, counsellorDesk } from '../../test/e2e/counsellor-desk.ts';
import { openPlayedConsole, type PlayedConsole } from './played-console.ts';

export const NADIA = 'nadia@office.example';
const RESIDENT = 'Madame Martin';

export interface PlayedClerk extends PlayedConsole {
  /** Resolves once a resident may be announced and is. */
  readonly announce: () => Promise<void>;
  /** The terminal is free again and its wipe of a visit that was announced after `at` has passed; when, in ms of the epoch. */
  readonly untilFree: (at: number) => Promise<number>;
}

export async function sitClerk(hub: HubProcess): Promise<PlayedClerk> {
  const clerk = await openPlayedConsole(hub, 'secretaire@saint-martin.example');
  const seeFree = (after: number) =>
    clerk.until('the terminal is free', (view) => {
      if (view.role !== 'clerk' || view.visits.length > 0) return null;
      const [terminal] = view.terminals;
      const wiped = after === 0 || (terminal?.lastWipe?.ok === true && terminal.lastWipe.at >= after);
      return terminal?.online && terminal.report?.stage === 'idle' && wiped ? terminal : null;
    });
  return {
    ...clerk,
    async announce() {
      const { terminalId } = await seeFree(0);
      const bodyId = await clerk.until('the office is there', (view) =>
        view.role === 'clerk' ? view.bodies.find(({ name }) => name.startsWith('Office'))?.bodyId : null,
      );
      const motive = 'Demande d’aide au logement';
      await clerk.ask({
        ...{ type: 'announce', terminalId, bodyId, residentName: RESIDENT, motive },
        ...{ showName: true, consent: true },
      });
    },
    async untilFree(at) {
      await seeFree(at);
      return Date.now();
    },
  };
}

export interface MeasuredCounsellor extends CounsellorDesk {
  readonly pickUpResident: () => Promise<void>;
  /** When she last pressed on something, ms of the epoch, by her browser. */
  readonly pressedAt: () => Promise<number>;
}

export async function sitCounsellor(town: Town): Promise<MeasuredCounsellor> {
  const page = await town.logIn(NADIA, { width: 1600, height: 900 });
  await notePresses(page);
  const desk = counsellorDesk(page);
  return {
    ...desk,
    pickUpResident: () => desk.pickUp(RESIDENT),
    pressedAt: () => page.evaluate(() => Number(document.documentElement.dataset.pressedAt)),
  };
}

/** The press and not the click, which comes a moment later: strict with what is measured. */
function notePresses(page: Page): Promise<void> {
  return page.evaluate(() => {
    const note = () => {
      document.documentElement.dataset.pressedAt = String(Date.now());
    };
    addEventListener('pointerdown', note, { capture: true });
  });
}

/** A visit in call, ready for orders. */
export async function startVisit(clerk: PlayedClerk, counsellor: MeasuredCounsellor): Promise<void> {
  await clerk.announce();
  await counsellor.pickUpResident();
  await counsellor.expectCallLive();
}
