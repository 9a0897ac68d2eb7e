import { randomUUID } from 'node:crypto';
import type { BodyBody } from '#shared/protocol/people.ts';
import type { Queries } from '../database/database.ts';

export async function addGroup(queries: Queries, name: string): Promise<string> {
  const groupId = randomUUID();
  await queries.run('insert into territories (id, name) values ($1, $2)', [groupId, name]);
  return groupId;
}

/** False: there is none. */
export async function renameGroup(queries: Queries, groupId: string, name: string): Promise<boolean> {
  return (await queries.run('update territories set name = $2 where id = $1', [groupId, name])) > 0;
}

/** Null: there is no such group. */
export async function addMairie(queries: Queries, groupId: string, name: string): Promise<string | null> {
  const mairieId = randomUUID();
  const added = await queries.run(
    'insert into mairies (id, territory_id, name) select $1::uuid, id, $3::text from territories where id = $2',
    [mairieId, groupId, name],
  );
  return added > 0 ? mairieId : null;
}

/** @param groupId null: of any. False: there is none, or it is of another group. */
export async function renameMairie(
  queries: Queries,
  mairieId: string,
  name: string,
  groupId: string | null,
): Promise<boolean> {
  const renamed = await queries.run(
    'update mairies set name = $2 where id = $1 and ($3::uuid is null or territory_id = $3)',
    [mairieId, name, groupId],
  );
  return renamed > 0;
}

export async function addBody(queries: Queries, { name, motives, office }: BodyBody): Promise<string> {
  const bodyId = randomUUID();
  await queries.run('insert into bodies (id, name, motives, office) values ($1, $2, $3, $4)', [
    ...[bodyId, name, motives, office],
  ]);
  return bodyId;
}

export async function changeBody(
  queries: Queries,
  bodyId: string,
  { name, motives, office }: BodyBody,
): Promise<boolean> {
  const changed = await queries.run('update bodies set name = $2, motives = $3, office = $4 where id = $1', [
    ...[bodyId, name, motives, office],
  ]);
  return changed > 0;
}
