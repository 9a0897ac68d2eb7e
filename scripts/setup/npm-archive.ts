/** A package of the npm registry as its archive, checked, without installing it or what it depends on. */
import { createHash } from 'node:crypto';
import { createReadStream, mkdtempSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { runProgram } from './run-program.ts';

export interface NpmArchive {
  /** name@version */
  readonly package: string;
  /** sha512-…, as in a package-lock.json. */
  readonly integrity: string;
}

/** @returns the path of the archive (.tgz), in a new folder inside `folder`. */
export async function packArchive(wanted: NpmArchive, folder: string): Promise<string> {
  const destination = mkdtempSync(path.join(folder, 'archive-'));
  runProgram('npm', ['pack', wanted.package, '--silent', '--pack-destination', destination], folder);
  const [archive] = readdirSync(destination).filter((file) => file.endsWith('.tgz'));
  if (!archive) throw new Error(`npm pack ${wanted.package} left no archive.`);
  const file = path.join(destination, archive);
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  if (`sha512-${hash.digest('base64')}` !== wanted.integrity) {
    throw new Error(`${wanted.package} is not the package it should be: its checksum differs.`);
  }
  return file;
}
