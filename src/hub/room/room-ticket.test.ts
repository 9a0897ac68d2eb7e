import { randomBytes } from 'node:crypto';
import { decodeJwt, type JWTPayload, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { mintRoomToken, newRoomName, verifyRoomTicket } from './room-ticket.ts';

const secret = randomBytes(32);
const domain = 'salon.example:8443';
const request = {
  secret,
  domain,
  room: newRoomName(),
  role: 'terminal',
  name: 'Mairie',
  lifeSeconds: 60,
} as const;

describe('a room ticket', () => {
  it('opens its room, in its role, for its holder', async () => {
    const jwt = await mintRoomToken({ ...request, role: 'counsellor', name: 'Anne' });
    expect(await verifyRoomTicket(jwt, { secret, domain })).toEqual({
      ok: true,
      value: { room: request.room, role: 'counsellor', participantId: 'counsellor', name: 'Anne' },
    });
  });

  it('carries the claims that Jitsi checks', async () => {
    const jwt = await mintRoomToken({ ...request, participantId: 'terminal-7' });
    expect(decodeJwt(jwt)).toMatchObject({
      aud: 'jitsi',
      iss: 'vis-a-vis',
      sub: domain,
      room: request.room,
      exp: expect.any(Number),
      context: { user: { id: 'terminal-7', name: 'Mairie', moderator: false } },
    });
  });

  it('is made out as a deployment of one’s own wants it', async () => {
    const own = { issuer: 'app', audience: 'them', subject: '*' };
    const jwt = await mintRoomToken({ ...request, ...own, role: 'counsellor' });
    expect(decodeJwt(jwt)).toMatchObject({
      ...{ iss: 'app', aud: 'them', sub: '*' },
      context: { user: { moderator: true, affiliation: 'owner' } },
    });
    expect((await verifyRoomTicket(jwt, { secret, domain })).ok).toBe(false);
  });

  it('is refused after its time', async () => {
    const jwt = await mintRoomToken({ ...request, lifeSeconds: -11 });
    expect(await verifyRoomTicket(jwt, { secret, domain })).toEqual({
      ok: false,
      failure: { code: 'sessionExpired' },
    });
  });

  const base = (alg = 'HS256', room: object = { room: request.room }, seat = 'terminal') =>
    new SignJWT({ ...room, context: { user: { id: 'a', name: 'A', seat } } })
      .setProtectedHeader({ alg })
      .setAudience('jitsi')
      .setIssuer('vis-a-vis')
      .setSubject(domain)
      .setNotBefore('0s')
      .setExpirationTime('1m');
  const unsigned = (payload: object) =>
    [{ alg: 'none' }, payload, '']
      .map((part) => part && Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');

  const withoutEnd = ({ exp: _exp, ...claims }: JWTPayload) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(secret);

  it.each([
    ['nonsense', async () => 'nonsense'],
    ['another key', async () => await base().sign(randomBytes(32))],
    ['another domain', async () => await base().setSubject('elsewhere.example').sign(secret)],
    ['another audience', async () => await base().setAudience('other').sign(secret)],
    ['another issuer', async () => await base().setIssuer('other').sign(secret)],
    ['another algorithm', async () => await base('HS512').sign(Buffer.concat([secret, secret]))],
    ['no signature', async () => unsigned(decodeJwt(await base().sign(secret)))],
    [
      'a seat that there is not',
      async () => await base('HS256', { room: request.room }, 'somebody').sign(secret),
    ],
    ['no room', async () => await base('HS256', {}).sign(secret)],
    ['no end', async () => await withoutEnd(decodeJwt(await base().sign(secret)))],
  ])('is refused with %s', async (_what, forge) => {
    expect(await verifyRoomTicket(await forge(), { secret, domain })).toEqual({
      ok: false,
      failure: { code: 'forbidden' },
    });
  });

  it('is sound before it is spoilt', async () => {
    expect((await verifyRoomTicket(await base().sign(secret), { secret, domain })).ok).toBe(true);
  });

  it('names rooms that nobody guesses', () => {
    const names = new Set(Array.from({ length: 100 }, newRoomName));
    expect(names.size).toBe(100);
    for (const name of names) expect(name).toMatch(/^[0-9a-f]{48}$/);
  });
});
