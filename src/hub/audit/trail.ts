/**
 * Links the audit trail's entries, some at a time: an order pays for one hash and its own row, and waits for no lock.
 * What a deletion could take away unnoticed is what was written since the last anchor; linking as often as anchoring
 * loses nothing, and several hubs take turns at it on one row's lock.
 */
import { z } from 'zod';
import type { Database, Queries } from '../database/database.ts';
import { baseHash, type ChainBase, firstChain, linkHash } from './chain.ts';

/** The newest link. */
export interface ChainHead {
  readonly link: number;
  readonly chain: Uint8Array;
}

/** Entries linked in one transaction. */
const BATCH = 500;

const bytes = z.instanceof(Uint8Array);
const baseRow = z
  .object({ link: z.number(), chain: bytes, first_position: z.number(), seal: bytes })
  .transform(({ first_position, ...row }) => ({ ...row, firstPosition: first_position }));
const SELECT_BASE =
  'select link::float8 as link, chain, first_position::float8 as first_position, seal from audit_base';

/** Null before the first hub of this version looked. */
export async function readBase(queries: Queries): Promise<z.output<typeof baseRow> | null> {
  return (await queries.rows(baseRow, SELECT_BASE))[0] ?? null;
}

/** Null where no link with this number is kept. */
export async function chainOf(queries: Queries, link: number): Promise<Uint8Array | null> {
  const [row] = await queries.rows(z.object({ chain: bytes }), 'select chain from audit where link = $1', [
    link,
  ]);
  return row?.chain ?? null;
}

/** Links everything that waits for it. Returns the newest link. */
export async function linkAudit(database: Database, key: Uint8Array): Promise<ChainHead> {
  for (;;) {
    const { head, linked } = await database.transaction(async (queries) => linkBatch(queries, key));
    if (linked < BATCH) return head;
  }
}

async function linkBatch(queries: Queries, key: Uint8Array): Promise<{ head: ChainHead; linked: number }> {
  const base = await lockBase(queries, key);
  const before = await headOf(queries, base);
  const waiting = await queries.rows(
    z.object({ position: z.string(), seal: bytes.nullable() }),
    `select position::text as position, seal from audit
     where link is null and position > $1 order by position limit ${BATCH}`,
    [base.firstPosition],
  );
  let { link, chain } = before;
  const links: string[] = [];
  const chains: string[] = [];
  for (const { seal } of waiting) {
    link += 1;
    chain = linkHash(key, chain, link, seal);
    links.push(String(link));
    chains.push(Buffer.from(chain).toString('hex'));
  }
  await queries.run(
    `update audit set link = w.link::bigint, chain = decode(w.chain, 'hex')
     from unnest($1::text[], $2::text[], $3::text[]) as w (position, link, chain)
     where audit.position = w.position::bigint`,
    [waiting.map(({ position }) => position), links, chains],
  );
  return { head: { link, chain }, linked: waiting.length };
}

async function headOf(queries: Queries, base: ChainBase): Promise<ChainHead> {
  const [newest] = await queries.rows(
    z.object({ link: z.number(), chain: bytes }),
    'select link::float8 as link, chain from audit where link is not null order by link desc limit 1',
  );
  return newest ?? { link: base.link, chain: base.chain };
}

/** The base's row, made where the chain begins; nobody else links or removes until the transaction ends. */
async function lockBase(queries: Queries, key: Uint8Array): Promise<ChainBase> {
  const locked = async () => (await queries.rows(baseRow, `${SELECT_BASE} for update`))[0];
  const known = await locked();
  if (known) return known;
  const [last] = await queries.rows(
    z.object({ position: z.number() }),
    'select coalesce(max(position), 0)::float8 as position from audit where seal is null',
  );
  const base = { link: 0, chain: firstChain(key), firstPosition: last?.position ?? 0 };
  await queries.run(
    'insert into audit_base (link, chain, first_position, seal) values ($1, $2, $3, $4) on conflict do nothing',
    [base.link, base.chain, base.firstPosition, baseHash(key, base)],
  );
  return (await locked()) ?? base;
}

/**
 * Removes what was written before `before` from the beginning of the chain, and keeps what the rest hangs on.
 * @returns how many entries.
 */
export function removeOldAudit(database: Database, key: Uint8Array, before: Date): Promise<number> {
  return database.transaction(async (queries) => {
    const base = await lockBase(queries, key);
    const removed = await queries.run('delete from audit where at < $1 and position <= $2 and link is null', [
      before,
      base.firstPosition,
    ]);
    // The chain's own order, not the clock's: a clock that was wrong for a while must not tear a hole.
    const [kept] = await queries.rows(
      z.object({ link: z.number().nullable() }),
      `select coalesce(
         (select min(link) - 1 from audit where link is not null and at >= $1),
         (select max(link) from audit))::float8 as link`,
      [before],
    );
    const last = kept?.link ?? base.link;
    const chain = last > base.link ? await chainOf(queries, last) : null;
    if (!chain) return removed;
    const next = { link: last, chain, firstPosition: base.firstPosition };
    await queries.run('update audit_base set link = $1, chain = $2, seal = $3', [
      last,
      chain,
      baseHash(key, next),
    ]);
    return removed + (await queries.run('delete from audit where link <= $1', [last]));
  });
}
