/**
 * The line itself, cut: the bench starts itself again in a network of its own, where the call's two sides and the
 * deployment meet on an address that can be taken away. Every packet between them is then lost without a word: pictures,
 * sound, signalling. The hub, on loopback, stays. Nothing of the machine's own network is touched.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { runCommand } from '#rig/run-command.ts';
import type { Measurement } from './figure.ts';
import { measureRejoin } from './rejoin.ts';

const ADDRESS = '10.77.7.1';
const LOCAL = ['local', ADDRESS, 'dev', 'line', 'table', 'local'];
const CUT_SECONDS = 3;
const ROUNDS = 5;

/** In this process's network, which must be its own. */
async function measureHere(): Promise<Measurement> {
  await runCommand('ip', ['link', 'set', 'lo', 'up']);
  await runCommand('ip', ['link', 'add', 'line', 'type', 'veth', 'peer', 'name', 'far']);
  await runCommand('ip', ['link', 'set', 'line', 'addrgenmode', 'none']);
  await runCommand('ip', ['address', 'add', `${ADDRESS}/24`, 'dev', 'line']);
  for (const link of ['line', 'far']) await runCommand('ip', ['link', 'set', link, 'up']);
  return measureRejoin({
    ...{ rounds: ROUNDS, lasts: CUT_SECONDS * 1000, calm: 20_000, atMost: 3_000 },
    town: { jitsi: { builtIn: false, host: ADDRESS } },
    begin: async () => void (await runCommand('ip', ['route', 'del', ...LOCAL])),
    end: async () => {
      await runCommand('ip', ['route', 'add', ...LOCAL, 'proto', 'kernel', 'scope', 'host', 'src', ADDRESS]);
    },
  });
}

const RESULT = 'RESULT ';

/** Needs Linux with iproute2 and util-linux, and root or user namespaces. */
export async function measureLineCut(): Promise<Measurement> {
  const isRoot = process.getuid?.() === 0;
  const child = spawn(
    'unshare',
    [isRoot ? '--net' : '--map-root-user', '--net', process.execPath, import.meta.filename],
    {
      cwd: path.join(import.meta.dirname, '../..'),
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let result = '';
  for await (const line of createInterface(child.stdout)) {
    if (line.startsWith(RESULT)) result = line;
    else console.log(line);
  }
  if (result === '') throw new Error('The line could not be cut: see above.');
  return JSON.parse(result.slice(RESULT.length)) as Measurement;
}

if (import.meta.main) {
  const measurement = await measureHere();
  process.stdout.write(`${RESULT}${JSON.stringify(measurement)}\n`, () => process.exit(0));
}
