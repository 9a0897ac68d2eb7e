/** A deployment that turned against us: what its script and its page reach, and that the visit goes on all the same. */
import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import type { Frame, Page } from '@playwright/test';
import type { Town } from '#rig/town.ts';
import { until } from '#rig/until.ts';
import type { TownJitsi } from '../jitsi/town-jitsi.ts';
import type { CounsellorDesk } from './counsellor-desk.ts';
import { test as base, expect, FORM, OFFICE } from './fixtures.ts';
import { type HostileTargets, hostilePage, hostileScript, type Outcomes } from './hostile-code.ts';
import { expectMoving } from './moving-picture.ts';
import type { ResidentSeat } from './resident-seat.ts';

const run = promisify(execFile);

interface Hostility {
  readonly jitsi: TownJitsi;
  readonly targets: HostileTargets;
  /** What arrived at the attacker's own server. */
  readonly heard: readonly string[];
}

const test = base.extend<{ hostility: Hostility }>({
  hostility: async ({ town }, use) => {
    if (!town.jitsi) throw new Error('This town has no Jitsi.');
    const heard: string[] = [];
    const server = createServer((asked, response) => {
      heard.push(asked.url ?? '');
      response
        .writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'text/html' })
        .end('<p>Pris</p>');
    });
    await new Promise<void>((resolve) => server.listen({ host: '127.0.0.1', port: 0 }, resolve));
    const post = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await use({ jitsi: town.jitsi, targets: { post, hub: town.hub.origin }, heard });
    town.jitsi.setTrouble('none');
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    // What it says of the deployment would hold for ten minutes, and the console's page still has its script.
    await town.hub.restart();
  },
});
test.use({ townOptions: { jitsi: {} } });

/** The console's page loads the deployment's script while it waits: it must be the hostile one. */
async function begin(
  clerk: Parameters<typeof arrive>[0],
  nadia: CounsellorDesk,
  resident: ResidentSeat,
): Promise<void> {
  await resident.expectPlaceFree();
  await nadia.page.reload();
  await arrive(clerk, nadia);
}

async function arrive(
  clerk: { readonly announce: (of: typeof madameRoux) => Promise<void> },
  nadia: CounsellorDesk,
) {
  await clerk.announce(madameRoux);
  await nadia.pickUp('Madame Roux');
}
const madameRoux = { name: 'Madame Roux', body: OFFICE, motive: FORM };

async function viewFrame({ page }: CounsellorDesk): Promise<Frame> {
  return until('the room view', () =>
    page.frames().find((one) => one.parentFrame() === page.mainFrame() && one.url().includes('/view')),
  );
}

/** The terminal's room page, once the deployment's script runs in it. */
async function hostileRoom({ terminal }: Town): Promise<Page> {
  return until('the hostile script in the terminal', async () => {
    const room = await terminal.page('room/index.html');
    const there = await room.evaluate(() => typeof window.attack === 'function').catch(() => false);
    return there && room;
  });
}

function got(outcomes: Outcomes): string[] {
  return Object.entries(outcomes).flatMap(([what, how]) =>
    how.startsWith('got') ? [`${what}: ${how}`] : [],
  );
}

/** Documents as on any other day. */
async function expectWork(nadia: CounsellorDesk, resident: ResidentSeat, town: Town): Promise<void> {
  const before = town.printer.printedFiles().length;
  await nadia.takeForm(FORM);
  await nadia.showOnDesk(FORM);
  await expect((await resident.desk()).getByRole('img', { name: /Votre document/ })).toBeVisible();
  await nadia.print(FORM);
  await expect(nadia.card(FORM)).toContainText('Imprimé', { timeout: 40_000 });
  expect(town.printer.printedFiles().length).toBe(before + 1);
}

async function expectWipedEnd(nadia: CounsellorDesk, resident: ResidentSeat, town: Town): Promise<void> {
  await nadia.endVisit();
  await nadia.expectIdle();
  await resident.expectPlaceFree();
  const last = town.terminal
    .output()
    .match(/"event":"wipe".*/g)
    ?.at(-1);
  expect(last).toContain('"ok":true');
}

test('its script reaches nothing in the terminal and nothing at the console', async ({
  clerk,
  hostility,
  nadia,
  resident,
  town,
}) => {
  const { jitsi, targets, heard } = hostility;
  jitsi.setTrouble({ script: hostileScript(targets) });
  await begin(clerk, nadia, resident);
  // It may pretend a call: it is the one who carries it.
  await nadia.expectCallLive();
  await resident.expectFace('Nadia Belkacem');
  const room = await hostileRoom(town);
  const view = await viewFrame(nadia);
  const consoleUrl = nadia.page.url();
  const opened: string[] = [];
  nadia.page.context().on('page', (page) => opened.push(page.url()));
  nadia.page.on('download', (download) => opened.push(download.suggestedFilename()));

  const inTerminal = await room.evaluate(() => window.attack());
  const atConsole = await view.evaluate(() => window.attack());
  expect(Object.keys(inTerminal).length).toBeGreaterThan(40);
  expect.soft({ terminal: got(inTerminal), console: got(atConsole) }).toEqual({ terminal: [], console: [] });
  await room.evaluate(() => window.plant());
  await expectWork(nadia, resident, town);
  expect.soft(heard).toEqual([]);
  expect.soft(opened).toEqual([]);
  expect(nadia.page.url()).toBe(consoleUrl);
  expect(room.url()).toBe('app://room/index.html');
  expect(
    town.terminal
      .app()
      .windows()
      .map((page) => new URL(page.url()).protocol),
  ).not.toContain('http:');
  await expectWipedEnd(nadia, resident, town);
});

