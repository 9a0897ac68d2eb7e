import { z } from 'zod';
import { timeZone } from '#shared/protocol/appointments.ts';
import type { Queries } from '../database/database.ts';

const mairieRow = z
  .object({ id: z.uuid(), name: z.string(), territory_id: z.uuid(), time_zone: timeZone })
  .transform((row) => ({
    mairieId: row.id,
    name: row.name,
    territoryId: row.territory_id,
    timeZone: row.time_zone,
  }));
export type MairieRecord = z.output<typeof mairieRow>;

export function allMairies(database: Queries): Promise<MairieRecord[]> {
  return database.rows(mairieRow, 'select id, name, territory_id, time_zone from mairies order by name');
}
