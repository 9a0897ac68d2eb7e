/** The hub whose pages the guides show: the demo's department on a Friday morning, two people waiting. */
import { z } from 'zod';
import type { Database } from '../../src/hub/database/database.ts';
import { seedDepartment } from '../../src/hub/demo/seed-department.ts';
import { testDatabases } from '../../src/hub/testing/test-databases.ts';
import {
  createWorld,
  type Person,
  reportOf,
  startTestHub,
  type TestHub,
} from '../../src/hub/testing/test-hub.ts';
import { newKeys, type TestIdentity, type TestTerminal } from '../../src/hub/testing/test-peers.ts';

/** Friday, 20 November 2026, 9:40 in Paris: always, so that a picture changes only when its page does. */
export const NOW = Date.UTC(2026, 10, 20, 8, 40);
const MINUTE = 60_000;

export interface GuideHub {
  readonly origin: string;
  readonly close: () => Promise<void>;
}

/** @param pagesFolder of the built pages. */
export async function openGuideHub(pagesFolder: string): Promise<GuideHub> {
  const opened = await testDatabases[0].open();
  const { database } = opened;
  const world = await createWorld(database);
  const { mairieId } = world.demo;
  await seedDepartment({ database, secret: world.secret, mairieId, now: NOW });
  let now = NOW;
  const hub = await startTestHub(world, { clock: () => now, pagesFolder });
  await standFree(hub, await hub.enrol());
  for (const counsellor of ['nadia', 'julien', 'sophie'] as const) await hub.sit(counsellor);

  const bodyId = world.bodies.office;
  now = NOW - 9 * MINUTE;
  await announce(hub, 'clerk', await switchOn(database, 'Saint-Martin-des-Prés'), {
    ...{ bodyId, residentName: 'Madame Alice Robin', motive: 'Demande d’aide au logement' },
  });
  now = NOW - 4 * MINUTE;
  await announce(hub, 'agent', await switchOn(database, 'Vaucelles-le-Moulin'), {
    ...{ bodyId, residentName: 'Monsieur Jean Delmas', motive: 'Changement de situation' },
  });
  for (const mairie of ['La Chapelle-aux-Noyers', 'Beauvoir-les-Saules']) {
    await standFree(hub, await switchOn(database, mairie));
  }
  now = NOW;
  return {
    origin: hub.origin,
    close: async () => {
      await hub.close();
      await opened.close();
    },
  };
}

/** The terminal that this mairie has from the department: seeded without a key, so that nobody could be it. */
async function switchOn(database: Database, mairie: string): Promise<TestIdentity> {
  const { publicKey, privateKey } = newKeys();
  const [found] = await database.rows(
    z.object({ id: z.uuid() }),
    `update terminals t set public_key = $2 from mairies m
     where m.id = t.mairie_id and m.name = $1 and t.public_key = '' returning t.id`,
    [mairie, publicKey],
  );
  if (!found) throw new Error(`The department has no room in "${mairie}".`);
  return { terminalId: found.id, privateKey };
}

async function standFree(hub: TestHub, identity: TestIdentity): Promise<TestTerminal> {
  const terminal = await hub.link(identity);
  terminal.send({ type: 'report', report: reportOf('idle', null) });
  return terminal;
}

interface Announced {
  readonly bodyId: string;
  readonly residentName: string;
  readonly motive: string;
}

async function announce(
  hub: TestHub,
  by: Person,
  identity: TestIdentity,
  announced: Announced,
): Promise<void> {
  const terminal = await standFree(hub, identity);
  const { terminalId } = identity;
  const receiver = await hub.sit(by);
  await receiver.until((view) =>
    'terminals' in view ? view.terminals.find((one) => one.terminalId === terminalId && one.report) : null,
  );
  const answer = await receiver.ask({
    ...{ type: 'announce', terminalId, showName: true, consent: true },
    ...announced,
  });
  if (!answer.ok) throw new Error(`The visit was not announced: ${JSON.stringify(answer)}`);
  const visit = await terminal.untilVisit((told) => told.visit);
  terminal.send({ type: 'report', report: reportOf('waiting', visit.visitId) });
  await receiver.cut();
}
