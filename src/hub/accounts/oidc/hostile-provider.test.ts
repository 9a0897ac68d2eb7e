/** A provider that lies, fails, or is not there: each time one sentence for the person, and nobody else's log-in suffers. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeJwt, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { comeBack, identify, leaveFor, walk } from '../../testing/provider-walk.ts';
import { type TestDatabase, testDatabases } from '../../testing/test-databases.ts';
import {
  createWorld,
  logInTo,
  PASSWORD,
  resetWorld,
  startTestHub,
  type TestHub,
  type World,
} from '../../testing/test-hub.ts';
import { SECRET, startTestProvider, type TestProvider } from '../../testing/test-provider.ts';

const SIRET = '13002526500013';
const UNTRUSTED = '/?refused=providerUntrusted';
const DESCRIPTION = '/.well-known/openid-configuration';

let opened: TestDatabase;
let world: World;
let hub: TestHub;
let provider: TestProvider;
let now = Date.now();
let logged = '';

beforeAll(async () => {
  opened = await testDatabases[0].open();
  world = await createWorld(opened.database);
  await world.database.run('update bodies set siret = $1', [SIRET]);
});
afterAll(() => opened.close());
beforeEach(async () => {
  await resetWorld(world);
  now = Date.now();
  logged = '';
  provider = await startTestProvider();
  hub = await startTestHub(world, {
    clock: () => now,
    provider: provider.settings,
    timings: { provider: 400 },
    logger: {
      level: 'info',
      stream: {
        write: (line: string) => {
          logged += line;
        },
      },
    },
  });
  await provider.admit(hub.origin);
  provider.people.set('sub-nadia', { email: 'nadia@office.example', siret: SIRET });
  provider.people.set('sub-julien', { email: 'julien@office.example', siret: SIRET });
});
afterEach(async () => {
  await hub.close();
  await provider.close();
});

/** The provider's ID token, changed, and signed with its own key again unless `sign` says otherwise. */
function forgeIdToken(
  change: (claims: JWTPayload) => JWTPayload,
  sign: (claims: JWTPayload) => Promise<string> = provider.sign,
): void {
  provider.lies.set('/token', async (context) => {
    const body = context.body as { id_token: string };
    context.body = { ...body, id_token: await sign(change(decodeJwt(body.id_token))) };
  });
}

function forgeUserInfo(
  change: (claims: JWTPayload) => JWTPayload,
  sign: (claims: JWTPayload) => Promise<string> = provider.sign,
): void {
  provider.lies.set('/me', async (context) => {
    context.body = await sign(change(decodeJwt(String(context.body))));
    context.type = 'application/jwt';
  });
}

