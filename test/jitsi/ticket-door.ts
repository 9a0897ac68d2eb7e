/** What Jitsi's Prosody checks of a JWT, done here with `jose`: signature, audience, issuer, subject, room, time. */
import { jwtVerify } from 'jose';
import { z } from 'zod';

export interface TicketRules {
  /** The app_secret. */
  readonly secret: Uint8Array;
  /** The app_id: the tickets' `iss`. */
  readonly appId: string;
  readonly audience: string;
  /** The tickets' `sub`; '*' is always good. */
  readonly subject: string;
}

export interface GoodTicket {
  readonly room: string;
  readonly moderator: boolean;
}

const claims = z.object({
  room: z.string(),
  context: z.object({ user: z.object({ moderator: z.union([z.boolean(), z.enum(['true', 'false'])]) }) }),
});

/** Null for any ticket that Jitsi would refuse. */
export async function readTicket(jwt: string, rules: TicketRules): Promise<GoodTicket | null> {
  try {
    const { payload } = await jwtVerify(jwt, rules.secret, {
      algorithms: ['HS256'],
      audience: rules.audience,
      issuer: rules.appId,
      requiredClaims: ['exp', 'sub', 'room'],
    });
    if (payload.sub !== '*' && payload.sub !== rules.subject) return null;
    const parsed = claims.safeParse(payload);
    if (!parsed.success) return null;
    return {
      room: parsed.data.room.toLowerCase(),
      moderator: String(parsed.data.context.user.moderator) === 'true',
    };
  } catch {
    return null;
  }
}
