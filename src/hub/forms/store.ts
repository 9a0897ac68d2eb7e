import { z } from 'zod';
import type { FormView } from '#shared/protocol/views.ts';
import type { Queries } from '../database/database.ts';

const formRow = z
  .object({ id: z.uuid(), body_id: z.uuid(), name: z.string(), size: z.number() })
  .transform((row): FormView & { bodyId: string } => ({
    formId: row.id,
    bodyId: row.body_id,
    name: row.name,
    size: row.size,
  }));
export type FormRecord = z.output<typeof formRow>;

export function allForms(database: Queries): Promise<FormRecord[]> {
  return database.rows(formRow, 'select id, body_id, name, length(content) as size from forms order by name');
}

/** The PDF's bytes; null where this body has no such form. */
export async function formContent(
  database: Queries,
  formId: string,
  bodyId: string,
): Promise<Uint8Array | null> {
  const [found] = await database.rows(
    z.object({ content: z.instanceof(Uint8Array) }),
    'select content from forms where id = $1 and body_id = $2',
    [formId, bodyId],
  );
  return found?.content ?? null;
}
