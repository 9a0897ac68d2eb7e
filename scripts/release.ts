/**
 * `npm run release -- --channel pilot|stable [--resign]`: signs what `npm run dist` made into dist/apt, beside what is
 * there. The key is the operator's: VISAVIS_SIGNING_KEY names it to gpg (docs/release.md).
 */
import { globSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { dist } from './build/targets.ts';
import {
  addToPool,
  CHANNELS,
  exportKey,
  publish,
  type Signing,
  sign,
  signFile,
} from './package/apt-repository.ts';
import { buildKeyringPackage } from './package/keyring-package.ts';
import { packageBuild } from './package/package-build.ts';
import { softwareBill } from './package/sbom.ts';

const { values } = parseArgs({
  options: {
    channel: { type: 'string' },
    resign: { type: 'boolean', default: false },
    'valid-days': { type: 'string', default: '30' },
    'allow-trial': { type: 'boolean', default: false },
  },
});

function release(): void {
  const wanted = z.enum(CHANNELS).safeParse(values.channel);
  if (!wanted.success) throw new Error('Say where: --channel pilot, or --channel stable.');
  const channel = wanted.data;
  const key = process.env.VISAVIS_SIGNING_KEY;
  if (!key) throw new Error('VISAVIS_SIGNING_KEY must be the fingerprint of a key that gpg has.');
  const validDays = z.coerce.number().int().min(1).max(365).parse(values['valid-days']);
  const signing: Signing = { key, at: Date.now(), validDays };
  const repository = path.join(dist, 'apt');
  mkdirSync(repository, { recursive: true });
  if (values.resign) {
    sign(repository, channel, signing);
    console.log(`${channel}: signed anew, good for ${validDays} days.`);
    return;
  }
  const debs = globSync('*.deb', { cwd: dist }).map((file) => path.join(dist, file));
  if (debs.length === 0) throw new Error('There is nothing to sign: npm run dist.');
  const runtime = debs.map((deb) => /vis-a-vis-runtime_([0-9.]+)/.exec(deb)?.[1]).find(Boolean);
  if (!runtime) throw new Error('The runtime’s package is missing: npm run dist.');
  const trial = debs.some((deb) => deb.includes('~trial'));
  if (trial && !(values['allow-trial'] && channel === 'pilot')) {
    throw new Error(
      'These packages are for trials only, made with another Electron than the official one. They are never signed for the stable channel, and for the pilot channel only with --allow-trial.',
    );
  }
  const publicKey = path.join(repository, 'vis-a-vis.gpg');
  exportKey(key, publicKey);
  const folder = path.join(dist, 'package');
  const build = packageBuild({ trial, output: folder, work: path.join(folder, 'laid-out') });
  const files = addToPool(repository, [...debs, buildKeyringPackage(build, publicKey)]);
  for (const file of files) signFile(path.join(repository, file), key);
  const bill = path.join(repository, 'sbom.cdx.json');
  writeFileSync(bill, softwareBill(runtime));
  signFile(bill, key);
  publish(repository, channel, files, signing);
  console.log(`${channel}: ${files.length} packages, good for ${validDays} days, in dist/apt.`);
}

try {
  release();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
