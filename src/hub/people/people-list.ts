/** All that the people page shows, of one group of communes or of the whole hub. */
import { z } from 'zod';
import { type Location, type People, personView, standing } from '#shared/protocol/people.ts';
import { role } from '#shared/protocol/views.ts';
import type { Queries } from '../database/database.ts';
import type { Mailbox } from '../mail/mailbox.ts';

const siret = z.string().nullable();
const degrees = { latitude: z.number().nullable(), longitude: z.number().nullable() };

const groupRow = z
  .object({ id: z.uuid(), name: z.string(), siret })
  .transform(({ id, ...rest }) => ({ groupId: id, ...rest }));

const mairieRow = z
  .object({
    ...{ id: z.uuid(), territory_id: z.uuid(), name: z.string(), terminals: z.array(z.string()) },
    ...{ siret, ...degrees },
  })
  .transform((row) => ({
    ...{ mairieId: row.id, groupId: row.territory_id, name: row.name },
    ...{ terminals: row.terminals, siret: row.siret, location: locationOf(row) },
  }));

const bodyRow = z
  .object({
    ...{ id: z.uuid(), name: z.string(), motives: z.array(z.string()), office: z.string() },
    ...{ siret, ...degrees },
  })
  .transform(({ id, latitude, longitude, ...rest }) => ({
    ...{ bodyId: id, ...rest },
    location: locationOf({ latitude, longitude }),
  }));

/** The database has both or none. */
function locationOf({ latitude, longitude }: Record<keyof Location, number | null>): Location | null {
  return latitude === null || longitude === null ? null : { latitude, longitude };
}

const personRow = z
  .object({
    ...{ id: z.uuid(), name: z.string(), email: z.string(), role, place: z.string(), standing },
    ...{ mairie_ids: z.array(z.uuid()), body_id: z.uuid().nullable(), skills: z.array(z.string()), siret },
    ...{ has_second_factor: z.boolean(), changeable: z.boolean() },
  })
  .transform((row) => ({
    ...{ accountId: row.id, name: row.name, email: row.email, role: row.role, place: row.place },
    ...{ bodyId: row.body_id, skills: row.skills, siret: row.siret },
    ...{ mairieIds: row.mairie_ids, standing: row.standing, changeable: row.changeable },
    hasSecondFactor: row.has_second_factor,
  }));

/** @param groupId null: everything. */
export async function listPeople(
  queries: Queries,
  mailbox: Mailbox,
  groupId: string | null,
): Promise<People> {
  const groups = await queries.rows(
    groupRow,
    `select id, name, siret from territories where $1::uuid is null or id = $1 order by name, id`,
    [groupId],
  );
  const mairies = await queries.rows(
    mairieRow,
    `select m.id, m.territory_id, m.name, coalesce(t.names, '{}') as terminals,
       m.siret, m.latitude, m.longitude
     from mairies m
     left join lateral (
       select array_agg(name order by name, id) as names from terminals where mairie_id = m.id
     ) t on true
     where $1::uuid is null or m.territory_id = $1 order by m.name, m.id`,
    [groupId],
  );
  const bodies = groupId
    ? []
    : await queries.rows(
        bodyRow,
        'select id, name, motives, office, siret, latitude, longitude from bodies order by name, id',
      );
  const people = await queries.rows(
    personRow,
    `select a.id, a.name, a.email, a.role, a.standing, a.body_id, a.skills, a.siret, coalesce(f.confirmed, false) as has_second_factor,
       coalesce(m.name, b.name, t.name, receives.names, '') as place,
       coalesce(receives.ids, '{}') as mairie_ids,
       $1::uuid is null or coalesce(m.territory_id = $1, receives.only_here, false) as changeable
     from accounts a
     left join mairies m on m.id = a.mairie_id
     left join bodies b on b.id = a.body_id
     left join territories t on t.id = a.territory_id
     left join second_factors f on f.account_id = a.id
     left join lateral (
       select array_agg(am.mairie_id order by n.name, n.id) as ids,
         left(string_agg(n.name, ', ' order by n.name, n.id), 200) as names,
         bool_and(n.territory_id = $1) as only_here, bool_or(n.territory_id = $1) as also_here
       from agent_mairies am join mairies n on n.id = am.mairie_id where am.account_id = a.id
     ) receives on a.role = 'agent'
     where a.standing <> 'removed' and ($1::uuid is null or m.territory_id = $1 or receives.also_here)
     order by a.name, a.id`,
    [groupId],
  );
  const undelivered = await mailbox.undelivered(
    queries,
    people.map(({ accountId }) => accountId),
  );
  return {
    ...{ groups, mairies, bodies },
    people: people.map((person) =>
      personView.parse({ ...person, undelivered: undelivered.has(person.accountId) }),
    ),
  };
}
