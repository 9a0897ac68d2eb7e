import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { fail, type Result, succeed } from '#shared/failure.ts';
import {
  type SheetBlock,
  type SheetBody,
  type SheetLine,
  type SheetView,
  sheetContent,
} from '#shared/protocol/sheets.ts';
import type { Account, Writer } from '../accounts/store.ts';
import type { Database, Queries } from '../database/database.ts';
import { searchSheets } from './sheet-search.ts';

/** Lists that are not searched are this long at most. */
const LIST_LIMIT = 100;
const RECENT = 20;

const lineRow = z.object({
  id: z.uuid(),
  title: z.string(),
  summary: z.string(),
  body: z.string().nullable(),
  body_id: z.uuid().nullable(),
  written_at: z.date(),
  review_on: z.string().nullable(),
  favourite: z.boolean(),
});
const viewRow = z.object({
  ...lineRow.shape,
  content: sheetContent,
  author: z.string(),
  source_address: z.string().nullable(),
});

/** $1: the asking clerk's mairie, or null. */
const LINE = `
  s.id, s.title, s.summary, b.name as body, s.body_id, s.written_at, s.review_on::text,
  f.sheet_id is not null as favourite`;
const FROM = `
  from sheets s
  left join bodies b on b.id = s.body_id
  left join favourite_sheets f on f.sheet_id = s.id and f.mairie_id = $1`;

/** Who asks, and on which day: both decide how a sheet is marked. */
export interface Reader {
  readonly account: Account;
  /** ms since the epoch. */
  readonly now: number;
}

/** Best first. */
export async function findSheets(database: Queries, reader: Reader, text: string): Promise<SheetLine[]> {
  const ids = await searchSheets(database, text);
  if (ids.length === 0) return [];
  return lines(
    database,
    reader,
    'join unnest($2::uuid[]) with ordinality as wanted (id, place) on wanted.id = s.id order by place',
    [ids],
  );
}

export function recentSheets(database: Queries, reader: Reader): Promise<SheetLine[]> {
  return lines(database, reader, `where s.withdrawn_at is null order by s.written_at desc limit ${RECENT}`);
}

/** What the clerk's mairie chose to keep at hand. */
export function favouriteSheets(database: Queries, reader: Reader): Promise<SheetLine[]> {
  return lines(
    database,
    reader,
    `where f.sheet_id is not null and s.withdrawn_at is null order by s.title limit ${LIST_LIMIT}`,
  );
}

/** The sheets of the counsellor's body: those that ask most urgently for a review come first. */
export function ownSheets(database: Queries, reader: Reader, bodyId: string): Promise<SheetLine[]> {
  return lines(
    database,
    reader,
    `where s.body_id = $2 and s.withdrawn_at is null order by s.review_on, s.title limit ${LIST_LIMIT}`,
    [bodyId],
  );
}

async function lines(
  database: Queries,
  reader: Reader,
  which: string,
  values: readonly (string | readonly string[])[] = [],
): Promise<SheetLine[]> {
  const rows = await database.rows(lineRow, `select ${LINE} ${FROM} ${which}`, [mairieOf(reader), ...values]);
  return rows.map((row) => lineOf(row, reader));
}

/** Null: there is none, or it was withdrawn. */
export async function findSheet(
  database: Queries,
  reader: Reader,
  sheetId: string,
): Promise<SheetView | null> {
  const [row] = await database.rows(
    viewRow,
    `select ${LINE}, s.content, s.author, s.source_address ${FROM} where s.id = $2 and s.withdrawn_at is null`,
    [mairieOf(reader), sheetId],
  );
  if (!row) return null;
  return {
    ...lineOf(row, reader),
    content: row.content,
    author: row.author,
    reviewOn: row.review_on,
    address: row.source_address,
  };
}

