/**
 * What an idle terminal costs the hub that it is connected to, beside the same sockets on a bare `ws` server: memory and
 * processor time each. Hub and bare server are processes of their own, over plain HTTP as behind a proxy that ends TLS;
 * the hub is on PostgreSQL, whose own share is not counted.
 */
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { type RigProcess, startProcess } from '#rig/processes.ts';
import { makeRunFolder } from '#rig/run-folder.ts';
import { until } from '#rig/until.ts';
import type { Database } from '../../src/hub/database/database.ts';
import { openDatabase } from '../../src/hub/database/open-database.ts';
import { seedDemo } from '../../src/hub/demo/seed.ts';
import { readSecret } from '../../src/hub/secret.ts';
import { startPostgres } from '../../src/hub/testing/test-databases.ts';
import type { Measurement } from './figure.ts';
import { middleMemory } from './process-memory.ts';
import { withClosers } from './with-closers.ts';

const SIZES = [1_000, 5_000, 20_000] as const;
type Size = (typeof SIZES)[number];
/** ms: two pings of the server's and four of each terminal's; the hub's watch looks once a minute besides. */
const IDLE = { bare: 20_000, hub: 60_000 } as const;
/** ms in which the same happens again and again: the longer of the two heartbeats. */
const ROUND = 10_000;
/** Processes over which the terminals are spread. */
const CROWDS = 2;
/** Files that a server opens beside its sockets. */
const OTHER_FILES = 200;
/** Ticks of a second in which the kernel counts processor time (sysconf(_SC_CLK_TCK), the same on every Linux). */
const TICKS = 100;
const root = path.resolve(import.meta.dirname, '../..');
const node = path.join(root, 'node_modules/.bin/node');
const here = (file: string) => path.join(import.meta.dirname, 'idle', file);

/** Of one server with this many terminals. */
interface Cost {
  readonly terminals: number;
  /** MB: PSS at the end of the idle time, what was thrown away since its beginning included. */
  readonly memory: number;
  /** MB: V8's heap and what it holds outside of it, its garbage collected. */
  readonly kept: number;
  /** s of processor time a second. */
  readonly cpu: number;
}
type Costs = ReadonlyMap<number, Cost>;

interface Both {
  readonly hub: Costs;
  readonly bare: Costs;
}

let measured: Promise<Both> | null = null;
/** All sizes are one run, of which each figure is a part. */
function run(): Promise<Both> {
  measured ??= withClosers(async (close) => {
    const postgres = await startPostgres();
    close(postgres.stop);
    const folder = makeRunFolder('idle');
    const secretFile = path.join(folder, 'secret');
    const database = await openDatabase({ kind: 'url', url: postgres.url }, console.error);
    close(database.close);
    await seedDemo(database, readSecret(secretFile), () => 'correct horse battery');
    const keys = generateKeyPairSync('ed25519');
    const publicKey = keys.publicKey.export({ type: 'spki', format: 'der' }).toString('base64url');
    const privateKey = keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const env = {
      ...process.env,
      DATABASE_URL: postgres.url,
      HUB_SECRET_FILE: secretFile,
      ...{ HUB_PORT: '0', ROOM_PORT: '0', HUB_LOG_LEVEL: 'warn' },
    };
    const costs = { hub: new Map<number, Cost>(), bare: new Map<number, Cost>() };
    for (const size of [0, ...SIZES]) {
      const terminalIds = await enrol(database, publicKey, Math.min(size, mostSockets()));
      for (const name of ['bare', 'hub'] as const) {
        const script = name === 'hub' ? path.join(root, 'src/hub/server.ts') : here('bare-sockets.ts');
        const orders = { privateKey, proves: name === 'hub', folder, terminalIds };
        costs[name].set(size, await costOf(name, { script, env, orders }));
      }
    }
    return costs;
  });
  return measured;
}

/** Brings their number to this one; returns their ids. */
async function enrol(database: Database, publicKey: string, terminals: number): Promise<string[]> {
  await database.run(
    `insert into terminals (id, mairie_id, name, public_key, enrolled_at)
     select gen_random_uuid(), m.id, 'Accueil ' || rank, $1, now()
     from (select id from mairies limit 1) m, generate_series((select count(*) from terminals) + 1, $2::int) rank`,
    [publicKey, terminals],
  );
  const rows = await database.rows(z.object({ id: z.uuid() }), 'select id from terminals');
  return rows.map(({ id }) => id);
}

interface Server {
  readonly script: string;
  readonly env: NodeJS.ProcessEnv;
  readonly orders: {
    readonly privateKey: string;
    readonly proves: boolean;
    readonly folder: string;
    readonly terminalIds: readonly string[];
  };
}

function costOf(name: keyof typeof IDLE, { script, env, orders }: Server): Promise<Cost> {
  return withClosers(async (close) => {
    const server = await startProcess({
      name,
      program: node,
      args: ['--expose-gc', '--import', here('tell-heap.ts'), script],
      env,
      cwd: root,
    });
    close(server.close);
    const { origin } = await said(server, z.object({ ready: z.literal(true), origin: z.url() }), 60_000);
    const terminals = orders.terminalIds.length;
    const began = { at: performance.now(), cpu: cpuOf(server.pid) };
    if (terminals > 0) for (const crowd of await seat(origin, orders)) close(crowd.close);
    const seated = { at: performance.now(), cpu: cpuOf(server.pid) };
    if (terminals > 0) await settle(server.pid);
    await collect(server);

    const before = { at: performance.now(), cpu: cpuOf(server.pid) };
    await new Promise((resolve) => setTimeout(resolve, IDLE[name]));
    const cpu = (cpuOf(server.pid) - before.cpu) / ((performance.now() - before.at) / 1_000);
    const memory = await middleMemory(server.pid);
    const kept = await collect(server);
    console.log(
      `  ${name}, ${terminals} terminals (load ${loadavg()[0]?.toFixed(1)}): PSS ${memory.toFixed(0)} MB, kept ` +
        `${kept.toFixed(0)} MB, ${(cpu * 100).toFixed(1)} % of a core; seated in ` +
        `${((seated.at - began.at) / 1_000).toFixed(1)} s for ${(seated.cpu - began.cpu).toFixed(1)} s of its own`,
    );
    return { terminals, memory, kept, cpu };
  });
}

