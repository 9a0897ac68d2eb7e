import { z } from 'zod';
import type { Queries } from '../database/database.ts';

const bodyRow = z
  .object({ id: z.uuid(), name: z.string(), motives: z.array(z.string()) })
  .transform((row) => ({ bodyId: row.id, name: row.name, motives: row.motives }));
export type BodyRecord = z.output<typeof bodyRow>;

export function allBodies(database: Queries): Promise<BodyRecord[]> {
  return database.rows(bodyRow, 'select id, name, motives from bodies order by name');
}
