/** Whoever decides about an account does so at one hub; its pages are connected to another. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabases } from '../testing/test-databases.ts';
import { createWorld, PASSWORD, startTestHub, type TestHub, type World } from '../testing/test-hub.ts';
import type { TestConsole } from '../testing/test-peers.ts';

const peer = { host: '127.0.0.1', port: 0 };

describe('an account that is changed at one of two hubs', () => {
  let opened: TestDatabase;
  let world: World;
  let here: TestHub;
  let there: TestHub;

  beforeAll(async () => {
    const postgres = testDatabases.find(({ name }) => name === 'PostgreSQL');
    if (!postgres) throw new Error('PostgreSQL is not among the databases of the tests.');
    opened = await postgres.open();
    world = await createWorld(opened.database);
    here = await startTestHub(world, { peer });
    there = await startTestHub(world, { peer });
  });
  afterAll(async () => {
    await here?.close();
    await there?.close();
    await opened?.close();
  });

  const change = async (method: string, path: string, content?: unknown) => {
    const answer = await fetch(new URL(`/api/people/accounts/${path}`, here.origin), {
      method,
      headers: {
        cookie: await here.logIn('administrator'),
        origin: here.origin,
        ...(content === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(content === undefined ? {} : { body: JSON.stringify(content) }),
    });
    expect(answer.status).toBe(204);
  };
  const terminalsOf = (page: TestConsole) => {
    const view = page.view();
    return view.role === 'clerk' ? view.terminals.length : null;
  };

  test('is connected again at the other, as what it is now', async () => {
    await there.link();
    const page = await there.sit('agent');
    const clerk = await there.sit('clerk');
    expect(terminalsOf(page)).toBe(1);
    const [elsewhere, group] = [crypto.randomUUID(), crypto.randomUUID()];
    await world.database.run('insert into territories values ($1, $2)', [group, 'Ailleurs']);
    await world.database.run('insert into mairies values ($1, $2, $3)', [elsewhere, group, 'Loin']);
    const { accountId } = page.view().me;
    await change('PUT', accountId, {
      name: 'Inès Moreau',
      mairieIds: [elsewhere],
      skills: null,
      siret: null,
    });
    expect(await page.closed).toBe(1001);
    expect(terminalsOf(await there.sit('agent'))).toBe(0);
    // Nobody else is disturbed.
    expect(terminalsOf(clerk)).toBe(1);
    expect(await clerk.ask({ type: 'cancelVisit', visitId: crypto.randomUUID() })).toMatchObject({
      code: 'notFound',
    });
  });

  test('is sent away from the other when it is locked, or removed', async () => {
    const page = await there.sit('nadia');
    const { accountId } = page.view().me;
    await change('PUT', `${accountId}/lock`, { locked: true });
    expect(await page.closed).toBe(4401);
    const sophie = await there.sit('sophie');
    await change('DELETE', sophie.view().me.accountId);
    expect(await sophie.closed).toBe(4401);
  });

  test('and whose password changes, keeps the page that changed it and no other', async () => {
    const own = await there.sit('operator');
    const cookie = world.cookies.get('operator') ?? '';
    world.cookies.delete('operator');
    const other = await there.sit('operator');
    const answer = await fetch(new URL('/api/account/password', here.origin), {
      method: 'PUT',
      headers: { cookie, origin: here.origin, 'content-type': 'application/json' },
      body: JSON.stringify({ current: PASSWORD, password: 'a long enough password' }),
    });
    expect(answer.status).toBe(204);
    expect(await other.closed).toBe(4401);
    expect(await own.ask({ type: 'selfTest', terminalId: crypto.randomUUID() })).toMatchObject({
      code: 'notFound',
    });
  });
});
