/**
 * Finds sheets by words that may be unfinished, misspelt or without accents. Each asked word is widened to the words
 * that sheets really have (sheet_words, by trigrams); then French full text decides. Titles and summaries first, which
 * are ranked; the texts behind them fill up what is missing.
 */
import { z } from 'zod';
import type { Queries } from '../database/database.ts';

/** Answers at most this many. */
export const SEARCH_LIMIT = 20;
const MOST_WORDS = 8;
/** Words like the asked one that are tried; below this likeness (pg_trgm's similarity) another word was meant. */
const ALIKE = { most: 4, least: 0.4 } as const;
/** Words that begin like the last one, which is perhaps still being typed. */
const BEGUN = 8;

export const ALIKE_SQL = `
  with asked as (
    select unaccent(lower(word)) as word, place, place = cardinality($1::text[]) as last
    from unnest($1::text[]) with ordinality as t (word, place)
    -- Not "le" and "de", which stand in every sheet; PostgreSQL's list of those lacks "les".
    where lower(word) <> 'les' and numnode(plainto_tsquery('sheets_french', word)) > 0
  )
  select place::int, asked.word as asked, null as word from asked
  union all
  select place::int, asked.word, alike.word from asked cross join lateral (
    select word from sheet_words
    where word % asked.word and similarity(word, asked.word) >= ${ALIKE.least}
    order by similarity(word, asked.word) desc, word limit ${ALIKE.most}
  ) alike
  union all
  select place::int, asked.word, begun.word from asked cross join lateral (
    select word from sheet_words
    where asked.last and word >= asked.word collate "C" and word < (asked.word || chr(1114111)) collate "C"
    order by word limit ${BEGUN}
  ) begun`;

/** $1: the words as asked, $2: widened. Both are tsquery texts. */
export const HEAD_SQL = `
  select id from sheets
  where withdrawn_at is null and head @@ to_tsquery('sheets_french', $2)
  order by head @@ to_tsquery('sheets_french', $1) desc, ts_rank(head, to_tsquery('sheets_french', $2)) desc, title, id
  limit ${SEARCH_LIMIT}`;

export const BODY_SQL = `
  select id from sheets
  where withdrawn_at is null and body @@ to_tsquery('sheets_french', $1)
  limit ${SEARCH_LIMIT}`;

const idRow = z.object({ id: z.uuid() });
const alikeRow = z.object({ place: z.number(), asked: z.string(), word: z.string().nullable() });

/** Ids, best first. */
export async function searchSheets(database: Queries, text: string): Promise<string[]> {
  const words = wordsOf(text);
  if (words.length === 0) return [];
  const found = await database.rows(alikeRow, ALIKE_SQL, [words]);
  const groups = words.flatMap((_, index) => {
    const rows = found.filter(({ place }) => place === index + 1);
    const asked = rows[0]?.asked ?? '';
    const variants = [...new Set([asked, ...rows.flatMap(({ word }) => word ?? [])])];
    return isWord(asked) ? [{ asked, variants: variants.filter(isWord) }] : [];
  });
  if (groups.length === 0) return [];
  const exact = groups.map(({ asked }) => asked).join(' & ');
  const each = groups.map(({ variants }) => `(${variants.join(' | ')})`);
  const all = await idsFor(database, exact, each.join(' & '));
  // A sheet with some of the words is better than an empty page; beside one that has them all it is noise.
  return all.length > 0 ? all : idsFor(database, exact, each.join(' | '));
}

async function idsFor(database: Queries, exact: string, wide: string): Promise<string[]> {
  const heads = await database.rows(idRow, HEAD_SQL, [exact, wide]);
  const bodies = heads.length < SEARCH_LIMIT ? await database.rows(idRow, BODY_SQL, [wide]) : [];
  const ids = new Set([...heads, ...bodies].map(({ id }) => id));
  return [...ids].slice(0, SEARCH_LIMIT);
}

/** Single letters are elisions ("l’aide"). */
function wordsOf(text: string): string[] {
  const words = text.normalize('NFC').match(/[\p{L}\p{Nd}]{2,}/gu) ?? [];
  return words.slice(0, MOST_WORDS);
}

/** Nothing in it can be an operator of a tsquery: unaccent writes some letters with an apostrophe. */
function isWord(text: string): boolean {
  return /^[\p{L}\p{Nd}]+$/u.test(text);
}
