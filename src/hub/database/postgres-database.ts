/** A PostgreSQL server, by DATABASE_URL: the same hub for many mairies. */
import { Pool, type PoolClient } from 'pg';
import type { z } from 'zod';
import type { Database, Queries, SqlValue } from './database.ts';
import { listen } from './listen.ts';

interface Runner {
  query(sql: string, values?: unknown[]): Promise<{ rows: unknown[]; rowCount: number | null }>;
}

/** @param onLost is told of a connection that broke while idle; the pool opens another by itself. */
export function openPostgres(url: string, onLost: (error: Error) => void): Database {
  const pool = new Pool({ connectionString: url, max: 10 });
  pool.on('error', onLost);
  const open = new Set<PoolClient>();
  pool.on('connect', (client) => open.add(client));
  pool.on('remove', (client) => open.delete(client));
  return {
    ...queriesOf(pool),
    transaction: async (work) => {
      const client = await pool.connect();
      try {
        await client.query('begin');
        const value = await work(queriesOf(client));
        await client.query('commit');
        client.release();
        return value;
      } catch (error) {
        // A connection whose rollback fails is thrown away rather than given to the next.
        await client.query('rollback').then(
          () => client.release(),
          () => client.release(true),
        );
        throw error;
      }
    },
    listen: (channel, events) => listen(url, channel, events, onLost),
    close: async () => {
      // The pool says "ended" once it has asked its connections to go; a server that stops then
      // would cut the last of them short, as a loss.
      await pool.end();
      if (open.size > 0)
        await new Promise<void>((resolve) => pool.on('remove', () => open.size === 0 && resolve()));
    },
  };
}

function queriesOf(runner: Runner): Queries {
  return {
    rows: async <T>(row: z.ZodType<T>, sql: string, values: readonly SqlValue[] = []) =>
      (await runner.query(sql, [...values])).rows.map((value) => row.parse(value)),
    run: async (sql, values = []) => (await runner.query(sql, [...values])).rowCount ?? 0,
    script: async (sql) => {
      await runner.query(sql);
    },
  };
}
