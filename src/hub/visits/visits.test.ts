import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createPageWords } from '#sealing/page-words.ts';
import { greetingName } from '#shared/sealing.ts';
import { type TestDatabase, testDatabases } from '../testing/test-databases.ts';
import {
  counsellorView,
  createWorld,
  reportOf,
  resetWorld,
  startTestHub,
  type TestHub,
  type World,
} from '../testing/test-hub.ts';
import type { TestConsole, TestRequest } from '../testing/test-peers.ts';

const NAME = 'Madame Zéphyrine Quatrepoint';
const MOTIVE = 'Dossier hydrangéa confidentiel';

describe.each(testDatabases)('visits on $name', ({ open }) => {
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

  function announcement(
    terminalId: string,
    changes: Partial<Extract<TestRequest, { type: 'announce' }>> = {},
  ) {
    return {
      type: 'announce',
      terminalId,
      bodyId: world.bodies.office,
      residentName: NAME,
      showName: true,
      motive: MOTIVE,
      consent: true,
      ...changes,
    } as const;
  }

  async function announced(clerk: TestConsole, terminalId: string): Promise<string> {
    expect(await clerk.ask(announcement(terminalId))).toMatchObject({ ok: true });
    return clerk.until(
      (view) =>
        view.role === 'clerk' && view.visits.find((visit) => visit.terminalId === terminalId)?.visitId,
    );
  }

  test('from the announcement to the end, each is told what is theirs', async () => {
    const terminal = await hub.link();
    const clerk = await hub.sit('clerk');
    const nadia = await hub.sit('nadia');
    const sophie = await hub.sit('sophie');

    const visitId = await announced(clerk, terminal.terminalId);
    const queued = await terminal.untilVisit(({ visit }) => visit);
    expect(queued).toMatchObject({ visitId, greeting: null, stage: 'queued', position: 1, room: null });
    expect(JSON.stringify(queued)).not.toContain(MOTIVE);
    const waiting = await nadia.until((view) => counsellorView(view).queue[0]);
    expect(waiting).toMatchObject({ visitId, residentName: NAME, motive: MOTIVE, position: 1 });
    expect(counsellorView(sophie.view()).queue).toEqual([]);

    expect(await nadia.ask({ type: 'pickUp', visitId })).toMatchObject({ ok: true });
    // The view that shows the pick-up comes before its answer.
    const current = counsellorView(nadia.view()).current;
    const inCall = await terminal.untilVisit(({ visit }) => visit?.stage === 'inCall' && visit);
    expect(inCall).toMatchObject({
      position: null,
      counsellorPresent: true,
      counsellor: { name: 'Nadia Belkacem' },
    });
    expect(current?.room.room).toBe(inCall.room?.room);
    expect(current?.room.jwt).not.toBe(inCall.room?.jwt);

    expect(await nadia.ask({ type: 'endVisit', visitId })).toMatchObject({ ok: true });
    await terminal.untilVisit(({ visit, ended }) => visit === null && ended === 'completed');
    expect(counsellorView(nadia.view()).current).toBeNull();
    await clerk.until((view) => view.role === 'clerk' && view.visits.length === 0);
  });

  test('what the body asks for reaches the counsellor who takes the visit, and nobody before or beside', async () => {
    const terminal = await hub.link();
    const clerk = await hub.sit('clerk');
    const nadia = await hub.sit('nadia');
    const julien = await hub.sit('julien');
    const told = { birthName: 'Delahaye', birthDate: '1951-03-12', telephone: '02 54 00 00 00' };
    const address = '4, chemin de la Fontaine';
    expect(
      await clerk.ask(
        announcement(terminal.terminalId, { details: { ...told, address }, identityPaper: 'passport' }),
      ),
    ).toMatchObject({ ok: true });
    const { visitId } = await nadia.until((view) => counsellorView(view).queue[0]);
    expect(await nadia.ask({ type: 'pickUp', visitId })).toMatchObject({ ok: true });
    // The family office of the demo does not ask where people live: the clerk's page was an old one.
    expect(counsellorView(nadia.view()).current?.resident).toEqual({
      details: told,
      identityPaper: 'passport',
    });
    const said = [clerk, julien, terminal].map(({ inbox }) => JSON.stringify(inbox.all));
    for (const words of [said.join(' '), JSON.stringify(counsellorView(nadia.view()).queue)]) {
      expect(words).not.toContain('Delahaye');
      expect(words).not.toContain('passport');
    }
    expect(JSON.stringify(nadia.inbox.all)).not.toContain(address);
    const rows = await opened.database.rows(
      z.object({ sealed: z.instanceof(Uint8Array) }),
      'select sealed from visits',
    );
    expect(rows.map(({ sealed }) => Buffer.from(sealed).toString('latin1')).join(' ')).not.toContain(
      'Delahaye',
    );
    expect(await nadia.ask({ type: 'endVisit', visitId })).toMatchObject({ ok: true });
    expect(await opened.database.rows(z.object({}), 'select 1 from visits')).toEqual([]);
  });

  test.each([
    ['a day that does not exist', { birthDate: '1951-02-30' }],
    ['a day to come', { birthDate: '2999-01-01' }],
    ['letters for a telephone', { telephone: 'zéro deux' }],
    ['an address of 301 characters', { address: 'a'.repeat(301) }],
    ['the number of a paper', { paperNumber: '880692310285' }],
  ])('%s is refused', async (_what, details) => {
    const terminal = await hub.link();
    const clerk = await hub.sit('clerk');
    const announce = { ...announcement(terminal.terminalId), requestId: crypto.randomUUID(), details };
    clerk.sendText(JSON.stringify(announce));
    await clerk.inbox.find((message) => message.type === 'refused' && message.code === 'invalidMessage');
    expect(await opened.database.rows(z.object({}), 'select 1 from visits')).toEqual([]);
  });

  test('a name reaches the page that shows it, a new page too, and nothing on the way', async () => {
    const terminal = await hub.link();
    const clerk = await hub.sit('clerk');
    const visitId = await announced(clerk, terminal.terminalId);
    for (const page of [await createPageWords(), await createPageWords()]) {
      const report = { ...reportOf('announced', visitId), greetingKey: page.publicKey };
      terminal.send({ type: 'report', report });
      const opened = async (sealed: string | null | undefined) =>
        sealed ? page.open(greetingName(visitId), sealed) : null;
      await expect.poll(() => opened(terminal.visit().visit?.greeting)).toBe(NAME);
      // The same again, so that nothing has to be said anew.
      const said = terminal.inbox.all.length;
      terminal.send({ type: 'report', report });
      await hub.sit('nadia');
      expect(terminal.inbox.all.length).toBe(said);
    }
    expect(JSON.stringify(terminal.inbox.all)).not.toContain(NAME);
  });

  test('a name that may not be shown does not reach the terminal', async () => {
    const terminal = await hub.link();
    const clerk = await hub.sit('clerk');
    const { publicKey } = await createPageWords();
    terminal.send({ type: 'report', report: { ...reportOf('idle', null), greetingKey: publicKey } });
    await clerk.until((view) => view.role === 'clerk' && view.terminals.some(({ report }) => report));
    await clerk.ask(announcement(terminal.terminalId, { showName: false }));
    const seen = await terminal.untilVisit(({ visit }) => visit);
    expect(seen.greeting).toBeNull();
    expect(JSON.stringify(terminal.inbox.all)).not.toContain(NAME);
  });

  test('how long the queue will take is told to both, once the body’s visits say so', async () => {
    const [first, second] = [await hub.enrol(), await hub.enrol()];
    const began = Date.now() - 86_400_000;
    for (let past = 0; past < 5; past += 1) {
      // The last hours of a busy day; one of them had fallen asleep.
      const minutes = past === 0 ? 300 : 20;
      await opened.database.run('insert into past_visits values ($1, $2, $3, $4, $4, $5, $6)', [
        crypto.randomUUID(),
        first.terminalId,
        world.bodies.office,
        new Date(began + past * 1000),
        new Date(began + past * 1000 + minutes * 60_000),
        'completed',
      ]);
    }
    await hub.close();
    hub = await startTestHub(world);
    const clerk = await hub.sit('clerk');
    await announced(clerk, first.terminalId);
    const visitId = await announced(clerk, second.terminalId);
    const waitIn = (view: ReturnType<typeof clerk.view>) =>
      view.role === 'clerk' ? view.visits.find((visit) => visit.visitId === visitId)?.wait : undefined;
    // Nobody is there to take anyone.
    expect(waitIn(clerk.view())).toBeNull();
    await hub.sit('nadia');
    await clerk.until((view) => waitIn(view) === 20 * 60_000);
    const terminal = await hub.link(second);
    await terminal.untilVisit(({ visit }) => visit?.wait === 20 * 60_000);
    await hub.sit('julien');
    await terminal.untilVisit(({ visit }) => visit?.wait === 5 * 60_000);
  });

  test('two counsellors at once: exactly one wins, the other is told who', async () => {
    const nadia = await hub.sit('nadia');
    const julien = await hub.sit('julien');
    const clerk = await hub.sit('clerk');
    for (let round = 0; round < 10; round += 1) {
      const { terminalId } = await hub.enrol();
      const visitId = await announced(clerk, terminalId);
      const answers = await Promise.all([
        nadia.ask({ type: 'pickUp', visitId }),
        julien.ask({ type: 'pickUp', visitId }),
      ]);
      const [winner, loser] = answers[0].ok ? answers : [answers[1], answers[0]];
      expect(winner).toMatchObject({ ok: true });
      expect(loser).toMatchObject({ ok: false, code: 'alreadyPickedUp' });
      expect(loser.by).toBe(answers[0].ok ? 'Nadia Belkacem' : 'Julien Petit');
      await (answers[0].ok ? nadia : julien).ask({ type: 'endVisit', visitId });
    }
  });

  test('a visit that is handed over waits again: for whom, from when, and with nothing that was cut', async () => {
    const terminal = await hub.link();
    const clerk = await hub.sit('clerk');
    const nadia = await hub.sit('nadia');
    const julien = await hub.sit('julien');
    const sophie = await hub.sit('sophie');
    const visitId = await announced(clerk, terminal.terminalId);
    expect(await nadia.ask({ type: 'pickUp', visitId })).toMatchObject({ ok: true });
    const first = counsellorView(nadia.view()).current;
    expect(counsellorView(nadia.view()).colleagues).toEqual([
      {
        ...{ accountId: counsellorView(julien.view()).me.accountId, name: 'Julien Petit' },
        ...{ inVisit: false, knowsMotive: false },
      },
    ]);
    await nadia.ask({ type: 'quiet', visitId, change: { residentSound: true } });

    const { accountId } = counsellorView(julien.view()).me;
    const toJulien = { kind: 'colleague', accountId } as const;
    expect(await nadia.ask({ type: 'handOver', visitId, to: toJulien })).toMatchObject({ ok: true });
    expect(counsellorView(nadia.view()).current).toBeNull();
    const waiting = await julien.until((view) => counsellorView(view).queue[0]);
    expect(waiting).toMatchObject({
      visitId,
      residentName: NAME,
      announcedAt: first?.visit.announcedAt,
      wanted: { accountId, name: 'Julien Petit' },
      quiet: { residentSound: false },
    });
    await terminal.untilVisit(({ visit }) => visit?.visitId === visitId && visit.stage === 'queued');

    expect(await julien.ask({ type: 'pickUp', visitId })).toMatchObject({ ok: true });
    const second = counsellorView(julien.view()).current;
    expect(second?.visit.wanted).toBeNull();
    expect(second?.room.room).not.toBe(first?.room.room);

    const [taxes] = counsellorView(julien.view()).otherBodies;
    expect(taxes).toMatchObject({ bodyId: world.bodies.taxes, counsellorsOnline: 1 });
    const toTaxes = { kind: 'body', bodyId: world.bodies.taxes } as const;
    expect(await julien.ask({ type: 'handOver', visitId, to: toTaxes })).toMatchObject({ ok: true });
    await sophie.until((view) => counsellorView(view).queue[0]?.visitId === visitId);
    // It is not theirs any more.
    expect(counsellorView(nadia.view()).queue).toEqual([]);
    expect(await nadia.ask({ type: 'pickUp', visitId })).toMatchObject({ ok: false, code: 'notFound' });

    // Whoever waited was received once: that counts, though the visit ends in the queue.
    await clerk.ask({ type: 'cancelVisit', visitId });
    const past = await opened.database.rows(
      z.object({ picked_up_at: z.date().nullable(), body_id: z.uuid() }),
      'select picked_up_at, body_id from past_visits',
    );
    expect(past).toEqual([
      { picked_up_at: new Date(first?.visit.pickedUpAt ?? 0), body_id: world.bodies.taxes },
    ]);
  });

  test('only a colleague of the same body can be named', async () => {
    const clerk = await hub.sit('clerk');
    const nadia = await hub.sit('nadia');
    const sophie = await hub.sit('sophie');
    const visitId = await announced(clerk, (await hub.enrol()).terminalId);
    await nadia.ask({ type: 'pickUp', visitId });
    for (const stranger of [sophie, clerk, nadia]) {
      const { accountId } = stranger.view().me;
      const asked = await nadia.ask({ type: 'handOver', visitId, to: { kind: 'colleague', accountId } });
      expect(asked).toMatchObject({ ok: false, code: 'notFound' });
    }
    expect(counsellorView(nadia.view()).current?.visit.visitId).toBe(visitId);
  });

  test('picking up twice is harmless, picking up a second visit is refused', async () => {
    const clerk = await hub.sit('clerk');
    const nadia = await hub.sit('nadia');
    const first = await announced(clerk, (await hub.enrol()).terminalId);
    const second = await announced(clerk, (await hub.enrol()).terminalId);
    expect(await nadia.ask({ type: 'pickUp', visitId: first })).toMatchObject({ ok: true });
    expect(await nadia.ask({ type: 'pickUp', visitId: first })).toMatchObject({ ok: true });
    expect(await nadia.ask({ type: 'pickUp', visitId: second })).toMatchObject({ code: 'alreadyInVisit' });
  });

  test('positions move up as those before leave the queue', async () => {
    const clerk = await hub.sit('clerk');
    const nadia = await hub.sit('nadia');
    const one = await hub.link();
    const two = await hub.link();
    const first = await announced(clerk, one.terminalId);
    const second = await announced(clerk, two.terminalId);
    expect((await two.untilVisit(({ visit }) => visit)).position).toBe(2);
    const queue = await nadia.until((view) => {
      const waiting = counsellorView(view).queue;
      return waiting.length === 2 && waiting;
    });
    expect(queue.map(({ visitId, position }) => [visitId, position])).toEqual([
      [first, 1],
      [second, 2],
    ]);
    await nadia.ask({ type: 'pickUp', visitId: first });
    await two.untilVisit(({ visit }) => visit?.position === 1);
  });

  test('a terminal has one visit, even when two are announced at once', async () => {
    const clerk = await hub.sit('clerk');
    const { terminalId } = await hub.enrol();
    const answers = await Promise.all([
      clerk.ask(announcement(terminalId)),
      clerk.ask(announcement(terminalId)),
    ]);
    expect(answers.map(({ code }) => code).sort()).toEqual([null, 'terminalBusy'].sort());
  });

  test('a closed terminal takes nobody', async () => {
    const terminal = await hub.link();
    const clerk = await hub.sit('clerk');
    terminal.send({ type: 'report', report: reportOf('closed', null) });
    await clerk.until((view) => view.role === 'clerk' && view.terminals[0]?.report?.stage === 'closed');
    expect(await clerk.ask(announcement(terminal.terminalId))).toMatchObject({ code: 'terminalClosed' });
  });

  test('the clerk cancels, also in call; asked again, it is over', async () => {
    const terminal = await hub.link();
    const clerk = await hub.sit('clerk');
    const nadia = await hub.sit('nadia');
    const visitId = await announced(clerk, terminal.terminalId);
    await nadia.ask({ type: 'pickUp', visitId });
    expect(await clerk.ask({ type: 'cancelVisit', visitId })).toMatchObject({ ok: true });
    await terminal.untilVisit(({ visit, ended }) => visit === null && ended === 'cancelledByClerk');
    expect(await clerk.ask({ type: 'cancelVisit', visitId })).toMatchObject({ code: 'visitOver' });
    expect(await nadia.ask({ type: 'endVisit', visitId })).toMatchObject({ code: 'visitOver' });
    expect(await nadia.ask({ type: 'pickUp', visitId })).toMatchObject({ code: 'visitOver' });
  });

  test('the terminal ends its own visit, and only its own', async () => {
    const terminal = await hub.link();
    const other = await hub.link();
    const clerk = await hub.sit('clerk');
    const visitId = await announced(clerk, terminal.terminalId);
    other.send({ type: 'visit.end', visitId, reason: 'residentGone' });
    await other.inbox.find((message) => message.type === 'refused' && message.code === 'notFound');
    expect(clerk.view()).toMatchObject({ visits: [{ visitId }] });
    terminal.send({ type: 'visit.end', visitId, reason: 'residentGone' });
    await terminal.untilVisit(({ visit, ended }) => visit === null && ended === 'residentGone');
    await clerk.until((view) => view.role === 'clerk' && view.visits.length === 0);
    // Said again after a cut: no news, no complaint.
    const before = terminal.inbox.all.length;
    terminal.send({ type: 'visit.end', visitId, reason: 'residentGone' });
    terminal.send({ type: 'report', report: reportOf('idle', null) });
    await clerk.until(
      (view) => view.role === 'clerk' && view.terminals.some(({ report }) => report?.stage === 'idle'),
    );
    expect(terminal.inbox.all.slice(before)).toEqual([]);
  });

  test('presence of resident and counsellor reaches the terminal', async () => {
    const terminal = await hub.link();
    const clerk = await hub.sit('clerk');
    const nadia = await hub.sit('nadia');
    const visitId = await announced(clerk, terminal.terminalId);
    await nadia.ask({ type: 'pickUp', visitId });
    await clerk.ask({ type: 'residentPresence', visitId, present: false });
    await terminal.untilVisit(({ visit }) => visit?.residentPresent === false);
    await nadia.ask({ type: 'residentPresence', visitId, present: true });
    await terminal.untilVisit(({ visit }) => visit?.stage === 'inCall' && visit.residentPresent);
    await nadia.cut();
    await terminal.untilVisit(({ visit }) => visit?.stage === 'inCall' && !visit.counsellorPresent);
    const back = await hub.sit('nadia');
    expect(counsellorView(back.view()).current?.visit.visitId).toBe(visitId);
    await expect.poll(() => terminal.visit().visit?.counsellorPresent).toBe(true);
  });

  test('a terminal that missed the end learns why at its next connection', async () => {
    const terminal = await hub.link();
    const clerk = await hub.sit('clerk');
    const visitId = await announced(clerk, terminal.terminalId);
    terminal.send({ type: 'report', report: reportOf('waiting', visitId) });
    await clerk.until((view) => view.role === 'clerk' && view.terminals[0]?.report?.visitId === visitId);
    await terminal.cut();
    await clerk.until((view) => view.role === 'clerk' && view.terminals[0]?.online === false);
    await clerk.ask({ type: 'cancelVisit', visitId });
    const back = await hub.link(terminal);
    expect(back.visit()).toEqual({ type: 'visit', visit: null, ended: 'cancelledByClerk' });
  });

  test('a new visit is said again to a terminal that was still wiping when it came', async () => {
    const terminal = await hub.link();
    const clerk = await hub.sit('clerk');
    const first = await announced(clerk, terminal.terminalId);
    await clerk.ask({ type: 'cancelVisit', visitId: first });
    const second = await announced(clerk, terminal.terminalId);
    await terminal.untilVisit(({ visit }) => visit?.visitId === second);
    const before = terminal.inbox.all.length;
    terminal.send({ type: 'report', report: reportOf('wiping', first) });
    terminal.send({ type: 'report', report: reportOf('idle', null) });
    await terminal.inbox.find(
      (message) =>
        message.type === 'visit' && message.visit?.visitId === second && terminal.inbox.all.length > before,
    );
    expect(terminal.inbox.all.slice(before)).toHaveLength(1);
  });

  test('nobody’s name or motive can be read in the database, during the visit or after it', async () => {
    const terminal = await hub.link();
    const clerk = await hub.sit('clerk');
    const nadia = await hub.sit('nadia');
    const visitId = await announced(clerk, terminal.terminalId);
    await nadia.ask({ type: 'pickUp', visitId });
    const documentId = crypto.randomUUID();
    const request = { kind: 'show', documentId, page: 1 } as const;
    await nadia.ask({ type: 'order', orderId: crypto.randomUUID(), visitId, request });
    expect(await everything(world)).not.toMatch(/Quatrepoint|hydrang/);
    expect(await everything(world)).toContain(documentId);
    await nadia.ask({ type: 'endVisit', visitId });
    const left = await everything(world);
    expect(left).not.toMatch(/Quatrepoint|hydrang/);
    expect(left).not.toContain(documentId);
    const counted = await opened.database.rows(
      z.record(z.string(), z.unknown()),
      'select * from past_visits',
    );
    expect(counted).toEqual([
      {
        id: visitId,
        terminal_id: terminal.terminalId,
        body_id: world.bodies.office,
        announced_at: expect.any(Date),
        picked_up_at: expect.any(Date),
        ended_at: expect.any(Date),
        reason: 'completed',
        word_given: false,
        sealed: null,
      },
    ]);
    for (const table of ['visits', 'orders']) {
      expect(await opened.database.rows(z.unknown(), `select * from ${table}`)).toEqual([]);
    }
  });
});

/** Every row of every table as text, binary columns as both hexadecimal and text. */
async function everything({ database }: World): Promise<string> {
  const tables = await database.rows(
    z.object({ name: z.string() }),
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_name <> 'forms'`,
  );
  expect(tables.length).toBeGreaterThan(10);
  const parts: string[] = [];
  for (const { name } of tables) {
    const rows = await database.rows(z.record(z.string(), z.unknown()), `select * from "${name}"`);
    for (const row of rows) {
      for (const value of Object.values(row)) {
        parts.push(
          value instanceof Uint8Array ? Buffer.from(value).toString() : (JSON.stringify(value) ?? ''),
        );
      }
    }
  }
  return parts.join('\n');
}
