/** What every end-to-end test finds: a town that runs, and its people at their places. */
import { test as base, expect, type Page } from '@playwright/test';
import { startTown, type Town, type TownOptions } from '#rig/town.ts';
import { type ClerkDesk, clerkDesk } from './clerk-desk.ts';
import { type CounsellorDesk, counsellorDesk } from './counsellor-desk.ts';
import { type ResidentSeat, residentSeat } from './resident-seat.ts';

export const FORM = 'Demande d’aide au logement';
export const OFFICE = /Office des familles/;

interface People {
  readonly clerk: ClerkDesk;
  readonly nadia: CounsellorDesk;
  readonly resident: ResidentSeat;
  /** Madame Martin is announced, and Nadia has picked her up: they see each other. */
  readonly call: undefined;
}

interface Places {
  /** Another town gets a worker of its own: never two at a time. */
  readonly townOptions: TownOptions;
  readonly town: Town;
  readonly clerkPage: Page;
  readonly nadiaPage: Page;
}

export const test = base.extend<People, Places>({
  townOptions: [{}, { scope: 'worker', option: true }],
  town: [
    async ({ townOptions }, use) => {
      const town = await startTown(townOptions);
      await use(town);
      await town.close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  clerkPage: [
    async ({ town }, use) => use(await town.logIn('secretaire@saint-martin.example')),
    { scope: 'worker' },
  ],
  nadiaPage: [async ({ town }, use) => use(await town.logIn('nadia@office.example')), { scope: 'worker' }],
  clerk: async ({ clerkPage }, use) => use(clerkDesk(clerkPage)),
  nadia: async ({ nadiaPage }, use) => use(counsellorDesk(nadiaPage)),
  resident: async ({ town }, use) => use(residentSeat(town)),
  call: async ({ clerk, nadia, resident, town }, use) => {
    await resident.expectPlaceFree();
    await clerk.announce({ name: 'Madame Martin', body: OFFICE, motive: FORM });
    await nadia.pickUp('Madame Martin');
    await nadia.expectCallLive();
    await use(undefined);
    const info = test.info();
    if (info.status !== info.expectedStatus) {
      await nadia.page.screenshot({ path: info.outputPath('counsellor.png') });
      console.log(`Terminal:\n${complaintsIn(town.terminal.output())}`);
      console.log(`Hub:\n${complaintsIn(town.hub.output())}`);
      console.log(`Counsellor reads:\n${await nadia.page.locator('main').innerText()}`);
    }
    if (await nadia.isInVisit()) await nadia.endVisit();
    await nadia.expectIdle();
    await resident.expectPlaceFree();
  },
});

/** What was warned of, the newest last: why a test failed is seldom on the screen. */
function complaintsIn(output: string): string {
  const complaints = output.split('\n').filter((line) => /^\{"level":[4-6]0|^\s+at |Error:/.test(line));
  return complaints.slice(-40).join('\n');
}

export { expect };
