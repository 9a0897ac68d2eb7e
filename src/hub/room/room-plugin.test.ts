import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createRoom, type Room } from './room-plugin.ts';
import { mintRoomToken, newRoomName, type RoomRole } from './room-ticket.ts';
import { type FromRoom, fromRoom, SIGNAL_MAX_BYTES } from './signal-contract.ts';

const secret = randomBytes(32);
const consoleOrigin = 'https://console.example';
let dist: string;
let app: FastifyInstance;
let room: Room;
let domain: string;
let rooms: Set<string>;
let logged: string;
const sockets: WebSocket[] = [];

const write = (line: string) => {
  logged += line;
};

beforeEach(async () => {
  dist = await mkdtemp(join(tmpdir(), 'room-plugin-'));
  for (const folder of ['room/assets', 'console-room/assets'])
    await mkdir(join(dist, folder), { recursive: true });
  await writeFile(
    join(dist, 'room/index.html'),
    '<title>room</title><script type="module" crossorigin src="./assets/room.js"></script><link rel="stylesheet" crossorigin href="./assets/room.css">',
  );
  await writeFile(join(dist, 'room/assets/room.css'), 'p{}');
  await writeFile(join(dist, 'room/external_api.js'), 'api');
  await writeFile(join(dist, 'room/assets/room.js'), 'const end="</script>"');
  await writeFile(join(dist, 'console-room/index.html'), '<title>view</title>');
  await writeFile(join(dist, 'console-room/assets/view.js'), 'view');
  rooms = new Set();
  logged = '';
  room = createRoom({
    secret,
    domain: () => domain,
    roomOpen: async (name) => rooms.has(name),
    consoleOrigins: () => [consoleOrigin],
    distFolder: dist,
    otherDomains: ['meet.example'],
    iceServers: () => [{ urls: ['stun:stun.example'] }],
  });
  app = fastify({ logger: { level: 'trace', stream: { write } } });
  await app.register(room.plugin);
  await app.listen({ host: '127.0.0.1', port: 0 });
  domain = `127.0.0.1:${(app.server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate();
  await app.close();
  await rm(dist, { recursive: true });
});

describe('signalling', () => {
  it('brings two together and carries what they say, in order', async () => {
    const name = openRoom();
    const terminal = await enter(name, 'terminal');
    expect(await terminal.next()).toEqual({
      type: 'welcome',
      self: { session: terminal.session, name: 'terminal', role: 'terminal' },
      peers: [],
      iceServers: [{ urls: ['stun:stun.example'] }],
    });
    const counsellor = await enter(name, 'counsellor');
    const seen = { session: counsellor.session, name: 'counsellor', role: 'counsellor' };
    expect(await counsellor.next()).toMatchObject({
      type: 'welcome',
      peers: [{ session: terminal.session }],
    });
    expect(await terminal.next()).toEqual({ type: 'peer', peer: seen });
    for (const audio of [true, false, true]) {
      const data = { kind: 'media', audio, video: true };
      counsellor.say({ type: 'signal', to: terminal.session, data });
      expect(await terminal.next()).toEqual({ type: 'signal', from: counsellor.session, data });
    }
    counsellor.say({ type: 'leave' });
    expect(await terminal.next()).toEqual({ type: 'left', session: counsellor.session });
    expect(await counsellor.closed).toBe(1000);
  });

  it('keeps rooms apart', async () => {
    const one = await enter(openRoom(), 'terminal');
    const two = await enter(openRoom(), 'counsellor');
    expect(await one.next()).toMatchObject({ type: 'welcome', peers: [] });
    expect(await two.next()).toMatchObject({ type: 'welcome', peers: [] });
    two.say({ type: 'signal', to: one.session, data: { kind: 'again', call: null } });
    one.say({ type: 'ping' });
    expect(await one.next()).toEqual({ type: 'pong' });
  });

  it('gives the place of a page to the same page loaded again, at once', async () => {
    const name = openRoom();
    const counsellor = await enter(name, 'counsellor');
    const before = await enter(name, 'terminal');
    await counsellor.next();
    await counsellor.next();
    const after = await enter(name, 'terminal');
    expect(await after.next()).toMatchObject({ type: 'welcome', peers: [{ session: counsellor.session }] });
    expect(await counsellor.next()).toMatchObject({ type: 'peer', peer: { session: after.session } });
    await before.next();
    expect(await before.next()).toEqual({ type: 'replaced' });
    // The one replaced has no say any more, not even by going.
    expect(await before.closed).toBe(1000);
    const data = { kind: 'media', audio: true, video: true };
    counsellor.say({ type: 'signal', to: after.session, data });
    expect(await after.next()).toEqual({ type: 'signal', from: counsellor.session, data });
    counsellor.say({ type: 'ping' });
    expect(await counsellor.next()).toEqual({ type: 'pong' });
  });

  it('tells a broken socket from one that hung up', async () => {
    const name = openRoom();
    const counsellor = await enter(name, 'counsellor');
    const terminal = await enter(name, 'terminal');
    await counsellor.next();
    await counsellor.next();
    terminal.socket.terminate();
    expect(await counsellor.next()).toEqual({ type: 'away', session: terminal.session });
    const back = await enter(name, 'terminal', { session: terminal.session });
    expect(await back.next()).toMatchObject({ type: 'welcome', peers: [{ session: counsellor.session }] });
    expect(await counsellor.next()).toMatchObject({ type: 'peer', peer: { session: terminal.session } });
    back.socket.close(1001);
    expect(await counsellor.next()).toEqual({ type: 'left', session: terminal.session });
  });

  it('hangs both up when the visit is over', async () => {
    const name = openRoom();
    const pages = [await enter(name, 'counsellor'), await enter(name, 'terminal')];
    for (const page of pages) await page.next();
    room.closeRoom(name);
    await pages[0]?.next();
    for (const page of pages) expect(await page.next()).toEqual({ type: 'over' });
    for (const page of pages) expect(await page.closed).toBe(1000);
  });

  it('has a chair for one who was invited, who meets both and is heard by the one that is spoken to', async () => {
    const name = openRoom();
    const counsellor = await enter(name, 'counsellor');
    const terminal = await enter(name, 'terminal');
    const invited = await enter(name, 'invited');
    expect(await invited.next()).toMatchObject({
      type: 'welcome',
      self: { role: 'invited' },
      peers: [{ session: counsellor.session }, { session: terminal.session }],
    });
    await counsellor.next();
    await counsellor.next();
    await terminal.next();
    const seen = { session: invited.session, name: 'invited', role: 'invited' };
    for (const page of [counsellor, terminal])
      expect(await page.next()).toEqual({ type: 'peer', peer: seen });
    const data = { kind: 'media', audio: true, video: true };
    invited.say({ type: 'signal', to: terminal.session, data });
    expect(await terminal.next()).toEqual({ type: 'signal', from: invited.session, data });
    terminal.say({ type: 'signal', to: invited.session, data });
    expect(await invited.next()).toEqual({ type: 'signal', from: terminal.session, data });
    counsellor.say({ type: 'ping' });
    expect(await counsellor.next()).toEqual({ type: 'pong' });
    invited.say({ type: 'leave' });
    for (const page of [counsellor, terminal]) {
      expect(await page.next()).toEqual({ type: 'left', session: invited.session });
    }
  });

  it('refuses whoever finds the chair taken', async () => {
    const name = openRoom();
    const first = await enter(name, 'counsellor');
    await enter(name, 'terminal');
    const third = await enter(name, 'counsellor', { participantId: 'someone-else' });
    expect(await third.next()).toEqual({ type: 'refused', reason: 'full' });
    expect(await third.closed).toBe(1008);
    await first.next();
    await first.next();
    first.say({ type: 'ping' });
    expect(await first.next()).toEqual({ type: 'pong' });
  });

  it('refuses a room that is not open', async () => {
    const page = await enter(newRoomName(), 'terminal');
    expect(await page.next()).toEqual({ type: 'refused', reason: 'unknownRoom' });
  });

  it('refuses a ticket of another hub, and one whose time is over', async () => {
    const name = openRoom();
    const foreign = await enter(name, 'terminal', { secret: randomBytes(32) });
    expect(await foreign.next()).toEqual({ type: 'refused', reason: 'forbidden' });
    const late = await enter(name, 'terminal', { lifeSeconds: -11 });
    expect(await late.next()).toEqual({ type: 'refused', reason: 'expired' });
  });

  it.each([
    ['what is not JSON', '{"du-resident'],
    ['what no schema knows', '{"type":"signal","to":"du-resident"}'],
    ['bytes', Buffer.from('du-resident')],
  ])('refuses %s, logs it without its content, and goes on', async (_what, raw) => {
    const page = await enter(openRoom(), 'terminal');
    await page.next();
    page.socket.send(raw);
    expect(await page.next()).toEqual({ type: 'notUnderstood' });
    page.say({ type: 'ping' });
    expect(await page.next()).toEqual({ type: 'pong' });
    expect(logged).toContain('does not match the protocol');
    expect(logged).not.toContain('du-resident');
  });

  it('closes where that goes on and on', async () => {
    const page = await enter(openRoom(), 'terminal');
    await page.next();
    for (let count = 0; count < 21; count += 1) page.say({ type: 'nonsense' });
    for (let count = 0; count < 20; count += 1) expect(await page.next()).toEqual({ type: 'notUnderstood' });
    expect(await page.next()).toEqual({ type: 'refused', reason: 'invalid' });
    expect(await page.closed).toBe(1008);
    expect(logged.match(/does not match the protocol/g)).toHaveLength(20);
  });

  it('refuses a second join', async () => {
    const page = await enter(openRoom(), 'terminal');
    await page.next();
    page.say({ type: 'join', token: 'x', session: randomUUID() });
    expect(await page.next()).toEqual({ type: 'refused', reason: 'invalid' });
    expect(await page.closed).toBe(1008);
  });

  it('wants a ticket first', async () => {
    const page = await connect();
    page.say({ type: 'ping' });
    expect(await page.next()).toEqual({ type: 'refused', reason: 'invalid' });
  });

  it('cuts off a message that is too long', async () => {
    const page = await enter(openRoom(), 'terminal');
    await page.next();
    page.socket.send('x'.repeat(SIGNAL_MAX_BYTES + 1));
    expect(await page.closed).toBe(1009);
  });

  it('cuts off whoever says too much', async () => {
    const page = await enter(openRoom(), 'terminal');
    await page.next();
    for (let count = 0; count < 200; count += 1) page.say({ type: 'ping' });
    expect(await page.closed).toBe(1008);
  });

  it('opens no socket anywhere else', async () => {
    const socket = new WebSocket(`ws://${domain}/xmpp-websocket`, 'xmpp', { origin: `http://${domain}` });
    const status = await new Promise((resolve) => {
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode));
      socket.on('open', () => resolve('open'));
      socket.on('error', resolve);
    });
    expect(status).toBe(404);
  });

  it('lets in no page of another origin', async () => {
    const socket = new WebSocket(`ws://${domain}/room-signal`, { origin: 'https://elsewhere.example' });
    const status = await new Promise((resolve) => {
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode));
      socket.on('error', resolve);
    });
    expect(status).toBe(403);
  });

  it('logs nothing of what it carries', async () => {
    const name = openRoom();
    const page = await enter(name, 'terminal');
    await page.next();
    page.socket.send('{"secret":"du-resident"}');
    await page.next();
    await app.inject(`/${name}`);
    expect(logged).toContain('room-signal');
    for (const word of [name, page.token, 'du-resident']) expect(logged).not.toContain(word);
  });

  it('lets go of its sockets when the hub stops, and takes them back afterwards', async () => {
    const page = await enter(openRoom(), 'terminal');
    await page.next();
    await app.close();
    expect([1000, 1001, 1005, 1006]).toContain(await page.closed);
  });
});

