/**
 * The database as lines of text, and back: a dump of our own through the hub's own queries, because the embedded
 * database has no pg_dump, and because one file then moves a hub from a folder to a server. Rows are PostgreSQL's own
 * JSON and are never read by JavaScript, so that no number loses a digit. Every line beginning with # is about the dump.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Database, Queries } from '../database/database.ts';
import { retention } from '../retention/retention.ts';

const FORMAT = 'vis-a-vis backup 1';
/** Rows read, and characters written, at a time. */
const ROWS = 50;
const CHARACTERS = 4_000_000;

export const dumpHeader = z.strictObject({
  format: z.literal(FORMAT),
  /** ms since the epoch. */
  at: z.number(),
  /** The schema that the rows have. */
  migrations: z.array(z.string()),
  /** As in the secret's file: without it nothing personal could be read, and no chain be verified. */
  secrets: z.string(),
});
export type DumpHeader = z.infer<typeof dumpHeader>;
const tableLine = z.strictObject({ table: z.string(), columns: z.array(z.string()) });
const endLine = z.strictObject({ rows: z.number(), sha256: z.string() });

export class DamagedDump extends Error {}

/** Everything as of one instant, while the hub goes on writing. @returns how many rows. */
export function dumpDatabase(
  database: Database,
  header: Omit<DumpHeader, 'format' | 'migrations'>,
  write: (line: string) => Promise<void>,
): Promise<number> {
  return database.transaction(async (queries) => {
    await queries.script('set transaction isolation level repeatable read, read only');
    const digest = createHash('sha256');
    const say = async (line: string) => {
      digest.update(`${line}\n`);
      await write(`${line}\n`);
    };
    const migrations = await migrationsOf(queries);
    await say(`#${JSON.stringify({ format: FORMAT, ...header, migrations } satisfies DumpHeader)}`);
    let rows = 0;
    for (const { table, columns } of await tablesOf(queries)) {
      await say(`#${JSON.stringify({ table, columns })}`);
      await queries.script(
        `declare backup_rows no scroll cursor for
         select row_to_json(r)::text as row from (select ${quoted(columns)} from ${quoted([table])}) r`,
      );
      for (;;) {
        const some = await queries.rows(z.object({ row: z.string() }), `fetch ${ROWS} from backup_rows`);
        for (const { row } of some) await say(row);
        rows += some.length;
        if (some.length < ROWS) break;
      }
      await queries.script('close backup_rows');
    }
    await write(`#${JSON.stringify({ rows, sha256: digest.digest('hex') })}\n`);
    return rows;
  });
}

/** The migrations that a database has, in their order; none where it is new. */
export async function migrationsOf(queries: Queries): Promise<string[]> {
  const [known] = await queries.rows(
    z.object({ known: z.boolean() }),
    `select to_regclass('migrations') is not null as known`,
  );
  if (!known?.known) return [];
  const rows = await queries.rows(
    z.object({ name: z.string() }),
    'select name from migrations order by name',
  );
  return rows.map(({ name }) => name);
}

/** Those with a row that a restored one would meet. */
export async function filledTables(queries: Queries): Promise<string[]> {
  const filled: string[] = [];
  for (const { table } of await tablesOf(queries)) {
    const rows = await queries.rows(z.object({}), `select 1 from ${quoted([table])} limit 1`);
    if (rows.length > 0) filled.push(table);
  }
  return filled;
}

/**
 * All rows into an empty database that has the dump's schema, within the caller's transaction.
 * @param lines what follows the header. @param header as it was read, with its #.
 * @throws DamagedDump where a line is missing, changed or too many.
 */
export async function loadDump(
  queries: Queries,
  header: string,
  lines: AsyncIterable<string>,
): Promise<number> {
  const digest = createHash('sha256').update(`${header}\n`);
  let into: z.infer<typeof tableLine> | null = null;
  let waiting: string[] = [];
  let characters = 0;
  let rows = 0;
  let ended = false;
  const flush = async () => {
    if (into && waiting.length > 0) {
      const columns = quoted(into.columns);
      await queries.run(
        `insert into "${into.table}" (${columns}) overriding system value
         select ${columns} from json_populate_recordset(null::"${into.table}", $1::json)`,
        [`[${waiting.join(',')}]`],
      );
    }
    waiting = [];
    characters = 0;
  };
  for await (const line of lines) {
    if (ended) throw new DamagedDump('There is more after the end.');
    if (!line.startsWith('#')) {
      rows += 1;
      waiting.push(line);
      characters += line.length;
      if (characters > CHARACTERS) await flush();
    } else {
      await flush();
      const said: unknown = JSON.parse(line.slice(1));
      const end = endLine.safeParse(said);
      if (end.success) {
        ended = true;
        if (end.data.rows !== rows || end.data.sha256 !== digest.digest('hex')) {
          throw new DamagedDump('The checksum is wrong.');
        }
        continue;
      }
      into = tableLine.parse(said);
    }
    digest.update(`${line}\n`);
  }
  if (!ended) throw new DamagedDump('The end is missing.');
  await advanceSequences(queries);
  return rows;
}

/** What is numbered goes on after the highest number that was restored. */
async function advanceSequences(queries: Queries): Promise<void> {
  const numbered = await queries.rows(
    z.object({ table_name: z.string(), column_name: z.string() }),
    `select table_name::text, column_name::text from information_schema.columns
     where table_schema = 'public' and is_identity = 'YES'`,
  );
  for (const { table_name, column_name } of numbered) {
    await queries.run(
      `select setval(pg_get_serial_sequence($1, $2), greatest((select max("${column_name}") from ${quoted([table_name])}), 1))`,
      [table_name, column_name],
    );
  }
}

interface DumpedTable {
  readonly table: string;
  readonly columns: readonly string[];
}

/** Each after those that it refers to. Not what only matters while a hub runs, and not what the schema makes itself. */
async function tablesOf(queries: Queries): Promise<DumpedTable[]> {
  const columns = await queries.rows(
    z.object({ table_name: z.string(), column_name: z.string() }),
    `select c.table_name::text, c.column_name::text from information_schema.columns c
     join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.is_generated = 'NEVER'
     order by c.table_name, c.ordinal_position`,
  );
  const references = await queries.rows(
    z.object({ one: z.string(), other: z.string() }),
    `select f.relname::text as one, t.relname::text as other from pg_constraint c
     join pg_class f on f.oid = c.conrelid join pg_class t on t.oid = c.confrelid
     where c.contype = 'f' and c.conrelid <> c.confrelid`,
  );
  const waiting = new Map<string, string[]>();
  for (const { table_name, column_name } of columns) {
    if (table_name === 'migrations' || retention[table_name]?.notBackedUp) continue;
    waiting.set(table_name, [...(waiting.get(table_name) ?? []), column_name]);
  }
  const ordered: DumpedTable[] = [];
  while (waiting.size > 0) {
    const free = [...waiting.keys()].filter(
      (table) => !references.some(({ one, other }) => one === table && waiting.has(other)),
    );
    if (free.length === 0) throw new Error(`Tables refer to each other: ${[...waiting.keys()].join(', ')}.`);
    for (const table of free) {
      ordered.push({ table, columns: waiting.get(table) ?? [] });
      waiting.delete(table);
    }
  }
  return ordered;
}

function quoted(columns: readonly string[]): string {
  return columns.map((column) => `"${column}"`).join(', ');
}
