/** One's own account through the hub's routes: second factor, password, sessions; on both databases. */
import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type OwnAccount, ownAccountAnswer } from '#shared/protocol/own-account.ts';
import { type TestDatabase, testDatabases } from '../testing/test-databases.ts';
import {
  auditTrail,
  createWorld,
  logInTo,
  PASSWORD,
  resetWorld,
  startTestHub,
  type TestHub,
  type World,
} from '../testing/test-hub.ts';
import { createSeal } from '../visits/personal-seal.ts';
import { createSecondFactors, secondFactorSecret } from './second-factors.ts';

const EMAIL = 'julien@office.example';
const LONG = 'a long enough password';
const STEP = 30_000;

describe.each(testDatabases)('one’s own account on $name', ({ open }) => {
  let opened: TestDatabase;
  let world: World;
  let hub: TestHub;
  let now = Math.floor(Date.now() / STEP) * STEP;

  beforeAll(async () => {
    opened = await open();
    world = await createWorld(opened.database);
    hub = await startTestHub(world, { clock: () => now });
  });
  afterAll(async () => {
    await hub?.close();
    await opened?.close();
  });
  beforeEach(async () => {
    await resetWorld(world);
    await opened.database.script('delete from second_factors; delete from sessions');
  });

  const ask = (cookie: string, method: string, path: string, content: unknown = null) =>
    fetch(new URL(path, hub.origin), {
      method,
      headers: { cookie, origin: hub.origin, 'content-type': 'application/json' },
      ...(method === 'GET' ? {} : { body: JSON.stringify(content) }),
    });
  const own = async (cookie: string): Promise<OwnAccount> =>
    ownAccountAnswer.parse(await (await ask(cookie, 'GET', '/api/account')).json());
  const logIn = async (password: string, code?: string) => {
    const answer = await hub.post('/api/log-in', { email: EMAIL, password, ...(code ? { code } : {}) });
    return answer.ok ? 'ok' : z.object({ code: z.string() }).parse(await answer.json()).code;
  };
  /** @returns what an authenticator shows, so many steps from now; and the recovery codes. */
  async function withFactor() {
    const cookie = await logInTo(hub.origin, EMAIL);
    const begun = await ask(cookie, 'POST', '/api/account/second-factor', { password: PASSWORD });
    const { secret } = z.object({ secret: z.string() }).parse(await begun.json());
    const totp = new TOTP({ secret: Secret.fromBase32(secret) });
    const code = (steps = 0) => totp.generate({ timestamp: now + steps * STEP });
    const done = await ask(cookie, 'POST', '/api/account/second-factor/confirm', { code: code() });
    const { codes } = z.object({ codes: z.array(z.string()) }).parse(await done.json());
    now += 2 * STEP;
    return { cookie, secret, code, codes };
  }

  it('asks for the second factor after the password; a code is good once, and one step around', async () => {
    const { code } = await withFactor();
    expect(await logIn('wrong', code())).toBe('wrongCredentials');
    expect(await logIn(PASSWORD)).toBe('secondFactorNeeded');
    expect(await logIn(PASSWORD, code(-2))).toBe('wrongSecondFactor');
    expect(await logIn(PASSWORD, code(2))).toBe('wrongSecondFactor');
    expect(await logIn(PASSWORD, code(-1))).toBe('ok');
    expect(await logIn(PASSWORD, code(-1))).toBe('wrongSecondFactor');
    const twice = await Promise.all([logIn(PASSWORD, code()), logIn(PASSWORD, code())]);
    expect(twice.sort()).toEqual(['ok', 'wrongSecondFactor']);
    expect(await logIn(PASSWORD, code(1))).toBe('ok');
  });

  it('stops whoever has the password and guesses the code', async () => {
    const { code } = await withFactor();
    for (let attempt = 0; attempt < 5; attempt++) {
      // A right password alone clears what was counted of passwords, and nothing of codes.
      expect(await logIn(PASSWORD)).toBe('secondFactorNeeded');
      expect(await logIn(PASSWORD, code(9 + attempt))).toBe('wrongSecondFactor');
    }
    expect(await logIn(PASSWORD)).toBe('secondFactorNeeded');
    expect(await logIn(PASSWORD, code())).toBe('tooManyAttempts');
    now += 16 * 60_000;
    expect(await logIn(PASSWORD, code())).toBe('ok');
  });

  it('takes each recovery code once, and keeps neither them nor the secret readable', async () => {
    const { codes, secret, cookie } = await withFactor();
    expect(codes).toHaveLength(10);
    const rows = await opened.database.rows(
      z.object({ row: z.string() }),
      `select f::text || coalesce(string_agg(r::text, ' '), '') as row from second_factors f
       left join recovery_codes r on r.account_id = f.account_id group by f.*`,
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.row).not.toContain(secret);
    expect(rows[0]?.row).not.toContain(codes[0]?.replaceAll('-', ''));
    expect(await logIn(PASSWORD, codes[0])).toBe('ok');
    expect(await logIn(PASSWORD, codes[0])).toBe('wrongSecondFactor');
    expect(await logIn(PASSWORD, codes[1]?.toLowerCase().replaceAll('-', ' '))).toBe('ok');
    expect((await own(cookie)).secondFactor).toEqual({ recoveryCodesLeft: 8 });
  });

  it('takes recovery codes that were written down under a former secret, once each', async () => {
    const [account] = await opened.database.rows(
      z.object({ id: z.uuid() }),
      'select id from accounts where email = $1',
      [EMAIL],
    );
    if (!account) throw new Error('No such account.');
    const [former, key] = [randomBytes(32), randomBytes(32)];
    const seal = createSeal(randomBytes(32), secondFactorSecret);
    const under = (current: Uint8Array, formerKeys: readonly Uint8Array[]) =>
      createSecondFactors({ database: opened.database, clock: () => now, seal, key: current, formerKeys });
    const before = under(former, []);
    const begun = await before.begin(account.id, EMAIL);
    const totp = new TOTP({ secret: Secret.fromBase32(begun?.secret ?? '') });
    const codes = await before.confirm(account.id, totp.generate({ timestamp: now }));
    const [code = ''] = (codes ?? []).map((each) => each.replaceAll('-', ''));
    expect(await under(key, []).take(account.id, code)).toBeNull();
    expect(await under(key, [former]).take(account.id, code)).toBe('recovery');
    expect(await under(key, [former]).take(account.id, code)).toBeNull();
  });

  it('adds and removes the second factor only with the password; one that was not confirmed asks nothing', async () => {
    const cookie = await logInTo(hub.origin, EMAIL);
    const add = (password: string) => ask(cookie, 'POST', '/api/account/second-factor', { password });
    expect((await add('wrong')).status).toBe(401);
    expect((await add(PASSWORD)).status).toBe(200);
    expect(await logIn(PASSWORD)).toBe('ok');
    const wrong = await ask(cookie, 'POST', '/api/account/second-factor/confirm', { code: '000000' });
    expect(wrong.status).toBe(401);
    await withFactor();
    expect((await add(PASSWORD)).status).toBe(409);
    const remove = (password: string) => ask(cookie, 'DELETE', '/api/account/second-factor', { password });
    expect((await remove('wrong')).status).toBe(401);
    expect((await remove(PASSWORD)).status).toBe(204);
    expect(await logIn(PASSWORD)).toBe('ok');
    expect((await auditTrail(world)).map(({ action }) => action)).toContain('account.secondFactor');
  });

  it('changes the password with the old one, and ends the other sessions; shows and ends sessions', async () => {
    const [here, there] = [await logInTo(hub.origin, EMAIL), await logInTo(hub.origin, EMAIL)];
    const sessions = (await own(here)).sessions;
    expect(sessions.map(({ own: mine }) => mine).sort()).toEqual([false, true]);
    const foreign = await logInTo(hub.origin, 'sophie@impots.example');
    const other = sessions.find(({ own: mine }) => !mine)?.sessionKey ?? '';
    expect((await ask(foreign, 'DELETE', `/api/account/sessions/${other}`)).status).toBe(404);
    expect((await ask(here, 'DELETE', `/api/account/sessions/${other}`)).status).toBe(204);
    expect((await ask(there, 'GET', '/api/me')).status).toBe(401);

    const third = await logInTo(hub.origin, EMAIL);
    const change = (current: string, password: string) =>
      ask(here, 'PUT', '/api/account/password', { current, password });
    expect((await change(PASSWORD, 'elevensigns')).status).toBe(400);
    expect((await change('wrong', LONG)).status).toBe(401);
    expect((await change(PASSWORD, LONG)).status).toBe(204);
    expect((await ask(third, 'GET', '/api/me')).status).toBe(401);
    expect((await ask(here, 'GET', '/api/me')).status).toBe(200);
    expect(await logIn(PASSWORD)).toBe('wrongCredentials');
    expect(await logIn(LONG)).toBe('ok');
    expect((await change(LONG, PASSWORD)).status).toBe(204);
    expect((await ask('', 'GET', '/api/account')).status).toBe(401);
  });
});