/** Resolved once all of them are connected, and the hub has told each where it stands. */
async function seat(
  origin: string,
  { folder, terminalIds, ...orders }: Server['orders'],
): Promise<RigProcess[]> {
  const share = Math.ceil(terminalIds.length / CROWDS);
  const crowds = Array.from({ length: CROWDS }, async (_, crowd) => {
    const file = path.join(folder, `crowd-${crowd}.json`);
    const own = terminalIds.slice(crowd * share, (crowd + 1) * share);
    writeFileSync(file, JSON.stringify({ ...orders, origin, crowd, terminalIds: own }), { mode: 0o600 });
    const started = await startProcess({
      name: 'crowd',
      program: node,
      args: [here('crowd.ts'), file],
      cwd: root,
    });
    await said(started, z.object({ seated: z.number() }), 600_000);
    return started;
  });
  return Promise.all(crowds);
}

/** Until what comes after the last seat is done: two rounds in turn cost the same. */
async function settle(pid: number): Promise<void> {
  let [cpu, last] = [cpuOf(pid), Number.POSITIVE_INFINITY];
  const look = () => {
    const now = cpuOf(pid);
    const [used, before] = [now - cpu, last];
    [cpu, last] = [now, used];
    return Math.abs(used - before) <= Math.max(0.1, used / 10);
  };
  await until('the server is idle', look, { timeoutMs: 120_000, everyMs: ROUND });
}

/** MB that are left. */
async function collect(server: RigProcess): Promise<number> {
  const told = z.object({ kept: z.number() });
  const before = lines(server, told).length;
  process.kill(server.pid, 'SIGUSR2');
  const after = () => lines(server, told)[before];
  return (await until('the garbage is collected', after, { timeoutMs: 30_000 })).kept / 1_000_000;
}

async function said<T extends object>(from: RigProcess, schema: z.ZodType<T>, timeoutMs: number): Promise<T> {
  const look = () => {
    const [line] = lines(from, schema);
    if (!line && !from.isRunning()) throw new Error(`It ended:\n${from.output()}`);
    return line;
  };
  return (await until('it says that it is ready', look, { timeoutMs })) as T;
}

function lines<T>(from: RigProcess, schema: z.ZodType<T>): T[] {
  return from
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{') && line.endsWith('}'))
    .flatMap((line) => schema.safeParse(JSON.parse(line)).data ?? []);
}

/** s of processor time, its own and the kernel's for it (fields 14 and 15 of proc_pid_stat(5)), all threads. */
function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

/** As many as the system lets one process have: where that is less than the largest size, it is measured with those. */
function mostSockets(): number {
  const hard = /^Max open files\s+\d+\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
  return hard === undefined ? Number.POSITIVE_INFINITY : Number(hard) - OTHER_FILES;
}

type Amount = 'memory' | 'kept' | 'cpu';
const UNITS = { memory: 'kB', kept: 'kB', cpu: 'µs/s' } as const;
/** From MB and from seconds. */
const SCALE: Readonly<Record<Amount, number>> = { memory: 1_000, kept: 1_000, cpu: 1_000_000 };

/** Of one more terminal: what the server costs with none is not theirs. */
function each(costs: Costs, size: Size, amount: Amount): number {
  const [none, all] = [costs.get(0), costs.get(size)];
  if (!none || !all) throw new Error(`${size} terminals were not measured.`);
  return ((all[amount] - none[amount]) / all.terminals) * SCALE[amount];
}

/** Of each of so many, beside a socket of the bare server. */
function measureEach(amount: Amount, size: Size, factor: number): () => Promise<Measurement> {
  return async () => {
    const { hub, bare } = await run();
    return {
      unit: UNITS[amount],
      values: [each(hub, size, amount)],
      baselines: [each(bare, size, amount)],
      allowance: { kind: 'times', factor },
    };
  };
}

/** The straight line: one of the most costs no more than one of the fewest. */
function measureLine(amount: Amount): () => Promise<Measurement> {
  return async () => {
    const { hub } = await run();
    const [fewest, , most] = SIZES;
    return {
      unit: UNITS[amount],
      values: [each(hub, most, amount)],
      baselines: [each(hub, fewest, amount)],
      allowance: { kind: 'times', factor: 1.25 },
    };
  };
}

function figuresOf(amount: Amount, factor: number): Record<string, () => Promise<Measurement>> {
  return {
    ...Object.fromEntries(SIZES.map((size) => [`idle-${amount}-${size}`, measureEach(amount, size, factor)])),
    [`idle-${amount}-line`]: measureLine(amount),
  };
}

export const idleFigures: Readonly<Record<string, () => Promise<Measurement>>> = {
  ...figuresOf('memory', 3),
  ...figuresOf('kept', 6),
  ...figuresOf('cpu', 2),
};
