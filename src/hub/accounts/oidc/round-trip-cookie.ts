/**
 * What the browser keeps between leaving for the provider and coming back.
 *
 * The session's cookie cannot do it: it is SameSite=Strict, and a browser does not send it along when another site leads back
 * here. It stays Strict. This cookie alone is Lax, which is sent with a top-level GET from elsewhere and with nothing else; it
 * opens no session and names nobody: it only proves that the one who comes back is the one who left (without it anybody could
 * log a victim's browser in as himself). It is sealed with the hub's secret (AES-256-GCM), so that neither the nonce nor PKCE's
 * verifier can be read or chosen, bound to the state in the address, good for ten minutes, and removed on return; that it is used
 * once is kept in the database (linked-accounts.ts). Behind https its name binds it to this host (RFC 6265bis, 4.1.3.2).
 */
import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { createSeal } from '../../visits/personal-seal.ts';

/** ms: time to find a password again, not to leave a desk. */
export const ROUND_TRIP = 10 * 60_000;

interface CookieDeps<T> {
  /** Also what it is sealed for: one kind cannot be passed off as another. */
  readonly name: string;
  readonly schema: z.ZodType<T>;
  readonly key: Uint8Array;
  readonly https: boolean;
  readonly clock: () => number;
}

export interface RoundTripCookie<T> {
  readonly give: (reply: FastifyReply, content: T) => void;
  /** Takes it back: null where there is none, it is too old, or it is not ours. */
  readonly take: (request: FastifyRequest, reply: FastifyReply) => T | null;
}

export function createRoundTripCookie<T>({
  name,
  schema,
  key,
  https,
  clock,
}: CookieDeps<T>): RoundTripCookie<T> {
  const cookie = https ? `__Host-${name}` : name;
  const seal = createSeal(key, z.object({ until: z.number(), content: schema }));
  const options: CookieSerializeOptions = { path: '/', httpOnly: true, secure: https, sameSite: 'lax' };

  function open(sealed: string): { until: number; content: T } | null {
    try {
      return seal.open(name, Buffer.from(sealed, 'base64url'));
    } catch {
      // Somebody changed it, or the hub's secret is another now: as good as none.
      return null;
    }
  }
  return {
    give(reply, content) {
      const sealed = seal.seal(name, { until: clock() + ROUND_TRIP, content });
      const value = Buffer.from(sealed).toString('base64url');
      reply.setCookie(cookie, value, { ...options, maxAge: ROUND_TRIP / 1000 });
    },
    take(request, reply) {
      const value = request.cookies[cookie];
      if (value === undefined) return null;
      reply.clearCookie(cookie, options);
      const kept = open(value);
      return kept && clock() < kept.until ? kept.content : null;
    },
  };
}
