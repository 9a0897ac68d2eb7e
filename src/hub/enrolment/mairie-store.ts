import { z } from 'zod';
import type { Queries } from '../database/database.ts';

const mairieRow = z
  .object({ id: z.uuid(), name: z.string(), territory_id: z.uuid() })
  .transform((row) => ({ mairieId: row.id, name: row.name, territoryId: row.territory_id }));
export type MairieRecord = z.output<typeof mairieRow>;

export function allMairies(database: Queries): Promise<MairieRecord[]> {
  return database.rows(mairieRow, 'select id, name, territory_id from mairies order by name');
}
