import { randomUUID } from 'node:crypto';
import type { BodyBody, GroupBody, MairieBody, NewMairieBody } from '#shared/protocol/people.ts';
import type { Queries } from '../database/database.ts';

export async function addGroup(queries: Queries, { name, siret }: GroupBody): Promise<string> {
  const groupId = randomUUID();
  await queries.run('insert into territories (id, name, siret) values ($1, $2, $3)', [groupId, name, siret]);
  return groupId;
}

/** False: there is none. */
export async function changeGroup(
  queries: Queries,
  groupId: string,
  { name, siret }: GroupBody,
): Promise<boolean> {
  const changed = await queries.run('update territories set name = $2, siret = $3 where id = $1', [
    ...[groupId, name, siret],
  ]);
  return changed > 0;
}

/** Null: there is no such group. */
export async function addMairie(
  queries: Queries,
  { groupId, name, siret, location }: NewMairieBody,
): Promise<string | null> {
  const mairieId = randomUUID();
  const added = await queries.run(
    `insert into mairies (id, territory_id, name, siret, latitude, longitude)
     select $1::uuid, id, $3::text, $4::text, $5::float8, $6::float8 from territories where id = $2`,
    [mairieId, groupId, name, siret, ...degrees(location)],
  );
  return added > 0 ? mairieId : null;
}

/** @param groupId null: of any. False: there is none, or it is of another group. */
export async function changeMairie(
  queries: Queries,
  mairieId: string,
  { name, siret, location }: MairieBody,
  groupId: string | null,
): Promise<boolean> {
  const changed = await queries.run(
    `update mairies set name = $2, siret = $3, latitude = $4, longitude = $5
     where id = $1 and ($6::uuid is null or territory_id = $6)`,
    [mairieId, name, siret, ...degrees(location), groupId],
  );
  return changed > 0;
}

export async function addBody(queries: Queries, body: BodyBody): Promise<string> {
  const bodyId = randomUUID();
  await queries.run(
    `insert into bodies (id, name, motives, office, siret, latitude, longitude)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    bodyValues(bodyId, body),
  );
  return bodyId;
}

export async function changeBody(queries: Queries, bodyId: string, body: BodyBody): Promise<boolean> {
  const changed = await queries.run(
    `update bodies set name = $2, motives = $3, office = $4, siret = $5, latitude = $6, longitude = $7
     where id = $1`,
    bodyValues(bodyId, body),
  );
  return changed > 0;
}

function bodyValues(bodyId: string, { name, motives, office, siret, location }: BodyBody) {
  return [bodyId, name, motives, office, siret, ...degrees(location)];
}

function degrees(location: MairieBody['location']): readonly [number | null, number | null] {
  return [location?.latitude ?? null, location?.longitude ?? null];
}
