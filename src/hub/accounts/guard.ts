/** Who is asking: read from the session at each request, so that a removed account is out at once. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FailureCode } from '#shared/failure.ts';
import type { Hub } from '../hub.ts';
import { type Account, findAccount } from './store.ts';

declare module 'fastify' {
  interface Session {
    accountId?: string;
    /** ms since the epoch. */
    expiresAt?: number;
  }
  interface FastifyRequest {
    account: Account | null;
  }
}

const SESSION_COOKIES = ['session', '__Host-session'] as const;

/** For preValidation: answers 401 where nobody is logged in, otherwise sets request.account. */
export function requireAccount(hub: Hub) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const { accountId } = request.session;
    request.account = accountId ? await findAccount(hub.database, accountId) : null;
    if (request.account) return undefined;
    // Whoever brings no session has only not logged in yet.
    if (SESSION_COOKIES.some((name) => request.cookies[name] !== undefined)) {
      await hub.refuseStranger(request.ip, { action: 'session', outcome: 'sessionExpired' });
    }
    return refuse(reply, 'sessionExpired');
  };
}

/** Behind https the cookie is bound to its host by its name (RFC 6265bis, 4.1.3.2). */
export function sessionCookie(https: boolean): string {
  return SESSION_COOKIES[https ? 1 : 0];
}

const STATUS: Partial<Record<FailureCode, number>> = {
  invalidMessage: 400,
  wrongEnrolmentCode: 400,
  wrongCredentials: 401,
  sessionExpired: 401,
  forbidden: 403,
  notFound: 404,
  terminalBusy: 409,
  terminalClosed: 409,
  slotTaken: 409,
  appointmentOver: 409,
  hoursBackward: 422,
  hoursOverlap: 422,
  sheetChanged: 409,
  questionChanged: 409,
  questionOver: 409,
  noCorrespondent: 409,
  fileKind: 422,
  fileBroken: 422,
  tooManyAttempts: 429,
  providerAway: 503,
  providerUntrusted: 502,
  providerClock: 502,
  secondFactorNeeded: 401,
  wrongSecondFactor: 401,
  secondFactorThere: 409,
  passkeyStale: 401,
  passkeyUnknown: 401,
  passkeyUnverified: 401,
  passkeyCounter: 401,
  passkeyThere: 409,
  passkeysFull: 409,
  linkSpent: 410,
  emailTaken: 409,
  hasAppointments: 409,
  inVisit: 409,
  alreadyInvited: 409,
  lastAdministrator: 409,
};

/** Every refusal over HTTP: `{ code }`, and the status that goes with it. */
export function refuse(reply: FastifyReply, code: FailureCode): FastifyReply {
  return reply.code(STATUS[code] ?? 500).send({ code });
}
