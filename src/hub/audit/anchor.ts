/**
 * The newest link, noted in a file outside the database: whoever cuts the trail's end off, or begins it anew, would
 * have to change this file too. A hub never notes a newer link over one that the database has lost.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Database, Queries } from '../database/database.ts';
import { isSame } from './chain.ts';
import { type ChainHead, chainOf, linkAudit, readBase } from './trail.ts';

const anchorFile = z.strictObject({
  link: z.int().min(0),
  chain: z.string().regex(/^[0-9a-f]{64}$/),
});
type Anchor = z.infer<typeof anchorFile>;

/** Beside the secret: what may read or write the one may the other. */
export function anchorBeside(secretFile: string): string {
  return join(dirname(secretFile), 'audit-anchor');
}

/** Null where there is no such file. @throws where it holds something else. */
export function readAnchor(file: string): Anchor | null {
  return existsSync(file) ? anchorFile.parse(JSON.parse(readFileSync(file, 'utf8'))) : null;
}

export function writeAnchor(file: string, { link, chain }: ChainHead): void {
  const content: Anchor = { link, chain: Buffer.from(chain).toString('hex') };
  writeFileSync(`${file}.new`, `${JSON.stringify(content)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** Whether the database still holds what was noted, or removed it for its age. */
export async function holdsAnchor(queries: Queries, anchor: Anchor): Promise<boolean> {
  const noted = Buffer.from(anchor.chain, 'hex');
  const base = await readBase(queries);
  if (!base) return false;
  if (anchor.link < base.link) return true;
  const chain = anchor.link === base.link ? base.chain : await chainOf(queries, anchor.link);
  return chain !== null && isSame(chain, noted);
}

export interface AuditKeeper {
  /** Links what waits, and notes the newest link. False where the trail has lost what was noted. */
  readonly keep: () => Promise<boolean>;
  /** As found by the last `keep`. */
  readonly isWhole: () => boolean;
}

interface AuditKeeperDeps {
  readonly database: Database;
  readonly key: Uint8Array;
  /** Null: no anchor is kept (tests). */
  readonly file: string | null;
  readonly log: { readonly error: (content: object, message: string) => void };
}

export function createAuditKeeper({ database, key, file, log }: AuditKeeperDeps): AuditKeeper {
  let whole = true;
  return {
    async keep() {
      const head = await linkAudit(database, key);
      const anchor = file ? readAnchor(file) : null;
      const holds = anchor === null || (await holdsAnchor(database, anchor));
      if (!holds && whole) log.error({ link: anchor?.link }, 'audit: entries were removed or replaced');
      whole = holds;
      if (file && holds && head.link !== anchor?.link) writeAnchor(file, head);
      return holds;
    },
    isWhole: () => whole,
  };
}