const same = (claims: JWTPayload) => claims;
const unsigned = async (claims: JWTPayload) => {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part(claims)}.`;
};
const withPublicKey = async (claims: JWTPayload) =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .sign(Buffer.from(JSON.stringify(await provider.publicKey())));
const withClientSecret = (claims: JWTPayload) =>
  new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(SECRET));
const seconds = () => Math.floor(now / 1000);

describe('an ID token', () => {
  test('as the provider gives it is believed, also when this test signs it again', async () => {
    forgeIdToken(same);
    expect((await walk(hub, 'sub-nadia')).to).toBe('/');
  });

  test.each<[string, () => void]>([
    ['with another nonce', () => forgeIdToken((claims) => ({ ...claims, nonce: 'x'.repeat(43) }))],
    ['without a nonce', () => forgeIdToken(({ nonce: _, ...claims }) => claims)],
    ['for another service', () => forgeIdToken((claims) => ({ ...claims, aud: 'another' }))],
    ['of another issuer', () => forgeIdToken((claims) => ({ ...claims, iss: 'https://evil.example' }))],
    ['without a subject', () => forgeIdToken(({ sub: _, ...claims }) => claims)],
    ['that nobody signed', () => forgeIdToken(same, unsigned)],
    ['signed with the public key as a shared one', () => forgeIdToken(same, withPublicKey)],
    ['signed with the client secret', () => forgeIdToken(same, withClientSecret)],
    ['that is none', () => forgeIdToken(same, async () => 'not.a.token')],
  ])('%s is refused', async (_name, lie) => {
    lie();
    const back = await walk(hub, 'sub-nadia');
    expect(back.to).toBe(UNTRUSTED);
    expect(back.session).toBe('');
  });

  test.each<[string, () => void]>([
    ['has expired', () => forgeIdToken((claims) => ({ ...claims, exp: seconds() - 60 }))],
    ['is from tomorrow', () => forgeIdToken((claims) => ({ ...claims, iat: seconds() + 86_400 }))],
    ['is from this morning', () => forgeIdToken((claims) => ({ ...claims, iat: seconds() - 7_200 }))],
  ])('that %s: the clocks differ', async (_name, lie) => {
    lie();
    expect((await walk(hub, 'sub-nadia')).to).toBe('/?refused=providerClock');
  });

  test('signed by a key that is not the provider’s under its id is refused', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    forgeIdToken(same, (claims) => provider.sign(claims, privateKey));
    expect((await walk(hub, 'sub-nadia')).to).toBe(UNTRUSTED);
  });
});

describe('the userinfo', () => {
  test.each<[string, () => void]>([
    ['of somebody else', () => forgeUserInfo((claims) => ({ ...claims, sub: 'sub-julien' }))],
    ['that nobody signed', () => forgeUserInfo(same, unsigned)],
    ['for another service', () => forgeUserInfo((claims) => ({ ...claims, aud: 'another' }))],
    ['of another issuer', () => forgeUserInfo((claims) => ({ ...claims, iss: 'https://evil.example' }))],
    ['without an organisation', () => forgeUserInfo(({ siret: _, ...claims }) => claims)],
    ['with an e-mail address that is none', () => forgeUserInfo((claims) => ({ ...claims, email: 'n' }))],
    [
      'as plain JSON',
      () =>
        provider.lies.set('/me', (context) => {
          context.body = decodeJwt(String(context.body));
        }),
    ],
  ])('%s is refused', async (_name, lie) => {
    lie();
    expect((await walk(hub, 'sub-nadia')).to).toBe(UNTRUSTED);
  });
});

describe('keys', () => {
  const readings = () => provider.asked.filter((path) => path === '/jwks').length;

  test('that change in the middle of the day are followed', async () => {
    expect((await walk(hub, 'sub-nadia')).to).toBe('/');
    await provider.changeKeys();
    expect((await walk(hub, 'sub-julien')).to).toBe('/');
    expect(readings()).toBe(2);
  });

  test('that nobody knows are looked for once a minute', async () => {
    expect((await walk(hub, 'sub-nadia')).to).toBe('/');
    const { privateKey } = await generateKeyPair('RS256');
    forgeIdToken(same, (claims) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: crypto.randomUUID() }).sign(privateKey),
    );
    for (let i = 0; i < 4; i += 1) expect((await walk(hub, 'sub-nadia')).to).toBe(UNTRUSTED);
    expect(readings()).toBe(2);
    now += 60_000;
    for (let i = 0; i < 4; i += 1) await walk(hub, 'sub-nadia');
    expect(readings()).toBe(3);
    // And who comes with a good token is not kept out by the others.
    provider.lies.clear();
    now = Date.now();
    expect((await walk(hub, 'sub-julien')).to).toBe('/');
  });
});

describe('the way back', () => {
  test('with the code of another log-in is refused', async () => {
    const [mine, theirs] = [await leaveFor(hub), await leaveFor(hub)];
    const [back, stolen] = [
      await identify(hub, mine, 'sub-nadia'),
      await identify(hub, theirs, 'sub-julien'),
    ];
    back.searchParams.set('code', stolen.searchParams.get('code') ?? '');
    expect((await comeBack(back, mine.cookie)).to).toBe('/?refused=logInStale');
  });

  test('from another provider than the one we left for is refused before any code is given away', async () => {
    const left = await leaveFor(hub);
    const url = await identify(hub, left, 'sub-nadia');
    url.searchParams.set('iss', 'https://evil.example');
    expect((await comeBack(url, left.cookie)).to).toBe(UNTRUSTED);
    expect(provider.asked).not.toContain('/token');
  });

  test('with an error that nobody foresaw is one sentence', async () => {
    const left = await leaveFor(hub);
    const url = new URL('/provider/return', hub.origin);
    url.searchParams.set('state', left.address.searchParams.get('state') ?? '');
    url.searchParams.set('iss', provider.settings.issuer.origin);
    url.searchParams.set('error', '<script>alert(1)</script>');
    expect((await comeBack(url, left.cookie)).to).toBe(UNTRUSTED);
  });
});

describe('a provider that does not answer', () => {
  const away = '/?refused=providerAway';

  test('in time: a deadline ends it, and a password works meanwhile', async () => {
    provider.instead.set('/token', () => undefined);
    const slow = walk(hub, 'sub-nadia');
    expect(await logInTo(hub.origin, 'julien@office.example')).toMatch(/^session=/);
    expect((await slow).to).toBe(away);
    provider.instead.clear();
    expect((await walk(hub, 'sub-nadia')).to).toBe('/');
  });

  test('in time with the rest of what it began to say', async () => {
    provider.instead.set(
      '/token',
      (_request, response) => void response.writeHead(200).write('{"access_token":'),
    );
    expect((await walk(hub, 'sub-nadia')).to).toBe(away);
  });

  test('at all: said at once, tried again by the next', async () => {
    provider.instead.set(DESCRIPTION, (request) => void request.socket.destroy());
    const refused = await hub.post('/api/provider/log-in', { sharedDesk: false });
    expect([refused.status, await refused.json()]).toEqual([503, { code: 'providerAway' }]);
    const local = await hub.post('/api/log-in', { email: 'nadia@office.example', password: PASSWORD });
    expect(local.status).toBe(200);
    provider.instead.clear();
    expect((await walk(hub, 'sub-nadia')).to).toBe('/');
  });

  test('and forty tries of an office behind one address lock nobody out', async () => {
    const left = await Promise.all(Array.from({ length: 41 }, () => leaveFor(hub)));
    const urls = await Promise.all(left.map((each) => identify(hub, each, 'sub-nadia')));
    provider.instead.set('/token', (request) => void request.socket.destroy());
    for (const [index, url] of urls.entries()) {
      expect((await comeBack(url, left[index]?.cookie ?? '')).to).toBe(away);
    }
    provider.instead.clear();
    expect((await walk(hub, 'sub-nadia')).to).toBe('/');
  });
});

describe('a provider that answers nonsense', () => {
  const begin = async () => {
    const response = await hub.post('/api/provider/log-in', { sharedDesk: false });
    return [response.status, await response.json()];
  };
  const refused = [502, { code: 'providerUntrusted' }];

  test('ten megabytes are not read to their end', async () => {
    const whole = 10 * 1024 * 1024;
    let sent = 0;
    provider.instead.set('/token', async (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const part = Buffer.alloc(64 * 1024, ' ');
      const cut = new Promise<void>((resolve) => response.once('close', resolve));
      while (sent < whole && !response.destroyed) {
        sent += part.length;
        if (!response.write(part)) {
          await Promise.race([cut, new Promise<void>((resolve) => response.once('drain', resolve))]);
        }
      }
      response.end();
    });
    expect((await walk(hub, 'sub-nadia')).to).toBe(UNTRUSTED);
    expect(sent).toBeLessThan(whole);
  });

  test('a description at another host is not followed', async () => {
    let visited = 0;
    const elsewhere = createServer((_request, response) => {
      visited += 1;
      response.end('{}');
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    const { port } = elsewhere.address() as AddressInfo;
    const location = `http://127.0.0.1:${port}${DESCRIPTION}`;
    provider.instead.set(
      DESCRIPTION,
      (_request, response) => void response.writeHead(302, { location }).end(),
    );
    expect(await begin()).toEqual(refused);
    expect(visited).toBe(0);
    elsewhere.close();
  });

  test.each([
    ['of another issuer', { issuer: 'https://evil.example' }],
    ['with an issuer that is no address', { issuer: 'here' }],
    ['that sends people along without TLS', { authorization_endpoint: 'http://provider.example/auth' }],
  ])('a description %s is refused', async (_name, change) => {
    provider.lies.set(DESCRIPTION, (context) => {
      context.body = { ...(context.body as object), ...change };
    });
    expect(await begin()).toEqual(refused);
  });

  test('a description that sends the secret along without TLS is refused, and the secret stays', async () => {
    provider.lies.set(DESCRIPTION, (context) => {
      context.body = { ...(context.body as object), token_endpoint: 'http://provider.example/token' };
    });
    expect((await walk(hub, 'sub-nadia')).to).toBe(UNTRUSTED);
  });

  test.each(['<html>', '[]', '{"keys":1}', ''])('keys that are %j', async (text) => {
    provider.instead.set('/jwks', (_request, response) => void response.end(text));
    expect((await walk(hub, 'sub-nadia')).to).toBe(UNTRUSTED);
  });
});

test('the log tells the operator what was wrong, and nothing of the person', async () => {
  forgeIdToken((claims) => ({ ...claims, nonce: 'x'.repeat(43) }));
  await walk(hub, 'sub-nadia');
  provider.lies.clear();
  await walk(hub, 'sub-nadia');
  expect(logged).toContain('oidc: log-in refused');
  expect(logged).toContain('OAUTH_JWT_CLAIM_COMPARISON_FAILED');
  expect(logged).not.toMatch(/nadia|office|130025|eyJ|x{43}/i);
});

test('a higher level of assurance that was asked for must have been reached', async () => {
  await hub.close();
  hub = await startTestHub(world, { clock: () => now, provider: { ...provider.settings, acr: 'eidas2' } });
  await provider.admit(hub.origin);
  const level = (acr: string) => forgeIdToken((claims) => ({ ...claims, acr }));
  level('eidas1');
  expect((await walk(hub, 'sub-nadia')).to).toBe(UNTRUSTED);
  level('eidas3');
  expect((await walk(hub, 'sub-nadia')).to).toBe('/');
});
