/** From a counsellor's page at one hub until the terminal at another has the order, beside the same on one hub. */
import { randomUUID } from 'node:crypto';
import { testDatabases } from '../../src/hub/testing/test-databases.ts';
import { createWorld, openVisit, resetWorld, startTestHub } from '../../src/hub/testing/test-hub.ts';
import { linkTestTerminal, type TestTerminal } from '../../src/hub/testing/test-peers.ts';
import type { Measurement } from './figure.ts';
import { withClosers } from './with-closers.ts';

const ROUNDS = 40;

export function measureHubsOrder(): Promise<Measurement> {
  return withClosers(async (close) => {
    const server = testDatabases.find(({ name }) => name === 'PostgreSQL');
    if (!server) throw new Error('No PostgreSQL to measure on.');
    const opened = await server.open();
    close(opened.close);
    const world = await createWorld(opened.database);
    await resetWorld(world);
    const peer = { host: '127.0.0.1', port: 0 };
    const here = await startTestHub(world, { peer });
    close(here.close);
    const there = await startTestHub(world, { peer });
    close(there.close);
    const { nadia, visitId, terminal: first } = await openVisit(here, world);
    let terminal: TestTerminal = first;

    async function order(): Promise<number> {
      const orderId = randomUUID();
      const start = performance.now();
      const answered = nadia.ask({ type: 'order', orderId, visitId, request: { kind: 'clearDesk' } });
      await terminal.inbox.find((message) => message.type === 'order' && message.order.orderId === orderId);
      const ms = performance.now() - start;
      await answered;
      return ms;
    }

    const values: number[] = [];
    const baselines: number[] = [];
    for (let turn = 0; turn < 4; turn += 1) {
      for (const [hub, figures] of [
        [here, baselines],
        [there, values],
      ] as const) {
        terminal = await linkTestTerminal(hub.origin, first);
        await order();
        for (let round = 0; round < ROUNDS / 4; round += 1) figures.push(await order());
      }
    }
    return { unit: 'ms', values, baselines, allowance: { kind: 'times', factor: 2 } };
  });
}
