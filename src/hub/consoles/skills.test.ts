/** What counsellors know best, in the order of each one's queue, on both databases. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabases } from '../testing/test-databases.ts';
import {
  counsellorView,
  createWorld,
  EMAILS,
  type Person,
  resetWorld,
  startTestHub,
  type TestHub,
  type World,
} from '../testing/test-hub.ts';
import { knows } from './skills.ts';

const SKILL = 'Changement de situation';

test.each([
  [SKILL, true],
  [`${SKILL} : séparation`, true],
  ['  CHANGEMENT DE SITUATION', true],
  ['Un changement de situation', false],
  ['Naissance', false],
])('of “%s”: known %s', (motive, expected) => {
  expect(knows({ skills: ['Taxe foncière', SKILL] }, motive)).toBe(expected);
  expect(knows({ skills: [] }, motive)).toBe(false);
});

describe.each(testDatabases)('skills on $name', ({ open }) => {
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

  async function knowing(who: Person, skills: readonly string[]): Promise<void> {
    await world.database.run('update accounts set skills = $2 where email = $1', [EMAILS[who], skills]);
    await hub.hub.switchboard.refresh();
  }
  async function announced(residentName: string, motive: string): Promise<void> {
    const clerk = await hub.sit('clerk');
    const { terminalId } = await hub.enrol();
    const asked = await clerk.ask({
      ...{ type: 'announce', terminalId, bodyId: world.bodies.office, residentName, motive },
      ...{ showName: false, consent: true },
    });
    expect(asked).toMatchObject({ ok: true });
  }
  const queueOf = (view: Parameters<typeof counsellorView>[0]) =>
    counsellorView(view).queue.map(({ residentName, ratherFor }) => [residentName, ...ratherFor].join(' / '));

  test('whoever knows a motive has it first, and the colleagues after what is theirs', async () => {
    await announced('Madame Un', `${SKILL} : séparation`);
    await announced('Monsieur Deux', 'Naissance');
    const nadia = await hub.sit('nadia');
    await nadia.until((view) => counsellorView(view).queue.length === 2);
    await knowing('julien', [SKILL]);
    // He knows it, and is not there: nobody waits for him.
    await announced('Madame Trois', 'Naissance');
    await nadia.until((view) => queueOf(view)[2] === 'Madame Trois');
    expect(queueOf(nadia.view())).toEqual(['Madame Un', 'Monsieur Deux', 'Madame Trois']);

    const julien = await hub.sit('julien');
    await nadia.until((view) => queueOf(view)[0] === 'Monsieur Deux');
    expect(queueOf(nadia.view())).toEqual(['Monsieur Deux', 'Madame Trois', 'Madame Un / Julien Petit']);
    expect(queueOf(julien.view())).toEqual(['Madame Un', 'Monsieur Deux', 'Madame Trois']);

    await knowing('nadia', [SKILL, 'Naissance']);
    await nadia.until((view) => queueOf(view)[0] === 'Madame Un');
    expect(queueOf(nadia.view())).toEqual(['Madame Un', 'Monsieur Deux', 'Madame Trois']);
    await julien.until((view) => queueOf(view)[1] === 'Monsieur Deux / Nadia Belkacem');
  });

  test('a visit that a colleague knows better can be taken, and handed over to who knows it', async () => {
    await announced('Madame Un', SKILL);
    const nadia = await hub.sit('nadia');
    const julien = await hub.sit('julien');
    await knowing('julien', [SKILL]);
    const visit = await nadia.until((view) =>
      counsellorView(view).queue.find(({ ratherFor }) => ratherFor.length === 1),
    );
    expect(await nadia.ask({ type: 'pickUp', visitId: visit.visitId })).toMatchObject({ ok: true });
    expect(counsellorView(nadia.view()).colleagues).toMatchObject([
      { name: 'Julien Petit', inVisit: false, knowsMotive: true },
    ]);
    await julien.until((view) => counsellorView(view).queue.length === 0);
    expect(counsellorView(julien.view()).colleagues).toMatchObject([{ knowsMotive: false }]);
  });
});
