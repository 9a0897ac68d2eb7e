/** A console's connection: whole views whenever something changes, one answer to each request. */
import { randomUUID } from 'node:crypto';
import type { WebSocket } from '@fastify/websocket';
import type { FastifyInstance } from 'fastify';
import type { FailureCode } from '#shared/failure.ts';
import { BEAT_MS, consoleToHub, type HubToConsole } from '#shared/protocol/messages.ts';
import { refuse as refuseRequest, requireAccount } from '../accounts/guard.ts';
import { sessionEnd } from '../accounts/session-store.ts';
import type { Account } from '../accounts/store.ts';
import { isDatabaseFull } from '../database/database.ts';
import type { Hub } from '../hub.ts';
import { closeCodes, openLine, parseJson } from '../live/line.ts';
import type { ConsoleSeat } from '../live/switchboard.ts';
import { type ConsoleRequest, handleConsoleRequest } from './requests.ts';

export function consoleRoutes(app: FastifyInstance, hub: Hub): void {
  const known = requireAccount(hub);
  app.get(
    '/ws/console',
    {
      websocket: true,
      // A WebSocket is not bound by the same-origin policy: only the Origin tells whose page opens it.
      preValidation: async (request, reply) => {
        if (request.headers.origin !== hub.origins().hub) {
          await hub.refuseStranger(request.ip, { action: 'crossOrigin', outcome: 'forbidden' });
          return refuseRequest(reply, 'forbidden');
        }
        return known(request, reply);
      },
    },
    (socket, { account, session: { sessionId, expiresAt } }) => {
      if (!account || !expiresAt) return socket.close(closeCodes.refused, 'sessionExpired');
      connect(socket, hub, account, { sessionId, expiresAt });
    },
  );
}

interface Session {
  readonly sessionId: string;
  readonly expiresAt: number;
}

function connect(socket: WebSocket, hub: Hub, account: Account, { sessionId, expiresAt }: Session): void {
  const { switchboard, log } = hub;
  const line = openLine(socket, hub.timings.heartbeat, {
    onText(text) {
      const parsed = consoleToHub.safeParse(parseJson(text));
      if (!parsed.success) {
        log.warn({ account: account.accountId }, 'console: a message does not match the protocol');
        refuse('invalidMessage');
        return null;
      }
      const message = parsed.data;
      if ('requestId' in message) return () => handle(message);
      const code = hub.documents.fromConsole(seat, message);
      return code ? () => document(code) : null;
    },
    onBytes(bytes) {
      const code = hub.documents.bytesFromConsole(seat, bytes);
      if (code) hub.background.run(document(code));
    },
    onClose() {
      clearTimeout(day);
      clearInterval(beats);
      switchboard.removeConsole(seat);
      hub.background.run(switchboard.refresh());
    },
    run: hub.background.run,
  });
  const seat: ConsoleSeat = { seatId: randomUUID(), account, sessionId, line };
  const beats = setInterval(() => line.send({ type: 'beat' } satisfies HubToConsole), BEAT_MS);
  const day = setTimeout(
    () => {
      hub.background.run(expire('session'));
    },
    Math.max(0, expiresAt - hub.clock()),
  );

  async function handle(message: ConsoleRequest): Promise<void> {
    if ((await sessionEnd(hub.database, sessionId, hub.clock)) === null) return expire(message.type);
    const { requestId } = message;
    const answer = (content: Omit<Extract<HubToConsole, { type: 'answer' }>, 'type' | 'requestId'>) =>
      line.send({ type: 'answer', requestId, ...content } satisfies HubToConsole);
    try {
      const outcome = await handleConsoleRequest(hub, seat, message);
      // Whoever reads the answer has already been shown what it changed.
      await switchboard.refresh();
      if (outcome.ok) answer({ ok: true, code: null, by: null });
      else answer({ ok: false, code: outcome.code, by: outcome.by ?? null });
    } catch (error) {
      answer({ ok: false, code: isDatabaseFull(error) ? 'hubNoRoom' : 'unexpected', by: null });
      throw error;
    }
  }

  function refuse(code: FailureCode): void {
    line.send({ type: 'refused', code } satisfies HubToConsole);
  }

  /** A range that crosses the end of its visit is no offence; anyone but a counsellor is. */
  async function document(code: FailureCode | null): Promise<void> {
    if (!code) return;
    refuse(code);
    if (code !== 'forbidden') return;
    line.close(closeCodes.refused, code);
    await hub.audit({ actor: account.accountId, action: 'document', outcome: code });
  }

  async function expire(what: string): Promise<void> {
    refuse('sessionExpired');
    line.close(closeCodes.refused, 'sessionExpired');
    log.info({ account: account.accountId, what }, 'console: session expired');
    await hub.audit({ actor: account.accountId, action: 'message', outcome: 'sessionExpired' });
  }

  hub.background.run(switchboard.addConsole(seat).then(switchboard.refresh));
}
