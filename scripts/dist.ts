/**
 * `npm run dist [-- --version 0.2.0]`: dist/*.deb, the same bytes each time from the same sources. What electron-builder
 * makes of the terminal (electron-builder.yml) lies in dist/package/linux-unpacked.
 */
import { globSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { dist } from './build/targets.ts';
import { build } from './build.ts';
import { root, runStep } from './check/step.ts';
import { buildHubPackage } from './package/hub-package.ts';
import { buildKioskPackage } from './package/kiosk-package.ts';
import { packageBuild } from './package/package-build.ts';
import { buildNodePackage, buildRuntimePackage, runtimeVersions } from './package/runtime-package.ts';
import { buildTerminalPackage } from './package/terminal-package.ts';
import { ensureElectronRuntime } from './setup/electron-runtime.ts';

const { values } = parseArgs({ options: { version: { type: 'string' } } });
const runtime = await ensureElectronRuntime();
const packages = packageBuild({
  version: values.version,
  trial: !runtime.official,
  output: dist,
  work: path.join(dist, 'package/laid-out'),
});
if (packages.trial) {
  console.log(
    `FOR TRIALS ONLY, with Electron ${runtime.version}: the official one could not be had. Never ship it.`,
  );
}
await build();
const packed = await runStep({
  name: 'electron-builder',
  program: 'electron-builder',
  args: [
    ...['--linux', 'dir', '--publish', 'never', '--config', path.join(root, 'electron-builder.yml')],
    ...[`-c.electronDist=${runtime.folder}`, `-c.electronVersion=${runtime.version}`],
    // What the terminal says of itself, in its log and to the hub.
    `-c.extraMetadata.version=${packages.upstream}${packages.trial ? '-trial' : ''}`,
  ],
});
if (packed) {
  for (const old of globSync('*.deb', { cwd: dist })) rmSync(path.join(dist, old));
  const unpacked = path.join(dist, 'package/linux-unpacked');
  const versions = runtimeVersions(runtime.version, packages.trial);
  for (const file of [
    buildNodePackage(packages, versions.node),
    buildRuntimePackage(packages, unpacked, versions.runtime),
    buildTerminalPackage(packages, unpacked, versions),
    buildKioskPackage(packages),
    buildHubPackage(packages, versions),
  ]) {
    console.log(path.relative(root, file));
  }
}
process.exitCode = packed ? 0 : 1;
