/** Each way that a look for a new version may take, the power gone at each of its steps among them. */
import { describe, expect, it } from 'vitest';
import type { TerminalCondition } from '#shared/machine/terminal-condition.ts';
import type { UpdateTrouble } from '#shared/machine/update-report.ts';
import { missingIn } from './health.ts';
import { AFTER_BEGINNING, BEFORE_APPOINTMENT, mayUpdate } from './may-update.ts';
import type { Packages } from './packages.ts';
import { runUpdate, type UpdateParts } from './run-update.ts';
import type { UpdateState } from './update-state.ts';

const HEALTHY: TerminalCondition = {
  ...{
    pid: 1,
    version: '1',
    outOfService: null,
    painted: { face: true, desk: true },
    hubLinked: true,
    stage: 'idle' as const,
  },
  media: null,
  outOfService: null,
  ...{ selfTesting: false, usable: ['printer', 'camera'], nextAppointmentAt: null },
};

class PowerCut extends Error {}

/** A machine whose disk (state, installed) outlives a power cut; `conditionOf` says how each version does. */
function machine(conditionOf: (version: string) => TerminalCondition | null) {
  const disk = {
    installed: '1',
    offered: '2' as string | null,
    refresh: null as UpdateTrouble | null,
    putIn: null as UpdateTrouble | null,
    restarts: 0,
    state: {
      report: { channel: null, checkedAt: null, pending: null, last: null },
      trial: null,
      unfit: null,
    } as UpdateState,
    kept: new Set<string>(),
    stopped: 0,
  };
  /** Steps left until the power goes. */
  let left = Number.POSITIVE_INFINITY;
  let now = 1_000_000;
  const step = <T>(work: () => T): T => {
    if (left <= 0) throw new PowerCut();
    left -= 1;
    return work();
  };
  const packages: Packages = {
    refresh: async () => disk.refresh,
    renewKey: async () => null,
    installed: async () => disk.installed,
    offered: async () => (disk.offered === disk.installed ? null : disk.offered),
    changes: async (to) => [{ name: 'vis-a-vis-kiosk', from: disk.installed, to }],
    keep: async (version) => step(() => disk.kept.add(version) && null),
    putIn: async (version) =>
      step(() => {
        if (!disk.kept.has(version)) return 'notInstalled';
        if (disk.putIn && version === '2') return disk.putIn;
        disk.installed = version;
        return null;
      }),
    mend: async () => undefined,
    forgetAllBut: (versions) => {
      for (const version of disk.kept) if (!versions.includes(version)) disk.kept.delete(version);
    },
  };
  const parts: UpdateParts = {
    packages,
    store: {
      read: () => structuredClone(disk.state),
      write: (state) =>
        step(() => {
          disk.state = structuredClone(state);
        }),
    },
    channel: () => 'stable',
    condition: async () => conditionOf(disk.installed),
    restartTerminal: async () =>
      step(() => {
        disk.stopped += 1;
      }),
    restarts: async () => disk.restarts,
    now: () => now,
    wait: async (ms) => {
      now += ms;
    },
    log: () => undefined,
  };
  return {
    disk,
    look: () => runUpdate(parts),
    cutAfter: async (steps: number) => {
      left = steps;
      const cut = await runUpdate(parts).then(
        () => false,
        (error: unknown) => {
          if (error instanceof PowerCut) return true;
          throw error;
        },
      );
      left = Number.POSITIVE_INFINITY;
      return cut;
    },
    later: (ms: number) => {
      now += ms;
    },
  };
}

const fit = () => HEALTHY;
const secondIs = (changed: Partial<TerminalCondition>) => (version: string) =>
  version === '2' ? { ...HEALTHY, ...changed } : HEALTHY;

it('keeps a version that is fit, and the one before to go back to', async () => {
  const { disk, look } = machine(fit);
  await look();
  expect(disk.installed).toBe('2');
  expect(disk.state.report.last).toMatchObject({ outcome: 'updated', from: '1', to: '2' });
  expect(disk.state.trial).toBeNull();
  expect([...disk.kept].sort()).toEqual(['1', '2']);
});

it.each([
  ['a screen stays empty', { painted: { face: false, desk: true } }, 'notPainted'],
  ['the desk stays empty', { painted: { face: true, desk: false } }, 'notPainted'],
  ['the hub is not reached', { hubLinked: false }, 'hubNotReached'],
  ['the camera is gone', { usable: ['printer' as const] }, 'deviceLost'],
])('goes back where %s, and does not try that version again', async (_what, changed, trouble) => {
  const { disk, look } = machine(secondIs(changed));
  await look();
  expect(disk.installed).toBe('1');
  expect(disk.state.report.last).toMatchObject({ outcome: 'rolledBack', from: '1', to: '2', trouble });
  const { stopped } = disk;
  await look();
  expect(disk.stopped).toBe(stopped);
  disk.offered = '3';
  await look();
  expect(disk.installed).toBe('3');
});

