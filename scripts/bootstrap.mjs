/**
 * Entry of every npm script: `node scripts/bootstrap.mjs demo --headless`. Plain JavaScript without dependencies, so
 * that it starts on a fresh clone with any Node from 18 on: installs the locked packages if they are not there, then
 * hands over to the TypeScript script of that name under the project's own Node.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const scriptsFolder = path.dirname(fileURLToPath(import.meta.url));
const root = path.dirname(scriptsFolder);
const modules = path.join(root, 'node_modules');
const binaries = path.join(modules, '.bin');
const node = path.join(binaries, process.platform === 'win32' ? 'node.exe' : 'node');
const stamp = path.join(modules, '.installed-lock');

const [name, ...scriptArguments] = process.argv.slice(2);
const names = readdirSync(scriptsFolder)
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => path.basename(file, '.ts'));
if (name === undefined || !names.includes(name)) {
  console.error(`Usage: node scripts/bootstrap.mjs <${names.join('|')}> [arguments]`);
  process.exit(2);
}

install();
handOver(path.join(scriptsFolder, `${name}.ts`), scriptArguments);

/** Does nothing if what is installed is what package-lock.json asks for; leaves no half-installed tree unnoticed. */
function install() {
  const lockText = readFileSync(path.join(root, 'package-lock.json'), 'utf8');
  const lockHash = createHash('sha256').update(lockText).digest('hex');
  if (readIfThere(stamp) === lockHash && existsSync(node)) return;
  if (!matchesInstalled(JSON.parse(lockText))) {
    console.error('Installing the npm packages (npm ci)…');
    run(
      process.platform === 'win32' ? 'npm.cmd' : 'npm',
      ['ci', '--no-audit', '--no-fund', '--loglevel=error'],
      root,
    );
  }
  if (!nodeRuns()) {
    // npm may be set to run no install scripts; this one fetches the Node binary as one more npm package.
    console.error('Installing the Node runtime of the project…');
    run(process.execPath, ['installArchSpecificPackage.js'], path.join(modules, 'node'));
    if (!existsSync(node)) symlinkSync('../node/bin/node', node);
  }
  if (!nodeRuns()) {
    console.error(`The npm package "node" gave no working ${node}: install it with "npm rebuild node".`);
    process.exit(1);
  }
  writeFileSync(stamp, lockHash);
}

/**
 * Compares the lock with npm's own record of what it installed, which npm writes last: a crashed installation has
 * none. Spares a whole `npm ci` after an `npm install` of one package.
 */
function matchesInstalled(lock) {
  const record = readIfThere(path.join(modules, '.package-lock.json'));
  if (record === null) return false;
  const installed = JSON.parse(record).packages;
  const wanted = Object.entries(lock.packages).filter(([folder]) => folder !== '');
  return (
    wanted.every(
      ([folder, entry]) =>
        installed[folder]?.version === entry.version || (entry.optional && !installed[folder]),
    ) &&
    Object.keys(installed).every((folder) => folder in lock.packages && existsSync(path.join(root, folder)))
  );
}

function nodeRuns() {
  return existsSync(node) && spawnSync(node, ['--version']).status === 0;
}

function handOver(script, args) {
  const child = spawn(node, [script, ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: `${binaries}${path.delimiter}${process.env.PATH ?? ''}` },
  });
  // The child ends what it started before it ends itself: pass the signal on and wait.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(`${node} did not start: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (signal ? constants.signals[signal] : 0)));
}

function run(command, args, cwd) {
  const { status, error } = spawnSync(command, args, {
    cwd,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status === 0) return;
  console.error(`${command} ${args.join(' ')} failed${error ? `: ${error.message}` : ''}.`);
  process.exit(1);
}

/** The file's text, or null if there is no such file. */
function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}
