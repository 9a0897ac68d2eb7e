/**
 * A terminal's connection: hello → challenge → proof → views and orders. The proof is a signature by the key whose
 * public half was enrolled, over a nonce made for this connection and this hub's own origin.
 */
import { randomBytes } from 'node:crypto';
import type { WebSocket } from '@fastify/websocket';
import type { FastifyInstance } from 'fastify';
import { assertNever } from '#shared/assert-never.ts';
import type { FailureCode } from '#shared/failure.ts';
import { isDocumentToConsole } from '#shared/protocol/documents.ts';
import { type HubToTerminal, PROTOCOL_VERSION, terminalToHub } from '#shared/protocol/messages.ts';
import { proofMessage } from '#shared/terminal-proof.ts';
import { isDatabaseFull } from '../database/database.ts';
import type { Hub } from '../hub.ts';
import { closeCodes, type Line, openLine, parseJson } from '../live/line.ts';
import { isSigned } from './is-signed.ts';
import { handleTerminalMessage, type ToHubItself } from './messages.ts';
import { publicKeyOf, saveContact } from './store.ts';

type Stage =
  | { readonly stage: 'silent' }
  | { readonly stage: 'challenged'; readonly terminalId: string; readonly nonce: string }
  | { readonly stage: 'proved'; readonly terminalId: string }
  | { readonly stage: 'refused' };

export function terminalRoutes(app: FastifyInstance, hub: Hub): void {
  app.get(
    '/ws/terminal',
    {
      websocket: true,
      // A terminal is no web page: whatever sends an Origin is one, and has no business here.
      preValidation: async (request, reply) => {
        if (request.headers.origin !== undefined) return reply.code(403).send({ code: 'forbidden' });
      },
    },
    (socket, request) => connect(socket, hub, request.ip),
  );
}

function connect(socket: WebSocket, hub: Hub, address: string): void {
  const { switchboard, log } = hub;
  if (!hub.unproved.enter(address)) {
    socket.terminate();
    hub.background.run(hub.refuseStranger(address, { action: 'terminalProof', outcome: 'tooManyAttempts' }));
    return;
  }
  let unproved = true;
  const leave = () => {
    if (unproved) hub.unproved.leave(address);
    unproved = false;
  };
  let at: Stage = { stage: 'silent' };
  const patience = setTimeout(() => socket.terminate(), hub.timings.proof);

  const line: Line = openLine(socket, hub.timings.heartbeat, {
    onText(text) {
      if (at.stage === 'refused') return null;
      const parsed = terminalToHub.safeParse(parseJson(text));
      if (!parsed.success) {
        log.warn({ terminal: terminalOf(at) }, 'terminal: a message does not match the protocol');
        answer('invalidMessage');
        return null;
      }
      const message = parsed.data;
      if (!isDocumentToConsole(message)) return () => handle(message);
      answer(at.stage === 'proved' ? hub.documents.fromTerminal(at.terminalId, message) : 'forbidden');
      return null;
    },
    onBytes(bytes) {
      if (at.stage === 'refused') return;
      answer(
        at.stage === 'proved' ? hub.documents.bytesFromTerminal(at.terminalId, bytes, line) : 'forbidden',
      );
    },
    onClose() {
      clearTimeout(patience);
      leave();
      if (at.stage !== 'proved' || !switchboard.removeTerminal(at.terminalId, line)) return;
      const { terminalId } = at;
      const contact = kept(terminalId, () => saveContact(hub.database, terminalId, hub.clock()));
      hub.background.run(contact.then(switchboard.refreshTogether));
    },
    run: hub.background.run,
  });

  function answer(refused: FailureCode | null): void {
    if (refused) line.send({ type: 'refused', code: refused } satisfies HubToTerminal);
  }

  async function handle(message: ToHubItself): Promise<void> {
    if (at.stage === 'refused') return;
    if (at.stage !== 'proved') return greet(message);
    const { terminalId } = at;
    answer(await kept(terminalId, () => handleTerminalMessage(hub, terminalId, message)));
  }

  async function greet(message: ToHubItself): Promise<void> {
    if (at.stage === 'silent' && message.type === 'hello') {
      if (message.protocol !== PROTOCOL_VERSION) {
        log.error(
          { terminal: message.terminalId, theirs: message.protocol, ours: PROTOCOL_VERSION },
          'terminal: speaks another version of the protocol; update the older of the two',
        );
        return refuse('wrongProtocol');
      }
      const nonce = randomBytes(32).toString('base64url');
      at = { stage: 'challenged', terminalId: message.terminalId, nonce };
      line.send({ type: 'challenge', nonce } satisfies HubToTerminal);
      return;
    }
    if (at.stage === 'challenged' && message.type === 'proof') {
      const { terminalId, nonce } = at;
      const publicKey = await publicKeyOf(hub.database, terminalId);
      if (
        !publicKey ||
        !isSigned(publicKey, proofMessage(terminalId, nonce, hub.origins().hub), message.signature)
      ) {
        // Anyone can make ids up: only one that is enrolled is written.
        await hub.refuseStranger(address, {
          action: 'terminalProof',
          subject: publicKey ? terminalId : null,
          outcome: 'forbidden',
        });
        return refuse('forbidden');
      }
      return admit(terminalId);
    }
    refuse('forbidden');
  }

  async function admit(terminalId: string): Promise<void> {
    // By the contact before this one: whoever comes back too late is not told of the visit.
    await hub.visitLimits.endOverdue();
    clearTimeout(patience);
    if (socket.readyState !== socket.OPEN) return;
    at = { stage: 'proved', terminalId };
    leave();
    const older = switchboard.terminalLine(terminalId);
    const seated = kept(terminalId, () => switchboard.addTerminal(terminalId, line));
    older?.close(closeCodes.replaced, 'replaced');
    await seated;
    await kept(terminalId, () => saveContact(hub.database, terminalId, hub.clock()));
    await switchboard.refreshTogether();
  }

  /** What cannot be written is said again by the terminal once there is room (unkept.ts). */
  async function kept<T>(terminalId: string, work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      if (!isDatabaseFull(error)) throw error;
      log.error({ terminal: terminalId }, 'terminal: the database is full');
      hub.unkept.note(terminalId);
      return null;
    }
  }

  /** The connection ends with it: a new try is a new nonce. */
  function refuse(code: FailureCode): void {
    at = { stage: 'refused' };
    line.send({ type: 'refused', code } satisfies HubToTerminal);
    line.close(closeCodes.refused, code);
  }
}

function terminalOf(at: Stage): string | null {
  switch (at.stage) {
    case 'silent':
    case 'refused':
      return null;
    case 'challenged':
    case 'proved':
      return at.terminalId;
    default:
      return assertNever(at);
  }
}
