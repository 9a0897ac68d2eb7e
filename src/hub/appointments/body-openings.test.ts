/** Whoever is told that nobody is there is told when somebody will be, on both databases. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ConsoleView } from '#shared/protocol/views.ts';
import { type TestDatabase, testDatabases } from '../testing/test-databases.ts';
import { createWorld, resetWorld, startTestHub, type TestHub, type World } from '../testing/test-hub.ts';

const HOUR = 3_600_000;
/** A Monday in winter, 08:00 in Paris. */
const NOW = Date.UTC(2026, 1, 2, 7);
const NINE = { at: NOW + HOUR, timeZone: 'Europe/Paris' };

describe.each(testDatabases)('when bodies open, on $name', ({ open }) => {
  let opened: TestDatabase;
  let world: World;
  let hub: TestHub;
  let now = NOW;

  beforeAll(async () => {
    opened = await open();
    world = await createWorld(opened.database);
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    await resetWorld(world);
    await world.database.run(`update sessions set expires_at = '2100-01-01'`);
    await world.database.run(`update mairies set time_zone = 'Europe/Paris'`);
    now = NOW;
    hub = await startTestHub(world, { clock: () => now });
    await hoursAre([1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '09:00', to: '12:00' })));
  });
  afterEach(() => hub.close());

  async function hoursAre(hours: unknown): Promise<void> {
    const answer = await fetch(new URL('/api/calendars/body', hub.origin), {
      method: 'PUT',
      headers: {
        ...{ origin: hub.origin, cookie: await hub.logIn('nadia') },
        'content-type': 'application/json',
      },
      body: JSON.stringify({ hours, closures: [], minutes: 30 }),
    });
    expect(answer.status).toBe(204);
  }

  const bodyIn = (view: ConsoleView) => {
    const bodies = view.role === 'clerk' ? view.bodies : view.role === 'counsellor' ? view.otherBodies : [];
    return bodies.find(({ bodyId }) => bodyId === world.bodies.office) ?? null;
  };

  test('clerk, other counsellors and the terminal read the hour, until somebody sits down', async () => {
    const clerk = await hub.sit('clerk');
    const sophie = await hub.sit('sophie');
    expect(bodyIn(clerk.view())).toMatchObject({ counsellorsOnline: 0, opensAt: NINE });
    expect(bodyIn(sophie.view())).toMatchObject({ opensAt: NINE });

    const terminal = await hub.link();
    const announced = await clerk.ask({
      ...{ type: 'announce', terminalId: terminal.terminalId, bodyId: world.bodies.office },
      ...{ residentName: 'Madame Martin', showName: false, motive: 'Aide', consent: true },
    });
    expect(announced).toMatchObject({ ok: true });
    const visit = await terminal.untilVisit((message) => message.visit);
    expect(visit).toMatchObject({ stage: 'queued', opensAt: NINE, wait: null });
    await clerk.until((view) => view.role === 'clerk' && view.visits[0]?.opensAt?.at === NINE.at);

    // Its hours lock nobody out: whoever is there early is there.
    const nadia = await hub.sit('nadia');
    await terminal.untilVisit(({ visit: told }) => told?.opensAt === null);
    await clerk.until((view) => bodyIn(view)?.counsellorsOnline === 1 && bodyIn(view)?.opensAt === null);
    expect(await nadia.ask({ type: 'pickUp', visitId: visit.visitId })).toMatchObject({ ok: true });
  });

  test('open, or without hours, nothing is foretold', async () => {
    now = NOW + HOUR;
    const clerk = await hub.sit('clerk');
    expect(bodyIn(clerk.view())).toMatchObject({ opensAt: null });
    now = NOW;
    await hub.hub.switchboard.refresh();
    await clerk.until((view) => bodyIn(view)?.opensAt?.at === NINE.at);
    await hoursAre([]);
    await clerk.until((view) => bodyIn(view)?.opensAt === null);
  });

  test('hours are those of the mairie’s clock', async () => {
    // 11:00 there: the hours of the same morning have begun.
    await world.database.run(`update mairies set time_zone = 'Indian/Reunion'`);
    await hub.hub.switchboard.refresh();
    expect(bodyIn((await hub.sit('clerk')).view())).toMatchObject({ opensAt: null });
    // 03:00 there.
    await world.database.run(`update mairies set time_zone = 'America/Martinique'`);
    await hub.hub.switchboard.refresh();
    expect(bodyIn((await hub.sit('clerk')).view())).toMatchObject({
      opensAt: { at: NOW + 6 * HOUR, timeZone: 'America/Martinique' },
    });
  });
});
