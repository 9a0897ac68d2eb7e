/** The self-test from the request to the operator's page. Who may ask is in consoles/rights.test.ts. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ConsoleView } from '#shared/protocol/views.ts';
import type { SelfTestResult } from '#shared/self-test.ts';
import { type TestDatabase, testDatabases } from '../testing/test-databases.ts';
import {
  counsellorView,
  createWorld,
  openVisit,
  reportOf,
  resetWorld,
  startTestHub,
  type TestHub,
  type World,
} from '../testing/test-hub.ts';

const result: SelfTestResult = {
  at: 1_790_000_000_000,
  origin: 'clerk',
  findings: ['echoStrong'],
  measured: {
    camera: { state: 'seen', brightness: 90, brightest: 240, moving: true },
    microphone: { state: 'heard', noise: -61.5 },
    speaker: 'present',
    sound: { level: -33.2, delay: 84.25, echo: { reduction: 11.7, orMore: false } },
  },
};

function terminalIn(view: ConsoleView) {
  return 'terminals' in view ? view.terminals[0] : undefined;
}

describe.each(testDatabases)('the self-test on $name', ({ open }) => {
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

  async function idleTerminal() {
    const terminal = await hub.link();
    const clerk = await hub.sit('clerk');
    terminal.send({ type: 'report', report: reportOf('idle', null) });
    await clerk.until((view) => terminalIn(view)?.report?.stage === 'idle');
    return { terminal, clerk };
  }

  test('the clerk asks, the terminal begins, and clerk and operator read the result', async () => {
    const { terminal, clerk } = await idleTerminal();
    const operator = await hub.sit('operator');
    const { terminalId } = terminal;
    expect(await clerk.ask({ type: 'selfTest', terminalId })).toMatchObject({ ok: true });
    expect(await terminal.inbox.find((message) => message.type === 'selfTest' && message)).toEqual({
      type: 'selfTest',
      origin: 'clerk',
    });
    terminal.send({ type: 'report', report: { ...reportOf('idle', null), selfTesting: true } });
    expect(await clerk.until((view) => terminalIn(view)?.report?.selfTesting)).toBe(true);
    terminal.send({ type: 'selfTest', result });
    for (const console of [clerk, operator]) {
      expect(await console.until((view) => terminalIn(view)?.lastSelfTest)).toEqual(result);
    }
  });

  test('only the latest is kept, and a hub that starts again still has it', async () => {
    const { terminal, clerk } = await idleTerminal();
    terminal.send({ type: 'selfTest', result });
    const later: SelfTestResult = { at: result.at + 1, origin: 'morning', findings: [], measured: null };
    terminal.send({ type: 'selfTest', result: later });
    await clerk.until((view) => terminalIn(view)?.lastSelfTest?.origin === 'morning');
    await hub.close();
    hub = await startTestHub(world);
    expect(terminalIn((await hub.sit('clerk')).view())?.lastSelfTest).toEqual(later);
  });

  test('the operator is told apart from the clerk', async () => {
    const { terminal } = await idleTerminal();
    const operator = await hub.sit('operator');
    await operator.ask({ type: 'selfTest', terminalId: terminal.terminalId });
    const { origin } = await terminal.inbox.find((message) => message.type === 'selfTest' && message);
    expect(origin).toBe('operator');
  });

  test('nobody is disturbed: not while somebody is announced, nor while the last visit is wiped', async () => {
    const { terminal, clerk, nadia, visitId } = await openVisit(hub, world);
    const ask = () => clerk.ask({ type: 'selfTest', terminalId: terminal.terminalId });
    terminal.send({ type: 'report', report: reportOf('idle', null) });
    expect(await ask()).toMatchObject({ ok: false, code: 'terminalBusy' });
    terminal.send({ type: 'report', report: reportOf('wiping', visitId) });
    await nadia.until((view) => counsellorView(view).current?.terminal.report?.stage === 'wiping');
    await nadia.ask({ type: 'endVisit', visitId });
    expect(await ask()).toMatchObject({ ok: false, code: 'terminalBusy' });
    terminal.send({ type: 'report', report: reportOf('closed', null) });
    await clerk.until((view) => terminalIn(view)?.report?.stage === 'closed');
    expect(await ask()).toMatchObject({ ok: false, code: 'terminalClosed' });
    expect(terminal.inbox.all.filter(({ type }) => type === 'selfTest')).toEqual([]);
  });

  test('a result that does not match is refused and changes nothing', async () => {
    const { terminal, clerk } = await idleTerminal();
    terminal.send({ type: 'selfTest', result });
    await clerk.until((view) => terminalIn(view)?.lastSelfTest);
    for (const wrong of [
      { ...result, findings: ['allIsWell'] },
      { ...result, who: 'Madame Martin' },
      { ...result, measured: { ...result.measured, sound: { level: 'loud', delay: 1, echo: null } } },
    ]) {
      const before = terminal.inbox.all.length;
      terminal.sendText(JSON.stringify({ type: 'selfTest', result: wrong }));
      await expect
        .poll(() => terminal.inbox.all.at(before))
        .toEqual({ type: 'refused', code: 'invalidMessage' });
    }
    expect(terminalIn(clerk.view())?.lastSelfTest).toEqual(result);
  });
});
