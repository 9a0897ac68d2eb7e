/** Passes /http-bind and /xmpp-websocket on to Prosody, as the web server of a Jitsi does: 502 while there is none. */
import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { XMPP_HOSTS } from './prosody.ts';
import { type GoodTicket, readTicket, type TicketRules } from './ticket-door.ts';

export interface XmppProxy {
  readonly handle: (asked: IncomingMessage, response: ServerResponse) => Promise<void>;
  readonly upgrade: (asked: IncomingMessage, socket: Duplex, head: Buffer) => Promise<void>;
}

export function createXmppProxy(port: number, rules: TicketRules | null): XmppProxy {
  async function headersFor(asked: IncomingMessage): Promise<NodeJS.Dict<string | string[]>> {
    const jwt = new URL(asked.url ?? '/', 'https://localhost').searchParams.get('token');
    const ticket = rules && jwt ? await readTicket(jwt, rules) : null;
    const own = Object.entries(asked.headers).filter(([name]) => !name.startsWith('x-ticket-'));
    return { ...Object.fromEntries(own), ...ticketHeaders(ticket), host: XMPP_HOSTS.domain };
  }
  const toProsody = async (asked: IncomingMessage) =>
    request({
      host: '127.0.0.1',
      port,
      method: asked.method,
      path: asked.url,
      headers: await headersFor(asked),
      agent: false,
    });

  return {
    async handle(asked, response) {
      const passed = await toProsody(asked);
      passed.on('response', (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
        answer.on('error', () => response.destroy());
      });
      passed.on('error', () => {
        if (response.headersSent) response.destroy();
        else response.writeHead(502).end('Bad Gateway');
      });
      response.on('close', () => passed.destroy());
      asked.pipe(passed);
    },
    async upgrade(asked, socket, head) {
      socket.on('error', () => socket.destroy());
      const passed = await toProsody(asked);
      passed.on('upgrade', (answer, far, farHead) => {
        socket.write(
          `HTTP/1.1 101 Switching Protocols\r\n${Object.entries(answer.headers)
            .map(([name, value]) => `${name}: ${value}\r\n`)
            .join('')}\r\n`,
        );
        far.on('error', () => far.destroy());
        far.on('close', () => socket.destroy());
        socket.on('close', () => far.destroy());
        if (farHead.length > 0) socket.write(farHead);
        if (head.length > 0) far.write(head);
        far.pipe(socket);
        socket.pipe(far);
      });
      const refuse = () =>
        socket.end('HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
      passed.on('response', refuse);
      passed.on('error', refuse);
      passed.end();
    },
  };
}

function ticketHeaders(ticket: GoodTicket | null): Record<string, string> {
  if (!ticket) return {};
  return { 'x-ticket-room': ticket.room, 'x-ticket-moderator': String(ticket.moderator) };
}
