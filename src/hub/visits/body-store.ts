import { z } from 'zod';
import { residentField } from '#shared/protocol/resident.ts';
import type { Queries } from '../database/database.ts';

const bodyRow = z
  .object({ id: z.uuid(), name: z.string(), motives: z.array(z.string()), asked: z.array(residentField) })
  .transform((row) => ({ bodyId: row.id, name: row.name, motives: row.motives, asked: row.asked }));
export type BodyRecord = z.output<typeof bodyRow>;

export function allBodies(database: Queries): Promise<BodyRecord[]> {
  return database.rows(bodyRow, 'select id, name, motives, asked from bodies order by name');
}