// Side by side, the one that is done first would lead the other to the next deployment in the middle.
for (const side of ['in the terminal', 'at the console'] as const) {
  test(`its room page reaches nothing either ${side}, and is left for the built-in room`, async ({
    clerk,
    hostility,
    nadia,
    resident,
    town,
  }) => {
    const { jitsi, targets, heard } = hostility;
    jitsi.setTrouble({ roomPage: hostilePage(targets) });
    await begin(clerk, nadia, resident);
    const opened: string[] = [];
    nadia.page.context().on('page', (page) => opened.push(page.url()));
    nadia.page.on('download', (download) => opened.push(download.suggestedFilename()));
    const attacked = await until('its page', async () => {
      const frame = await (side === 'at the console' ? nadia : resident).roomFrame();
      const there = await frame.evaluate(() => typeof window.attack === 'function').catch(() => false);
      return there && frame;
    });
    const outcomes = await attacked.evaluate(() => window.attack());
    expect(Object.keys(outcomes).length).toBeGreaterThan(40);
    expect.soft(got(outcomes)).toEqual([]);
    expect.soft(heard).toEqual([]);
    expect.soft(opened).toEqual([]);

    await nadia.expectCallLive();
    expect((await resident.roomFrame()).url()).toContain(town.hub.roomOrigin);
    await expectMoving(resident.roomFrame);
    await expectWork(nadia, resident, town);
    await expectWipedEnd(nadia, resident, town);
  });
}

test('it floods the terminal: its page is ended, and the visit goes on', async ({
  clerk,
  hostility,
  nadia,
  resident,
  town,
}) => {
  const { jitsi, targets } = hostility;
  jitsi.setTrouble({ script: hostileScript(targets) });
  await begin(clerk, nadia, resident);
  await resident.expectFace('Nadia Belkacem');
  const room = await hostileRoom(town);
  const lines = () => town.terminal.output().split('\n').length;
  const before = lines();
  await room
    .evaluate(() => {
      const { report } = (window as unknown as { terminal: { report: (event: unknown) => void } }).terminal;
      report({ type: 'live', why: 'x'.repeat(50_000_000) });
      for (let count = 0; count < 20_000; count += 1) {
        for (const type of ['reachable', 'lost', 'live', 'nothing']) report({ type });
        report({ type: 'failed', why: 'refused', origin: 'https://another.example' });
      }
    })
    // Its page is closed before it is done.
    .catch(() => undefined);
  await until('its page is ended', () => town.terminal.output().includes('"event":"room.flooding"'));
  await nadia.expectCallLive();
  await expectWork(nadia, resident, town);
  expect(lines() - before).toBeLessThan(1_000);
  // It is not left a second chance: what it did here it would do there.
  await expectInBuiltIn(nadia, resident, town);
  // Main was never too busy to hear its own pages.
  expect(town.terminal.output()).not.toContain('"event":"screen.hung"');
  await expectWipedEnd(nadia, resident, town);
});

test('it asks and prints: nothing stands before the resident, and nobody need answer', async ({
  clerk,
  hostility,
  nadia,
  resident,
  town,
}) => {
  const { jitsi, targets } = hostility;
  jitsi.setTrouble({ script: hostileScript(targets) });
  await begin(clerk, nadia, resident);
  await resident.expectFace('Nadia Belkacem');
  const room = await hostileRoom(town);
  // Playwright would answer otherwise.
  room.on('dialog', () => undefined);
  const windows = await windowsOf(town);
  const printed = town.printer.printedFiles().length;
  await room.evaluate(() => {
    window.alert('Votre code de carte ?');
    window.confirm('Continuer ?');
  });
  await room.evaluate(() => {
    window.print();
    const frame = document.createElement('iframe');
    document.body.append(frame);
    frame.contentWindow?.print();
  });
  await expectWork(nadia, resident, town);
  expect(await windowsOf(town)).toEqual(windows);
  expect(town.printer.printedFiles().length).toBe(printed + 1);
  await expectWipedEnd(nadia, resident, town);
});

test('it never lets go of its process, on either side: both meet in the built-in room', async ({
  clerk,
  hostility,
  nadia,
  resident,
  town,
}) => {
  test.setTimeout(180_000);
  const { jitsi, targets } = hostility;
  jitsi.setTrouble({ script: hostileScript(targets) });
  await begin(clerk, nadia, resident);
  await resident.expectFace('Nadia Belkacem');
  const room = await hostileRoom(town);
  const view = await viewFrame(nadia);
  for (const page of [room, view]) {
    await page.evaluate(() => {
      setTimeout(() => {
        for (;;) window.name = String(Math.random());
      });
    });
  }
  await expectWork(nadia, resident, town);
  await expectInBuiltIn(nadia, resident, town);
  await expectWipedEnd(nadia, resident, town);
});

/** Titles of all windows on the terminal's displays. */
async function windowsOf({ displays }: Town): Promise<string[]> {
  const { stdout } = await run('xwininfo', ['-root', '-tree'], {
    env: { ...process.env, DISPLAY: displays.display },
  });
  return [...stdout.matchAll(/"([^"]*)": \("/g)].map((found) => found[1] ?? '').sort();
}

async function expectInBuiltIn(nadia: CounsellorDesk, resident: ResidentSeat, town: Town): Promise<void> {
  await until(
    'both are in the built-in room',
    async () => {
      const frames = [await nadia.roomFrame(), await resident.roomFrame()];
      return frames.every((frame) => frame.url().startsWith(town.hub.roomOrigin));
    },
    { timeoutMs: 90_000 },
  );
  await nadia.expectCallLive();
  await resident.expectFace('Nadia Belkacem');
  await expectMoving(resident.roomFrame);
}
