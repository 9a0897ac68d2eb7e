/** PostgreSQL embedded in this process, kept in a folder: a mairie or a developer starts with nothing. */
import { PGlite } from '@electric-sql/pglite';
import type { z } from 'zod';
import type { Database, Queries, SqlValue } from './database.ts';

/** PGlite starts PostgreSQL with -F, which trusts that the machine never loses power; a hub's folder must not. */
const DURABLE = PGlite.defaultStartParams.filter((parameter) => parameter !== '-F');

interface Runner {
  query(sql: string, values?: unknown[]): Promise<{ rows: unknown[]; affectedRows?: number }>;
  exec(sql: string): Promise<unknown>;
}

/** @param folder null keeps everything in memory (tests). One process at a time may hold a folder (folder-lock.ts). */
export async function openPglite(folder: string | null): Promise<Database> {
  const pglite = await (folder === null
    ? PGlite.create()
    : PGlite.create({ dataDir: folder, startParams: DURABLE }));
  return {
    ...queriesOf(pglite),
    transaction: (work) => pglite.transaction((transaction) => work(queriesOf(transaction))),
    close: () => pglite.close(),
  };
}

function queriesOf(runner: Runner): Queries {
  return {
    rows: async <T>(row: z.ZodType<T>, sql: string, values: readonly SqlValue[] = []) =>
      (await runner.query(sql, [...values])).rows.map((value) => row.parse(value)),
    run: async (sql, values = []) => (await runner.query(sql, [...values])).affectedRows ?? 0,
    script: async (sql) => {
      await runner.exec(sql);
    },
  };
}
