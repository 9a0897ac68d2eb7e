/**
 * Tickets of the room: JSON Web Tokens with the claims that a Jitsi Meet deployment checks, so that one minting serves
 * the built-in room and Jitsi alike. https://github.com/jitsi/lib-jitsi-meet/blob/master/doc/tokens.md
 */
import { randomBytes } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { fail, type Result, succeed } from '#shared/failure.ts';
import { type Peer, roomRole } from './signal-contract.ts';

const AUDIENCE = 'jitsi';
const ISSUER = 'vis-a-vis';
/** Seconds by which the clocks of a hub and of a Jitsi server may differ. */
const CLOCK_TOLERANCE = 10;

/** `invited`: a colleague or an interpreter whom the counsellor asked in. */
export type RoomRole = Peer['role'];

export interface RoomTicketRequest {
  /** HS256 key, at least 32 bytes. */
  readonly secret: Uint8Array;
  /** host[:port] of the deployment. */
  readonly domain: string;
  readonly room: string;
  readonly role: RoomRole;
  /** What the other side may show as this participant's name. */
  readonly name: string;
  /** How long it opens the door. A call already joined goes on when it has run out. */
  readonly lifeSeconds: number;
  /** Tells two people of one role apart: a newer connection with the same id replaces the older. Default: the role. */
  readonly participantId?: string;
  /** `iss`, `aud`, `sub` where a deployment wants others than the built-in room. */
  readonly issuer?: string;
  readonly audience?: string;
  readonly subject?: string;
}

export interface RoomParticipant {
  readonly room: string;
  readonly role: RoomRole;
  readonly participantId: string;
  readonly name: string;
}

const claims = z.object({
  room: z.string().min(22).max(120),
  context: z.object({
    user: z.object({
      id: z.string().min(1).max(120),
      name: z.string().max(120),
      /** This project's own: deployments pass over it. */
      seat: roomRole,
    }),
  }),
});

/** An unguessable room name (192 bits). Lower case: Jitsi folds the case of room names. */
export function newRoomName(): string {
  return randomBytes(24).toString('hex');
}

/** A ticket into exactly one room, in exactly one role. */
export async function mintRoomToken(request: RoomTicketRequest): Promise<string> {
  const { domain, room, role } = request;
  const now = Math.floor(Date.now() / 1000);
  const moderator = role === 'counsellor';
  return new SignJWT({
    room,
    context: {
      user: {
        id: request.participantId ?? role,
        name: request.name,
        // Two ways in which deployments read who may moderate.
        moderator,
        affiliation: moderator ? 'owner' : 'member',
        seat: role,
      },
    },
  })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setAudience(request.audience ?? AUDIENCE)
    .setIssuer(request.issuer ?? ISSUER)
    .setSubject(request.subject ?? domain)
    .setIssuedAt(now)
    .setNotBefore(now - CLOCK_TOLERANCE)
    .setExpirationTime(now + request.lifeSeconds)
    .sign(request.secret);
}

/** `forbidden`: forged, foreign or malformed · `sessionExpired`: genuine, but its time is over. */
export async function verifyRoomTicket(
  jwt: string,
  expected: { readonly secret: Uint8Array; readonly domain: string },
): Promise<Result<RoomParticipant>> {
  try {
    const { payload } = await jwtVerify(jwt, expected.secret, {
      algorithms: ['HS256'],
      audience: AUDIENCE,
      issuer: ISSUER,
      subject: expected.domain,
      clockTolerance: CLOCK_TOLERANCE,
      requiredClaims: ['exp', 'nbf'],
    });
    const parsed = claims.safeParse(payload);
    if (!parsed.success) return fail('forbidden');
    const { id, name, seat } = parsed.data.context.user;
    return succeed({
      room: parsed.data.room,
      role: seat,
      participantId: id,
      name,
    });
  } catch (error) {
    if (error instanceof errors.JWTExpired) return fail('sessionExpired');
    if (error instanceof errors.JOSEError) return fail('forbidden');
    throw error;
  }
}
