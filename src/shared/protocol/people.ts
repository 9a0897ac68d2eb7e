/** Who is who: the requests of the people page and its one answer. */
import { z } from 'zod';
import { id, shortText } from './fields.ts';
import { role } from './views.ts';

export const MOTIVES_AT_MOST = 40;

export const standing = z.enum(['invited', 'active', 'locked']);
export type Standing = z.infer<typeof standing>;

const email = z.email().max(254);
/** The agent of a France services house receives in several mairies. */
const mairieIds = z.array(id).min(1).max(100);
const office = z.string().trim().max(300);
/** Of the organisation, as ProConnect says it of its people; null: nobody of it comes by ProConnect. */
const siret = z
  .string()
  .regex(/^\d{14}$/)
  .nullable();
/** Degrees (WGS 84); null: no kilometres are counted for it. */
const location = z
  .strictObject({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) })
  .nullable();
export type Location = NonNullable<z.infer<typeof location>>;

/** Where somebody works, by role. */
export const scope = z.discriminatedUnion('role', [
  z.strictObject({ role: z.literal('clerk'), mairieId: id }),
  z.strictObject({ role: z.literal('agent'), mairieIds }),
  z.strictObject({ role: z.enum(['counsellor', 'correspondent']), bodyId: id }),
  z.strictObject({ role: z.literal('operator'), groupId: id }),
  z.strictObject({ role: z.literal('administrator') }),
]);
export type Scope = z.infer<typeof scope>;

export const inviteBody = z.strictObject({ name: shortText, email, scope });
export type InviteBody = z.infer<typeof inviteBody>;
/** Null leaves what is of one role alone, and is the only choice for everybody else. */
export const personBody = z.strictObject({
  name: shortText,
  /** Of an agent. */
  mairieIds: mairieIds.nullable(),
  /** Of a counsellor: motives of the own body. */
  skills: z.array(shortText).max(MOTIVES_AT_MOST).nullable(),
  /** Of the employer of an agent or an administrator, who are of no mairie, body or group; theirs alone may be unset. */
  siret,
});
export type PersonBody = z.infer<typeof personBody>;
export const lockBody = z.strictObject({ locked: z.boolean() });
export const groupBody = z.strictObject({ name: shortText, siret });
export type GroupBody = z.infer<typeof groupBody>;
export const mairieBody = z.strictObject({ name: shortText, siret, location });
export type MairieBody = z.infer<typeof mairieBody>;
export const newMairieBody = z.strictObject({ groupId: id, ...mairieBody.shape });
export type NewMairieBody = z.infer<typeof newMairieBody>;
export const bodyBody = z.strictObject({
  name: shortText,
  motives: z.array(shortText).max(MOTIVES_AT_MOST),
  office,
  siret,
  /** Of the office to which a resident would have gone. */
  location,
});
export type BodyBody = z.infer<typeof bodyBody>;

/** `link`: to hand over by oneself where the hub sends no mail; null where a mail is on its way. */
export const linkAnswer = z.strictObject({ link: z.url().nullable() });

export const personView = z.strictObject({
  accountId: id,
  name: shortText,
  email,
  role,
  place: z.string().max(200),
  /** Of an agent; empty for everybody else. */
  mairieIds: z.array(id),
  /** Of a counsellor or a correspondent. */
  bodyId: id.nullable(),
  /** Of a counsellor; empty: whatever comes. */
  skills: z.array(z.string()),
  /** Of the employer, where that is no mairie, body or group. */
  siret,
  standing,
  hasSecondFactor: z.boolean(),
  /** The last mail with a link could not be delivered. */
  undelivered: z.boolean(),
  /** False: shown, but an agent who also receives in mairies of another group. */
  changeable: z.boolean(),
});
export type PersonView = z.infer<typeof personView>;

export const peopleAnswer = z.strictObject({
  groups: z.array(z.strictObject({ groupId: id, name: shortText, siret })),
  mairies: z.array(
    z.strictObject({
      ...{ mairieId: id, groupId: id, name: shortText, terminals: z.array(shortText) },
      ...{ siret, location },
    }),
  ),
  bodies: z.array(
    z.strictObject({
      ...{ bodyId: id, name: shortText, motives: z.array(z.string()), office },
      ...{ siret, location },
    }),
  ),
  people: z.array(personView),
});
export type People = z.infer<typeof peopleAnswer>;
export const placeAnswer = z.strictObject({ placeId: id });