export async function writeSheet(
  database: Database,
  author: Writer,
  sheet: SheetBody,
  now: number,
): Promise<string> {
  const sheetId = randomUUID();
  await database.transaction(async (queries) => {
    await queries.run(
      `insert into sheets (id, body_id, title, summary, content, content_text, author, author_id, written_at, review_on)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        sheetId,
        author.bodyId,
        ...contentOf(sheet),
        author.name,
        author.accountId,
        new Date(now),
        sheet.reviewOn,
      ],
    );
    await rememberWords(queries, sheet);
  });
  return sheetId;
}

/** @param basedOn when what the author changed was written: somebody else's change since then is not overwritten. */
export async function changeSheet(
  database: Database,
  author: Writer,
  sheetId: string,
  { basedOn, ...sheet }: SheetBody & { readonly basedOn: number },
  now: number,
): Promise<Result<null>> {
  return database.transaction(async (queries) => {
    const [found] = await queries.rows(
      z.object({ written_at: z.date() }),
      'select written_at from sheets where id = $1 and body_id = $2 and withdrawn_at is null for update',
      [sheetId, author.bodyId],
    );
    if (!found) return fail('notFound');
    if (found.written_at.getTime() !== basedOn) return fail('sheetChanged');
    // Two changes within one millisecond must not look like the same one.
    const at = new Date(Math.max(now, basedOn + 1));
    await queries.run(
      `update sheets set title = $2, summary = $3, content = $4, content_text = $5,
         author = $6, author_id = $7, written_at = $8, review_on = $9
       where id = $1`,
      [sheetId, ...contentOf(sheet), author.name, author.accountId, at, sheet.reviewOn],
    );
    await rememberWords(queries, sheet);
    return succeed(null);
  });
}

/** False: there is none, it is another body's, or it was withdrawn before. */
export async function withdrawSheet(
  database: Queries,
  bodyId: string,
  sheetId: string,
  now: number,
): Promise<boolean> {
  const touched = await database.run(
    'update sheets set withdrawn_at = $3 where id = $1 and body_id = $2 and withdrawn_at is null',
    [sheetId, bodyId, new Date(now)],
  );
  return touched > 0;
}

/** False: there is no such sheet. Saying the same twice changes nothing. */
export async function setFavourite(
  database: Queries,
  mairieId: string,
  sheetId: string,
  favourite: boolean,
): Promise<boolean> {
  const [found] = await database.rows(
    z.object({}),
    'select 1 from sheets where id = $1 and withdrawn_at is null',
    [sheetId],
  );
  if (!found) return false;
  await database.run(
    favourite
      ? 'insert into favourite_sheets values ($1, $2) on conflict do nothing'
      : 'delete from favourite_sheets where mairie_id = $1 and sheet_id = $2',
    [mairieId, sheetId],
  );
  return true;
}

/** Title, summary, content and its bare text, in the order of the columns. */
export function contentOf({ title, summary, content }: Omit<SheetBody, 'reviewOn'>): string[] {
  return [title, summary, JSON.stringify(content), content.map(textOf).join('\n')];
}

/** A word stays known when its last sheet is gone: it then leads nowhere, which an unknown one does too. */
export async function rememberWords(
  queries: Queries,
  { title, summary, content }: Omit<SheetBody, 'reviewOn'>,
): Promise<void> {
  const text = [title, summary, ...content.map(textOf)].join('\n');
  // In one order everywhere: two imports at once would otherwise wait for each other.
  await queries.run(
    `insert into sheet_words
     select word from unnest(tsvector_to_array(to_tsvector('sheets_words', $1))) as t (word)
     where word ~ '^[[:alpha:]]{2,40}$' order by word collate "C"
     on conflict do nothing`,
    [text],
  );
}

function textOf(block: SheetBlock): string {
  return 'items' in block ? block.items.join('\n') : block.text;
}

function mairieOf({ account }: Reader): string | null {
  return account.role === 'clerk' ? account.mairieId : null;
}

function lineOf(row: z.output<typeof lineRow>, { account, now }: Reader): SheetLine {
  return {
    sheetId: row.id,
    title: row.title,
    summary: row.summary,
    body: row.body,
    writtenAt: row.written_at.getTime(),
    toReview: row.review_on !== null && row.review_on <= dayOf(now),
    favourite: row.favourite,
    own: 'bodyId' in account && row.body_id === account.bodyId,
  };
}

const DAY = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris', dateStyle: 'short' });

/** "2026-11-23", as it is at that moment in Paris. */
function dayOf(instant: number): string {
  return DAY.format(instant);
}
