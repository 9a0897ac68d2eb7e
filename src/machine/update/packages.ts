/** Our packages on this machine, through Debian's own tools; nothing else of the machine is looked at or changed. */
import { existsSync, globSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { UpdateTrouble } from '#shared/machine/update-report.ts';
import { runProgram } from '../run-program.ts';
import { troubleIn } from './apt-trouble.ts';

/** What brings the others along, each in the version that belongs to it. */
const MAIN = 'vis-a-vis-kiosk';
const KEYRING = 'vis-a-vis-archive-keyring';

export interface Change {
  readonly name: string;
  /** Null: it was not there. */
  readonly from: string | null;
  readonly to: string;
}

export interface Packages {
  /** Reads the repository's signed list. @returns why it was not taken, or null. */
  readonly refresh: () => Promise<UpdateTrouble | null>;
  /** Takes a new key of ours, if there is one: nothing runs with it, and the next version may need it. */
  readonly renewKey: () => Promise<UpdateTrouble | null>;
  readonly installed: () => Promise<string | null>;
  /** The newest that the channel offers, if it is not the one that is there. */
  readonly offered: () => Promise<string | null>;
  /** What going from the one to the other changes of our packages. */
  readonly changes: (to: string) => Promise<readonly Change[]>;
  /** Fetches packages, each checked against the signed list, into the version's folder. @returns trouble, or null. */
  readonly keep: (
    version: string,
    packages: readonly { readonly name: string; readonly version: string }[],
  ) => Promise<UpdateTrouble | null>;
  /** Puts in what is kept of that version, also where it is an older one; needs no network. @returns trouble, or null. */
  readonly putIn: (version: string) => Promise<UpdateTrouble | null>;
  /** Ends what a power cut left half done. */
  readonly mend: () => Promise<void>;
  readonly forgetAllBut: (versions: readonly string[]) => void;
}

export interface PackagesOptions {
  /** Of apt, with our repository alone. */
  readonly list: string;
  /** Where versions are kept to go back to. */
  readonly folder: string;
  /** For the journal: what apt itself said where it failed. */
  readonly log: (line: string) => void;
}

/** Lines of its words that are kept. */
const LAST_LINES = 8;

export function openPackages({ list, folder, log }: PackagesOptions): Packages {
  const ours = [
    ...['-o', `Dir::Etc::sourcelist=${list}`, '-o', 'Dir::Etc::sourceparts=-'],
    ...['-o', 'APT::Get::List-Cleanup=0', '-o', 'APT::Update::Error-Mode=any'],
    ...['-o', 'Acquire::Retries=3'],
  ];
  const failed = (said: string): UpdateTrouble => {
    for (const line of said.trim().split('\n').slice(-LAST_LINES)) log(line);
    return troubleIn(said);
  };
  const kept = (version: string): string => path.join(folder, version);
  const debsOf = (version: string): string[] =>
    globSync('*.deb', { cwd: kept(version) }).map((file) => path.join(kept(version), file));

  return {
    async refresh() {
      const { ok, said } = await runProgram('apt-get', ['-q', ...ours, 'update']);
      return ok ? null : failed(said);
    },
    async renewKey() {
      const { ok, said } = await runProgram('apt-get', ['-q', '-y', 'install', '--only-upgrade', KEYRING]);
      return ok ? null : failed(said);
    },
    async installed() {
      const { ok, said } = await runProgram('dpkg-query', ['--show', MAIN]);
      return (ok && said.trim().split('\t')[1]) || null;
    },
    async offered() {
      const { said } = await runProgram('apt-cache', ['policy', MAIN]);
      const now = /^ {2}Installed: (\S+)$/m.exec(said)?.[1];
      const newest = /^ {2}Candidate: (\S+)$/m.exec(said)?.[1];
      return newest && newest !== '(none)' && newest !== now ? newest : null;
    },
    async changes(to) {
      const { said } = await runProgram('apt-get', [
        ...['-q', '--simulate', '--no-install-recommends'],
        ...['install', `${MAIN}=${to}`],
      ]);
      return changesIn(said);
    },
    async keep(version, packages) {
      mkdirSync(kept(version), { recursive: true });
      const there = new Set(readdirSync(kept(version)).map((file) => file.split('_').slice(0, 2).join('_')));
      // apt writes an epoch's colon and others as %3a in names; ours have "+" and "~" at most.
      const missing = packages.filter((one) => !there.has(`${one.name}_${one.version}`));
      if (missing.length === 0) return null;
      const wanted = missing.map((one) => `${one.name}=${one.version}`);
      const { ok, said } = await runProgram('sh', [
        ...['-c', 'cd "$1" && shift && exec apt-get -q download "$@"', 'sh', kept(version)],
        ...wanted,
      ]);
      if (ok) return null;
      return /Version '.*' for '.*' was not found|Can't find a source/.test(said)
        ? 'noWayBack'
        : failed(said);
    },
    async putIn(version) {
      const { ok, said } = await runProgram('apt-get', [
        ...['-q', '-y', '--allow-downgrades', '--no-install-recommends'],
        ...['-o', 'Dpkg::Options::=--force-confold', '-o', 'Dpkg::Options::=--force-confdef'],
        ...['install', ...debsOf(version)],
      ]);
      return ok ? null : failed(said);
    },
    async mend() {
      await runProgram('dpkg', ['--force-confold', '--configure', '--pending']);
    },
    forgetAllBut(versions) {
      for (const version of existsSync(folder) ? readdirSync(folder) : []) {
        if (!versions.includes(version)) rmSync(kept(version), { recursive: true, force: true });
      }
    },
  };
}

/** @param said of `apt-get --simulate install`. */
function changesIn(said: string): Change[] {
  return [...said.matchAll(/^Inst (vis-a-vis-\S+)(?: \[(\S+)\])? \((\S+) /gm)].map(
    ([, name = '', from, to = '']) => ({ name, from: from ?? null, to }),
  );
}
