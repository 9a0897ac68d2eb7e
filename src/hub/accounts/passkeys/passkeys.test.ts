/** Passkeys through the hub's routes, with an authenticator that can lie; on both databases, and between two hubs. */
import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  beginPasskeyAnswer,
  beginPasskeyLogInAnswer,
  type PasskeySigned,
  passkeysAnswer,
} from '#shared/protocol/passkeys.ts';
import { meOf } from '../../consoles/view.ts';
import { createTestAuthenticator, type TestAuthenticator } from '../../testing/test-authenticator.ts';
import { type TestDatabase, testDatabases } from '../../testing/test-databases.ts';
import {
  auditTrail,
  cookieOf,
  createWorld,
  logInTo,
  PASSWORD,
  type Person,
  resetWorld,
  startTestHub,
  type TestHub,
  type World,
} from '../../testing/test-hub.ts';
import { findAccountByEmail } from '../store.ts';
import { CHALLENGE_LIFE } from './challenges.ts';

const EMAIL = 'julien@office.example';
const EVERYONE: readonly Person[] = [
  ...(['clerk', 'agent', 'nadia', 'correspondent'] as const),
  ...(['operator', 'administrator'] as const),
];

describe.each(testDatabases)('passkeys on $name', ({ open }) => {
  let opened: TestDatabase;
  let world: World;
  let hub: TestHub;
  let now = Date.now();

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
    now = Date.now();
    await resetWorld(world);
    await opened.database.script(`delete from second_factors; update accounts set standing = 'active'`);
  });

  const ask = (cookie: string, method: string, path: string, content?: unknown, at = hub) =>
    fetch(new URL(path, at.origin), {
      method,
      headers: {
        ...{ cookie, origin: hub.origin },
        ...(content === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(content === undefined ? {} : { body: JSON.stringify(content) }),
    });
  const codeOf = async (answer: Response) =>
    answer.ok ? 'ok' : z.object({ code: z.string() }).parse(await answer.json()).code;
  const own = async (cookie: string) =>
    passkeysAnswer.parse(await (await ask(cookie, 'GET', '/api/account/passkeys')).json()).passkeys;

  async function begin(cookie: string) {
    const answer = await ask(cookie, 'POST', '/api/account/passkeys/begin', { password: PASSWORD });
    const asked = beginPasskeyAnswer.parse(await answer.json());
    return { ...asked, handle: asked.user.id, origin: hub.origin };
  }
  const keep = (cookie: string, made: unknown, label = 'Téléphone') =>
    ask(cookie, 'POST', '/api/account/passkeys', { label, made });
  async function withPasskey(email = EMAIL, said: { counter?: number } = {}) {
    const cookie = await logInTo(hub.origin, email);
    const key = createTestAuthenticator();
    expect(await codeOf(await keep(cookie, key.make({ ...(await begin(cookie)), ...said })))).toBe('ok');
    return { cookie, key };
  }
  /** What the hub asks of a browser that is nobody's yet, and the cookie it gives. */
  async function askedOf(at = hub) {
    const answer = await ask('', 'POST', '/api/passkey/begin', {}, at);
    const { challenge } = beginPasskeyLogInAnswer.parse(await answer.json());
    return { challenge, cookie: cookieOf(answer), origin: hub.origin };
  }
  const answerWith = (cookie: string, signed: PasskeySigned, at = hub) =>
    ask(cookie, 'POST', '/api/passkey/log-in', signed, at);
  async function logIn(key: TestAuthenticator, said: Partial<Parameters<typeof key.sign>[0]> = {}) {
    const asked = await askedOf();
    return codeOf(await answerWith(asked.cookie, key.sign({ ...asked, ...said })));
  }
  /** Five wrong ones stop the sixth; each test of lies has its own hour. */
  const later = () => {
    now += 3_700_000;
  };

  it('adds a passkey with the password, and logs in with it alone, whatever second factor there is', async () => {
    const { cookie, key } = await withPasskey();
    expect(await own(cookie)).toMatchObject([{ label: 'Téléphone', addedAt: now, lastUsedAt: null }]);
    await opened.database.run(
      `insert into second_factors (account_id, sealed, confirmed) select id, 'x', true from accounts where email = $1`,
      [EMAIL],
    );
    const asked = await askedOf();
    const answer = await answerWith(asked.cookie, key.sign(asked));
    const julien = await findAccountByEmail(opened.database, EMAIL);
    if (!julien) throw new Error('Nobody.');
    expect(await answer.json()).toEqual(meOf(julien.account));
    const session = answer.headers.getSetCookie().find((each) => each.startsWith('session=')) ?? '';
    expect(session).toMatch(/; HttpOnly; SameSite=Strict$/);
    const [mine = ''] = session.split(';');
    expect((await ask(mine, 'GET', '/api/me')).status).toBe(200);
    expect(await own(mine)).toMatchObject([{ lastUsedAt: now }]);
    expect((await auditTrail(world)).map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      'logIn ok',
      'account.passkeyAdd ok',
      'passkeyLogIn ok',
    ]);
    expect((await ask(mine, 'POST', '/api/log-out', {})).status).toBe(204);
    expect((await ask(mine, 'GET', '/api/me')).status).toBe(401);
  });

  it('asks authenticators for what is needed, and names no person to them but to their own', async () => {
    const { cookie, key } = await withPasskey();
    const second = await begin(cookie);
    expect(second).toMatchObject({
      rp: { id: '127.0.0.1', name: 'Vis-à-vis' },
      user: { name: EMAIL, displayName: 'Julien Petit' },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      excludeCredentials: [{ id: key.credentialId, transports: ['internal'] }],
    });
    const begun = await ask('', 'POST', '/api/passkey/begin', {});
    expect(begun.headers.get('set-cookie')).toMatch(/^passkey=[\w-]{43}; .*HttpOnly; SameSite=Strict$/);
    expect(
      Object.keys(
        z
          .object({})
          .loose()
          .parse(await begun.json()),
      ).sort(),
    ).toEqual(['challenge', 'rpId', 'timeout', 'userVerification'].sort());
    const kept = JSON.stringify(
      await opened.database.rows(z.unknown(), 'select * from passkey_challenges, passkeys'),
    );
    expect(kept).not.toContain(cookieOf(begun).split('=')[1]);
  });

  it('takes no answer for another origin, name, challenge, purpose, key or person', async () => {
    const { key } = await withPasskey();
    const { privateKey: signWith } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const lies = {
      'another origin': { origin: 'https://hub.example.fr', rpId: '127.0.0.1' },
      'another name': { rpId: 'hub.example.fr' },
      'another challenge': { challenge: 'bm90IHRoaXMgb25l' },
      'made, not signed': { type: 'webauthn.create' },
      'nobody knows who was there': { verified: false },
      'another key': { signWith },
      'another person': { handle: 'AAAAAAAAAAAAAAAAAAAAAA' },
    };
    for (const [name, lie] of Object.entries(lies)) {
      expect([name, await logIn(key, lie)]).toEqual([name, 'passkeyUnverified']);
      later();
    }
    expect(await logIn(key)).toBe('ok');
  });

  it('adds nothing that was made for another origin, challenge, session or without knowing who was there', async () => {
    const cookie = await logInTo(hub.origin, EMAIL);
    const key = createTestAuthenticator();
    const lies = {
      'another origin': { origin: 'https://hub.example.fr', rpId: '127.0.0.1' },
      'another name': { rpId: 'hub.example.fr' },
      'another challenge': { challenge: 'bm90IHRoaXMgb25l' },
      'signed, not made': { type: 'webauthn.get' },
      'nobody knows who was there': { verified: false },
    };
    for (const [name, lie] of Object.entries(lies)) {
      const made = key.make({ ...(await begin(cookie)), ...lie });
      expect([name, await codeOf(await keep(cookie, made))]).toEqual([name, 'passkeyUnverified']);
    }
    const made = key.make(await begin(cookie));
    const sameOwner = await logInTo(hub.origin, EMAIL);
    expect(await codeOf(await keep(sameOwner, made))).toBe('passkeyStale');
    expect(await codeOf(await keep(await logInTo(hub.origin, 'nadia@office.example'), made))).toBe(
      'passkeyStale',
    );
    expect(await codeOf(await keep(cookie, made))).toBe('ok');
    expect(await codeOf(await keep(cookie, made))).toBe('passkeyStale');
    expect(await codeOf(await keep(cookie, key.make(await begin(cookie))))).toBe('passkeyThere');
    const late = createTestAuthenticator().make(await begin(cookie));
    now += CHALLENGE_LIFE;
    expect(await codeOf(await keep(cookie, late))).toBe('passkeyStale');
    expect(await own(cookie)).toHaveLength(1);
    const wrong = await ask(cookie, 'POST', '/api/account/passkeys/begin', { password: 'wrong' });
    expect(await codeOf(wrong)).toBe('wrongCredentials');
  });

  it('takes an answer once, in time, and from the browser that was asked alone', async () => {
    const { key, cookie: session } = await withPasskey();
    const [mine, other] = [await askedOf(), await askedOf()];
    const signed = key.sign(mine);
    expect(await codeOf(await answerWith('', signed))).toBe('passkeyStale');
    expect(await codeOf(await answerWith(other.cookie, signed))).toBe('passkeyUnverified');
    const both = await Promise.all([answerWith(mine.cookie, signed), answerWith(mine.cookie, signed)]);
    expect((await Promise.all(both.map(codeOf))).sort()).toEqual(['ok', 'passkeyStale']);
    expect(await codeOf(await answerWith(mine.cookie, signed))).toBe('passkeyStale');
    later();
    // What one who is logged in was asked to make is not what a log-in answers, whatever cookie it comes with.
    const { challenge } = await begin(session);
    const [sessionId] = decodeURIComponent(session.replace('session=', '')).split('.');
    const made = key.sign({ challenge, origin: hub.origin });
    expect(await codeOf(await answerWith(`passkey=${sessionId}`, made))).toBe('passkeyStale');
    const late = await askedOf();
    now += CHALLENGE_LIFE;
    expect(await codeOf(await answerWith(late.cookie, key.sign(late)))).toBe('passkeyStale');
    await hub.hub.purge.run();
    expect(await opened.database.rows(z.unknown(), 'select 1 from passkey_challenges')).toEqual([]);
  });

  it('refuses a counter that does not rise, each time in the audit trail; one that never counted is none', async () => {
    const { key } = await withPasskey(EMAIL, { counter: 7 });
    expect(await logIn(key, { counter: 9 })).toBe('ok');
    for (const counter of [9, 8, 0]) expect(await logIn(key, { counter })).toBe('passkeyCounter');
    const julien = await findAccountByEmail(opened.database, EMAIL);
    const noted = (await auditTrail(world)).filter(({ outcome }) => outcome === 'passkeyCounter');
    expect(noted).toHaveLength(3);
    expect(noted[0]).toMatchObject({ action: 'passkeyLogIn', subject: julien?.account.accountId });
    expect(await logIn(key, { counter: 10 })).toBe('ok');
    const asked = await Promise.all([askedOf(), askedOf()]);
    const twins = asked.map((each) => answerWith(each.cookie, key.sign({ ...each, counter: 11 })));
    const codes = await Promise.all((await Promise.all(twins)).map(codeOf));
    expect(codes.sort()).toEqual(['ok', 'passkeyCounter']);
    const { key: uncounted } = await withPasskey('nadia@office.example');
    for (let time = 0; time < 3; time++) expect(await logIn(uncounted)).toBe('ok');
  });

  it('says one thing of a passkey that was removed, is unknown, or whose account is locked or removed', async () => {
    const { key, cookie } = await withPasskey();
    const stranger = createTestAuthenticator();
    stranger.make({ ...(await begin(cookie)), handle: 'AAAAAAAAAAAAAAAAAAAAAA' });
    expect(await logIn(stranger)).toBe('passkeyUnknown');
    for (const standing of ['locked', 'invited', 'removed']) {
      await opened.database.run('update accounts set standing = $1 where email = $2', [standing, EMAIL]);
      expect(await logIn(key)).toBe('passkeyUnknown');
      later();
    }
    await opened.database.run(`update accounts set standing = 'active' where email = $1`, [EMAIL]);
    now = Date.now();
    const [passkey] = await own(cookie);
    const at = `/api/account/passkeys/${passkey?.passkeyId}`;
    expect(await codeOf(await ask(cookie, 'DELETE', at, { password: 'wrong' }))).toBe('wrongCredentials');
    expect(await logIn(key)).toBe('ok');
    expect((await ask(cookie, 'DELETE', at, { password: PASSWORD })).status).toBe(204);
    expect(await codeOf(await ask(cookie, 'DELETE', at, { password: PASSWORD }))).toBe('notFound');
    expect(await logIn(key)).toBe('passkeyUnknown');
  });

  it('leaves nothing of a person who is removed', async () => {
    const email = 'sophie@impots.example';
    const { cookie } = await withPasskey(email);
    await begin(cookie);
    const sophie = await findAccountByEmail(opened.database, email);
    const removed = await ask(
      await hub.logIn('administrator'),
      'DELETE',
      `/api/people/accounts/${sophie?.account.accountId}`,
    );
    expect(removed.status).toBe(204);
    const left = await opened.database.rows(
      z.unknown(),
      'select account_id from passkeys union all select account_id from passkey_challenges',
    );
    expect(left).toEqual([]);
  });

  it('counts wrong answers with wrong passwords; a stranger’s beginnings have their end', async () => {
    const { key } = await withPasskey();
    const password = async (text: string) =>
      codeOf(await hub.post('/api/log-in', { email: EMAIL, password: text }));
    for (let time = 0; time < 3; time++) {
      expect(await logIn(key, { verified: false })).toBe('passkeyUnverified');
    }
    for (let time = 0; time < 2; time++) expect(await password('wrong')).toBe('wrongCredentials');
    expect(await logIn(key)).toBe('tooManyAttempts');
    expect(await password(PASSWORD)).toBe('tooManyAttempts');
    now += 16 * 60_000;
    expect(await logIn(key)).toBe('ok');

    const begins = await Promise.all(
      Array.from({ length: 201 }, () => ask('', 'POST', '/api/passkey/begin', {})),
    );
    expect(begins.filter(({ status }) => status === 429).length).toBeGreaterThan(0);
    now += 16 * 60_000;
    expect((await ask('', 'POST', '/api/passkey/begin', {})).status).toBe(200);
  });

  it('answers every route to each role, for its own passkeys alone, and to nobody else', async () => {
    const { cookie: foreign } = await withPasskey();
    const [theirs] = await own(foreign);
    const one = `/api/account/passkeys/${theirs?.passkeyId}`;
    const routes = [
      ['GET', '/api/account/passkeys', undefined, 'ok'],
      ['POST', '/api/account/passkeys/begin', { password: PASSWORD }, 'ok'],
      ['PUT', one, { label: 'À moi' }, 'notFound'],
      ['DELETE', one, { password: PASSWORD }, 'notFound'],
      ['PUT', '/api/account/passkeys/x', { label: 'À moi' }, 'notFound'],
      ['POST', '/api/account/passkeys/begin', {}, 'invalidMessage'],
      ['POST', '/api/account/passkeys', { label: '' }, 'invalidMessage'],
      ['PUT', one, { label: ' ' }, 'invalidMessage'],
      ['DELETE', one, {}, 'invalidMessage'],
    ] as const;
    for (const person of EVERYONE) {
      const cookie = await hub.logIn(person);
      for (const [method, path, content, expected] of routes) {
        const code = await codeOf(await ask(cookie, method, path, content));
        expect([person, method, path, code]).toEqual([person, method, path, expected]);
      }
      const key = createTestAuthenticator();
      expect(await codeOf(await keep(cookie, key.make(await begin(cookie)), `De ${person}`))).toBe('ok');
      const [mine] = await own(cookie);
      expect(mine?.label).toBe(`De ${person}`);
      const at = `/api/account/passkeys/${mine?.passkeyId}`;
      expect((await ask(cookie, 'PUT', at, { label: 'Clé du bureau' })).status).toBe(204);
      expect((await own(cookie)).map(({ label }) => label)).toEqual(['Clé du bureau']);
      expect(await logIn(key)).toBe('ok');
    }
    for (const [method, path, content] of routes) {
      expect((await ask('', method, path, content)).status).toBe(401);
    }
    expect(await codeOf(await ask('', 'POST', '/api/passkey/log-in', { id: 'x' }))).toBe('invalidMessage');
    expect((await own(foreign)).map(({ label }) => label)).toEqual(['Téléphone']);
  });

  it('is begun at one hub and ends at another behind the same balancer, once', async () => {
    const there = await startTestHub(world, { clock: () => now, behind: hub.origin });
    try {
      const cookie = await logInTo(hub.origin, EMAIL);
      const key = createTestAuthenticator();
      const made = key.make(await begin(cookie));
      const body = { label: 'Téléphone', made };
      expect((await ask(cookie, 'POST', '/api/account/passkeys', body, there)).status).toBe(204);
      const asked = await askedOf();
      const signed = key.sign({ ...asked, counter: 3 });
      expect(await codeOf(await answerWith(asked.cookie, signed, there))).toBe('ok');
      expect(await codeOf(await answerWith(asked.cookie, signed))).toBe('passkeyStale');
      const back = await askedOf(there);
      expect(await codeOf(await answerWith(back.cookie, key.sign({ ...back, counter: 3 })))).toBe(
        'passkeyCounter',
      );
    } finally {
      await there.close();
    }
  });

  it('keeps no more than ten', async () => {
    const cookie = await logInTo(hub.origin, EMAIL);
    for (let count = 0; count < 10; count++) {
      expect(await codeOf(await keep(cookie, createTestAuthenticator().make(await begin(cookie))))).toBe(
        'ok',
      );
    }
    const eleventh = createTestAuthenticator().make(await begin(cookie));
    expect(await codeOf(await keep(cookie, eleventh))).toBe('passkeysFull');
  });
});
