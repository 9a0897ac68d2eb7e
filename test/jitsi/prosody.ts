/** Debian's Prosody as the XMPP server of a Jitsi deployment: on loopback, rooms in memory, nothing kept. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { freePort } from '../rig/free-port.ts';
import { type RigProcess, startProcess } from '../rig/processes.ts';
import { makeRunFolder } from '../rig/run-folder.ts';
import { until } from '../rig/until.ts';

/** Names that are never looked up: what Jitsi's Docker images call their hosts. */
export const XMPP_HOSTS = { domain: 'meet.jitsi', muc: 'muc.meet.jitsi', focus: 'focus.meet.jitsi' };

export interface Prosody {
  /** Of 127.0.0.1: /http-bind and /xmpp-websocket. */
  readonly port: number;
  readonly isRunning: () => boolean;
  /** As a killed server: every connection is cut, every room forgotten. */
  readonly stop: () => Promise<void>;
  /** On the same port; answers when it returns. */
  readonly start: () => Promise<void>;
  readonly log: () => string;
  readonly close: () => Promise<void>;
}

export async function startProsody(options: { readonly ticketRequired: boolean }): Promise<Prosody> {
  const folder = makeRunFolder('prosody');
  const port = await freePort();
  const config = path.join(folder, 'prosody.cfg.lua');
  mkdirSync(path.join(folder, 'data'));
  writeFileSync(config, configuration({ folder, port, ...options }));
  let running: RigProcess | null = null;

  async function start(): Promise<void> {
    const started = await startProcess({
      name: 'prosody',
      program: 'prosody',
      args: ['-F', '--config', config],
      cwd: folder,
    });
    running = started;
    await until('Prosody answers', async () => {
      if (!started.isRunning()) throw new Error(`Prosody ended:\n${started.output()}`);
      return fetch(`http://127.0.0.1:${port}/http-bind`, { headers: { host: XMPP_HOSTS.domain } }).then(
        (answer) => answer.ok,
        () => false,
      );
    });
  }
  async function stop(): Promise<void> {
    await running?.kill9();
    running = null;
  }

  await start();
  return {
    port,
    isRunning: () => running?.isRunning() ?? false,
    stop,
    start,
    log: () => running?.output() ?? '',
    close: stop,
  };
}

function configuration(of: {
  readonly folder: string;
  readonly port: number;
  readonly ticketRequired: boolean;
}): string {
  const { domain, muc, focus } = XMPP_HOSTS;
  const lua = (text: string) => JSON.stringify(text);
  return `
plugin_paths = { ${lua(path.join(import.meta.dirname, 'prosody'))} }
data_path = ${lua(path.join(of.folder, 'data'))}
pidfile = ${lua(path.join(of.folder, 'prosody.pid'))}
run_as_root = true
daemonize = false
log = { { levels = { min = "info" }, to = "console" } }
storage = "memory"
c2s_ports = {}
s2s_ports = {}
http_ports = { ${of.port} }
http_interfaces = { "127.0.0.1" }
https_ports = {}
http_default_host = ${lua(domain)}
trusted_proxies = { "127.0.0.1" }
consider_bosh_secure = true
consider_websocket_secure = true
-- A participant whose line broke is a ghost for so many seconds.
bosh_max_inactivity = 20
smacks_hibernation_time = 5
modules_enabled = { "saslauth", "disco", "ping", "bosh", "websocket", "smacks" }
modules_disabled = { "s2s", "offline", "posix" }
ticket_required = ${of.ticketRequired}
focus_host = ${lua(focus)}
admins = { "focus@${focus}" }
muc_room_locking = false
muc_room_default_public_jids = true
VirtualHost ${lua(domain)}
  authentication = "ticket"
Component ${lua(muc)} "muc"
  modules_enabled = { "ticket_rooms" }
Component ${lua(focus)} "focus"
`;
}
