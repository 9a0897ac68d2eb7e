/**
 * Brings the hub's imported sheets to what the files say: new ones are added, changed ones replaced, unchanged ones left
 * alone, and those that are gone withdrawn, but only where every file could be read. Favourites stay.
 */
import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { sheetContent } from '#shared/protocol/sheets.ts';
import type { Database } from '../../database/database.ts';
import { contentOf, rememberWords } from '../store.ts';
import { readXml, type XmlTrouble } from './read-xml.ts';
import type { SheetFile } from './sheet-files.ts';
import { type ImportedSheet, sheetOfPublication } from './sheet-of-publication.ts';

export interface ImportReport {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly withdrawn: number;
  /** Files that are no sheets: lists, forms, definitions. */
  readonly beside: number;
  /** Files that could not be taken over; what the hub had of them stays as it was. */
  readonly failed: readonly { readonly file: string; readonly why: XmlTrouble | 'noText' | 'unreadable' }[];
  /** How often each element was met that this importer does not know; its text was kept. */
  readonly unknown: Readonly<Record<string, number>>;
}

/** Part of each file's mark: raised when the same file would give another sheet. */
const READING = 'reading 1';
/** Under the licence of the data (Licence Ouverte 2.0) each sheet names who made it; its address and date stand beside. */
const AUTHOR = 'Direction de l’information légale et administrative';

export async function importPublications(
  database: Database,
  files: AsyncIterable<SheetFile>,
  now: number,
): Promise<ImportReport> {
  const known = new Map(
    (
      await database.rows(
        z.object({ source_id: z.string(), source_hash: z.string(), gone: z.boolean() }),
        'select source_id, source_hash, withdrawn_at is not null as gone from sheets where source_id is not null',
      )
    ).map((row) => [row.source_id, row]),
  );
  const report = { added: 0, changed: 0, unchanged: 0, withdrawn: 0, beside: 0 };
  const failed: { file: string; why: ImportReport['failed'][number]['why'] }[] = [];
  const unknown = new Map<string, number>();
  const seen = new Set<string>();

  for await (const { name, bytes } of files) {
    if (!bytes) {
      failed.push({ file: name, why: 'unreadable' });
      continue;
    }
    const read = readXml(bytes);
    if (!read.ok) {
      failed.push({ file: name, why: read.why });
      continue;
    }
    const reading = sheetOfPublication(read.root);
    if (reading.kind === 'notASheet') {
      report.beside += 1;
      continue;
    }
    if (reading.kind === 'noText' || !sheetContent.safeParse(reading.sheet.content).success) {
      failed.push({ file: name, why: 'noText' });
      continue;
    }
    for (const element of reading.unknown) unknown.set(element, (unknown.get(element) ?? 0) + 1);
    const { sheet } = reading;
    const hash = createHash('sha256').update(READING).update(bytes).digest('hex');
    const before = known.get(sheet.sourceId);
    seen.add(sheet.sourceId);
    if (before?.source_hash === hash && !before.gone) {
      report.unchanged += 1;
      continue;
    }
    await keep(database, sheet, hash, now);
    report[before ? 'changed' : 'added'] += 1;
  }

  // A wrong folder has no sheets at all, and is no reason to withdraw everything.
  if (failed.length === 0 && seen.size > 0) {
    const gone = [...known.values()].filter((row) => !row.gone && !seen.has(row.source_id));
    report.withdrawn = await database.run(
      'update sheets set withdrawn_at = $2 where source_id = any($1::text[]) and withdrawn_at is null',
      [gone.map(({ source_id }) => source_id), new Date(now)],
    );
  }
  return { ...report, failed, unknown: Object.fromEntries([...unknown].sort()) };
}

async function keep(database: Database, sheet: ImportedSheet, hash: string, now: number): Promise<void> {
  await database.transaction(async (queries) => {
    await queries.run(
      `insert into sheets (id, source_id, source_hash, source_address, title, summary, content, content_text, author, written_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       on conflict (source_id) do update set
         source_hash = excluded.source_hash, source_address = excluded.source_address, title = excluded.title,
         summary = excluded.summary, content = excluded.content, content_text = excluded.content_text,
         author = excluded.author, written_at = excluded.written_at, withdrawn_at = null`,
      [
        ...[randomUUID(), sheet.sourceId, hash, sheet.address],
        ...contentOf(sheet),
        ...[AUTHOR, sheet.changedAt ?? new Date(now)],
      ],
    );
    await rememberWords(queries, sheet);
  });
}
