/**
 * One look for a new version, from the signed list to the version that stays. It may be cut at any step: what it writes
 * down before each lets the next run go on (finishTrial).
 */
import type { TerminalCondition } from '#shared/machine/terminal-condition.ts';
import type { UpdateChannel, UpdateOutcome, UpdateTrouble } from '#shared/machine/update-report.ts';
import { type Before, missingIn } from './health.ts';
import { mayUpdate } from './may-update.ts';
import type { Packages } from './packages.ts';
import type { UpdateState, UpdateStore } from './update-state.ts';

export interface UpdateParts {
  readonly packages: Packages;
  readonly store: UpdateStore;
  readonly channel: () => UpdateChannel | null;
  /** Null: no terminal runs, or it says nothing. */
  readonly condition: () => Promise<TerminalCondition | null>;
  readonly restartTerminal: () => Promise<void>;
  /** How often it ended by itself and was started again since then. */
  readonly restarts: () => Promise<number>;
  /** ms since the epoch. */
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
  /** One word an event, for the journal. */
  readonly log: (event: string) => void;
}

/** ms a new version has to show that it is fit: a slow machine starts, and a hub far away answers, in much less. */
export const TO_BE_FIT = 3 * 60_000;
/** Then nothing more is waited for. */
const TOO_MANY_RESTARTS = 3;
/** ms for which a free hour is waited for; the next run looks again. */
const FOR_A_FREE_HOUR = 40 * 60_000;
const LOOK = 2_000;
/** ms. The hub may have been away just then: the version is given another chance. */
const ANOTHER_CHANCE = 24 * 60 * 60_000;

export async function runUpdate(parts: UpdateParts): Promise<void> {
  const { packages, store, log } = parts;
  await packages.mend();
  if (store.read().trial) {
    await finishTrial(parts);
    return;
  }
  const trouble = (await packages.refresh()) ?? (await packages.renewKey());
  if (trouble) {
    log(`refused: ${trouble}`);
    refuse(parts, trouble);
    return;
  }
  const to = await newVersion(parts);
  change(store, () => ({ channel: parts.channel(), checkedAt: parts.now(), pending: to }));
  if (to === null) {
    log('nothing new');
    return;
  }
  const notFetched = await fetchBoth(parts, to);
  if (notFetched) {
    log(`refused: ${notFetched}`);
    refuse(parts, notFetched);
    return;
  }
  const before = await freeHour(parts);
  if (before) await tryVersion(parts, to, before);
}

/** What the channel offers and was not found unfit here. */
async function newVersion({ packages, store, now }: UpdateParts): Promise<string | null> {
  const offered = await packages.offered();
  const { unfit } = store.read();
  const isUnfit = offered === unfit?.version && (unfit?.until === null || now() < (unfit?.until ?? 0));
  return isUnfit ? null : offered;
}

/** The new one, and the one to go back to: neither needs the network afterwards. */
async function fetchBoth({ packages }: UpdateParts, to: string): Promise<UpdateTrouble | null> {
  const from = await packages.installed();
  if (from === null) return 'noWayBack';
  const changes = await packages.changes(to);
  const old = changes.flatMap(({ name, from: version }) => (version === null ? [] : [{ name, version }]));
  return (
    (await packages.keep(from, old)) ??
    (await packages.keep(
      to,
      changes.map(({ name, to: version }) => ({ name, version })),
    ))
  );
}

/** Waits until the terminal may be stopped. @returns how it was then; null: not within this run. */
async function freeHour({ condition, now, wait, log }: UpdateParts): Promise<TerminalCondition | null> {
  const end = now() + FOR_A_FREE_HOUR;
  for (let looks = 0; ; looks += 1) {
    const found = await condition();
    if (found && mayUpdate(found, now())) return found;
    if (looks === 0) log('waits for a free hour');
    if (now() >= end) return null;
    await wait(LOOK);
  }
}

async function tryVersion(parts: UpdateParts, to: string, before: TerminalCondition): Promise<void> {
  const { packages, store, log } = parts;
  const from = await packages.installed();
  if (from === null) return;
  log(`tries ${to}`);
  store.write({
    ...store.read(),
    trial: { from, to, before: { usable: before.usable, painted: before.painted } },
  });
  const notIn = await packages.putIn(to);
  if (notIn) {
    await goBack(parts, notIn);
    return;
  }
  await parts.restartTerminal();
  await finishTrial(parts);
}

/** Of a version that was put in, perhaps before the power went: is it fit, or does the one before come back? */
async function finishTrial(parts: UpdateParts): Promise<void> {
  const { packages, store, now, log } = parts;
  const { trial } = store.read();
  if (!trial) return;
  const installed = await packages.installed();
  if (installed !== trial.to) {
    // Cut before it was in, or while the one before was being put in again.
    await goBack(parts, 'notInstalled');
    return;
  }
  const missing = await untilFit(parts, trial.before);
  if (missing) {
    await goBack(parts, missing);
    return;
  }
  log(`updated to ${trial.to}`);
  packages.forgetAllBut([trial.from, trial.to]);
  end(store, { outcome: 'updated', from: trial.from, to: trial.to, at: now() });
}

async function untilFit(
  { condition, restarts, now, wait }: UpdateParts,
  before: Before,
): Promise<UpdateTrouble | null> {
  const last = now() + TO_BE_FIT;
  for (;;) {
    const missing = missingIn(await condition(), before);
    if (missing === null || now() >= last) return missing;
    if ((await restarts()) >= TOO_MANY_RESTARTS) return 'keepsEnding';
    await wait(LOOK);
  }
}

async function goBack(parts: UpdateParts, trouble: UpdateTrouble): Promise<void> {
  const { packages, store, now, log } = parts;
  const { trial } = store.read();
  if (!trial) return;
  log(`${trial.to} is not fit: ${trouble}`);
  const notBack = await packages.putIn(trial.from);
  await parts.restartTerminal();
  if (notBack) {
    // The trial stays written down: the next run tries again.
    log(`${trial.from} could not be put back: ${notBack}`);
    return;
  }
  const until = trouble === 'hubNotReached' ? now() + ANOTHER_CHANCE : null;
  end(
    store,
    { outcome: 'rolledBack', from: trial.from, to: trial.to, at: now(), trouble },
    { version: trial.to, until },
  );
}

function refuse({ store, now, channel }: UpdateParts, trouble: UpdateTrouble): void {
  change(store, () => ({ channel: channel(), last: { outcome: 'refused', at: now(), trouble } }));
}

function end(store: UpdateStore, last: UpdateOutcome, unfit: UpdateState['unfit'] = null): void {
  const state = store.read();
  store.write({ report: { ...state.report, pending: null, last }, trial: null, unfit });
}

function change(store: UpdateStore, what: () => Partial<UpdateState['report']>): void {
  const state = store.read();
  store.write({ ...state, report: { ...state.report, ...what() } });
}
