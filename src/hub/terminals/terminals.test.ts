import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { PROTOCOL_VERSION } from '#shared/protocol/messages.ts';
import { createEnrolmentCode } from '../enrolment/store.ts';
import { deriveKey } from '../secret.ts';
import { type TestDatabase, testDatabases } from '../testing/test-databases.ts';
import {
  auditTrail,
  createWorld,
  reportOf,
  resetWorld,
  startTestHub,
  type TestHub,
  type World,
} from '../testing/test-hub.ts';
import {
  challengeOf,
  newKeys,
  openTestTerminal,
  signatureOf,
  signedWipe,
  type TestTerminal,
} from '../testing/test-peers.ts';

describe.each(testDatabases)('terminals on $name', ({ open }) => {
  let opened: TestDatabase;
  let world: World;
  let hub: TestHub;
  let now = Date.now();

  beforeAll(async () => {
    opened = await open();
    world = await createWorld(opened.database);
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    await resetWorld(world);
    now = Date.now();
    hub = await startTestHub(world, { clock: () => now });
  });
  afterEach(() => hub.close());

  async function newCode(): Promise<string> {
    const { code } = await createEnrolmentCode(world.database, deriveKey(world.secret, 'enrolment'), {
      mairieId: world.demo.mairieId,
      terminalName: 'Accueil',
      now,
    });
    return code;
  }

  async function enrol(code: string, publicKey = newKeys().publicKey): Promise<[number, unknown]> {
    const response = await hub.post('/api/enrol', { code, publicKey });
    return [response.status, await response.json()];
  }

  async function prove(terminal: TestTerminal, terminalId: string, signature: string): Promise<void> {
    await challengeOf(terminal, terminalId);
    terminal.send({ type: 'proof', signature });
    await expectRefused(terminal);
  }

  async function expectRefused(terminal: TestTerminal): Promise<void> {
    await terminal.inbox.find((message) => message.type === 'refused' && message.code === 'forbidden');
    expect(await terminal.closed).toBe(4401);
    expect(terminal.inbox.all.some(({ type }) => type === 'visit' || type === 'order')).toBe(false);
    expect([...hub.hub.switchboard.ownTerminals()].length).toBe(0);
  }

  describe('enrolment', () => {
    test('the demo’s code and the operator’s own let one terminal in, once', async () => {
      const cookie = await hub.logIn('operator');
      const body = { mairieId: world.demo.mairieId, terminalName: 'Salle du conseil' };
      const answer = await hub.post('/api/enrolment-codes', body, { cookie });
      const { code } = z.object({ code: z.string() }).parse(await answer.json());
      expect(code).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}$/);
      expect(await enrol(code)).toMatchObject([200, { terminalId: expect.any(String) }]);
      expect(await enrol(code)).toEqual([400, { code: 'wrongEnrolmentCode' }]);
    });

    test('of two terminals with one code at once, one comes in', async () => {
      const code = await newCode();
      const answers = await Promise.all([enrol(code), enrol(code), enrol(code)]);
      expect(answers.map(([status]) => status).sort()).toEqual([200, 400, 400]);
    });

    test('after an hour, wrong, or with a key of another kind: refused', async () => {
      const code = await newCode();
      expect(await enrol('AAAA-BBBB-CCCC')).toEqual([400, { code: 'wrongEnrolmentCode' }]);
      expect(await enrol(code, Buffer.from('no key').toString('base64url'))).toEqual([
        400,
        { code: 'invalidMessage' },
      ]);
      now += 3_600_001;
      expect(await enrol(code)).toEqual([400, { code: 'wrongEnrolmentCode' }]);
    });

    test('codes cannot be tried one after the other', async () => {
      const code = await newCode();
      for (let i = 0; i < 20; i += 1) await enrol('AAAA-BBBB-CCCC');
      expect(await enrol(code)).toEqual([429, { code: 'tooManyAttempts' }]);
    });

    test.each(['clerk', 'nadia'] as const)('%s may not ask for a code', async (person) => {
      const cookie = await hub.logIn(person);
      const body = { mairieId: world.demo.mairieId, terminalName: 'Salle' };
      expect((await hub.post('/api/enrolment-codes', body, { cookie })).status).toBe(403);
      expect((await hub.post('/api/enrolment-codes', body)).status).toBe(401);
    });

    test('an operator has no mairie outside the territory', async () => {
      const cookie = await hub.logIn('operator');
      const body = { mairieId: crypto.randomUUID(), terminalName: 'Salle' };
      expect((await hub.post('/api/enrolment-codes', body, { cookie })).status).toBe(404);
    });

    test('the database keeps neither code nor private key', async () => {
      const code = await newCode();
      const rows = await world.database.rows(z.unknown(), 'select * from enrolment_codes');
      expect(JSON.stringify(rows)).not.toContain(code);
      await hub.enrol();
      const terminals = await world.database.rows(
        z.record(z.string(), z.unknown()),
        'select * from terminals',
      );
      expect(Object.keys(terminals[0] ?? {}).filter((name) => /key/.test(name))).toEqual(['public_key']);
    });
  });

  describe('proof', () => {
    test('the enrolled key comes in and is shown online', async () => {
      const clerk = await hub.sit('clerk');
      const terminal = await hub.link();
      await clerk.until((view) => view.role === 'clerk' && view.terminals[0]?.online);
      expect(terminal.visit()).toEqual({ type: 'visit', visit: null, ended: null });
      await terminal.cut();
      await clerk.until((view) => view.role === 'clerk' && view.terminals[0]?.online === false);
    });

    test('an impostor with the right name and another key stays out', async () => {
      const { terminalId } = await hub.enrol();
      const impostor = await openTestTerminal(hub.origin);
      const nonce = await challengeOf(impostor, terminalId);
      const signature = signatureOf(newKeys().privateKey, terminalId, nonce, hub.origin);
      impostor.send({ type: 'proof', signature });
      await expectRefused(impostor);
      expect(await auditTrail(world)).toContainEqual({
        actor: 'nobody',
        action: 'terminalProof',
        subject: terminalId,
        outcome: 'forbidden',
      });
    });

    test('a proof seen once is worth nothing on another connection', async () => {
      const { terminalId, privateKey } = await hub.enrol();
      const first = await openTestTerminal(hub.origin);
      const nonce = await challengeOf(first, terminalId);
      const signature = signatureOf(privateKey, terminalId, nonce, hub.origin);
      await first.cut();
      await prove(await openTestTerminal(hub.origin), terminalId, signature);
    });

    test('a proof given to a false hub is worth nothing here', async () => {
      const { terminalId, privateKey } = await hub.enrol();
      const terminal = await openTestTerminal(hub.origin);
      const nonce = await challengeOf(terminal, terminalId);
      const signature = signatureOf(privateKey, terminalId, nonce, 'https://false-hub.example');
      terminal.send({ type: 'proof', signature });
      await expectRefused(terminal);
    });

    test.each(['', 'AAAA', 'é', 'A'.repeat(86)])('a broken signature %j is refused', async (signature) => {
      const { terminalId } = await hub.enrol();
      await prove(await openTestTerminal(hub.origin), terminalId, signature);
    });

    test('a terminal that was never enrolled is challenged like any other, and refused', async () => {
      const terminalId = crypto.randomUUID();
      const terminal = await openTestTerminal(hub.origin);
      const nonce = await challengeOf(terminal, terminalId);
      const signature = signatureOf(newKeys().privateKey, terminalId, nonce, hub.origin);
      terminal.send({ type: 'proof', signature });
      await expectRefused(terminal);
    });

    test('whoever reports before the proof is refused', async () => {
      const { terminalId } = await hub.enrol();
      const terminal = await openTestTerminal(hub.origin);
      await challengeOf(terminal, terminalId);
      terminal.send({ type: 'report', report: reportOf('idle', null) });
      await expectRefused(terminal);
    });

    test('another version of the protocol is refused', async () => {
      const { terminalId } = await hub.enrol();
      const terminal = await openTestTerminal(hub.origin);
      terminal.send({ type: 'hello', protocol: PROTOCOL_VERSION + 1, terminalId });
      await terminal.inbox.find((message) => message.type === 'refused' && message.code === 'wrongProtocol');
      expect(await terminal.closed).toBe(4401);
    });

    test('a web page cannot open a terminal’s connection', async () => {
      await expect(openTestTerminal(hub.origin, { origin: hub.origin })).rejects.toThrow('403');
    });

    test('a newer connection takes the older one’s place', async () => {
      const clerk = await hub.sit('clerk');
      const older = await hub.link();
      const newer = await hub.link(older);
      expect(await older.closed).toBe(4409);
      expect(newer.socket.readyState).toBe(newer.socket.OPEN);
      expect([...hub.hub.switchboard.ownTerminals()]).toEqual([older.terminalId]);
      expect(clerk.view()).toMatchObject({ terminals: [{ online: true }] });
    });
  });

  test('a message that does not match is refused, and the connection goes on', async () => {
    const terminal = await hub.link();
    const clerk = await hub.sit('clerk');
    for (const text of [
      '',
      'not json',
      '{}',
      '{"type":"report"}',
      JSON.stringify({ type: 'hello', extra: 1 }),
    ]) {
      const before = terminal.inbox.all.length;
      terminal.sendText(text);
      await expect
        .poll(() => terminal.inbox.all.at(before))
        .toEqual({ type: 'refused', code: 'invalidMessage' });
    }
    terminal.send({ type: 'report', report: reportOf('closed', null) });
    await clerk.until((view) => view.role === 'clerk' && view.terminals[0]?.report?.stage === 'closed');
  });

  test('the wipe’s report reaches clerk and operator', async () => {
    const terminal = await hub.link();
    const operator = await hub.sit('operator');
    const report = signedWipe(terminal, {
      ok: false,
      at: now,
      visitId: crypto.randomUUID(),
      checked: [{ name: 'spool', looked: 2, left: 1, ok: false }],
    });
    terminal.send({ type: 'wipe', report });
    await operator.until((view) => view.role === 'operator' && view.terminals[0]?.lastWipe?.ok === false);
    expect(operator.view()).toMatchObject({ terminals: [{ lastWipe: report }] });
  });

  test('a wipe’s report that its terminal did not sign is refused, audited and shown to nobody', async () => {
    const terminal = await hub.link();
    const operator = await hub.sit('operator');
    const red = {
      ok: false,
      at: now,
      visitId: null,
      checked: [{ name: 'spool', looked: 2, left: 1, ok: false }],
    };
    const green = {
      ok: true,
      at: now,
      visitId: null,
      checked: [{ name: 'spool', looked: 2, left: 0, ok: true }],
    };
    const { privateKey } = newKeys();
    const signed = signedWipe(terminal, red);
    for (const report of [
      { ...signed, ...green },
      signedWipe({ ...terminal, privateKey }, green),
      signedWipe({ ...terminal, terminalId: crypto.randomUUID() }, green),
    ]) {
      const before = terminal.inbox.all.length;
      terminal.send({ type: 'wipe', report });
      await expect.poll(() => terminal.inbox.all.at(before)).toEqual({ type: 'refused', code: 'forbidden' });
    }
    const refusal = { actor: terminal.terminalId, action: 'wipe', subject: null, outcome: 'forbidden' };
    expect(await auditTrail(world)).toContainEqual(refusal);
    expect(operator.view()).toMatchObject({ terminals: [{ lastWipe: null }] });
    terminal.send({ type: 'wipe', report: signed });
    await operator.until((view) => view.role === 'operator' && view.terminals[0]?.lastWipe?.ok === false);
  });
});

