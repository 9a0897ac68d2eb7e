/** Reads the whole audit trail, and says whether and where it was changed by something that is not the hub. */
import { z } from 'zod';
import type { Queries } from '../database/database.ts';
import { holdsAnchor, readAnchor } from './anchor.ts';
import { baseHash, type ChainedEntry, isSame, isSealOf, linkHash } from './chain.ts';
import { readBase } from './trail.ts';

export type TrailFinding =
  /** There are entries, and nothing says where the chain begins; or it was written without the key. */
  | { readonly kind: 'noBase' }
  | { readonly kind: 'missing'; readonly after: number; readonly before: number; readonly at: number }
  | { readonly kind: 'changed'; readonly position: number; readonly at: number }
  /** The entry is as it was; its place in the chain is not. */
  | { readonly kind: 'moved'; readonly position: number; readonly at: number }
  | { readonly kind: 'copied' }
  /** The newest noted outside of the database is not there any more. */
  | { readonly kind: 'endCut'; readonly link: number };

export interface TrailReport {
  readonly entries: number;
  /** Written since the last look, not linked yet: each is sealed, but one that is deleted now leaves no gap. */
  readonly waiting: number;
  /** Written before there was a chain: nothing is known of them. */
  readonly before: number;
  readonly findings: readonly TrailFinding[];
}

const entryRow = z.object({
  position: z.number(),
  at: z.date(),
  actor: z.string(),
  action: z.string(),
  subject: z.string().nullable(),
  outcome: z.string(),
  seal: z.instanceof(Uint8Array).nullable(),
  link: z.number().nullable(),
  chain: z.instanceof(Uint8Array).nullable(),
});
type EntryRow = z.infer<typeof entryRow>;
const SELECT = `select position::float8 as position, at, actor, action, subject, outcome, seal, link::float8 as link, chain
  from audit`;
const PAGE = 1_000;
/** Beyond it a report says no more than "much". */
const MOST_FINDINGS = 100;

/**
 * @param keys the current secret's first, then those that came before it (secret.ts).
 * @param anchorFile null: what was cut off the end cannot be noticed.
 */
export async function verifyAudit(
  queries: Queries,
  keys: readonly Uint8Array[],
  anchorFile: string | null,
): Promise<TrailReport> {
  const findings: TrailFinding[] = [];
  const found = (finding: TrailFinding) => {
    if (findings.length < MOST_FINDINGS) findings.push(finding);
  };
  const base = await readBase(queries);
  const anchor = anchorFile ? readAnchor(anchorFile) : null;
  if (!base || !keys.some((key) => isSame(baseHash(key, base), base.seal))) found({ kind: 'noBase' });
  if (anchor && !(await holdsAnchor(queries, anchor))) found({ kind: 'endCut', link: anchor.link });

  const checkSeal = (row: EntryRow) => {
    const { seal } = row;
    const whole = seal !== null && keys.some((key) => isSealOf(key, entryOf(row), seal));
    if (!whole) found({ kind: 'changed', position: row.position, at: row.at.getTime() });
  };
  let entries = 0;
  let link = base?.link ?? 0;
  let chain = base?.chain ?? new Uint8Array();
  // From the oldest key to the current one, and never back: a former secret makes no new links.
  let oldest = keys.length - 1;
  for (;;) {
    const rows = await queries.rows(entryRow, `${SELECT} where link > $1 order by link limit ${PAGE}`, [
      link,
    ]);
    for (const row of rows) {
      const at = row.at.getTime();
      const next = row.link ?? 0;
      const expected = link + 1;
      if (next !== expected) found({ kind: 'missing', after: link, before: next, at });
      const known = row.chain ?? new Uint8Array();
      const by = keys.findLastIndex(
        (key, index) => index <= oldest && isSame(linkHash(key, chain, next, row.seal), known),
      );
      if (by >= 0) oldest = by;
      else if (next === expected) found({ kind: 'moved', position: row.position, at });
      checkSeal(row);
      link = next;
      chain = known;
    }
    entries += rows.length;
    if (rows.length < PAGE) break;
  }

  const waiting = await queries.rows(entryRow, `${SELECT} where link is null and position > $1`, [
    base?.firstPosition ?? 0,
  ]);
  for (const row of waiting) checkSeal(row);
  const [counts] = await queries.rows(
    z.object({ copies: z.number(), before: z.number() }),
    `select (count(seal) - count(distinct seal))::float8 as copies,
       (count(*) filter (where link is null and position <= $1))::float8 as before from audit`,
    [base?.firstPosition ?? 0],
  );
  if ((counts?.copies ?? 0) > 0) found({ kind: 'copied' });
  return { entries, waiting: waiting.length, before: counts?.before ?? 0, findings };
}

function entryOf({ at, actor, action, subject, outcome }: EntryRow): ChainedEntry {
  return { at: at.getTime(), actor, action, subject, outcome };
}
