/** The same tests on both databases: PGlite in this process, and a private PostgreSQL server made for one test file. */
import { execFile, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Database } from '../database/database.ts';
import { migrate } from '../database/migrate.ts';
import { openPglite } from '../database/pglite-database.ts';
import { openPostgres } from '../database/postgres-database.ts';

export interface TestDatabase {
  readonly database: Database;
  readonly close: () => Promise<void>;
}

export const testDatabases = [
  { name: 'PGlite', open: openTestPglite },
  { name: 'PostgreSQL', open: openTestPostgres },
] as const;

async function openTestPglite(): Promise<TestDatabase> {
  return migrated(await openEmptyPglite());
}

async function openTestPostgres(): Promise<TestDatabase> {
  return migrated(await openEmptyPostgres());
}

async function migrated(opened: TestDatabase): Promise<TestDatabase> {
  await migrate(opened.database);
  return opened;
}

/** Without any schema. */
export async function openEmptyPglite(): Promise<TestDatabase> {
  const database = await openPglite(null);
  return { database, close: database.close };
}

/** Without any schema. */
export async function openEmptyPostgres(): Promise<TestDatabase> {
  const server = await startPostgres();
  const database = openPostgres(server.url, (error) => {
    console.error('The connection to PostgreSQL was lost.', error);
  });
  return {
    database,
    close: async () => {
      await database.close();
      await server.stop();
    },
  };
}

export interface PostgresServer {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** A cluster in a temporary folder, reached by its Unix socket only. postgres refuses root: it runs as `nobody` then. */
export async function startPostgres(): Promise<PostgresServer> {
  const programs = postgresPrograms();
  const folder = await mkdtemp(join(tmpdir(), 'hub-postgres-'));
  const user = process.getuid?.() === 0 ? await unprivileged(folder) : {};
  const data = join(folder, 'data');
  await promisify(execFile)(
    join(programs, 'initdb'),
    ['-D', data, '-U', 'hub', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
    user,
  );
  const server = spawn(
    join(programs, 'postgres'),
    ['-D', data, '-k', folder, '-c', 'listen_addresses=', '-c', 'fsync=off', '-c', 'max_connections=40'],
    { ...user, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  await new Promise<void>((resolve, reject) => {
    let said = '';
    server.stderr.on('data', (bytes: Buffer) => {
      said += bytes.toString();
      if (said.includes('ready to accept connections')) resolve();
    });
    server.on('exit', (code) => reject(new Error(`postgres ended with ${code}:\n${said}`)));
  });
  return {
    url: `postgresql://hub@localhost/postgres?host=${encodeURIComponent(folder)}`,
    stop: async () => {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGINT'); // "Fast" shutdown (postgres(1)): does not wait for clients.
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function unprivileged(folder: string): Promise<{ uid: number; gid: number }> {
  const idOf = async (flag: string) => Number((await promisify(execFile)('id', [flag, 'nobody'])).stdout);
  const [uid, gid] = [await idOf('-u'), await idOf('-g')];
  await chown(folder, uid, gid);
  return { uid, gid };
}

/** Debian keeps one folder a version. @throws where PostgreSQL is not installed: these tests are not skipped. */
function postgresPrograms(): string {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  const [newest] = versions.filter((version) => existsSync(join(root, version, 'bin/postgres')));
  if (!newest) throw new Error('PostgreSQL is missing: apt-get install postgresql');
  return join(root, newest, 'bin');
}