describe('pages', () => {
  it('let the terminal and the console frame the room page, and nobody else', async () => {
    const answer = await app.inject(`/${newRoomName()}`);
    expect(answer.body).toBe(
      '<title>room</title><script type="module">const end="<\\/script>"</script><style>p{}</style>',
    );
    const policy = String(answer.headers['content-security-policy']);
    expect(policy).toContain(`frame-ancestors 'self' app: ${consoleOrigin};`);
    const hash = (text: string) => createHash('sha256').update(text).digest('base64');
    expect(policy).toContain(
      `default-src 'none'; script-src 'sha256-${hash('const end="<\\/script>"')}'; style-src 'sha256-${hash('p{}')}';`,
    );
    expect(policy).toContain(`connect-src ws://${domain} wss://${domain};`);
    expect(answer.headers['permissions-policy']).toContain('camera=(self), microphone=(self)');
    expect(answer.headers['referrer-policy']).toBe('no-referrer');
  });

  it('let only the console frame the room view, which may load one deployment', async () => {
    const own = await app.inject('/view');
    expect(own.body).toBe('<title>view</title>');
    const policy = String(own.headers['content-security-policy']);
    expect(policy).toContain(`frame-ancestors ${consoleOrigin};`);
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-src 'self';");
    expect(own.headers['permissions-policy']).toContain('camera=(self)');

    const other = await app.inject('/view?deployment=https%3A%2F%2Fmeet.example');
    const otherPolicy = String(other.headers['content-security-policy']);
    expect(otherPolicy).toContain('script-src https://meet.example;');
    expect(otherPolicy).toContain('frame-src https://meet.example;');
    expect(other.headers['permissions-policy']).toContain('camera=(self "https://meet.example")');
    expect((await app.inject('/view?deployment=https%3A%2F%2Felsewhere.example')).statusCode).toBe(404);
  });

  it('give the API to any page', async () => {
    const answer = await app.inject('/external_api.js');
    expect(answer.body).toBe('api');
    expect(answer.headers['content-type']).toContain('text/javascript');
    expect(answer.headers['cross-origin-resource-policy']).toBe('cross-origin');
  });

  it('give the scripts of both pages', async () => {
    expect((await app.inject('/assets/room.css')).body).toBe('p{}');
    expect((await app.inject('/assets/view.js')).body).toBe('view');
  });

  it.each(['/', '/short', '/room/index.html', '/assets/../room/index.html', `/${'x'.repeat(40)}.js`])(
    'give nothing at %s',
    async (path) => {
      expect((await app.inject(path)).statusCode).toBe(404);
    },
  );
});

