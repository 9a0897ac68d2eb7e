/** The hub as a process: reads its configuration, listens on two ports, says so in one line, stops in good order. */
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { isLoopback } from '#shared/loopback.ts';
import { buildApp } from './app.ts';
import { anchorBeside } from './audit/anchor.ts';
import { type HubConfiguration, readConfiguration } from './configuration.ts';
import { openDatabase } from './database/open-database.ts';
import type { Origins } from './hub.ts';
import { describeError } from './log.ts';
import { readSecrets } from './secret.ts';

const configuration = configurationOrExit();

let origins: Origins = { hub: configuration.origin ?? '', room: configuration.roomOrigin ?? '' };
const database = await openDatabase(configuration.database, (error) =>
  console.error(JSON.stringify({ level: 50, msg: 'database: connection lost', err: describeError(error) })),
);
const [secret, ...formerSecrets] = readSecrets(configuration.secretFile);
const { app, roomApp, start, close } = await buildApp({
  database,
  secret,
  formerSecrets,
  auditAnchor: anchorBeside(configuration.secretFile),
  keepAnnouncement: configuration.keepAnnouncement,
  origins: () => origins,
  https: configuration.tls !== null || configuration.origin?.startsWith('https://') === true,
  trustProxy: configuration.trustProxy,
  tls: configuration.tls && {
    cert: readFileSync(configuration.tls.certificateFile),
    key: readFileSync(configuration.tls.keyFile),
  },
  pagesFolder: configuration.pagesFolder,
  jitsi: configuration.jitsi,
  provider: configuration.provider,
  peer: configuration.peer,
  mail: configuration.mail,
  logger: {
    level: configuration.logLevel,
    // Standard output is for the one line that says where the hub is.
    stream: process.stderr,
    serializers: { err: describeError },
  },
});

await roomApp.listen({ host: configuration.host, port: configuration.roomPort });
origins = { ...origins, room: configuration.roomOrigin ?? originOf(roomApp.server.address()) };
await app.listen({ host: configuration.host, port: configuration.port });
origins = { ...origins, hub: configuration.origin ?? originOf(app.server.address()) };
await start();
process.stdout.write(`${JSON.stringify({ ready: true, origin: origins.hub, roomOrigin: origins.room })}\n`);

let stopping = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);

function stop(): void {
  // A second signal does not wait for the first: the default of the operating system takes over.
  if (stopping) process.exit(1);
  stopping = true;
  close()
    .then(() => database.close())
    .then(
      () => process.exit(0),
      (error: unknown) => {
        app.log.fatal({ err: error }, 'stop: bug');
        process.exit(1);
      },
    );
}

function configurationOrExit(): HubConfiguration {
  try {
    return readConfiguration(process.env);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(2);
  }
}

function originOf(address: AddressInfo | string | null): string {
  if (typeof address !== 'object' || address === null) throw new Error('The hub listens on no port.');
  const scheme = configuration.tls ? 'https' : 'http';
  const host = isLoopback(configuration.host) ? 'localhost' : configuration.host;
  return `${scheme}://${host}:${address.port}`;
}
