/** Every message with every role: what is not allowed is refused, audited, and changes nothing. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { FailureCode } from '#shared/failure.ts';
import { type TestDatabase, testDatabases } from '../testing/test-databases.ts';
import {
  auditTrail,
  createWorld,
  openVisit,
  type Person,
  reportOf,
  resetWorld,
  startTestHub,
  type TestHub,
  type World,
} from '../testing/test-hub.ts';
import type { TestConsole, TestRequest } from '../testing/test-peers.ts';

interface Scene {
  /** In call with Nadia. */
  readonly visitId: string;
  /** In the queue of Nadia's and Julien's body. */
  readonly queuedId: string;
  /** Over; it was of their body. */
  readonly pastId: string;
  readonly terminalId: string;
  /** No visit, and away. */
  readonly free: string;
  /** No visit, and connected. */
  readonly linked: string;
}

const make: Record<string, (scene: Scene, world: World) => TestRequest> = {
  announce: ({ free }, world) => ({
    type: 'announce',
    terminalId: free,
    bodyId: world.bodies.office,
    residentName: 'Madame Martin',
    showName: true,
    motive: 'Aide',
    consent: true,
  }),
  'announce at a terminal that does not exist': (_scene, world) => ({
    type: 'announce',
    terminalId: crypto.randomUUID(),
    bodyId: world.bodies.office,
    residentName: 'Madame Martin',
    showName: true,
    motive: 'Aide',
    consent: true,
  }),
  'announce to a body that does not exist': ({ free }) => ({
    type: 'announce',
    terminalId: free,
    bodyId: crypto.randomUUID(),
    residentName: 'Madame Martin',
    showName: true,
    motive: 'Aide',
    consent: true,
  }),
  'cancelVisit in call': ({ visitId }) => ({ type: 'cancelVisit', visitId }),
  'cancelVisit queued': ({ queuedId }) => ({ type: 'cancelVisit', visitId: queuedId }),
  'cancelVisit past': ({ pastId }) => ({ type: 'cancelVisit', visitId: pastId }),
  'cancelVisit unknown': () => ({ type: 'cancelVisit', visitId: crypto.randomUUID() }),
  'pickUp queued': ({ queuedId }) => ({ type: 'pickUp', visitId: queuedId }),
  'pickUp in call': ({ visitId }) => ({ type: 'pickUp', visitId }),
  'pickUp past': ({ pastId }) => ({ type: 'pickUp', visitId: pastId }),
  'pickUp unknown': () => ({ type: 'pickUp', visitId: crypto.randomUUID() }),
  'endVisit in call': ({ visitId }) => ({ type: 'endVisit', visitId }),
  'endVisit queued': ({ queuedId }) => ({ type: 'endVisit', visitId: queuedId }),
  'endVisit past': ({ pastId }) => ({ type: 'endVisit', visitId: pastId }),
  'handOver in call': ({ visitId }) => ({ type: 'handOver', visitId, to: { kind: 'queue' } }),
  'handOver queued': ({ queuedId }) => ({ type: 'handOver', visitId: queuedId, to: { kind: 'queue' } }),
  'handOver past': ({ pastId }) => ({ type: 'handOver', visitId: pastId, to: { kind: 'queue' } }),
  'handOver to a body that does not exist': ({ visitId }) => ({
    type: 'handOver',
    visitId,
    to: { kind: 'body', bodyId: crypto.randomUUID() },
  }),
  'handOver to the own body': ({ visitId }, world) => ({
    type: 'handOver',
    visitId,
    to: { kind: 'body', bodyId: world.bodies.office },
  }),
  'handOver to nobody': ({ visitId }) => ({
    type: 'handOver',
    visitId,
    to: { kind: 'colleague', accountId: crypto.randomUUID() },
  }),
  'invite in call': ({ visitId }) => ({
    type: 'invite',
    visitId,
    to: { kind: 'link', name: 'Irina Vasile', tokenHash: 'h'.repeat(43) },
  }),
  'invite queued': ({ queuedId }) => ({
    type: 'invite',
    visitId: queuedId,
    to: { kind: 'link', name: 'Irina Vasile', tokenHash: 'h'.repeat(43) },
  }),
  'invite nobody': ({ visitId }) => ({
    type: 'invite',
    visitId,
    to: { kind: 'colleague', accountId: crypto.randomUUID() },
  }),
  'endInvitation in call': ({ visitId }) => ({ type: 'endInvitation', visitId }),
  'endInvitation past': ({ pastId }) => ({ type: 'endInvitation', visitId: pastId }),
  'residentPresence in call': ({ visitId }) => ({ type: 'residentPresence', visitId, present: false }),
  'residentPresence queued': ({ queuedId }) => ({
    type: 'residentPresence',
    visitId: queuedId,
    present: false,
  }),
  'roomTrouble in call': ({ visitId }) => ({
    type: 'roomTrouble',
    visitId,
    origin: 'https://meet.example',
    room: 'r'.repeat(48),
    what: 'lost',
  }),
  'quiet in call': ({ visitId }) => ({ type: 'quiet', visitId, change: { residentSound: true } }),
  'quiet private in call': ({ visitId }) => ({ type: 'quiet', visitId, change: { private: true } }),
  'order in call': ({ visitId }) => ({
    type: 'order',
    orderId: crypto.randomUUID(),
    visitId,
    request: { kind: 'clearDesk' },
  }),
  'order queued': ({ queuedId }) => ({
    type: 'order',
    orderId: crypto.randomUUID(),
    visitId: queuedId,
    request: { kind: 'clearDesk' },
  }),
  'order past': ({ pastId }) => ({
    type: 'order',
    orderId: crypto.randomUUID(),
    visitId: pastId,
    request: { kind: 'scan', purpose: 'letter', source: 'flatbed' },
  }),
  'selfTest of a free terminal': ({ linked }) => ({ type: 'selfTest', terminalId: linked }),
  'selfTest of a terminal that is away': ({ free }) => ({ type: 'selfTest', terminalId: free }),
  'selfTest in a visit': ({ terminalId }) => ({ type: 'selfTest', terminalId }),
  'selfTest of a terminal that does not exist': () => ({
    type: 'selfTest',
    terminalId: crypto.randomUUID(),
  }),
};

