/** A terminal that looks for new versions by itself: takes them, goes back, refuses, and survives the plug. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { terminalCondition } from '#shared/machine/terminal-condition.ts';
import { UPDATE_REPORT_FILE, updateReport } from '#shared/machine/update-report.ts';
import { addToPool, exportKey, publish, sign } from '../../scripts/package/apt-repository.ts';
import { buildKeyringPackage, KEYRING_FILE } from '../../scripts/package/keyring-package.ts';
import { packageBuild } from '../../scripts/package/package-build.ts';
import { clerkDesk } from '../e2e/clerk-desk.ts';
import { makeRunFolder } from '../rig/run-folder.ts';
import { until } from '../rig/until.ts';
import { type BootedTerminal, startBootedTerminal } from './booted-terminal.ts';
import { fieldOf } from './debs.ts';
import { breakProgram, offerNextVersion } from './next-version.ts';
import { addSigningKey, signingKeys } from './signed-repository.ts';

const DAY = 86_400_000;

let machine: BootedTerminal;
let browser: Browser;
let operator: Page;
let first: string;
beforeAll(async () => {
  first = await fieldOf('vis-a-vis-kiosk', 'Version');
  machine = await startBootedTerminal();
  await machine.untilPainted();
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
  operator = await logIn('operator');
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await machine?.close();
});

async function logIn(role: string): Promise<Page> {
  const page = await (await browser.newContext({ locale: 'fr-FR' })).newPage();
  await page.goto(machine.hub.origin);
  const account = machine.hub.demo.accounts.find((one) => one.role === role);
  await page.getByLabel('Adresse électronique').fill(account?.email ?? '');
  await page.getByLabel('Mot de passe', { exact: true }).fill(account?.password ?? '');
  await page.getByRole('button', { name: 'Se connecter', exact: true }).click();
  return page;
}

const installed = async () => {
  const listed = await machine.sh('dpkg-query --show vis-a-vis-kiosk vis-a-vis-terminal');
  const versions = listed
    .trim()
    .split('\n')
    .map((line) => line.split('\t')[1] ?? '');
  expect(new Set(versions).size).toBe(1);
  return versions[0] ?? '';
};
const read = async <Schema extends z.ZodType>(file: string, schema: Schema): Promise<z.infer<Schema>> =>
  schema.parse(JSON.parse(await machine.sh(`cat ${file}`)));
const condition = () => read('/run/vis-a-vis/condition.json', terminalCondition);
const report = () => read(UPDATE_REPORT_FILE, updateReport);
const isUpdatedTo = async (version: string) => {
  const { last } = await report();
  return last?.outcome === 'updated' && last.to === version;
};
/** Written down before anything of it is put in. */
const isTried = async (version: string) => {
  const state = z.looseObject({ trial: z.looseObject({ to: z.string() }).nullable() });
  return (await read('/var/lib/vis-a-vis-machine/update-state.json', state)).trial?.to === version;
};
const said = () => machine.sh('journalctl --boot --no-pager --output=cat --unit=vis-a-vis-update.service');
const look = () => machine.sh('systemctl start vis-a-vis-update.service');
const offer = (upstream: string, spoil?: (folder: string) => void) =>
  offerNextVersion({ repository: machine.repository, key: machine.key, upstream, ...(spoil && { spoil }) });
const settings = () => ({ key: machine.key.fingerprint, at: Date.now(), validDays: 30 });

it('finds nothing new, and says so to the operator', async () => {
  await look();
  expect(await report()).toMatchObject({ channel: 'pilot', pending: null, last: null });
  await operator.getByText('Canal pilote').waitFor();
});

it('takes a new version, once it has painted, reached the hub and found its devices', async () => {
  const next = await offer('0.1.1');
  await look();
  expect(await installed()).toBe(next);
  expect((await report()).last).toMatchObject({ outcome: 'updated', from: first, to: next });
  await operator.getByText(`Passée de ${first} à ${next}`).waitFor();
  await operator.getByText('0.1.1', { exact: false }).first().waitFor();
});

it('goes back by itself from a version that is broken, tells the operator, and does not try it again', async () => {
  const before = await installed();
  const broken = await offer('0.1.2', breakProgram);
  await look();
  expect(await installed()).toBe(before);
  expect((await report()).last).toMatchObject({ outcome: 'rolledBack', from: before, to: broken });
  await operator.getByText(`Revenue à ${before}`).waitFor();
  await until('the version before paints', async () => (await machine.terminalPid()) !== '');
  const pid = await machine.terminalPid();
  await look();
  expect(await machine.terminalPid()).toBe(pid);
  expect((await report()).last).toMatchObject({ outcome: 'rolledBack' });
});

/** One bit of the byte at that place, or in the middle. */
function spoil(file: string, place?: (bytes: Buffer) => number): void {
  const whole = path.join(machine.repository, file);
  const bytes = readFileSync(whole);
  const at = place?.(bytes) ?? Math.floor(bytes.length / 2);
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  writeFileSync(whole, bytes);
}

