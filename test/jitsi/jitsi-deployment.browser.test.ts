/** The Jitsi deployment itself, through Jitsi's own external_api.js and nothing of ours: that it does as Jitsi does. */
import type { Browser, BrowserContext } from '@playwright/test';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser, newContext, sees } from '../room/eyes.ts';
import { type EmbeddingPage, embedJitsi } from './embedding-page.ts';
import { type JitsiCallDeployment, startJitsiCallDeployment } from './jitsi-call-deployment.ts';
import type { JitsiDeploymentOptions } from './start-jitsi-deployment.ts';

describe.each<[string, Partial<JitsiDeploymentOptions> & { tickets: boolean }]>([
  ['with tickets', { tickets: true, reloadAfter: { least: 0.5, more: 0 } }],
  ['without tickets, over BOSH', { tickets: false, signalling: 'bosh' }],
])('a Jitsi deployment %s', (_kind, options) => {
  let deployment: JitsiCallDeployment;
  let browser: Browser;
  let context: BrowserContext;
  let room: string;
  beforeAll(async () => {
    deployment = await startJitsiCallDeployment(options);
    browser = await launchBrowser(deployment.browserArguments);
  });
  afterAll(async () => {
    await browser?.close();
    await deployment?.close();
  });
  beforeEach(async () => {
    context = await newContext(browser);
    room = deployment.newRoom();
  });
  afterEach(async () => {
    await context.close();
  });

  async function embed(role: 'terminal' | 'counsellor', config = {}): Promise<EmbeddingPage> {
    const { jwt } = await deployment.ticket(room, role);
    const blank = `${deployment.consoleOrigin}/blank`;
    return embedJitsi(context, { origin: deployment.origin, blank, room, jwt, name: role, config });
  }
  /** The counsellor first: without tickets the first to come is moderator. */
  async function meet(): Promise<{ counsellor: EmbeddingPage; terminal: EmbeddingPage }> {
    const counsellor = await embed('counsellor');
    await counsellor.event('videoConferenceJoined');
    const terminal = await embed('terminal');
    await sees(counsellor.page, room);
    await sees(terminal.page, room);
    return { counsellor, terminal };
  }

  it('carries a call from one browser to the other, and says so', async () => {
    const { counsellor, terminal } = await meet();
    expect(await terminal.event('participantJoined')).toMatchObject({ displayName: 'counsellor' });
    expect(await counsellor.event('participantJoined')).toMatchObject({ displayName: 'terminal' });
    expect(await terminal.event('p2pStatusChanged')).toEqual({ isP2p: true });
    expect(await terminal.ask('isP2pActive')).toBe(true);
    expect(await terminal.ask('getConnectionStats')).toMatchObject({ iceConnected: true });
    expect(await terminal.ask('getCurrentDevices')).toMatchObject({ videoInput: { kind: 'videoinput' } });
    const { dataURL } = (await terminal.ask('captureLargeVideoScreenshot')) as { dataURL: string };
    expect(dataURL).toMatch(/^data:image\/png;base64,.{1000}/);
    // An unknown question is answered as Jitsi does.
    expect(await terminal.ask('getLivestreamUrl')).toEqual({ error: {} });
  });

  it('makes the counsellor moderator: mutes and puts out, and a participant does neither', async () => {
    const { counsellor, terminal } = await meet();
    const [other, self] = [
      await counsellor.event('participantJoined'),
      await terminal.event('participantJoined'),
    ];
    await terminal.command('muteRemoteParticipant', self.id, 'audio');
    await counsellor.command('muteRemoteParticipant', other.id, 'audio');
    // [0] is what every call begins with.
    expect(await terminal.event('audioMuteStatusChanged', { count: 2 })).toEqual({ muted: true });
    expect(await terminal.ask('isAudioMuted')).toBe(true);
    expect(await counsellor.ask('isAudioMuted')).toBe(false);

    await terminal.command('kickParticipant', self.id);
    await counsellor.command('kickParticipant', other.id);
    expect(await terminal.event('participantKickedOut')).toMatchObject({ kicked: { local: true } });
    await terminal.event('readyToClose');
    expect(await counsellor.event('participantLeft')).toMatchObject({ id: other.id });
    const names = (await counsellor.events()).map(({ name }) => name);
    expect(names).not.toContain('participantKickedOut');
  });

  it('stops before joining where it is told to, and uses a camera only if it does not start muted', async () => {
    const muted = { startWithAudioMuted: true, startWithVideoMuted: true };
    const waiting = await embed('terminal', { prejoinConfig: { enabled: true }, ...muted });
    await waiting.event('prejoinScreenLoaded');
    const frame = waiting.page.frames().at(-1);
    expect(await frame?.evaluate(() => window.eyes.asked)).toBe(0);
    const counsellor = await embed('counsellor');
    await counsellor.event('videoConferenceJoined');
    expect(await waiting.ask('isP2pActive')).toBeNull();
    expect((await counsellor.events()).map(({ name }) => name)).not.toContain('participantJoined');
  });

  it('locks its room with a password, and opens it to whoever has that', async () => {
    const counsellor = await embed('counsellor');
    await counsellor.event('participantRoleChanged', { count: 2 });
    await counsellor.command('password', 'sésame');
    // Nobody is told when it is locked: until then the next one would not be asked.
    let terminal = await embed('terminal');
    for (;;) {
      const first = await Promise.any([
        terminal.event('passwordRequired'),
        terminal.event('videoConferenceJoined'),
      ]);
      if (!('roomName' in first)) break;
      await terminal.page.close();
      terminal = await embed('terminal');
    }
    expect(await terminal.event('errorOccurred')).toMatchObject({
      error: { name: 'conference.passwordRequired', type: 'CONFERENCE', isFatal: false },
    });
    await terminal.command('password', 'sésame');
    await terminal.event('videoConferenceJoined');
    await sees(counsellor.page, room);
  });

  if (!options.tickets) return;

  it.each([
    ['with a foreign key', 'connection.passwordRequired', { secret: Buffer.alloc(32) }],
    ['that is over', 'connection.passwordRequired', { lifeSeconds: -60 }],
    ['of another room', 'conference.connectionError.notAllowed', {}],
  ])('refuses a ticket %s as Jitsi does', async (what, name, changes) => {
    const target = what === 'of another room' ? deployment.newRoom() : room;
    const { jwt } = await deployment.ticket(target, 'terminal', changes);
    const blank = `${deployment.consoleOrigin}/blank`;
    const refused = await embedJitsi(context, { origin: deployment.origin, blank, room, jwt, name: 'x' });
    expect(await refused.event('errorOccurred')).toMatchObject({ error: { name, isFatal: false } });
    expect((await refused.events()).map((event) => event.name)).not.toContain('videoConferenceJoined');
  });

  it('loads its page again after an outage, and comes back with new ids', { timeout: 120_000 }, async () => {
    const { counsellor, terminal } = await meet();
    const before = await terminal.event('videoConferenceJoined');
    await deployment.stopSignalling();
    await deployment.startSignalling();
    const long = { timeoutMs: 90_000 };
    expect(await terminal.event('errorOccurred', long)).toMatchObject({
      error: { type: 'CONNECTION', isFatal: true },
    });
    await terminal.event('videoConferenceLeft', long);
    const after = await terminal.event('videoConferenceJoined', { ...long, count: 2 });
    expect(after.id).not.toBe(before.id);
    await counsellor.event('videoConferenceJoined', { ...long, count: 2 });
    await sees(terminal.page, room, 30_000);
    await sees(counsellor.page, room, 30_000);
  });
});