type Expected = 'ok' | FailureCode;
const NAMED = ['clerk', 'nadia', 'julien', 'sophie', 'operator'] as const;
/** clerk: of the mairie · nadia: has the visit · julien: her colleague · sophie: another body · operator. */
const matrix: Record<string, Record<(typeof NAMED)[number], Expected>> = {
  announce: {
    clerk: 'ok',
    nadia: 'forbidden',
    julien: 'forbidden',
    sophie: 'forbidden',
    operator: 'forbidden',
  },
  'announce at a terminal that does not exist': {
    clerk: 'notFound',
    nadia: 'forbidden',
    julien: 'forbidden',
    sophie: 'forbidden',
    operator: 'forbidden',
  },
  'announce to a body that does not exist': {
    clerk: 'notFound',
    nadia: 'forbidden',
    julien: 'forbidden',
    sophie: 'forbidden',
    operator: 'forbidden',
  },
  'cancelVisit in call': {
    clerk: 'ok',
    nadia: 'forbidden',
    julien: 'forbidden',
    sophie: 'forbidden',
    operator: 'forbidden',
  },
  'cancelVisit queued': {
    clerk: 'ok',
    nadia: 'forbidden',
    julien: 'forbidden',
    sophie: 'forbidden',
    operator: 'forbidden',
  },
  'cancelVisit past': {
    clerk: 'visitOver',
    nadia: 'forbidden',
    julien: 'forbidden',
    sophie: 'forbidden',
    operator: 'forbidden',
  },
  'cancelVisit unknown': {
    clerk: 'notFound',
    nadia: 'forbidden',
    julien: 'forbidden',
    sophie: 'forbidden',
    operator: 'forbidden',
  },
  'pickUp queued': {
    clerk: 'forbidden',
    nadia: 'alreadyInVisit',
    julien: 'ok',
    sophie: 'notFound',
    operator: 'forbidden',
  },
  'pickUp in call': {
    clerk: 'forbidden',
    nadia: 'ok',
    julien: 'alreadyPickedUp',
    sophie: 'notFound',
    operator: 'forbidden',
  },
  'pickUp past': {
    clerk: 'forbidden',
    nadia: 'visitOver',
    julien: 'visitOver',
    sophie: 'notFound',
    operator: 'forbidden',
  },
  'pickUp unknown': {
    clerk: 'forbidden',
    nadia: 'notFound',
    julien: 'notFound',
    sophie: 'notFound',
    operator: 'forbidden',
  },
  'endVisit in call': {
    clerk: 'forbidden',
    nadia: 'ok',
    julien: 'forbidden',
    sophie: 'notFound',
    operator: 'forbidden',
  },
  'endVisit queued': {
    clerk: 'forbidden',
    nadia: 'forbidden',
    julien: 'forbidden',
    sophie: 'notFound',
    operator: 'forbidden',
  },
  'endVisit past': {
    clerk: 'forbidden',
    nadia: 'visitOver',
    julien: 'visitOver',
    sophie: 'notFound',
    operator: 'forbidden',
  },
  'handOver in call': {
    clerk: 'forbidden',
    nadia: 'ok',
    julien: 'forbidden',
    sophie: 'notFound',
    operator: 'forbidden',
  },
  'handOver queued': {
    clerk: 'forbidden',
    nadia: 'forbidden',
    julien: 'forbidden',
    sophie: 'notFound',
    operator: 'forbidden',
  },
  'handOver past': {
    clerk: 'forbidden',
    nadia: 'visitOver',
    julien: 'visitOver',
    sophie: 'notFound',
    operator: 'forbidden',
  },
  'handOver to a body that does not exist': {
    clerk: 'forbidden',
    nadia: 'notFound',
    julien: 'forbidden',
    sophie: 'notFound',
    operator: 'forbidden',
  },
  'handOver to the own body': {
    clerk: 'forbidden',
    nadia: 'notFound',
    julien: 'forbidden',
    sophie: 'notFound',
    operator: 'forbidden',
  },
  'handOver to nobody': {
    clerk: 'forbidden',
    nadia: 'notFound',
    julien: 'forbidden',
    sophie: 'notFound',
    operator: 'forbidden',
  },
  'invite in call': {
    clerk: 'forbidden',
    nadia: 'ok',
    julien: 'forbidden',
    sophie: 'notFound',
    operator: 'forbidden',
  },
  'invite queued': {
    clerk: 'forbidden',
    nadia: 'forbidden',
    julien: 'forbidden',
    sophie: 'notFound',
    operator: 'forbidden',
  },
  'invite nobody': {
    clerk: 'forbidden',
    nadia: 'notFound',
    julien: 'forbidden',
    sophie: 'notFound',
    operator: 'forbidden',
  },
  'endInvitation in call': {
    clerk: 'forbidden',
    nadia: 'ok',
    julien: 'forbidden',
    sophie: 'notFound',
    operator: 'forbidden',
  },
  'endInvitation past': {
    clerk: 'forbidden',
    nadia: 'visitOver',
    julien: 'visitOver',
    sophie: 'notFound',
    operator: 'forbidden',
  },
  'residentPresence in call': {
    clerk: 'ok',
    nadia: 'ok',
    julien: 'forbidden',
    sophie: 'notFound',
    operator: 'forbidden',
  },
  'residentPresence queued': {
    clerk: 'ok',
    nadia: 'forbidden',
    julien: 'forbidden',
    sophie: 'notFound',
    operator: 'forbidden',
  },
  'roomTrouble in call': {
    clerk: 'forbidden',
    nadia: 'ok',
    julien: 'forbidden',
    sophie: 'notFound',
    operator: 'forbidden',
  },
  'quiet in call': {
    clerk: 'forbidden',
    nadia: 'ok',
    julien: 'forbidden',
    sophie: 'notFound',
    operator: 'forbidden',
  },
  'quiet private in call': {
    clerk: 'ok',
    nadia: 'ok',
    julien: 'forbidden',
    sophie: 'notFound',
    operator: 'forbidden',
  },
  'order in call': {
    clerk: 'forbidden',
    nadia: 'ok',
    julien: 'forbidden',
    sophie: 'notFound',
    operator: 'forbidden',
  },
  'order queued': {
    clerk: 'forbidden',
    nadia: 'forbidden',
    julien: 'forbidden',
    sophie: 'notFound',
    operator: 'forbidden',
  },
  'order past': {
    clerk: 'forbidden',
    nadia: 'visitOver',
    julien: 'visitOver',
    sophie: 'notFound',
    operator: 'forbidden',
  },
  'selfTest of a free terminal': {
    clerk: 'ok',
    nadia: 'forbidden',
    julien: 'forbidden',
    sophie: 'forbidden',
    operator: 'ok',
  },
  'selfTest of a terminal that is away': {
    clerk: 'notReached',
    nadia: 'forbidden',
    julien: 'forbidden',
    sophie: 'forbidden',
    operator: 'notReached',
  },
  'selfTest in a visit': {
    clerk: 'terminalBusy',
    nadia: 'forbidden',
    julien: 'forbidden',
    sophie: 'forbidden',
    operator: 'terminalBusy',
  },
  'selfTest of a terminal that does not exist': {
    clerk: 'notFound',
    nadia: 'forbidden',
    julien: 'forbidden',
    sophie: 'forbidden',
    operator: 'notFound',
  },
};

