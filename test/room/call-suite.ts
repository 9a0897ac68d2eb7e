/** What a call must do wherever it is made: our own pages on both sides, in a real browser, on any deployment. */
import { randomBytes } from 'node:crypto';
import { setTimeout as passes } from 'node:timers/promises';
import type { Browser, BrowserContext } from '@playwright/test';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { build } from '../../scripts/build.ts';
import { until } from '../rig/until.ts';
import type { CallDeployment } from './call-deployment.ts';
import { openConsole, openTerminal, type Side } from './call-pages.ts';
import { hears, launchBrowser, newContext, only, replug, roomFrame, sees, sends, unplug } from './eyes.ts';

/** Filled before each test. */
export interface Call<Deployment extends CallDeployment> {
  deployment: Deployment;
  context: BrowserContext;
  /** A new one for each test. */
  room: string;
  terminal: Side;
  counsellor: Side;
  readonly joinBoth: () => Promise<void>;
  /** Both in the room, each with moving pictures of the other. */
  readonly meet: () => Promise<void>;
}

/** Two pages that have not joined yet, before each test of the surrounding `describe`. */
export function setUpCalls<Deployment extends CallDeployment>(
  start: () => Promise<Deployment>,
): Call<Deployment> {
  const call = {
    async joinBoth() {
      await call.terminal.join(await call.deployment.ticket(call.room, 'terminal'));
      await call.counsellor.join(await call.deployment.ticket(call.room, 'counsellor'));
    },
    async meet() {
      await call.joinBoth();
      await bothSee(call);
    },
  } as Call<Deployment>;
  let browser: Browser;
  beforeAll(async () => {
    await build({ only: ['room', 'console-room', 'renderer'] });
    call.deployment = await start();
    browser = await launchBrowser(call.deployment.browserArguments);
  });
  afterAll(async () => {
    await browser?.close();
    await call.deployment?.close();
  });
  beforeEach(async () => {
    call.context = await newContext(browser);
    call.room = call.deployment.newRoom();
    call.terminal = await openTerminal(call.context, call.deployment);
    call.counsellor = await openConsole(call.context, call.deployment);
  });
  afterEach(async () => {
    await call.context.close();
  });
  return call;
}

export async function bothSee(call: Call<CallDeployment>, timeoutMs?: number): Promise<void> {
  await sees(call.terminal.page, call.room, timeoutMs);
  await sees(call.counsellor.page, call.room, timeoutMs);
}

export async function hasTold(side: Side, type: string, timeoutMs?: number): Promise<void> {
  await until(
    `"${type}" to be told`,
    async () => (await side.types()).includes(type),
    timeoutMs ? { timeoutMs } : {},
  );
}

