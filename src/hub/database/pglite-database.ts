/**
 * PostgreSQL embedded in this process, kept in a folder: a mairie or a developer starts with nothing. It runs in a
 * thread of its own (pglite-thread.ts).
 */
import { Worker } from 'node:worker_threads';
import type { z } from 'zod';
import type { Database, Queries, SqlValue } from './database.ts';

/** To the thread. Statements are done in the order in which they are sent. */
export interface PgliteOrder {
  readonly id: number;
  readonly order: 'query' | 'script' | 'close';
  readonly sql: string;
  readonly values: readonly SqlValue[];
}
export type PgliteAnswer =
  | { readonly id: number; readonly ok: true; readonly rows: unknown[]; readonly touched: number }
  | {
      readonly id: number;
      readonly ok: false;
      readonly error: {
        readonly message: string;
        readonly code: string | undefined;
        readonly constraint: string | undefined;
      };
    };

interface Done {
  readonly rows: unknown[];
  readonly touched: number;
}
type Ask = (order: PgliteOrder['order'], sql: string, values?: readonly SqlValue[]) => Promise<Done>;

/** In the sources a .ts file beside this one, in a build a .js file beside the bundle. */
const THREAD = new URL(
  import.meta.url.endsWith('.ts') ? './pglite-thread.ts' : './pglite-thread.js',
  import.meta.url,
);

/** @param folder null keeps everything in memory (tests). One process at a time may hold a folder (folder-lock.ts). */
export async function openPglite(folder: string | null): Promise<Database> {
  const thread = new Worker(THREAD, { workerData: folder });
  const waiting = new Map<number, { resolve: (done: Done) => void; reject: (error: Error) => void }>();
  let lastId = 0;
  /** Resolves once no transaction is open. */
  let free: Promise<void> = Promise.resolve();

  thread.on('message', (answer: PgliteAnswer) => {
    const asked = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (answer.ok) asked?.resolve(answer);
    else asked?.reject(Object.assign(new Error(answer.error.message), answer.error));
  });
  let isOpen = false;
  thread.on('error', (error) => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
    // A database that fell over takes the hub with it: its supervisor starts both again.
    if (isOpen) throw error;
  });

  const ask: Ask = (order, sql, values = []) =>
    new Promise((resolve, reject) => {
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      thread.postMessage({ id: lastId, order, sql, values } satisfies PgliteOrder);
    });
  const askInTurn: Ask = async (...order) => {
    await free;
    return ask(...order);
  };
  // The thread answers once the folder is open.
  await ask('query', 'select 1');
  isOpen = true;

  return {
    ...queriesOf(askInTurn),
    async transaction(work) {
      const before = free;
      let end: () => void = () => undefined;
      free = new Promise((resolve) => {
        end = resolve;
      });
      await before;
      try {
        await ask('script', 'begin');
        const value = await work(queriesOf(ask));
        await ask('script', 'commit');
        return value;
      } catch (error) {
        await ask('script', 'rollback');
        throw error;
      } finally {
        end();
      }
    },
    listen: null,
    async close() {
      await askInTurn('close', '');
      await thread.terminate();
    },
  };
}

function queriesOf(ask: Ask): Queries {
  return {
    rows: async <T>(row: z.ZodType<T>, sql: string, values: readonly SqlValue[] = []) =>
      (await ask('query', sql, values)).rows.map((value) => row.parse(value)),
    run: async (sql, values = []) => (await ask('query', sql, values)).touched,
    script: async (sql) => {
      await ask('script', sql);
    },
  };
}