const PEOPLE = [...NAMED, 'agent', 'correspondent', 'administrator'] as const;

/** An agent of this mairie may what its clerk may; whoever is not there for visits may nothing of them. */
function expectedOf(name: string, person: Person): Expected {
  const row = matrix[name];
  if (!row) throw new Error(`No row for "${name}".`);
  if (person === 'agent') return row.clerk;
  return person === 'correspondent' || person === 'administrator' ? 'forbidden' : row[person];
}

describe.each(testDatabases)('rights on $name', ({ open }) => {
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

  async function setScene(): Promise<Scene> {
    const { terminal, clerk, nadia, visitId: pastId } = await openVisit(hub, world);
    await nadia.ask({ type: 'endVisit', visitId: pastId });
    await terminal.cut();
    await nadia.cut();
    const { visitId, terminal: second } = await openVisit(hub, world);
    const { terminalId: queuedAt } = await hub.enrol();
    await clerk.ask({
      type: 'announce',
      terminalId: queuedAt,
      bodyId: world.bodies.office,
      residentName: 'Monsieur Roux',
      showName: true,
      motive: 'Aide',
      consent: true,
    });
    const queuedId = await clerk.until(
      (view) => view.role === 'clerk' && view.visits.find(({ stage }) => stage === 'queued')?.visitId,
    );
    const { terminalId: free } = await hub.enrol();
    const third = await hub.link();
    third.send({ type: 'report', report: reportOf('idle', null) });
    await clerk.until(
      (view) => view.role === 'clerk' && view.terminals.some((one) => one.report?.stage === 'idle'),
    );
    return {
      visitId,
      queuedId,
      pastId,
      terminalId: second.terminalId,
      free,
      linked: third.terminalId,
    };
  }

  function stored(): Promise<unknown[]> {
    return world.database.rows(
      z.unknown(),
      `select v.id, v.stage, v.resident_present, v.counsellor_id,
        (select count(*)::int from orders o where o.visit_id = v.id) as orders from visits v order by v.id`,
    );
  }

  test.each(PEOPLE)('%s', async (person) => {
    let scene = await setScene();
    let console = await hub.sit(person);
    for (const name of Object.keys(matrix)) {
      const expected = expectedOf(name, person);
      const request = make[name]?.(scene, world);
      if (!request) throw new Error(`No message for "${name}".`);
      const before = await stored();
      const answer = await console.ask(request);
      expect([name, answer.ok ? 'ok' : answer.code]).toEqual([name, expected]);
      expect((await auditTrail(world)).at(-1)).toMatchObject({
        action: request.type === 'order' ? `order.${request.request.kind}` : request.type,
        outcome: expected,
      });
      if (!answer.ok) expect([name, await stored()]).toEqual([name, before]);
      else {
        // What was allowed changed the scene: the next message meets a new one.
        await resetWorld(world);
        await hub.close();
        hub = await startTestHub(world);
        scene = await setScene();
        console = await hub.sit(person);
      }
    }
  });

  test('the matrix covers every request of the protocol', () => {
    const requests = [
      'announce',
      'cancelVisit',
      'pickUp',
      'endVisit',
      'handOver',
      'invite',
      'endInvitation',
      'residentPresence',
      'order',
      'quiet',
      'roomTrouble',
      'selfTest',
    ];
    expect([...new Set(Object.keys(matrix).map((name) => name.split(' ')[0]))].sort()).toEqual(
      requests.sort(),
    );
    expect(Object.keys(make).sort()).toEqual(Object.keys(matrix).sort());
  });

  test('a clerk or an agent of another mairie and a stranger’s operator see nothing of it', async () => {
    const scene = await setScene();
    await stranger();
    for (const person of ['clerk', 'agent'] as const) await seesNothing(await hub.sit(person), scene);
    const operator = await hub.sit('operator');
    expect(operator.view()).toMatchObject({ terminals: [], mairies: [{ name: 'Autre-Ville' }] });
    expect(await operator.ask({ type: 'selfTest', terminalId: scene.linked })).toMatchObject({
      ok: false,
      code: 'notFound',
    });
    await back();
  });

  async function seesNothing(receiver: TestConsole, scene: Scene): Promise<void> {
    expect(receiver.view()).toMatchObject({ role: 'clerk', terminals: [], visits: [] });
    for (const request of [
      make.announce?.(scene, world),
      make['cancelVisit in call']?.(scene, world),
      make['cancelVisit past']?.(scene, world),
      make['residentPresence in call']?.(scene, world),
      make['selfTest of a free terminal']?.(scene, world),
    ]) {
      if (!request) throw new Error('No message.');
      expect(await receiver.ask(request)).toMatchObject({ ok: false, code: 'notFound' });
    }
  }

  /** Moves the clerk, the agent and the operator elsewhere; back() brings them home. */
  async function stranger(): Promise<void> {
    const [territory, mairie] = [crypto.randomUUID(), crypto.randomUUID()];
    await world.database.run('insert into territories values ($1, $2)', [territory, 'Ailleurs']);
    await world.database.run('insert into mairies values ($1, $2, $3)', [mairie, territory, 'Autre-Ville']);
    await world.database.run("update accounts set mairie_id = $1 where role = 'clerk'", [mairie]);
    await world.database.run("update accounts set territory_id = $1 where role = 'operator'", [territory]);
    await world.database.run('update agent_mairies set mairie_id = $1', [mairie]);
  }
  async function back(): Promise<void> {
    const { mairieId } = world.demo;
    await world.database.run("update accounts set mairie_id = $1 where role = 'clerk'", [mairieId]);
    await world.database.run('update agent_mairies set mairie_id = $1', [mairieId]);
    await world.database.run(
      `update accounts set territory_id = (select territory_id from mairies where id = $1) where role = 'operator'`,
      [mairieId],
    );
  }

  test('each view holds what its role may see, and no more', async () => {
    await setScene();
    const views = await Promise.all(PEOPLE.map(async (person) => (await hub.sit(person)).view()));
    const [clerk, nadia, julien, sophie, operator, agent, correspondent, administrator] = views.map((view) =>
      JSON.stringify(view),
    );
    expect(clerk).toMatch(/Madame Martin.*Monsieur Roux|Monsieur Roux.*Madame Martin/);
    expect(agent).toMatch(/Madame Martin.*Monsieur Roux|Monsieur Roux.*Madame Martin/);
    for (const none of [correspondent, administrator])
      expect(none).not.toMatch(/Madame|Monsieur|jwt|Accueil/);
    expect(nadia).toMatch(/Madame Martin/);
    expect(julien).toMatch(/Monsieur Roux/);
    expect(julien).not.toMatch(/Madame Martin|jwt/);
    expect(sophie).not.toMatch(/Madame|Monsieur|jwt|Accueil/);
    expect(operator).not.toMatch(/Madame|Monsieur|jwt/);
    expect(operator).toMatch(/"mairies":\[\{"mairieId":"[^"]+","name":"Saint-Martin-des-Prés"\}\]/);
  });

  test('a message that does not match is refused, and the connection goes on', async () => {
    const { visitId } = await setScene();
    const clerk = await hub.sit('clerk');
    const bad = [
      '',
      '[]',
      '{"type":"announce"}',
      JSON.stringify({ type: 'pickUp', visitId, requestId: 'x' }),
    ];
    for (const text of bad) {
      const before = clerk.inbox.all.length;
      clerk.sendText(text);
      await expect
        .poll(() => clerk.inbox.all.at(before))
        .toEqual({ type: 'refused', code: 'invalidMessage' });
    }
    expect(await clerk.ask({ type: 'cancelVisit', visitId })).toMatchObject({ ok: true });
  });

  test('forms: a body’s own counsellors only', async () => {
    const nadia = await hub.sit('nadia');
    const view = nadia.view();
    const [form] = view.role === 'counsellor' ? view.forms : [];
    if (!form) throw new Error('No form.');
    const get = async (person: Person, id: string) =>
      fetch(new URL(`/api/forms/${id}`, hub.origin), { headers: { cookie: await hub.logIn(person) } });
    const own = await get('nadia', form.formId);
    expect([own.status, own.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    const bytes = Buffer.from(await own.arrayBuffer());
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(bytes).toHaveLength(form.size);
    for (const person of ['clerk', 'operator'] as const)
      expect((await get(person, form.formId)).status).toBe(403);
    expect((await get('sophie', form.formId)).status).toBe(404);
    expect((await get('nadia', 'x')).status).toBe(404);
    expect((await fetch(new URL(`/api/forms/${form.formId}`, hub.origin))).status).toBe(401);
  });
});
