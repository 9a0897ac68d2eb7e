/**
 * A signed APT repository in a folder that any web server can serve, or a USB stick carry: pool/ with every version,
 * dists/ with an index for each channel (wiki.debian.org/DebianRepository/Format).
 */
import { copyFileSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { runProgram } from '../setup/run-program.ts';

/** pilot: a few terminals that have it first. stable: all others. */
export const CHANNELS = ['stable', 'pilot'] as const;
export type Channel = (typeof CHANNELS)[number];

export interface Signing {
  /** Fingerprint of the secret key, which gpg finds in GNUPGHOME. */
  readonly key: string;
  /** ms */
  readonly at: number;
  /** Days until terminals refuse the index: it is signed anew before, with or without anything new. */
  readonly validDays: number;
}

const POOL = 'pool';
const DAY = 86_400_000;
/** Of hashes, those that nobody can forge (apt-ftparchive(1)). */
const HASHES = ['-o', 'APT::FTPArchive::MD5=false', '-o', 'APT::FTPArchive::SHA1=false'];
const GPG = ['--batch', '--yes', '--digest-algo', 'SHA512'];

/** Adds packages; those that are there stay, so that a terminal can go back to them. @returns their paths in the pool. */
export function addToPool(repository: string, debs: readonly string[]): string[] {
  mkdirSync(path.join(repository, POOL), { recursive: true });
  return debs.map((deb) => {
    const file = path.join(POOL, path.basename(deb));
    const there = path.join(repository, file);
    const bytes = readFileSync(deb);
    if (globSync(file, { cwd: repository }).length > 0 && !readFileSync(there).equals(bytes)) {
      throw new Error(
        `${path.basename(deb)} is in the repository already, with other bytes: raise the version.`,
      );
    }
    copyFileSync(deb, there);
    return file;
  });
}

/** What the channel offers from now on: its former packages and these; signed. */
export function publish(
  repository: string,
  channel: Channel,
  files: readonly string[],
  signing: Signing,
): void {
  const folder = path.join(repository, 'dists', channel);
  const index = path.join(folder, 'main/binary-amd64');
  mkdirSync(index, { recursive: true });
  const list = path.join(folder, 'offered');
  const offered = [...new Set([...offeredIn(repository, channel), ...files])].sort();
  const known = path.join(index, 'Packages');
  writeFileSync(known, offered.map((file) => stanzaOf(repository, file)).join('\n'));
  writeFileSync(`${known}.gz`, gzipSync(readFileSync(known), { level: 9 }));
  // Not offered to apt: which files the channel has.
  writeFileSync(list, `${offered.join('\n')}\n`);
  sign(repository, channel, signing);
}

/** Signs the channel's index anew, with a new end. */
export function sign(repository: string, channel: Channel, { key, at, validDays }: Signing): void {
  const folder = path.join(repository, 'dists', channel);
  for (const old of ['Release', 'InRelease', 'Release.gpg']) rmSync(path.join(folder, old), { force: true });
  const fields = {
    Origin: 'Vis-a-vis',
    Label: 'Vis-a-vis',
    Suite: channel,
    Codename: channel,
    Architectures: 'amd64',
    Components: 'main',
    Description: 'Packages of Vis-a-vis',
    Date: new Date(at).toUTCString(),
  };
  const options = Object.entries(fields).flatMap(([name, value]) => [
    '-o',
    `APT::FTPArchive::Release::${name}=${value}`,
  ]);
  const release = runProgram(
    'apt-ftparchive',
    [...HASHES, ...options, 'release', path.join('dists', channel)],
    repository,
  );
  // apt-ftparchive knows a time from now on only.
  const end = `Valid-Until: ${new Date(at + validDays * DAY).toUTCString()}\n`;
  writeFileSync(path.join(folder, 'Release'), end + release);
  const gpg = (...args: string[]): string =>
    runProgram('gpg', [...GPG, '--local-user', key, ...args], folder);
  gpg('--clearsign', '--output', 'InRelease', 'Release');
  gpg('--armor', '--detach-sign', '--output', 'Release.gpg', 'Release');
}

/** A detached signature beside the file, for who carries it on a stick. */
export function signFile(file: string, key: string): void {
  runProgram(
    'gpg',
    [...GPG, '--local-user', key, '--armor', '--detach-sign', '--output', `${file}.asc`, file],
    path.dirname(file),
  );
}

/**
 * The public key as apt reads it (signed-by), with all its subkeys.
 * @param key as gpg takes it; "!" behind a subkey means that this one signs, and is left out here.
 */
export function exportKey(key: string, file: string): void {
  runProgram('gpg', [...GPG, '--output', file, '--export', key.replace(/!$/, '')], path.dirname(file));
}

function offeredIn(repository: string, channel: Channel): string[] {
  const list = path.join('dists', channel, 'offered');
  const [found] = globSync(list, { cwd: repository });
  return found ? readFileSync(path.join(repository, found), 'utf8').split('\n').filter(Boolean) : [];
}

function stanzaOf(repository: string, file: string): string {
  const stanza = runProgram('apt-ftparchive', [...HASHES, 'packages', file], repository).trim();
  if (!stanza.includes(`Filename: ${file}`)) throw new Error(`${file} is not in the repository.`);
  return `${stanza}\n`;
}