export function callSuite(call: Call<CallDeployment>): void {
  describe('a call', () => {
    it('shows and sounds each to the other, and says so', async () => {
      await call.meet();
      await hears(call.terminal.page, call.room);
      await hears(call.counsellor.page, call.room);
      for (const side of [call.terminal, call.counsellor]) {
        await hasTold(side, 'live');
        const types = await side.types();
        expect(types.filter((type) => type === 'live')).toHaveLength(1);
        expect(types).toContain('joined');
        expect(types).not.toContain('failed');
        expect(types).not.toContain('lost');
      }
      const origins = (await call.counsellor.told()).map(({ from }) => from);
      expect(new Set(origins).size).toBe(1);
      const frame = await roomFrame(call.terminal.page, call.room);
      expect(await frame.locator(call.deployment.selfView).isVisible()).toBe(false);
      const own = (await roomFrame(call.counsellor.page, call.room)).locator(call.deployment.selfView);
      expect(await own.isVisible()).toBe(true);
    });

    it('tells each who else is there', async () => {
      await call.meet();
      expect((await call.counsellor.told()).findLast(({ type }) => type === 'others')?.others).toHaveLength(
        1,
      );
      expect((await call.terminal.told()).findLast(({ type }) => type === 'others')?.count).toBe(1);
    });

    it('sends what it is told to send, and the other side gets no more', async () => {
      await call.meet();
      const frame = await roomFrame(call.counsellor.page, call.room);
      for (const media of [
        { audio: false, video: true },
        { audio: false, video: false },
        { audio: true, video: false },
        { audio: true, video: true },
      ]) {
        await call.counsellor.send(media);
        await until('the tracks to follow', async () => {
          const { audio, video } = await sends(frame);
          return audio === media.audio && video === media.video;
        });
        const muted = { audio: !media.audio, video: !media.video };
        await until('the state to be told', async () => {
          const last = (await call.counsellor.told()).findLast(({ type }) => type === 'muted');
          return last?.audio === muted.audio && last.video === muted.video;
        });
        if (muted.audio && media.video) await only('frames', 'loudness', call.terminal.page, call.room);
        if (muted.video && media.audio) await only('loudness', 'frames', call.terminal.page, call.room);
      }
      await bothSee(call);
      await hears(call.terminal.page, call.room);
    });

    it('starts muted where that is wanted, and is heard and seen when it is wanted no more', async () => {
      await call.terminal.send({ audio: false, video: false });
      await call.joinBoth();
      await sees(call.terminal.page, call.room);
      const frame = await roomFrame(call.terminal.page, call.room);
      await until('nothing to be sent', async () => {
        const { audio, video } = await sends(frame);
        return !audio && !video;
      });
      await call.terminal.send({ audio: true, video: true });
      await sees(call.counsellor.page, call.room);
      await hears(call.counsellor.page, call.room);
    });

    it('takes a side back when its page is loaded again', async () => {
      await call.meet();
      await call.terminal.page.reload();
      await call.terminal.join(await call.deployment.ticket(call.room, 'terminal'));
      await bothSee(call, 30_000);
      await call.counsellor.page.reload();
      await hasTold(call.counsellor, 'ready');
      await call.counsellor.join(await call.deployment.ticket(call.room, 'counsellor'));
      await bothSee(call, 30_000);
    });

    it('notices a side that crashed, and takes it back', async () => {
      await call.meet();
      await hasTold(call.counsellor, 'live');
      const { page } = call.terminal;
      const crashed = page.waitForEvent('crash');
      const debugger_ = await call.context.newCDPSession(page);
      debugger_.send('Page.crash').catch(() => undefined);
      await crashed;
      await page.close();
      await hasTold(call.counsellor, 'lost', 30_000);
      await call.counsellor.forget();
      call.terminal = await openTerminal(call.context, call.deployment);
      await call.terminal.join(await call.deployment.ticket(call.room, 'terminal'));
      await bothSee(call, 30_000);
      await hasTold(call.counsellor, 'live');
    });

    it('takes the chosen camera, any other once it is pulled out, and the chosen one again', async () => {
      const ticket = await call.deployment.ticket(call.room, 'terminal');
      await call.terminal.join(ticket, { camera: 'fake_device_2' });
      await call.counsellor.join(await call.deployment.ticket(call.room, 'counsellor'));
      await sees(call.counsellor.page, call.room);
      const frame = await roomFrame(call.terminal.page, call.room);
      const uses = (label: string) => async () => (await sends(frame)).camera === label;
      await until('the chosen camera', uses('fake_device_2'));
      await unplug(frame, 'fake_device_2');
      await until('the other camera', uses('fake_device_0'));
      await sees(call.counsellor.page, call.room);
      await replug(frame);
      await until('the chosen camera again', uses('fake_device_2'));
      await sees(call.counsellor.page, call.room);
    });

    it('tells one side that the other hung up', async () => {
      await call.meet();
      await call.counsellor.leave();
      await hasTold(call.terminal, 'lost');
      await until('to be alone', async () => {
        return (await call.terminal.told()).findLast(({ type }) => type === 'others')?.count === 0;
      });
    });

    it('uses no camera and joins nothing before it is told to join', async () => {
      await call.terminal.order({ type: 'prepare', origin: call.deployment.origin });
      const { page } = call.terminal;
      const own = new URL(page.url()).origin;
      const warm = await until('the deployment’s page, warm', () =>
        page.frames().find((frame) => frame.url().startsWith(call.deployment.origin)),
      );
      await warm.waitForLoadState('load');
      expect(own).not.toBe(call.deployment.origin);
      const looks = await warm.evaluate(() => [
        window.eyes.asked,
        window.eyes.connections.filter(({ connectionState }) => connectionState !== 'closed').length,
      ]);
      expect(looks).toEqual([0, 0]);
      expect(await call.terminal.types()).toEqual([]);
      await call.meet();
      expect(await call.terminal.types()).not.toContain('failed');
    });

    it('comes back by itself from 12 s without a signalling server', { timeout: 180_000 }, async () => {
      await call.meet();
      const stopRejoining = rejoinsAsMain(call);
      try {
        await call.deployment.stopSignalling();
        await passes(12_000);
        await call.deployment.startSignalling();
        if (call.deployment.outageEndsCall) {
          // Pictures may go on for long before Jitsi notices, so moving pictures alone would tell nothing.
          for (const side of [call.terminal, call.counsellor]) {
            await until(
              'to be told of another joining',
              async () => (await side.types()).filter((type) => type === 'joined').length > 1,
              { timeoutMs: 80_000 },
            );
          }
        }
        await bothSee(call, 60_000);
      } finally {
        stopRejoining();
      }
      for (const side of [call.terminal, call.counsellor]) expect(await side.types()).not.toContain('failed');
      await call.terminal.leave();
      if (!call.deployment.outageEndsCall) {
        // The built-in room keeps a place for whoever left while its server was away, and says that nothing comes.
        await hasTold(call.counsellor, 'lost', 30_000);
        return;
      }
      // Nobody hears of this but through the signalling server.
      await until('to be alone', async () => {
        const others = (await call.counsellor.told()).findLast(({ type }) => type === 'others')?.others;
        return others?.length === 0;
      });
    });

    it.each([
      ['a foreign key', { secret: randomBytes(32) }],
      ['a time that is over', { lifeSeconds: -60 }],
    ])('refuses a ticket of %s, and those who are there notice nothing', async (_what, changes) => {
      await call.meet();
      const third = await openTerminal(call.context, call.deployment);
      await third.join(await call.deployment.ticket(call.room, 'terminal', changes));
      await hasTold(third, 'failed');
      expect(await third.told()).toEqual([expect.objectContaining({ type: 'failed', why: 'refused' })]);
      await bothSee(call);
      expect(await call.terminal.types()).not.toContain('lost');
    });
  });
}

/** Whoever orders the two pages joins again when a page says that its deployment answers again, or that it is out. */
function rejoinsAsMain(call: Call<CallDeployment>): () => void {
  const sides = [
    ['terminal', call.terminal],
    ['counsellor', call.counsellor],
  ] as const;
  let going = true;
  const watch = async (role: 'terminal' | 'counsellor', side: Side) => {
    let seen = 0;
    while (going) {
      const told = await side.told();
      const news = told.slice(seen).map(({ type }) => type);
      seen = told.length;
      if (news.includes('reachable')) await side.join(await call.deployment.ticket(call.room, role));
      await passes(100);
    }
  };
  for (const [role, side] of sides) watch(role, side).catch(() => undefined);
  return () => {
    going = false;
  };
}
