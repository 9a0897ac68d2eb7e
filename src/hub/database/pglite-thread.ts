/**
 * The embedded PostgreSQL, in a thread of its own: its statements and its waits for the disk must not hold up the
 * signalling of somebody's call. Started by pglite-database.ts, which is the only one to speak to it.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { unaccent } from '@electric-sql/pglite/contrib/unaccent';
import type { PgliteAnswer, PgliteOrder } from './pglite-database.ts';

/** PGlite starts PostgreSQL with -F, which trusts that the machine never loses power; a hub's folder must not. */
const DURABLE = PGlite.defaultStartParams.filter((parameter) => parameter !== '-F');

const port = parentPort;
if (!port) throw new Error('This module is the start of a thread.');
const folder: unknown = workerData;
/** What the migrations create: a server brings them with it, PGlite has to be given them at each start. */
const extensions = { btree_gist, pg_trgm, unaccent };
const pglite = await (typeof folder === 'string'
  ? PGlite.create({ dataDir: folder, startParams: DURABLE, extensions })
  : PGlite.create({ extensions }));

async function obey({ order, sql, values }: PgliteOrder): Promise<{ rows: unknown[]; touched: number }> {
  switch (order) {
    case 'query': {
      const { rows, affectedRows } = await pglite.query(sql, [...values]);
      return { rows, touched: affectedRows ?? 0 };
    }
    case 'script':
      await pglite.exec(sql);
      return { rows: [], touched: 0 };
    case 'close':
      await pglite.close();
      return { rows: [], touched: 0 };
  }
}

port.on('message', (message: PgliteOrder) => {
  const { id } = message;
  const say = (answer: PgliteAnswer) => port.postMessage(answer);
  obey(message).then(
    (done) => say({ id, ok: true, ...done }),
    (error: unknown) => say({ id, ok: false, error: plain(error) }),
  );
});

/** An Error loses its SQLSTATE and the constraint's name on its way to another thread. */
function plain(error: unknown): Extract<PgliteAnswer, { ok: false }>['error'] {
  const { message, code, constraint } = error as { message?: string; code?: string; constraint?: string };
  return { message: message ?? 'unknown', code, constraint };
}
