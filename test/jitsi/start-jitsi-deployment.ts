/**
 * A Jitsi deployment on this machine, of Jitsi's own parts as far as they can be had (README.md says which): its
 * Prosody, its external_api.js, and a small room page on its lib-jitsi-meet, behind https with a certificate made anew.
 */
import { readFileSync } from 'node:fs';
import { ensureJitsiParts } from '../../scripts/setup/jitsi-parts.ts';
import { freePort } from '../rig/free-port.ts';
import { makeRunFolder } from '../rig/run-folder.ts';
import { buildRoomPage, type RoomPageSettings } from './build-room-page.ts';
import { makeCertificate } from './certificate.ts';
import { startProsody } from './prosody.ts';
import { startWebServer, type Trouble } from './web-server.ts';
import { createXmppProxy } from './xmpp-proxy.ts';

export interface JitsiDeploymentOptions {
  /** Tickets as Jitsi's own: `iss` = appId. `sub` is the domain, or '*'. Null: anyone may enter any room. */
  readonly jwt: { readonly secret: Uint8Array; readonly appId: string; readonly audience: string } | null;
  /** Seconds until the page loads itself again after a fatal error; Jitsi's own: 10, and up to 20 more by chance. */
  readonly reloadAfter?: { readonly least: number; readonly more: number };
  /** Where it listens, an address or name of this machine. Default: localhost. */
  readonly host?: string;
  /** How the page speaks to Prosody; a websocket by default, as Jitsi's. */
  readonly signalling?: RoomPageSettings['signalling'];
}

export interface JitsiDeployment {
  /** https://HOST:PORT */
  readonly origin: string;
  /** HOST:PORT */
  readonly domain: string;
  /** For Chromium's --ignore-certificate-errors-spki-list. */
  readonly certificateHash: string;
  /** As a killed XMPP server: its web server answers 502 in its place. */
  readonly stopXmpp: () => Promise<void>;
  /** On the same ports, with nothing remembered. */
  readonly startXmpp: () => Promise<void>;
  readonly setTrouble: (trouble: Trouble) => void;
  /** What Prosody wrote since it was last started. */
  readonly xmppLog: () => string;
  readonly close: () => Promise<void>;
}

export async function startJitsiDeployment(options: JitsiDeploymentOptions): Promise<JitsiDeployment> {
  const parts = await ensureJitsiParts();
  const folder = makeRunFolder('jitsi');
  const [certificate, otherCertificate, page] = await Promise.all([
    makeCertificate(folder, 'own'),
    makeCertificate(folder, 'other'),
    buildRoomPage(folder, {
      reloadAfter: options.reloadAfter ?? { least: 10, more: 20 },
      signalling: options.signalling ?? 'websocket',
    }),
  ]);
  const prosody = await startProsody({ ticketRequired: options.jwt !== null });
  const port = await freePort();
  const host = options.host ?? 'localhost';
  const domain = `${host}:${port}`;
  const web = await startWebServer({
    host,
    port,
    certificate,
    otherCertificate,
    scripts: new Map([
      ['/external_api.js', readFileSync(parts.externalApi)],
      ['/libs/lib-jitsi-meet.min.js', readFileSync(parts.libJitsiMeet)],
      ['/libs/transport.js', readFileSync(parts.transport)],
      ['/libs/room-page.js', page.script],
    ]),
    roomPage: page.html,
    xmpp: createXmppProxy(prosody.port, options.jwt && { ...options.jwt, subject: domain }),
  });
  return {
    origin: `https://${domain}`,
    domain,
    certificateHash: certificate.publicKeyHash,
    stopXmpp: prosody.stop,
    startXmpp: prosody.start,
    setTrouble: web.setTrouble,
    xmppLog: prosody.log,
    async close() {
      await web.close();
      await prosody.close();
    },
  };
}
