/** What goes with a question: sent before it, sealed, and removed after an hour where nobody attached it. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { attachmentKind } from '#shared/attachment-kind.ts';
import { fail, type Result, succeed } from '#shared/failure.ts';
import { type Attachment, attachment } from '#shared/protocol/questions.ts';
import type { Queries } from '../database/database.ts';
import type { QuestionSeals } from './seals.ts';

/** Of one account at once: four questions' worth. */
const LOOSE_FILES = 20;
/** ms. */
const LOOSE_KEPT = 3_600_000;

interface NewFile {
  readonly accountId: string;
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly now: number;
}

export async function keepFile(
  queries: Queries,
  seals: QuestionSeals,
  { accountId, name, bytes, now }: NewFile,
): Promise<Result<string>> {
  const kind = attachmentKind(bytes);
  if (kind === 'other') return fail('fileKind');
  if (kind === 'broken') return fail('fileBroken');
  const [loose] = await queries.rows(
    z.object({ count: z.number() }),
    'select count(*)::int as count from question_files where account_id = $1 and entry_id is null',
    [accountId],
  );
  if ((loose?.count ?? 0) >= LOOSE_FILES) return fail('tooManyAttempts');
  const fileId = randomUUID();
  await queries.run(
    `insert into question_files (id, account_id, kind, size, sent_at, sealed_name, sealed)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      ...[fileId, accountId, kind, bytes.byteLength, new Date(now)],
      seals.fileName.seal(fileId, { name }),
      seals.file.seal(fileId, { base64: Buffer.from(bytes).toString('base64') }),
    ],
  );
  return succeed(fileId);
}

/** True: all of them are this account's own and still loose; they are locked until the transaction ends. */
export async function areLoose(
  queries: Queries,
  accountId: string,
  fileIds: readonly string[],
): Promise<boolean> {
  const found = await queries.rows(
    z.object({}),
    `select 1 from question_files where id = any($1::uuid[]) and account_id = $2 and entry_id is null for update`,
    [fileIds, accountId],
  );
  return found.length === fileIds.length;
}

export async function attachFiles(
  queries: Queries,
  entryId: string,
  fileIds: readonly string[],
): Promise<void> {
  await queries.run('update question_files set entry_id = $1 where id = any($2::uuid[])', [entryId, fileIds]);
}

const fileRow = z.object({
  id: z.uuid(),
  entry_id: z.uuid(),
  kind: attachment.shape.kind,
  size: z.number(),
  sealed_name: z.instanceof(Uint8Array),
});

export async function filesOf(
  queries: Queries,
  seals: QuestionSeals,
  entryIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Attachment[]>> {
  const rows = await queries.rows(
    fileRow,
    `select id, entry_id, kind, size, sealed_name from question_files
     where entry_id = any($1::uuid[]) order by sent_at, id`,
    [entryIds],
  );
  const views = rows.map(({ id, entry_id, kind, size, sealed_name }) => ({
    entryId: entry_id,
    file: { fileId: id, kind, size, name: seals.fileName.open(id, sealed_name).name },
  }));
  return new Map(
    entryIds.map((entryId) => [
      entryId,
      views.filter((view) => view.entryId === entryId).map(({ file }) => file),
    ]),
  );
}

interface FoundFile {
  readonly mairieId: string;
  readonly bodyId: string;
  readonly kind: Attachment['kind'];
  readonly open: () => Buffer;
}

/** Null: there is none, or it belongs to no question. */
export async function findFile(
  queries: Queries,
  seals: QuestionSeals,
  fileId: string,
): Promise<FoundFile | null> {
  const [found] = await queries.rows(
    z.object({
      mairie_id: z.uuid(),
      body_id: z.uuid(),
      kind: attachment.shape.kind,
      sealed: z.instanceof(Uint8Array),
    }),
    `select q.mairie_id, q.body_id, f.kind, f.sealed from question_files f
     join question_entries e on e.id = f.entry_id join questions q on q.id = e.question_id where f.id = $1`,
    [fileId],
  );
  return (
    (found && {
      mairieId: found.mairie_id,
      bodyId: found.body_id,
      kind: found.kind,
      open: () => Buffer.from(seals.file.open(fileId, found.sealed).base64, 'base64'),
    }) ??
    null
  );
}

export async function forgetLooseFiles(queries: Queries, now: number): Promise<void> {
  await queries.run('delete from question_files where entry_id is null and sent_at < $1', [
    new Date(now - LOOSE_KEPT),
  ]);
}
