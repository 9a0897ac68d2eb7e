/** A real SMTP server on loopback, that refuses or falls silent on demand; what it took is parsed by another library. */
import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { MailSettings } from '../mail/settings.ts';

export interface TestMailServer {
  readonly settings: MailSettings;
  readonly url: string;
  readonly received: readonly ParsedMail[];
  /** From now on each mail is answered with this code of SMTP; null: taken. */
  readonly answer: (code: number | null) => void;
  /** From now on nobody is answered at all: null lets go of those who wait. */
  readonly hang: (hangs: boolean) => void;
  readonly close: () => Promise<void>;
}

export async function startMailServer(): Promise<TestMailServer> {
  const received: ParsedMail[] = [];
  const waiting: (() => void)[] = [];
  let code: number | null = null;
  let hangs = false;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onConnect(_session, next) {
      if (hangs) waiting.push(next);
      else next();
    },
    onData(stream, _session, next) {
      simpleParser(stream).then(
        (parsed) => {
          if (code !== null) {
            next(
              Object.assign(new Error('no room for secretaire@saint-martin.example'), { responseCode: code }),
            );
            return;
          }
          received.push(parsed);
          next();
        },
        (error: unknown) => next(error instanceof Error ? error : new Error(String(error))),
      );
    },
  });
  // A client that gives up on a server that says nothing closes its connection in the middle.
  server.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ECONNRESET') throw error;
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.server.address() as AddressInfo;
  return {
    settings: {
      from: { name: 'Vis-à-vis', address: 'ne-pas-repondre@val-clair.example' },
      server: { host: '127.0.0.1', port, secure: false, requireTLS: false },
    },
    url: `smtp://127.0.0.1:${port}`,
    received,
    answer: (next) => {
      code = next;
    },
    hang: (next) => {
      hangs = next;
      if (!hangs) for (const go of waiting.splice(0)) go();
    },
    close: () =>
      new Promise((resolve) => {
        for (const go of waiting.splice(0)) go();
        server.close(() => resolve());
      }),
  };
}