function openRoom(): string {
  const name = newRoomName();
  rooms.add(name);
  return name;
}

async function connect() {
  const socket = new WebSocket(`ws://${domain}/room-signal`, { origin: `http://${domain}` });
  sockets.push(socket);
  const heard: FromRoom[] = [];
  const waiting: ((message: FromRoom) => void)[] = [];
  socket.on('message', (bytes) => {
    const message = fromRoom.parse(JSON.parse(String(bytes)));
    const first = waiting.shift();
    if (first) first(message);
    else heard.push(message);
  });
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject));
  return {
    socket,
    closed,
    say: (message: unknown) => socket.send(JSON.stringify(message)),
    /** The next message, whether it came already or not. */
    next: (): Promise<FromRoom> => {
      const first = heard.shift();
      return first ? Promise.resolve(first) : new Promise((resolve) => waiting.push(resolve));
    },
  };
}

async function enter(
  name: string,
  role: RoomRole,
  other: { session?: string; participantId?: string; secret?: Uint8Array; lifeSeconds?: number } = {},
) {
  const session = other.session ?? randomUUID();
  const jwt = await mintRoomToken({
    secret: other.secret ?? secret,
    domain,
    room: name,
    role,
    name: role,
    lifeSeconds: other.lifeSeconds ?? 60,
    ...(other.participantId === undefined ? {} : { participantId: other.participantId }),
  });
  const page = await connect();
  page.say({ type: 'join', token: jwt, session });
  return { ...page, session, token: jwt ?? '' };
}
