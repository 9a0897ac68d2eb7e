import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type TestDatabase, testDatabases } from '../testing/test-databases.ts';
import {
  auditTrail,
  counsellorView,
  createWorld,
  openVisit,
  reportOf,
  resetWorld,
  startTestHub,
  type TestHub,
  type World,
} from '../testing/test-hub.ts';
import { visitLimits } from './limits.ts';

const MINUTE = 60_000;

describe.each(testDatabases)('the end of visits that nobody ends, on $name', ({ open }) => {
  let opened: TestDatabase;
  let world: World;
  let hub: TestHub;
  let now = Date.now();

  beforeAll(async () => {
    opened = await open();
    world = await createWorld(opened.database);
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    await resetWorld(world);
    world.cookies.clear();
    now = Date.now();
    hub = await startTestHub(world, { clock: () => now });
  });
  afterEach(() => hub.close());

  async function restart(): Promise<void> {
    await hub.close();
    hub = await startTestHub(world, { clock: () => now });
  }

  async function announced() {
    const terminal = await hub.link();
    const clerk = await hub.sit('clerk');
    const announce = {
      type: 'announce',
      terminalId: terminal.terminalId,
      bodyId: world.bodies.office,
      residentName: 'Madame Martin',
      showName: true,
      motive: 'Aide au logement',
      consent: true,
    } as const;
    expect(await clerk.ask(announce)).toMatchObject({ ok: true });
    const { visitId } = await terminal.untilVisit(({ visit }) => visit);
    return { terminal, clerk, visitId, announce };
  }

  const visitsLeft = async () => (await hub.hub.visits.all()).map(({ visitId }) => visitId);
  const past = () =>
    world.database.rows(z.object({ id: z.uuid(), reason: z.string() }), 'select id, reason from past_visits');
  /** The watch as the hub's own alarm runs it each minute. */
  async function watchFor(minutes: number): Promise<void> {
    for (let i = 0; i < minutes; i += 1) {
      now += MINUTE;
      await hub.hub.watch();
    }
  }

  test('a terminal that stays away for a quarter of an hour has no visit any more', async () => {
    const { terminal, clerk, visitId, announce } = await announced();
    await terminal.cut();
    await clerk.until((view) => view.role === 'clerk' && view.terminals[0]?.online === false);
    await watchFor(14);
    expect(await visitsLeft()).toEqual([visitId]);
    await watchFor(2);
    expect(await visitsLeft()).toEqual([]);
    expect(await past()).toEqual([{ id: visitId, reason: 'terminalTimeout' }]);
    expect(await auditTrail(world)).toContainEqual({
      actor: 'hub',
      action: 'endVisit',
      subject: visitId,
      outcome: 'ok',
    });
    await clerk.until((view) => view.role === 'clerk' && view.visits.length === 0);
    // The terminal is free again, also while it is still off: it may be announced again, and waits its own time.
    expect(await clerk.ask(announce)).toMatchObject({ ok: true });
    await watchFor(14);
    expect(await visitsLeft()).toHaveLength(1);
  });

  test('a terminal that comes back in time finds its visit', async () => {
    const { terminal, visitId } = await announced();
    await terminal.cut();
    await watchFor(14);
    const back = await hub.link(terminal);
    await watchFor(60);
    expect(await visitsLeft()).toEqual([visitId]);
    expect(back.visit().visit?.visitId).toBe(visitId);
  });

  test('power cut at five, hub and all: next morning nobody is greeted by yesterday’s name', async () => {
    const { terminal, visitId } = await announced();
    terminal.send({ type: 'report', report: reportOf('waiting', visitId) });
    await expect
      .poll(async () => hub.hub.switchboard.snapshot()?.terminals[0]?.report?.stage)
      .toBe('waiting');
    await hub.close();
    now += 15 * 60 * MINUTE;
    hub = await startTestHub(world, { clock: () => now });
    const back = await hub.link(terminal);
    expect(back.inbox.all.filter(({ type }) => type === 'visit')).toEqual([
      { type: 'visit', visit: null, ended: 'terminalTimeout' },
    ]);
    expect(await visitsLeft()).toEqual([]);
  });

  test('a terminal that is faster than the hub’s own look is not greeted by it either', async () => {
    const { terminal, visitId } = await announced();
    await terminal.cut();
    await expect.poll(() => [...hub.hub.switchboard.ownTerminals()].length).toBe(0);
    now += 16 * MINUTE;
    const back = await hub.link(terminal);
    expect(back.visit().visit).toBe(null);
    expect(await past()).toEqual([{ id: visitId, reason: 'terminalTimeout' }]);
  });

  test('a hub that was killed after an hour of quiet waiting still has the visit', async () => {
    const { terminal, visitId } = await announced();
    await watchFor(60);
    const [{ last } = { last: null }] = await world.database.rows(
      z.object({ last: z.date() }),
      'select last_contact as last from terminals',
    );
    expect(now - (last?.getTime() ?? 0)).toBeLessThanOrEqual(MINUTE);
    // What kill -9 leaves: no word of the terminal's leaving.
    await restart();
    await world.database.run('update terminals set last_contact = $1', [last]);
    await hub.hub.watch();
    expect(await visitsLeft()).toEqual([visitId]);
    const back = await hub.link(terminal);
    expect(back.visit().visit?.visitId).toBe(visitId);
  });

  test('a call that went on while the hub was down for half an hour goes on', async () => {
    const { terminal, visitId } = await openVisit(hub, world);
    await hub.close();
    now += 30 * MINUTE;
    hub = await startTestHub(world, { clock: () => now });
    expect(await visitsLeft()).toEqual([visitId]);
    now += MINUTE;
    const back = await hub.link(terminal);
    await watchFor(60);
    expect(await visitsLeft()).toEqual([visitId]);
    expect(back.visit().visit?.stage).toBe('inCall');
  });

  test('a call whose terminal does not come back with the hub ends', async () => {
    const { visitId } = await openVisit(hub, world);
    await hub.close();
    now += 30 * MINUTE;
    hub = await startTestHub(world, { clock: () => now });
    await watchFor(1);
    expect(await visitsLeft()).toEqual([visitId]);
    await watchFor(2);
    expect(await visitsLeft()).toEqual([]);
  });

  test('a call is not found again the next morning', async () => {
    const { terminal } = await openVisit(hub, world);
    await hub.close();
    now += 9 * 60 * MINUTE;
    hub = await startTestHub(world, { clock: () => now });
    expect((await hub.link(terminal)).visit().visit).toBe(null);
  });

  test('a terminal left on, and nobody picks up: over after four hours', async () => {
    const { terminal, visitId } = await announced();
    await watchFor(visitLimits.queued / MINUTE - 1);
    expect(await visitsLeft()).toEqual([visitId]);
    await watchFor(1);
    expect(await visitsLeft()).toEqual([]);
    expect(await terminal.untilVisit(({ visit, ended }) => visit === null && ended)).toBe('terminalTimeout');
  });

  test('a call may last: only what waits in the queue has a longest time', async () => {
    const { nadia, visitId } = await openVisit(hub, world);
    await watchFor(300);
    expect(counsellorView(nadia.view()).current?.visit.visitId).toBe(visitId);
  });

  test('the hub watches by itself', async () => {
    const { visitId } = await announced();
    await hub.close();
    hub = await startTestHub(world, { clock: () => now, timings: { watch: 20 } });
    expect(await visitsLeft()).toEqual([visitId]);
    now += 16 * MINUTE;
    await expect.poll(visitsLeft).toEqual([]);
  });
});
