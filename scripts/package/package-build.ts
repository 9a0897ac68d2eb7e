/** What all packages of one build share: their version, their time, their maintainer, whether they are for trials only. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { root } from '../check/step.ts';
import { runProgram } from '../setup/run-program.ts';

export interface PackageBuild {
  /** Of terminal and hub, as Debian orders versions: a trial comes before what it tries. */
  readonly version: string;
  /** As package.json has it, or as it was given. */
  readonly upstream: string;
  /** Seconds: that of every file. */
  readonly epoch: number;
  /** For trials, never to be shipped: made with another Electron than the official one. */
  readonly trial: boolean;
  readonly maintainer: string;
  /** Folder of the .deb files. */
  readonly output: string;
  /** Folder to lay packages out in. */
  readonly work: string;
}

/** Debian's "~": before the same without it (deb-version(7)). */
const TRIAL = '~trial';
const NOBODY = 'Vis-à-vis <paquets@vis-a-vis.example>';

export interface BuildWishes {
  /** In place of package.json's. */
  readonly version?: string | undefined;
  readonly trial: boolean;
  readonly output: string;
  readonly work: string;
}

/** @throws Error where nothing tells the time of what is built. */
export function packageBuild({ version, trial, output, work }: BuildWishes): PackageBuild {
  const upstream = version ?? ownVersion();
  return {
    upstream,
    version: withTrial(upstream, trial),
    epoch: sourceDate(),
    trial,
    maintainer: process.env.DEBEMAIL ?? NOBODY,
    output,
    work,
  };
}

export function withTrial(version: string, trial: boolean): string {
  return trial ? `${version}${TRIAL}` : version;
}

function ownVersion(): string {
  const file = path.join(root, 'package.json');
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8'))).version;
}

/** SOURCE_DATE_EPOCH where it is set, else the commit's time (reproducible-builds.org). */
function sourceDate(): number {
  const given = process.env.SOURCE_DATE_EPOCH;
  if (given !== undefined) return z.coerce.number().int().positive().parse(given);
  try {
    return Number(runProgram('git', ['log', '-1', '--format=%ct'], root).trim());
  } catch {
    throw new Error('Without git, set SOURCE_DATE_EPOCH: the time, in seconds, that all files are given.');
  }
}
