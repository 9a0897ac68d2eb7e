/** A room that does not work: both sides are told of the next one, and only of that. */
import { decodeJwt } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabases } from '../testing/test-databases.ts';
import {
  counsellorView,
  createWorld,
  openVisit,
  reportOf,
  resetWorld,
  startTestHub,
  type TestHub,
  type World,
} from '../testing/test-hub.ts';

const jitsi = {
  domains: ['a.example', 'b.example'],
  bodies: {},
  builtIn: true,
  tokens: { 'a.example': { appId: 'app', secret: 's'.repeat(40), audience: 'them' } },
};

describe.each(testDatabases)('a room in trouble on $name', ({ open }) => {
  let opened: TestDatabase;
  let world: World;
  let hub: TestHub;

  beforeAll(async () => {
    opened = await open();
    world = await createWorld(opened.database);
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    await resetWorld(world);
    hub = await startTestHub(world, { jitsi });
  });
  afterEach(() => hub.close());

  const roomOf = async ({ terminal, nadia }: Awaited<ReturnType<typeof openVisit>>) => {
    const mine = await nadia.until((view) => counsellorView(view).current?.room);
    const theirs = await terminal.untilVisit(({ visit }) => visit?.room?.room === mine.room && visit.room);
    expect(theirs.origin).toBe(mine.origin);
    return { mine, theirs };
  };

  test('the first deployment is used, with tokens as it wants them: the counsellor moderates', async () => {
    const { mine, theirs } = await roomOf(await openVisit(hub, world));
    expect(mine).toMatchObject({ origin: 'https://a.example', password: null });
    const claims = [mine, theirs].map(({ jwt }) =>
      decodeJwt<{ room: string; context: { user: { moderator: boolean } } }>(jwt ?? ''),
    );
    expect(claims).toMatchObject([
      { iss: 'app', aud: 'them', sub: 'a.example', room: mine.room, context: { user: { moderator: true } } },
      { iss: 'app', aud: 'them', sub: 'a.example', room: mine.room, context: { user: { moderator: false } } },
    ]);
  });

  test('one that cannot be joined is left for the next, by both, in a new room', async () => {
    const visit = await openVisit(hub, world);
    const { mine: first } = await roomOf(visit);
    const { visitId, nadia, terminal } = visit;
    await nadia.ask({
      type: 'roomTrouble',
      visitId,
      origin: first.origin,
      room: first.room,
      what: 'unreachable',
    });
    const second = await terminal.untilVisit(
      ({ visit: seen }) => seen?.room?.origin === 'https://b.example' && seen.room,
    );
    expect(second.room).not.toBe(first.room);
    expect(second.jwt).toBeNull();
    // Nobody else who might learn the name gets in.
    expect(second.password).toMatch(/^[0-9a-f]{32}$/);
    const mine = await nadia.until((view) => counsellorView(view).current?.room);
    expect(mine).toMatchObject({ origin: second.origin, room: second.room, password: second.password });

    // The terminal says the same of the room that is past.
    terminal.send({
      type: 'room.trouble',
      visitId,
      origin: first.origin,
      room: first.room,
      what: 'neverJoined',
    });
    terminal.send({
      type: 'room.trouble',
      visitId,
      origin: second.origin,
      room: second.room,
      what: 'refused',
    });
    const third = await terminal.untilVisit(
      ({ visit: seen }) => seen?.room?.origin === hub.roomOrigin && seen.room,
    );
    expect(third.jwt).not.toBeNull();

    const operator = await hub.sit('operator');
    const view = operator.view();
    expect(view.role === 'operator' && view.deployments).toMatchObject([
      { origin: 'https://a.example', trouble: { what: 'unreachable' } },
      { origin: 'https://b.example', trouble: { what: 'refused' } },
      { builtIn: true, trouble: null },
    ]);
    await terminal.cut();
  });

  test('one that misbehaves is left even where it has been given another room meanwhile', async () => {
    const visit = await openVisit(hub, world);
    const { mine: first } = await roomOf(visit);
    const { visitId, terminal } = visit;
    const trouble = { type: 'room.trouble', visitId, origin: first.origin, room: first.room } as const;
    terminal.send({ ...trouble, what: 'lost' });
    const second = await terminal.untilVisit(
      ({ visit: seen }) => seen?.room && seen.room.room !== first.room && seen.room,
    );
    expect(second.origin).toBe(first.origin);
    terminal.send({ ...trouble, what: 'misbehaved' });
    await terminal.untilVisit(({ visit: seen }) => seen?.room?.origin === 'https://b.example');
  });

  test('a lost call gets a new room of the same deployment', async () => {
    const visit = await openVisit(hub, world);
    const { mine: first } = await roomOf(visit);
    const { visitId, terminal } = visit;
    terminal.send({ type: 'room.trouble', visitId, origin: first.origin, room: first.room, what: 'lost' });
    const second = await terminal.untilVisit(
      ({ visit: seen }) => seen?.room && seen.room.room !== first.room && seen.room,
    );
    expect(second.origin).toBe(first.origin);
    const operator = await hub.sit('operator');
    const view = operator.view();
    expect(view.role === 'operator' && view.deployments[0]?.trouble).toBeNull();
  });

  test('before the call it is moved as well, and a live call clears the name of a deployment', async () => {
    const visit = await openVisit(hub, world);
    const { mine } = await roomOf(visit);
    const { visitId, terminal, nadia, clerk } = visit;
    terminal.send({ type: 'room.trouble', visitId, origin: mine.origin, room: mine.room, what: 'refused' });
    await terminal.untilVisit(({ visit: seen }) => seen?.deployment === 'https://b.example');
    await nadia.ask({ type: 'endVisit', visitId });
    await terminal.untilVisit(({ visit: seen }) => seen === null);
    await clerk.ask({
      ...{ type: 'announce', terminalId: terminal.terminalId, bodyId: world.bodies.office },
      ...{ residentName: 'Monsieur Roux', showName: true, motive: 'Aide', consent: true },
    } as const);
    // What failed at this terminal a moment ago is not the first choice there.
    const next = await terminal.untilVisit(
      ({ visit: seen }) => seen?.stage === 'queued' && seen.visitId !== visitId && seen,
    );
    expect(next).toMatchObject({ deployment: 'https://b.example', room: null });
    terminal.send({
      type: 'room.trouble',
      visitId: next.visitId,
      origin: next.deployment,
      room: null,
      what: 'unreachable',
    });
    await terminal.untilVisit(
      ({ visit: seen }) => seen?.visitId === next.visitId && seen.deployment === hub.roomOrigin,
    );

    const deploymentsOf = () => {
      const [first, second] = hub.hub.deployments.views();
      return [first?.trouble, second?.trouble];
    };
    expect(deploymentsOf()).toMatchObject([{ what: 'refused' }, { what: 'unreachable' }]);
    hub.hub.deployments.works('https://b.example');
    expect(deploymentsOf()).toMatchObject([{ what: 'refused' }, null]);
  });

  test('nobody moves the room of another’s visit', async () => {
    const visit = await openVisit(hub, world);
    const { mine } = await roomOf(visit);
    const other = await hub.link();
    const trouble = { origin: mine.origin, room: mine.room, what: 'unreachable' } as const;
    other.send({ type: 'room.trouble', visitId: visit.visitId, ...trouble });
    const julien = await hub.sit('julien');
    expect(await julien.ask({ type: 'roomTrouble', visitId: visit.visitId, ...trouble })).toMatchObject({
      ok: false,
      code: 'forbidden',
    });
    // Had either been heard, the room would be another by the time this is answered.
    visit.terminal.send({ type: 'report', report: reportOf('inCall', visit.visitId) });
    await visit.nadia.ask({ type: 'residentPresence', visitId: visit.visitId, present: true });
    expect((await visit.nadia.until((view) => counsellorView(view).current?.room)).room).toBe(mine.room);
  });

  test('what is kept from the other side is told to the terminal, and a clerk may only ask for privacy', async () => {
    const { terminal, nadia, clerk, visitId } = await openVisit(hub, world);
    await nadia.ask({ type: 'quiet', visitId, change: { counsellorSound: true } });
    await nadia.ask({ type: 'quiet', visitId, change: { residentPicture: true } });
    await terminal.untilVisit(
      ({ visit }) =>
        visit?.quiet.counsellorSound && visit.quiet.residentPicture && !visit.quiet.residentSound,
    );
    expect(await clerk.ask({ type: 'quiet', visitId, change: { residentSound: true } })).toMatchObject({
      code: 'forbidden',
    });
    await clerk.ask({ type: 'quiet', visitId, change: { private: true } });
    await terminal.untilVisit(({ visit }) => visit?.quiet.privateBy === 'clerk');
    await nadia.ask({ type: 'quiet', visitId, change: { private: false } });
    await terminal.untilVisit(({ visit }) => visit?.quiet.privateBy === null && visit.quiet.residentPicture);
  });
});
