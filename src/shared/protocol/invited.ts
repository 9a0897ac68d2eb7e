/** A third person in the call: a colleague who comes by the own account, or anybody, an interpreter, by a link. */
import { z } from 'zod';
import { id, shortText } from './fields.ts';
import { deploymentOrigin, roomTicket } from './views.ts';

/** 256 random bits, base64url. Made by the counsellor's page: the hub is given its hash, and meets it in the hands of who uses it. */
export const invitationToken = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/** POST /api/invited: asked again and again by the page of who was invited; `enters`: only then a ticket is given. */
export const invitedBody = z.strictObject({
  by: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('link'), token: invitationToken }),
    /** With the session of the invited account. */
    z.strictObject({ kind: z.literal('account'), visitId: id }),
  ]),
  enters: z.boolean(),
});
export type InvitedBody = z.infer<typeof invitedBody>;

export const invitedAnswer = z.strictObject({
  /** Who is invited, as the others read it. */
  name: shortText,
  counsellor: shortText,
  body: shortText,
  roomOrigin: deploymentOrigin,
  /** Null until `enters`, and through a private moment. */
  ticket: roomTicket.nullable(),
});
export type InvitedAnswer = z.infer<typeof invitedAnswer>;
