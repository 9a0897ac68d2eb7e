/** A new terminal comes in: an operator asks for a code, the terminal brings it back with its public key. */
import { createPublicKey } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import {
  enrolAnswer,
  enrolBody,
  enrolmentCodeAnswer,
  enrolmentCodeBody,
} from '#shared/protocol/http-bodies.ts';
import { LONGEST_WINDOW, networkOf } from '../accounts/attempts.ts';
import { refuse, requireAccount } from '../accounts/guard.ts';
import type { Hub } from '../hub.ts';
import { createEnrolmentCode, enrolTerminal, territoryOf } from './store.ts';

/** 60 bits against twenty tries an hour from one network. */
const LIMIT = { attempts: 20, window: LONGEST_WINDOW } as const;

export function enrolmentRoutes(app: FastifyInstance, hub: Hub): void {
  const { database, audit, enrolmentKey, clock } = hub;

  app.post(
    '/api/enrolment-codes',
    { preValidation: requireAccount(hub) },
    async ({ account, body }, reply) => {
      const parsed = enrolmentCodeBody.safeParse(body);
      if (!parsed.success) return refuse(reply, 'invalidMessage');
      const { mairieId, terminalName } = parsed.data;
      const actor = account?.accountId ?? null;
      if (account?.role !== 'operator') {
        await audit({ actor, action: 'enrolmentCode', subject: mairieId, outcome: 'forbidden' });
        return refuse(reply, 'forbidden');
      }
      if ((await territoryOf(database, mairieId)) !== account.territoryId) {
        await audit({ actor, action: 'enrolmentCode', subject: mairieId, outcome: 'notFound' });
        return refuse(reply, 'notFound');
      }
      const code = await createEnrolmentCode(database, enrolmentKey, {
        mairieId,
        terminalName,
        now: clock(),
      });
      await audit({ actor, action: 'enrolmentCode', subject: mairieId, outcome: 'ok' });
      return enrolmentCodeAnswer.parse(code);
    },
  );

  app.post('/api/enrol', async (request, reply) => {
    const parsed = enrolBody.safeParse(request.body);
    if (!parsed.success || !isEd25519(parsed.data.publicKey)) return refuse(reply, 'invalidMessage');
    const fromNetwork = `enrol ${networkOf(request.ip)}`;
    if (!(await hub.attempts.take([[fromNetwork, LIMIT]]))) {
      await hub.refuseStranger(request.ip, { action: 'enrol', outcome: 'tooManyAttempts' });
      return refuse(reply, 'tooManyAttempts');
    }
    const terminalId = await enrolTerminal(database, enrolmentKey, { ...parsed.data, now: clock() });
    if (!terminalId) {
      await hub.refuseStranger(request.ip, { action: 'enrol', outcome: 'wrongEnrolmentCode' });
      return refuse(reply, 'wrongEnrolmentCode');
    }
    await hub.attempts.giveBack(fromNetwork);
    await audit({ actor: terminalId, action: 'enrol', subject: terminalId, outcome: 'ok' });
    await hub.switchboard.refresh();
    return enrolAnswer.parse({ terminalId });
  });
}

function isEd25519(publicKey: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64url'), format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'ed25519';
  } catch {
    return false; // Whatever OpenSSL cannot read is no key.
  }
}