describe('refuses, and tells the operator', () => {
  beforeEach(async () => {
    await machine.sh('rm -rf /var/lib/apt/lists/*');
    sign(machine.repository, 'pilot', settings());
  });
  afterAll(async () => {
    // Written anew, and signed.
    await offer('0.1.3');
  });

  const NOT_SIGNED = 'n’est pas signée par la clé attendue';
  const NOT_WHAT_WAS_SIGNED = 'n’est pas ce qui a été signé';
  it.each([
    [
      'a list of which one bit was changed',
      NOT_SIGNED,
      () => spoil('dists/pilot/InRelease', (bytes) => bytes.indexOf('Codename: ') + 10),
    ],
    [
      'a list whose time is over',
      'est périmée',
      () => sign(machine.repository, 'pilot', { ...settings(), at: Date.now() - 31 * DAY }),
    ],
    [
      'a package of which one bit was changed',
      NOT_WHAT_WAS_SIGNED,
      async () => spoil(`pool/vis-a-vis-terminal_${await offer('0.1.2.1')}_amd64.deb`),
    ],
    [
      'an index of which one bit was changed',
      NOT_WHAT_WAS_SIGNED,
      () => {
        for (const name of ['Packages', 'Packages.gz']) spoil(`dists/pilot/main/binary-amd64/${name}`);
      },
    ],
  ])('%s', async (_what, words, attack) => {
    const before = await installed();
    await attack();
    const since = Date.now();
    await look();
    const { last } = await report();
    expect(last).toMatchObject({ outcome: 'refused' });
    expect(last?.at).toBeGreaterThanOrEqual(since);
    await operator.getByText(words).waitFor();
    expect(await installed()).toBe(before);
  });
});

/** What Debian's security updates ask first. */
const debianMay = async () => {
  const unit = await machine.sh('systemctl cat apt-daily-upgrade.service');
  const asked = /^ExecCondition=(.*)$/m.exec(unit)?.[1] ?? '';
  return (await machine.sh(`if ${asked}; then echo yes; else echo no; fi`)).trim();
};

it('waits while somebody is there, and goes on once the place is free', async () => {
  const before = await installed();
  const clerk = clerkDesk(await logIn('clerk'));
  await clerk.announce({ name: 'Madame Martin', body: /Office des familles/, motive: 'Allocation' });
  await until('the terminal knows', async () => (await condition()).stage !== 'idle');
  const next = await offer('0.1.4');
  await machine.sh('systemctl start --no-block vis-a-vis-update.service');
  await until('it waits', async () => (await said()).trimEnd().endsWith('waits for a free hour'));
  expect((await report()).pending).toBe(next);
  expect(await installed()).toBe(before);
  expect(await debianMay()).toBe('no');
  await operator.getByText(`Version ${next} prête`).waitFor();
  await clerk.cancelVisit();
  await until('it is in', () => isUpdatedTo(next), { timeoutMs: 60_000, everyMs: 500 });
  expect(await installed()).toBe(next);
  expect(await debianMay()).toBe('yes');
});

it('the plug is pulled in the middle of an update: one version or the other is there, whole', async () => {
  const before = await installed();
  const next = await offer('0.1.5');
  await machine.sh('systemctl start --no-block vis-a-vis-update.service');
  await until('it is tried', () => isTried(next), { everyMs: 20 });
  await machine.root.pullThePlug();
  await machine.root.boot();
  await look();
  const { last } = await report();
  expect([before, next]).toContain(await installed());
  expect(last).toMatchObject(
    (await installed()) === next ? { outcome: 'updated', to: next } : { outcome: 'rolledBack', to: next },
  );
  await machine.untilPainted();
  expect((await machine.sh('dpkg --audit')).trim()).toBe('');
});

it('takes a new key before anything is signed with it, and then what is', async () => {
  // As vis-a-vis-setup leaves it.
  await machine.sh(
    `sed -i 's#signed-by=[^ ]*#signed-by=/${KEYRING_FILE}#' /etc/apt/sources.list.d/vis-a-vis.list`,
  );
  await addSigningKey(machine.key);
  const [old = '', fresh = ''] = await signingKeys(machine.key);
  expect(fresh).not.toBe('');
  const folder = makeRunFolder('keyring');
  const publicKey = path.join(folder, 'public.gpg');
  exportKey(machine.key.fingerprint, publicKey);
  const build = packageBuild({ trial: true, output: folder, work: path.join(folder, 'laid-out') });
  const files = addToPool(machine.repository, [buildKeyringPackage(build, publicKey)]);
  publish(machine.repository, 'pilot', files, { ...settings(), key: `${old}!` });
  const isTrusted = async () =>
    (
      await machine.sh(`gpg --homedir "$(mktemp -d)" --batch --with-colons --show-keys /${KEYRING_FILE}`)
    ).includes(fresh);
  expect(await isTrusted()).toBe(false);
  await look();
  expect(await isTrusted()).toBe(true);
  const next = await offerNextVersion({
    ...{ repository: machine.repository, key: machine.key, upstream: '0.1.6', signedBy: `${fresh}!` },
  });
  await look();
  expect(await installed()).toBe(next);
});