it('gives another chance after a day where only the hub was away', async () => {
  let away = true;
  const { disk, look, later } = machine((version) => ({ ...HEALTHY, hubLinked: version === '1' || !away }));
  await look();
  expect(disk.installed).toBe('1');
  away = false;
  await look();
  expect(disk.installed).toBe('1');
  later(25 * 60 * 60_000);
  await look();
  expect(disk.installed).toBe('2');
});

it('does not wait three minutes for one that ends again and again', async () => {
  const { disk, look } = machine((version) => (version === '2' ? null : HEALTHY));
  disk.restarts = 3;
  await look();
  expect(disk.state.report.last).toMatchObject({ outcome: 'rolledBack', trouble: 'keepsEnding' });
});

it('goes back where the packages could not be put in', async () => {
  const { disk, look } = machine(fit);
  disk.putIn = 'noRoom';
  await look();
  expect(disk.installed).toBe('1');
  expect(disk.state.report.last).toMatchObject({ outcome: 'rolledBack', trouble: 'noRoom' });
});

it('refuses what the list’s signature does not cover, and changes nothing', async () => {
  const { disk, look } = machine(fit);
  disk.refresh = 'badSignature';
  await look();
  expect(disk).toMatchObject({ installed: '1', stopped: 0 });
  expect(disk.state.report.last).toMatchObject({ outcome: 'refused', trouble: 'badSignature' });
});

it('waits while somebody is there; the next look goes on', async () => {
  let stage: TerminalCondition['stage'] = 'inCall';
  const { disk, look } = machine(() => ({ ...HEALTHY, stage }));
  await look();
  expect(disk).toMatchObject({ installed: '1', stopped: 0 });
  expect(disk.state.report).toMatchObject({ pending: '2', last: null });
  stage = 'idle';
  await look();
  expect(disk.installed).toBe('2');
});

describe('the power goes', () => {
  it.each([
    ['a version that is fit', fit, '2'],
    ['a version that is not', secondIs({ painted: { face: false, desk: false } }), '1'],
  ])('at any step of trying %s: the next look ends as it would have', async (_what, conditionOf, last) => {
    let cuts = 0;
    for (let steps = 0; ; steps += 1) {
      const { disk, look, cutAfter } = machine(conditionOf);
      if (!(await cutAfter(steps))) break;
      cuts += 1;
      // Twice at the same place: once more on the way back.
      await cutAfter(1);
      await look();
      await look();
      expect(disk.state.trial).toBeNull();
      // Cut before it was in, a version that would be fit may count as unfit: never the other way round.
      if (last === '1') expect(disk.installed).toBe('1');
      else expect(['1', '2']).toContain(disk.installed);
      expect(disk.state.report.last).not.toBeNull();
    }
    expect(cuts).toBeGreaterThan(5);
  });
});

it('may be stopped where nobody is there, nobody comes soon, and the hub knows', () => {
  const now = 10_000_000_000;
  const may = (changed: Partial<TerminalCondition>) => mayUpdate({ ...HEALTHY, ...changed }, now);
  expect(may({})).toBe(true);
  expect(mayUpdate(null, now)).toBe(false);
  for (const stage of ['announced', 'welcomed', 'waiting', 'inCall', 'ending', 'wiping', 'closed'] as const)
    expect(may({ stage })).toBe(false);
  expect(may({ hubLinked: false })).toBe(false);
  expect(may({ selfTesting: true })).toBe(false);
  expect(may({ nextAppointmentAt: now + BEFORE_APPOINTMENT - 1 })).toBe(false);
  expect(may({ nextAppointmentAt: now + BEFORE_APPOINTMENT + 1 })).toBe(true);
  expect(may({ nextAppointmentAt: now - AFTER_BEGINNING + 1 })).toBe(false);
  expect(may({ nextAppointmentAt: now - AFTER_BEGINNING - 1 })).toBe(true);
});

it('asks no more of a new version than what worked before', () => {
  const before = { usable: [], painted: { face: true, desk: false } };
  expect(missingIn({ ...HEALTHY, usable: [], painted: { face: true, desk: false } }, before)).toBeNull();
  expect(missingIn(null, before)).toBe('notPainted');
});