test('a connection that proves nothing in time is cut', async () => {
  const opened = await testDatabases[0].open();
  const world = await createWorld(opened.database);
  const hub = await startTestHub(world, { timings: { proof: 50 } });
  const silent = await openTestTerminal(hub.origin);
  expect(await silent.closed).toBe(1006);
  await hub.close();
  await opened.close();
});

test('strangers hold only so many connections open, and are audited once', async () => {
  const opened = await testDatabases[0].open();
  const world = await createWorld(opened.database);
  const hub = await startTestHub(world);
  const identity = await hub.enrol();
  const own = await hub.link(identity);
  const silent: TestTerminal[] = [];
  for (let i = 0; i < 40; i += 1) silent.push(await openTestTerminal(hub.origin));
  for (let i = 0; i < 3; i += 1) {
    const refused = await openTestTerminal(hub.origin);
    expect(await refused.closed).toBe(1006);
  }
  // Those that proved themselves do not count, and a place that is given up is free again.
  expect(own.socket.readyState).toBe(own.socket.OPEN);
  await silent[0]?.cut();
  await hub.link(identity);
  for (let i = 0; i < 5; i += 1) {
    const nobody = crypto.randomUUID();
    await silent[i + 1]?.cut();
    const impostor = await openTestTerminal(hub.origin);
    const nonce = await challengeOf(impostor, nobody);
    impostor.send({ type: 'proof', signature: signatureOf(newKeys().privateKey, nobody, nonce, hub.origin) });
    expect(await impostor.closed).toBe(4401);
  }
  const refusals = (await auditTrail(world)).filter(({ action }) => action === 'terminalProof');
  expect(refusals).toEqual([
    { actor: 'nobody', action: 'terminalProof', subject: null, outcome: 'tooManyAttempts' },
    { actor: 'nobody', action: 'terminalProof', subject: null, outcome: 'forbidden' },
  ]);
  for (const each of silent) each.socket.terminate();
  await hub.close();
  await opened.close();
});

test('a peer that answers no ping is cut', async () => {
  const opened = await testDatabases[0].open();
  const world = await createWorld(opened.database);
  const hub = await startTestHub(world, { timings: { heartbeat: 100 } });
  const clerk = await hub.sit('clerk');
  const terminal = await hub.link();
  await clerk.until((view) => view.role === 'clerk' && view.terminals[0]?.online);
  terminal.socket.pause(); // Reads nothing any more, like a machine whose cable was pulled.
  await clerk.until((view) => view.role === 'clerk' && view.terminals[0]?.online === false);
  terminal.socket.terminate();
  await hub.close();
  await opened.close();
});
