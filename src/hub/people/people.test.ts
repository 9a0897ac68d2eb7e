/** Who says who is who: every route with every role and out of scope, invitations, removal; on both databases. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { linkAnswer, type People, peopleAnswer, placeAnswer, type Scope } from '#shared/protocol/people.ts';
import { findSlots } from '../appointments/find-slots.ts';
import { type TestDatabase, testDatabases } from '../testing/test-databases.ts';
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
} from '../testing/test-hub.ts';
import { startMailServer, type TestMailServer } from '../testing/test-mail-server.ts';

const LONG = 'a long enough password';
const EVERYONE = [
  ...(['clerk', 'agent', 'nadia', 'correspondent'] as const),
  ...(['operator', 'administrator'] as const),
];

describe.each(testDatabases)('people on $name', ({ open }) => {
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
  });

  const ask = async (person: Person, method: string, path: string, content?: unknown) =>
    fetch(new URL(path, hub.origin), {
      method,
      headers: {
        cookie: await hub.logIn(person),
        origin: hub.origin,
        ...(content === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(content === undefined ? {} : { body: JSON.stringify(content) }),
    });
  const people = async (person: Person): Promise<People> =>
    peopleAnswer.parse(await (await ask(person, 'GET', '/api/people')).json());
  const codeOf = async (response: Response) => [response.status, await response.json()];
  const invite = (person: Person, email: string, scope: Scope) =>
    ask(person, 'POST', '/api/people/accounts', { name: 'Zoé Neuve', email, scope });
  const invited = async (email: string, scope: Scope): Promise<{ id: string; token: string }> => {
    const { link } = linkAnswer.parse(await (await invite('administrator', email, scope)).json());
    const found = (await people('administrator')).people.find((each) => each.email === email);
    return { id: found?.accountId ?? '', token: link?.split('/').at(-1) ?? '' };
  };
  const bare = { siret: null, location: null };
  const known = { siret: '21750001600019', location: { latitude: 47.24, longitude: 2.6 } };
  const welcome = (token: string, password = LONG) => hub.post('/api/welcome', { token, password });
  const otherGroup = async () => {
    const added = await ask('administrator', 'POST', '/api/people/groups', {
      name: 'Autre vallée',
      siret: null,
    });
    const groupId = placeAnswer.parse(await added.json()).placeId;
    const mairie = await ask('administrator', 'POST', '/api/people/mairies', {
      ...bare,
      name: 'Loin',
      groupId,
    });
    return { groupId, mairieId: placeAnswer.parse(await mairie.json()).placeId };
  };

  it('answers every route only to those who may, and audits each refusal', async () => {
    const anyone = (await people('administrator')).people.find(({ role }) => role === 'clerk');
    const at = `/api/people/accounts/${anyone?.accountId}`;
    const routes = [
      ['GET', '/api/people', undefined],
      ['POST', '/api/people/accounts', {}],
      ['PUT', at, {}],
      ['PUT', `${at}/lock`, {}],
      ['POST', `${at}/link`, undefined],
      ['DELETE', `${at}/second-factor`, undefined],
      ['DELETE', at, undefined],
      ['POST', '/api/people/mairies', {}],
      ['PUT', `/api/people/mairies/${randomUUID()}`, {}],
      ['POST', '/api/people/groups', {}],
      ['PUT', `/api/people/groups/${randomUUID()}`, {}],
      ['POST', '/api/people/bodies', {}],
      ['PUT', `/api/people/bodies/${randomUUID()}`, {}],
    ] as const;
    for (const person of ['clerk', 'agent', 'nadia', 'correspondent'] as const) {
      await hub.logIn(person);
      await opened.database.run('delete from audit');
      for (const [method, path, content] of routes) {
        const answer = await ask(person, method, path, content);
        expect(await codeOf(answer), `${person} ${method} ${path}`).toEqual([403, { code: 'forbidden' }]);
      }
      const trail = await auditTrail(world);
      expect(trail.map(({ outcome }) => outcome)).toEqual(routes.map(() => 'forbidden'));
    }
    for (const [method, path, content] of routes.slice(9)) {
      expect((await ask('operator', method, path, content)).status, path).toBe(403);
    }
    for (const [method, path, content] of routes) {
      const init = { method, headers: { origin: hub.origin, 'content-type': 'application/json' } };
      const answer = await fetch(new URL(path, hub.origin), {
        ...init,
        ...(method === 'GET' ? {} : { body: JSON.stringify(content ?? null) }),
      });
      expect(answer.status, path).toBe(401);
    }
  });

  it('shows an operator the mairies of the group, their clerks and agents, and nobody else', async () => {
    const seen = await people('operator');
    expect(seen.people.map(({ role }) => role).sort()).toEqual(['agent', 'clerk']);
    expect(seen.mairies.map(({ mairieId }) => mairieId)).toEqual([world.demo.mairieId]);
    expect([seen.bodies, seen.groups.length]).toEqual([[], 1]);
    const all = await people('administrator');
    expect(new Set(all.people.map(({ role }) => role)).size).toBe(EVERYONE.length);
    expect(all.bodies).toHaveLength(2);
  });

  it('keeps an operator within the group', async () => {
    const { groupId, mairieId } = await otherGroup();
    const email = `loin-${randomUUID()}@mairie.example`;
    const far = await invited(email, { role: 'clerk', mairieId });
    const both = await invited(`deux-${randomUUID()}@mairie.example`, {
      role: 'agent',
      mairieIds: [mairieId, world.demo.mairieId],
    });
    const nadia = (await people('administrator')).people.find(({ role }) => role === 'counsellor');
    for (const accountId of [far.id, both.id, nadia?.accountId, randomUUID(), 'none']) {
      const at = `/api/people/accounts/${accountId}`;
      for (const [method, path, content] of [
        ['PUT', at, { name: 'Autre nom', mairieIds: null, skills: null, siret: null }],
        ['PUT', `${at}/lock`, { locked: true }],
        ['POST', `${at}/link`, undefined],
        ['DELETE', `${at}/second-factor`, undefined],
        ['DELETE', at, undefined],
      ] as const) {
        expect(await codeOf(await ask('operator', method, path, content))).toEqual([
          404,
          { code: 'notFound' },
        ]);
      }
    }
    const seen = await people('operator');
    expect(seen.people.find(({ accountId }) => accountId === far.id)).toBeUndefined();
    expect(seen.people.find(({ accountId }) => accountId === both.id)?.changeable).toBe(false);
    for (const scope of [
      { role: 'clerk', mairieId },
      { role: 'agent', mairieIds: [world.demo.mairieId, mairieId] },
      { role: 'counsellor', bodyId: world.bodies.office },
      { role: 'operator', groupId: seen.groups[0]?.groupId ?? '' },
      { role: 'administrator' },
    ] satisfies Scope[]) {
      expect((await invite('operator', `x-${randomUUID()}@mairie.example`, scope)).status).toBe(404);
    }
    const add = await ask('operator', 'POST', '/api/people/mairies', { ...bare, name: 'Ici', groupId });
    const rename = await ask('operator', 'PUT', `/api/people/mairies/${mairieId}`, { ...bare, name: 'Ici' });
    expect([add.status, rename.status]).toEqual([404, 404]);
    expect((await people('administrator')).mairies.find((each) => each.mairieId === mairieId)?.name).toBe(
      'Loin',
    );
  });

  it('invites: the link is good once, for seven days, and the password is twelve signs or more', async () => {
    const email = `Neuve-${randomUUID()}@mairie.example`;
    const answer = await invite('operator', email, { role: 'clerk', mairieId: world.demo.mairieId });
    const { link } = linkAnswer.parse(await answer.json());
    const token = link?.split('/').at(-1) ?? '';
    expect(link).toBe(`${hub.origin}/#/bienvenue/${token}`);
    const kept = await opened.database.rows(
      z.object({ row: z.string() }),
      'select l::text as row from account_links l',
    );
    expect(kept.some(({ row }) => row.includes(token))).toBe(false);
    expect((await hub.post('/api/log-in', { email, password: LONG })).status).toBe(401);
    expect((await welcome(token, 'elevensigns')).status).toBe(400);
    expect(await (await hub.post('/api/welcome/look', { token })).json()).toEqual({
      name: 'Zoé Neuve',
      email: email.toLowerCase(),
    });
    now += 7 * 24 * 3_600_000;
    expect(await codeOf(await welcome(token))).toEqual([410, { code: 'linkSpent' }]);
    now -= 1;
    const both = await Promise.all([welcome(token), welcome(token)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 410]);
    const cookie = cookieOf(both.find(({ ok }) => ok) ?? new Response());
    const me = await fetch(new URL('/api/me', hub.origin), { headers: { cookie } });
    expect(await me.json()).toMatchObject({ name: 'Zoé Neuve', role: 'clerk' });
    expect((await hub.post('/api/log-in', { email, password: LONG })).status).toBe(200);
    world.cookies.clear();
    expect(await codeOf(await invite('administrator', email, { role: 'administrator' }))).toEqual([
      409,
      { code: 'emailTaken' },
    ]);
  });

  it('locks and removes: the sessions die at once', async () => {
    const email = `part-${randomUUID()}@mairie.example`;
    const { id, token } = await invited(email, { role: 'clerk', mairieId: world.demo.mairieId });
    await welcome(token);
    const at = `/api/people/accounts/${id}`;
    const status = async (cookie: string) =>
      (await fetch(new URL('/api/me', hub.origin), { headers: { cookie } })).status;
    const before = await logInTo(hub.origin, email, LONG);
    expect(await status(before)).toBe(200);
    expect((await ask('operator', 'PUT', `${at}/lock`, { locked: true })).status).toBe(204);
    expect(await status(before)).toBe(401);
    await expect(logInTo(hub.origin, email, LONG)).rejects.toThrow('401');
    expect((await ask('operator', 'PUT', `${at}/lock`, { locked: false })).status).toBe(204);
    expect(await status(before)).toBe(401);
    const again = await logInTo(hub.origin, email, LONG);
    await opened.database.run(
      `insert into provider_accounts values ('https://provider.example', 'zoe', $1, now())`,
      [id],
    );
    expect((await ask('operator', 'DELETE', at)).status).toBe(204);
    expect(await status(again)).toBe(401);
    const linked = 'select 1 from provider_accounts where account_id = $1';
    expect(await opened.database.rows(z.unknown(), linked, [id])).toEqual([]);
    const left = await opened.database.rows(
      z.object({ row: z.string() }),
      'select a::text as row from accounts a where id = $1',
      [id],
    );
    expect(left).toHaveLength(1);
    expect(left[0]?.row).not.toMatch(/Zoé|part-/);
    expect((await people('administrator')).people.some(({ accountId }) => accountId === id)).toBe(false);
    // The address is free again.
    expect((await invite('operator', email, { role: 'clerk', mairieId: world.demo.mairieId })).status).toBe(
      200,
    );
    const actions = (await auditTrail(world)).map(({ action, outcome }) => `${action} ${outcome}`);
    for (const action of ['person.lock', 'person.unlock', 'person.remove', 'account.welcome']) {
      expect(actions).toContain(`${action} ok`);
    }
  });

  it('keeps a counsellor who has appointments to come, and offers no slot with one who is locked', async () => {
    const { id, token } = await invited(`rdv-${randomUUID()}@office.example`, {
      role: 'counsellor',
      bodyId: world.bodies.taxes,
    });
    await welcome(token);
    const { terminalId } = await hub.enrol();
    const book = (state: string) =>
      opened.database.run(
        `insert into appointments (id, terminal_id, body_id, counsellor_id, starts_at, ends_at, state, booked_by, booked_at)
         values ($1, $2, $3, $4, $5, $6, $7, $4, $5)`,
        [
          ...[randomUUID(), terminalId, world.bodies.taxes, id],
          ...[new Date(now + 3_600_000), new Date(now + 7_200_000), state],
        ],
      );
    await opened.database.run(
      `insert into opening_hours (body_id, terminal_id, weekday, open_minute, close_minute)
       select $1::uuid, null, day, 0, 1439 from generate_series(1, 7) as day
       union all select null, $2::uuid, day, 0, 1439 from generate_series(1, 7) as day`,
      [world.bodies.taxes, terminalId],
    );
    const offered = async () => {
      const slots = await findSlots(opened.database, {
        ...{ terminalId, mairieId: world.demo.mairieId, bodyId: world.bodies.taxes },
        ...{ timeZone: 'Europe/Paris', days: [new Date(now + 86_400_000).toISOString().slice(0, 10)], now },
      });
      expect(slots.length).toBeGreaterThan(0);
      return slots.some(({ counsellorIds }) => counsellorIds.includes(id));
    };
    const lock = (locked: boolean) =>
      ask('administrator', 'PUT', `/api/people/accounts/${id}/lock`, { locked });
    expect(await offered()).toBe(true);
    await lock(true);
    expect(await offered()).toBe(false);
    await lock(false);
    await book('booked');
    const remove = () => ask('administrator', 'DELETE', `/api/people/accounts/${id}`);
    expect(await codeOf(await remove())).toEqual([409, { code: 'hasAppointments' }]);
    await opened.database.run(`update appointments set state = 'cancelled' where counsellor_id = $1`, [id]);
    expect((await remove()).status).toBe(204);
    const names = await opened.database.rows(
      z.object({ name: z.string() }),
      'select a.name from appointments p join accounts a on a.id = p.counsellor_id where p.counsellor_id = $1',
      [id],
    );
    expect(names).toEqual([{ name: 'Compte supprimé' }]);
  });

  it('never loses the last administrator, even when two remove each other at once', async () => {
    const own = (await people('administrator')).people.find(({ role }) => role === 'administrator');
    const at = `/api/people/accounts/${own?.accountId}`;
    const last = [409, { code: 'lastAdministrator' }];
    expect(await codeOf(await ask('administrator', 'DELETE', at))).toEqual(last);
    expect(await codeOf(await ask('administrator', 'PUT', `${at}/lock`, { locked: true }))).toEqual(last);
    const email = `second-${randomUUID()}@val-clair.example`;
    const other = await invited(email, { role: 'administrator' });
    // Invited is not yet there.
    expect(await codeOf(await ask('administrator', 'DELETE', at))).toEqual(last);
    const cookie = cookieOf(await welcome(other.token));
    const [mine, theirs] = await Promise.all([
      ask('administrator', 'PUT', `/api/people/accounts/${other.id}/lock`, { locked: true }),
      fetch(new URL(`${at}/lock`, hub.origin), {
        method: 'PUT',
        headers: { cookie, origin: hub.origin, 'content-type': 'application/json' },
        body: JSON.stringify({ locked: true }),
      }),
    ]);
    expect([mine.status, theirs.status].filter((status) => status === 204)).toHaveLength(1);
    await opened.database.run(`update accounts set standing = 'active' where id = any($1::uuid[])`, [
      [own?.accountId ?? '', other.id],
    ]);
    world.cookies.delete('administrator');
    expect((await ask('administrator', 'DELETE', `/api/people/accounts/${other.id}`)).status).toBe(204);
  });

  it('changes names, an agent’s mairies, motives and the office, whatever is written', async () => {
    const agent = (await people('operator')).people.find(({ role }) => role === 'agent');
    const added = await ask('operator', 'POST', '/api/people/mairies', {
      name: 'ق'.repeat(120),
      groupId: (await people('operator')).groups[0]?.groupId,
      ...bare,
    });
    const { placeId } = placeAnswer.parse(await added.json());
    const at = `/api/people/accounts/${agent?.accountId}`;
    const mairieIds = [world.demo.mairieId, placeId];
    expect(
      (await ask('operator', 'PUT', at, { name: 'Yasmine Colin-Roy', mairieIds, skills: null, siret: null }))
        .status,
    ).toBe(204);
    const seen = (await people('operator')).people.find(({ role }) => role === 'agent');
    expect([seen?.name, [...(seen?.mairieIds ?? [])].sort()]).toEqual([
      'Yasmine Colin-Roy',
      mairieIds.sort(),
    ]);
    const clerk = (await people('operator')).people.find(({ role }) => role === 'clerk');
    const clerkAt = `/api/people/accounts/${clerk?.accountId}`;
    expect(
      (await ask('operator', 'PUT', clerkAt, { name: 'Claire', mairieIds, skills: null, siret: null }))
        .status,
    ).toBe(400);
    expect(
      (
        await ask('operator', 'PUT', at, {
          name: 'x'.repeat(300),
          mairieIds: null,
          skills: null,
          siret: null,
        })
      ).status,
    ).toBe(400);
    const body = { name: 'Impôts', motives: ['=1+1', 'Délai'], office: '3 rue du Lac, Val-Clair', ...known };
    const path = `/api/people/bodies/${world.bodies.taxes}`;
    expect((await ask('administrator', 'PUT', path, body)).status).toBe(200);
    expect((await people('administrator')).bodies).toContainEqual({ bodyId: world.bodies.taxes, ...body });
    await ask('operator', 'PUT', at, {
      name: 'Yasmine Colin',
      mairieIds: [world.demo.mairieId],
      skills: null,
    });
    await ask('administrator', 'PUT', path, { ...body, ...bare });
  });

  it('writes what a counsellor knows best, among the motives of the own body', async () => {
    const all = await people('administrator');
    const nadia = all.people.find(
      ({ role, bodyId }) => role === 'counsellor' && bodyId === world.bodies.office,
    );
    const [first = '', second = ''] =
      all.bodies.find(({ bodyId }) => bodyId === nadia?.bodyId)?.motives ?? [];
    const at = `/api/people/accounts/${nadia?.accountId}`;
    const name = nadia?.name ?? '';
    const skills = [second, 'Taxe foncière', first, second];
    expect(
      (await ask('administrator', 'PUT', at, { name, mairieIds: null, skills, siret: null })).status,
    ).toBe(204);
    const seen = async () =>
      (await people('administrator')).people.find(({ accountId }) => accountId === nadia?.accountId)?.skills;
    expect((await seen())?.sort()).toEqual([first, second].sort());
    // Another change leaves them; none is a choice too.
    expect(
      (await ask('administrator', 'PUT', at, { name, mairieIds: null, skills: null, siret: null })).status,
    ).toBe(204);
    expect(await seen()).toHaveLength(2);
    expect(
      (await ask('administrator', 'PUT', at, { name, mairieIds: null, skills: [], siret: null })).status,
    ).toBe(204);
    expect(await seen()).toEqual([]);

    const clerk = all.people.find(({ role }) => role === 'clerk');
    const clerkAt = `/api/people/accounts/${clerk?.accountId}`;
    const change = { name: 'Claire', mairieIds: null, skills: [first], siret: null };
    expect((await ask('administrator', 'PUT', clerkAt, change)).status).toBe(400);
  });

  it('writes the SIRET of the employer of an agent and of an administrator, and of nobody else', async () => {
    const siret = '21750001600019';
    const all = (await people('administrator')).people;
    const seen = async (accountId?: string) =>
      (await people('administrator')).people.find((one) => one.accountId === accountId)?.siret;
    for (const person of all) {
      const at = `/api/people/accounts/${person.accountId}`;
      const change = { name: person.name, mairieIds: null, skills: null };
      const done = await ask('administrator', 'PUT', at, { ...change, siret });
      const may = person.role === 'agent' || person.role === 'administrator';
      expect([person.role, done.status]).toEqual([person.role, may ? 204 : 400]);
      expect(await seen(person.accountId)).toBe(may ? siret : null);
      expect((await ask('administrator', 'PUT', at, { ...change, siret: null })).status).toBe(204);
      expect(await seen(person.accountId)).toBeNull();
    }
    const agent = all.find(({ role }) => role === 'agent');
    const wrong = { name: 'Yasmine', mairieIds: null, skills: null, siret: '2175000160001' };
    expect(
      (await ask('administrator', 'PUT', `/api/people/accounts/${agent?.accountId}`, wrong)).status,
    ).toBe(400);
  });

  it('writes where a mairie is and under which SIRET, and takes both back', async () => {
    const { groupId } = await otherGroup();
    const name = 'Beaulieu';
    const added = await ask('administrator', 'POST', '/api/people/mairies', { name, groupId, ...known });
    const mairieId = placeAnswer.parse(await added.json()).placeId;
    const seen = async () =>
      (await people('administrator')).mairies.find((mairie) => mairie.mairieId === mairieId);
    expect(await seen()).toMatchObject(known);
    const path = `/api/people/mairies/${mairieId}`;
    for (const wrong of [
      { ...known, siret: '2175000160001' },
      { ...known, location: { latitude: 91, longitude: 0 } },
      { ...known, location: { latitude: 47 } },
      { siret: known.siret },
    ]) {
      expect((await ask('administrator', 'PUT', path, { name, ...wrong })).status).toBe(400);
    }
    expect(await seen()).toMatchObject(known);
    expect((await ask('administrator', 'PUT', path, { name, ...bare })).status).toBe(200);
    expect(await seen()).toMatchObject(bare);
    const group = { name: 'Autre vallée', siret: known.siret };
    expect((await ask('administrator', 'PUT', `/api/people/groups/${groupId}`, group)).status).toBe(200);
    expect((await people('administrator')).groups).toContainEqual({ groupId, ...group });
  });

  describe('with a mail server', () => {
    let server: TestMailServer;
    let mailing: TestHub;
    beforeAll(async () => {
      server = await startMailServer();
      mailing = await startTestHub(world, { mail: server.settings });
    });
    afterAll(async () => {
      await mailing?.close();
      await server?.close();
    });

    it('mails the link and nothing else of the person; says what could not be delivered', async () => {
      const cookie = await mailing.logIn('administrator');
      const post = (path: string, content: unknown) => mailing.post(path, content, { cookie });
      const email = `courriel-${randomUUID()}@mairie.example`;
      const scope = { role: 'clerk', mairieId: world.demo.mairieId };
      const answer = await post('/api/people/accounts', { name: 'Zoé Neuve', email, scope });
      expect(await answer.json()).toEqual({ link: null });
      await expect.poll(() => server.received.length).toBe(1);
      const text = server.received[0]?.text ?? '';
      expect(text).toMatch(/#\/bienvenue\/[\w-]{43}\s/);
      expect(text + (server.received[0]?.subject ?? '')).not.toMatch(/Zoé|Neuve|Saint-Martin/);

      server.answer(550);
      const refused = `refuse-${randomUUID()}@mairie.example`;
      await post('/api/people/accounts', { name: 'Zoé Neuve', email: refused, scope });
      await expect
        .poll(async () => (await people('administrator')).people.find((each) => each.email === refused))
        .toMatchObject({ undelivered: true, standing: 'invited' });
      server.answer(null);
    });

    it('gives one answer to whoever forgot the password, whether there is an account or not', async () => {
      const before = server.received.length;
      const answers = await Promise.all(
        ['nadia@office.example', 'personne@nulle-part.example'].map((email) =>
          mailing.post('/api/forgotten', { email }),
        ),
      );
      expect(answers.map(({ status }) => status)).toEqual([204, 204]);
      await expect.poll(() => server.received.length).toBe(before + 1);
      const token = /bienvenue\/([\w-]{43})/.exec(server.received.at(-1)?.text ?? '')?.[1] ?? '';
      const set = await mailing.post('/api/welcome', { token, password: PASSWORD });
      expect(await set.json()).toEqual({ loggedIn: true });
      world.cookies.delete('nadia');
      for (let attempt = 0; attempt < 2; attempt++) {
        expect((await mailing.post('/api/forgotten', { email: 'nadia@office.example' })).status).toBe(204);
      }
      expect((await mailing.post('/api/forgotten', { email: 'nadia@office.example' })).status).toBe(429);
    });
  });
});
