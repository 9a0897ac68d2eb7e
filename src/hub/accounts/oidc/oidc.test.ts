import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { buildApp } from '../../app.ts';
import { comeBack, identify, leaveFor, walk } from '../../testing/provider-walk.ts';
import { type TestDatabase, testDatabases } from '../../testing/test-databases.ts';
import {
  auditTrail,
  cookieOf,
  createWorld,
  resetWorld,
  startTestHub,
  type TestHub,
  type World,
} from '../../testing/test-hub.ts';
import { startTestProvider, type TestProvider } from '../../testing/test-provider.ts';

const SIRET = '13002526500013';
const NADIA = { email: 'nadia@office.example', siret: SIRET };

describe.each(testDatabases)('log-in through a provider on $name', ({ open }) => {
  let opened: TestDatabase;
  let world: World;
  let hub: TestHub;
  let provider: TestProvider;
  let now = Date.now();

  beforeAll(async () => {
    opened = await open();
    world = await createWorld(opened.database);
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    await resetWorld(world);
    await world.database.run('update bodies set siret = null');
    await world.database.run('update bodies set siret = $1 where id = $2', [SIRET, world.bodies.office]);
    await world.database.run('update accounts set siret = null');
    now = Date.now();
    provider = await startTestProvider();
    hub = await startTestHub(world, { clock: () => now, provider: provider.settings });
    await provider.admit(hub.origin);
    provider.people.set('sub-nadia', NADIA);
  });
  afterEach(async () => {
    await hub.close();
    await provider.close();
  });

  const meWith = async (cookie: string) => {
    const response = await fetch(new URL('/api/me', hub.origin), { headers: { cookie } });
    return response.ok ? ((await response.json()) as { name: string }).name : response.status;
  };
  const logIns = async () =>
    (await auditTrail(world))
      .filter(({ action }) => action === 'providerLogIn')
      .map(({ outcome }) => outcome);

  test('the right person comes in, with a session like any other', async () => {
    const back = await walk(hub, 'sub-nadia');
    expect(back.to).toBe('/');
    expect(await meWith(back.session)).toBe('Nadia Belkacem');
    const session = back.lines.find((line) => line.startsWith('session='));
    expect(session).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(await logIns()).toEqual(['ok']);
  });

  test('what is asked of the provider is ProConnect’s profile', async () => {
    const { searchParams } = (await leaveFor(hub)).address;
    expect(Object.fromEntries(searchParams)).toEqual({
      client_id: 'hub',
      response_type: 'code',
      redirect_uri: `${hub.origin}/provider/return`,
      scope: 'openid given_name usual_name email siret',
      acr_values: 'eidas1',
      state: expect.stringMatching(/^.{32,}$/),
      nonce: expect.stringMatching(/^.{32,}$/),
      code_challenge: expect.stringMatching(/^.{43}$/),
      code_challenge_method: 'S256',
    });
    const shared = await leaveFor(hub, true);
    expect(shared.address.searchParams.get('prompt')).toBe('login');
  });

  test('the cookie of the way is Lax, unreadable, and goes when the person is back', async () => {
    const response = await hub.post('/api/provider/log-in', { sharedDesk: false });
    expect(response.headers.get('set-cookie')).toMatch(
      /^log-in=[\w-]+; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    const { address } = (await response.json()) as { address: string };
    const sealed = Buffer.from(cookieOf(response).split('=')[1] ?? '', 'base64url').toString('latin1');
    expect(sealed).not.toContain(new URL(address).searchParams.get('nonce') ?? '');
    const back = await walk(hub, 'sub-nadia');
    expect(back.lines.find((line) => line.startsWith('log-in='))).toMatch(
      /^log-in=; .*Expires=Thu, 01 Jan 1970/,
    );
  });

  test('behind https it is bound to the host', async () => {
    const origins = { hub: 'https://hub.example', room: 'https://room.example' };
    const { app, close } = await buildApp({
      database: world.database,
      secret: world.secret,
      origins: () => origins,
      https: true,
      trustProxy: ['loopback'],
      pagesFolder: '/nonexistent',
      provider: provider.settings,
    });
    const response = await app.inject({
      method: 'POST',
      url: '/api/provider/log-in',
      headers: { origin: origins.hub, 'x-forwarded-proto': 'https' },
      payload: { sharedDesk: false },
    });
    expect(response.headers['set-cookie']).toMatch(
      /^__Host-log-in=[\w-]+; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    await close();
  });

  test('whoever has no account here stays outside', async () => {
    provider.people.set('sub-stranger', { email: 'stranger@office.example', siret: SIRET });
    expect((await walk(hub, 'sub-stranger')).to).toBe('/?refused=noAccount');
    provider.people.set('sub-unproved', { ...NADIA, email_verified: false });
    expect((await walk(hub, 'sub-unproved')).to).toBe('/?refused=noAccount');
    expect(await logIns()).toEqual(['noAccount']);
  });

  test('the e-mail address alone is not enough: the organisation must be the account’s', async () => {
    provider.people.set('sub-elsewhere', { ...NADIA, siret: '21750001600019' });
    const back = await walk(hub, 'sub-elsewhere');
    expect(back.to).toBe('/?refused=wrongOrganisation');
    expect(back.session).toBe('');
    provider.people.set('sub-sophie', { email: 'sophie@impots.example', siret: SIRET });
    expect((await walk(hub, 'sub-sophie')).to).toBe('/?refused=organisationNotLinked');
    expect(await logIns()).toEqual(['wrongOrganisation', 'organisationNotLinked']);
  });

  test('an agent or an administrator comes in by the employer written for them', async () => {
    provider.people.set('sub-yasmine', { email: 'yasmine@france-services.example', siret: '21750001600019' });
    expect((await walk(hub, 'sub-yasmine')).to).toBe('/?refused=organisationNotLinked');
    await world.database.run('update accounts set siret = $1 where email = $2', [
      '21750001600019',
      'yasmine@france-services.example',
    ]);
    expect((await walk(hub, 'sub-yasmine')).to).toBe('/');
  });

  test('after the first log-in the provider’s own id counts, and the e-mail address no more', async () => {
    await walk(hub, 'sub-nadia');
    provider.people.set('sub-nadia', { ...NADIA, email: 'julien@office.example' });
    const renamed = await walk(hub, 'sub-nadia');
    expect(await meWith(renamed.session)).toBe('Nadia Belkacem');
    provider.people.set('sub-successor', NADIA);
    expect((await walk(hub, 'sub-successor')).to).toBe('/?refused=noAccount');
    provider.people.set('sub-nadia', { ...NADIA, siret: '21750001600019' });
    expect((await walk(hub, 'sub-nadia')).to).toBe('/?refused=wrongOrganisation');
  });

  test('two first log-ins at once are one link', async () => {
    const backs = await Promise.all([walk(hub, 'sub-nadia'), walk(hub, 'sub-nadia')]);
    expect(backs.map(({ to }) => to)).toEqual(['/', '/']);
    const rows = await world.database.rows(
      z.object({ subject: z.string() }),
      'select subject from provider_accounts',
    );
    expect(rows).toEqual([{ subject: 'sub-nadia' }]);
  });

  test('a removed account is out', async () => {
    const id = crypto.randomUUID();
    await world.database.run(
      `insert into accounts (id, email, name, role, password_hash, body_id) values ($1, 'gone@office.example', 'G', 'counsellor', '', $2)`,
      [id, world.bodies.office],
    );
    provider.people.set('sub-gone', { email: 'gone@office.example', siret: SIRET });
    expect((await walk(hub, 'sub-gone')).to).toBe('/');
    await world.database.run('delete from accounts where id = $1', [id]);
    expect((await walk(hub, 'sub-gone')).to).toBe('/?refused=noAccount');
  });

  describe('the way back', () => {
    test('giving up is said, and counts against nobody', async () => {
      for (let i = 0; i < 41; i += 1) expect((await walk(hub, null)).to).toBe('/?refused=logInCancelled');
      expect((await walk(hub, 'sub-nadia')).to).toBe('/');
    });

    test('another browser, another state, an old cookie, a changed one: nobody comes in', async () => {
      const left = await leaveFor(hub);
      const url = await identify(hub, left, 'sub-nadia');
      const stale = '/?refused=logInStale';
      expect((await comeBack(url, '')).to).toBe(stale);
      expect((await comeBack(url, (await leaveFor(hub)).cookie)).to).toBe(stale);
      expect((await comeBack(url, `${left.cookie.slice(0, -4)}AAAA`)).to).toBe(stale);
      const other = new URL(url);
      other.searchParams.set('state', 'x'.repeat(43));
      expect((await comeBack(other, left.cookie)).to).toBe(stale);
      now += 10 * 60_000;
      expect((await comeBack(url, left.cookie)).to).toBe(stale);
      // None of them reached the provider.
      expect(provider.asked).not.toContain('/token');
    });

    test('a return is used once, also at another hub and after a restart', async () => {
      const left = await leaveFor(hub);
      const url = await identify(hub, left, 'sub-nadia');
      expect((await comeBack(url, left.cookie)).to).toBe('/');
      await hub.close();
      hub = await startTestHub(world, { clock: () => now, provider: provider.settings });
      const again = new URL(url.pathname + url.search, hub.origin);
      expect((await comeBack(again, left.cookie)).to).toBe('/?refused=logInStale');
      // Refused here, before the provider is asked to.
      expect(provider.asked.filter((path) => path === '/token')).toHaveLength(1);
      now += 10 * 60_000 + 1;
      await hub.hub.watch();
      expect(await world.database.rows(z.unknown(), 'select * from spent_log_ins')).toEqual([]);
    });

    test('one network that tries again and again is stopped', async () => {
      for (let i = 0; i < 40; i += 1) {
        await comeBack(new URL(`/provider/return?code=x&state=${'y'.repeat(43)}`, hub.origin), '');
      }
      expect((await walk(hub, 'sub-nadia')).to).toBe('/?refused=tooManyAttempts');
      now += 15 * 60_000 + 1;
      expect((await walk(hub, null)).to).toBe('/?refused=logInCancelled');
    });

    test('only the console’s own page may begin', async () => {
      const response = await hub.post(
        '/api/provider/log-in',
        { sharedDesk: false },
        { origin: 'https://evil.example' },
      );
      expect(response.status).toBe(403);
      expect((await hub.post('/api/provider/log-in', { sharedDesk: 'yes' })).status).toBe(400);
    });
  });

  test('log-out leads through the provider’s, with what it needs to know whose', async () => {
    const { session } = await walk(hub, 'sub-nadia');
    const response = await hub.post('/api/provider/log-out', {}, { cookie: session });
    const { address } = (await response.json()) as { address: string };
    const { pathname, searchParams } = new URL(address);
    expect(pathname).toBe('/session/end');
    expect(searchParams.get('post_logout_redirect_uri')).toBe(`${hub.origin}/provider/left`);
    expect(searchParams.get('id_token_hint')?.split('.')).toHaveLength(3);
    const state = searchParams.get('state') ?? '';
    expect(state).toMatch(/^.{32,}$/);

    const left = new URL(`/provider/left?state=${state}`, hub.origin);
    expect((await comeBack(left, cookieOf(response))).to).toBe('/?left=1');
    expect((await comeBack(left, '')).to).toBe('/');
    const rows = await world.database.rows(z.unknown(), 'select data from sessions');
    expect(JSON.stringify(rows)).not.toContain(searchParams.get('id_token_hint') ?? '');
  });

  test('who came in with a password leaves without the provider', async () => {
    const cookie = await hub.logIn('nadia');
    const response = await hub.post('/api/provider/log-out', {}, { cookie });
    expect(await response.json()).toEqual({ address: null });
  });

  test('without a provider nothing of it is there', async () => {
    await hub.close();
    hub = await startTestHub(world, { clock: () => now });
    const offer = await fetch(new URL('/api/provider', hub.origin));
    expect(await offer.json()).toEqual({ offered: false, ask: false });
    expect((await hub.post('/api/provider/log-in', { sharedDesk: false })).status).toBe(404);
    expect((await fetch(new URL('/provider/return', hub.origin))).status).toBe(404);
  });
});
