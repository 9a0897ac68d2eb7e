/** A third person in the call, on both databases: who may ask whom, what the link opens, and that nobody stays. */
import { createHash, randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type InvitedAnswer, type InvitedBody, invitedAnswer } from '#shared/protocol/invited.ts';
import { type TestDatabase, testDatabases } from '../testing/test-databases.ts';
import {
  counsellorView,
  createWorld,
  EMAILS,
  openVisit,
  type Person,
  resetWorld,
  startTestHub,
  type TestHub,
  type World,
} from '../testing/test-hub.ts';

const NAME = 'Irina Vasile, interprète';

describe.each(testDatabases)('who is invited into a call on $name', ({ open }) => {
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
    hub = await startTestHub(world);
  });
  afterEach(() => hub.close());

  const newToken = () => randomBytes(32).toString('base64url');
  const link = (token: string) => ({
    kind: 'link' as const,
    name: NAME,
    tokenHash: createHash('sha256').update(token).digest('base64url'),
  });
  async function knock(by: InvitedBody['by'], enters: boolean, who?: Person): Promise<Response> {
    return fetch(new URL('/api/invited', hub.origin), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        origin: hub.origin,
        ...(who ? { cookie: await hub.logIn(who) } : {}),
      },
      body: JSON.stringify({ by, enters } satisfies InvitedBody),
    });
  }
  async function comeIn(by: InvitedBody['by'], enters = true, who?: Person): Promise<InvitedAnswer> {
    const response = await knock(by, enters, who);
    expect(response.status).toBe(200);
    return invitedAnswer.parse(await response.json());
  }
  async function accountOf(who: Person): Promise<string> {
    const [row] = await world.database.rows(
      z.object({ id: z.uuid() }),
      'select id from accounts where email = $1',
      [EMAILS[who]],
    );
    if (!row) throw new Error('No such account.');
    return row.id;
  }

  test('a link opens the room of this call to whoever enters, and is told to the resident beforehand', async () => {
    const { nadia, terminal, visitId } = await openVisit(hub, world);
    const token = newToken();
    expect(await nadia.ask({ type: 'invite', visitId, to: link(token) })).toMatchObject({ ok: true });
    await terminal.untilVisit(({ visit }) => visit?.invited === NAME);
    const current = () => counsellorView(nadia.view()).current;
    expect(current()?.invited).toEqual({ name: NAME, accountId: null, hasEntered: false });

    const looked = await comeIn({ kind: 'link', token }, false);
    expect(looked).toMatchObject({ name: NAME, counsellor: 'Nadia Belkacem', ticket: null });
    expect(current()?.invited?.hasEntered).toBe(false);
    const { ticket } = await comeIn({ kind: 'link', token });
    expect(ticket?.room).toBe(current()?.room.room);
    expect(ticket?.jwt).not.toBe(current()?.room.jwt);
    await nadia.until((view) => counsellorView(view).current?.invited?.hasEntered);
  });

  test('a token that nobody was given opens nothing, and is not guessed for ever', async () => {
    const { nadia, visitId } = await openVisit(hub, world);
    await nadia.ask({ type: 'invite', visitId, to: link(newToken()) });
    const wrong = await knock({ kind: 'link', token: newToken() }, true);
    expect([wrong.status, await wrong.json()]).toEqual([410, { code: 'linkSpent' }]);
    let last = wrong;
    for (let tries = 0; tries < 40; tries += 1) last = await knock({ kind: 'link', token: newToken() }, true);
    expect([last.status, await last.json()]).toEqual([429, { code: 'tooManyAttempts' }]);
  });

  test('whoever is put out finds the two in another room, and the link spent', async () => {
    const { nadia, visitId } = await openVisit(hub, world);
    const room = () => counsellorView(nadia.view()).current?.room.room;
    const token = newToken();
    await nadia.ask({ type: 'invite', visitId, to: link(token) });
    const { ticket } = await comeIn({ kind: 'link', token });
    // In place of who may be in, nobody is asked.
    const second = await nadia.ask({ type: 'invite', visitId, to: link(newToken()) });
    expect(second).toMatchObject({ ok: false, code: 'alreadyInvited' });
    expect(await nadia.ask({ type: 'endInvitation', visitId })).toMatchObject({ ok: true });
    await nadia.until((view) => counsellorView(view).current?.room.room !== ticket?.room);
    expect(counsellorView(nadia.view()).current?.invited).toBeNull();
    expect((await knock({ kind: 'link', token }, true)).status).toBe(410);
    // Nobody is there: nothing is moved.
    const before = room();
    await nadia.ask({ type: 'endInvitation', visitId });
    await nadia.ask({ type: 'invite', visitId, to: link(newToken()) });
    await nadia.ask({ type: 'endInvitation', visitId });
    expect(room()).toBe(before);
  });

  test('a private moment, another counsellor and the end of the visit shut the door', async () => {
    const { nadia, terminal, visitId } = await openVisit(hub, world);
    const token = newToken();
    await nadia.ask({ type: 'invite', visitId, to: link(token) });
    await nadia.ask({ type: 'quiet', visitId, change: { private: true } });
    expect((await comeIn({ kind: 'link', token })).ticket).toBeNull();
    await nadia.ask({ type: 'quiet', visitId, change: { private: false } });
    expect((await comeIn({ kind: 'link', token })).ticket).not.toBeNull();
    await nadia.ask({ type: 'handOver', visitId, to: { kind: 'queue' } });
    await terminal.untilVisit(({ visit }) => visit?.stage === 'queued');
    expect((await knock({ kind: 'link', token }, true)).status).toBe(410);
    await nadia.ask({ type: 'pickUp', visitId });
    expect((await knock({ kind: 'link', token }, true)).status).toBe(410);
    const again = newToken();
    await nadia.ask({ type: 'invite', visitId, to: link(again) });
    await nadia.ask({ type: 'endVisit', visitId });
    expect((await knock({ kind: 'link', token: again }, true)).status).toBe(410);
    const kept = await world.database.rows(
      z.object({ n: z.coerce.number() }),
      'select count(*) as n from visits',
    );
    expect(kept).toEqual([{ n: 0 }]);
  });

  test('a colleague comes by the own account, and nobody else by it', async () => {
    const { nadia, visitId } = await openVisit(hub, world);
    const julien = await hub.sit('julien');
    const to = { kind: 'colleague' as const, accountId: await accountOf('julien') };
    expect(await nadia.ask({ type: 'invite', visitId, to })).toMatchObject({ ok: true });
    await julien.until((view) => counsellorView(view).invitation?.visitId === visitId);
    expect(counsellorView(julien.view()).invitation?.by).toBe('Nadia Belkacem');
    expect(counsellorView(nadia.view()).invitation).toBeNull();
    const by = { kind: 'account' as const, visitId };
    for (const who of [undefined, 'nadia', 'sophie', 'clerk', 'operator'] as const) {
      for (const enters of [true, false]) {
        expect((await knock(by, enters, who)).status, who ?? 'nobody').toBe(410);
      }
    }
    const { ticket, name } = await comeIn(by, true, 'julien');
    expect([name, ticket?.room]).toEqual(['Julien Petit', counsellorView(nadia.view()).current?.room.room]);
    for (const who of ['sophie', 'nadia'] as const) {
      const asked = await nadia.ask({
        ...{ type: 'invite', visitId },
        to: { kind: 'colleague', accountId: await accountOf(who) },
      });
      expect(asked).toMatchObject({ ok: false, code: 'notFound' });
    }
  });

  test('the name is not in the database in clear', async () => {
    const { nadia, visitId } = await openVisit(hub, world);
    await nadia.ask({ type: 'invite', visitId, to: link(newToken()) });
    const [row] = await world.database.rows(
      z.object({ text: z.string() }),
      'select v::text as text from visits v',
    );
    expect(row?.text).toContain(visitId);
    expect(row?.text).not.toContain('Vasile');
    expect(row?.text).not.toContain(Buffer.from('Vasile').toString('hex'));
  });
});
