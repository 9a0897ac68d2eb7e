/** A Jitsi deployment for a whole town: what the hub is told of it, what browsers must trust, and tickets for strangers. */
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { RoomTicket } from '#shared/protocol/views.ts';
import type { JitsiSettings } from '../../src/hub/deployments/configuration.ts';
import { mintRoomToken, type RoomRole } from '../../src/hub/room/room-ticket.ts';
import { makeRunFolder } from '../rig/run-folder.ts';
import {
  type JitsiDeployment,
  type JitsiDeploymentOptions,
  startJitsiDeployment,
} from './start-jitsi-deployment.ts';

export interface TownJitsiOptions extends Omit<JitsiDeploymentOptions, 'jwt'> {
  /** Default: true. Without, anyone may enter any room. */
  readonly tickets?: boolean;
  /** The built-in room after it. Default: true. */
  readonly builtIn?: boolean;
}

export interface TownJitsi extends JitsiDeployment {
  /** The hub's HUB_JITSI_FILE. */
  readonly file: string;
  /** For Electron and Chromium: to trust its certificate and no other that is wrong. */
  readonly switches: readonly string[];
  /** A valid ticket for one more person; `jwt` is null where the deployment wants none. */
  readonly ticket: (room: string, role: RoomRole, name: string) => Promise<RoomTicket>;
}

const APP = { appId: 'vis-a-vis-test', audience: 'jitsi' };

export async function startTownJitsi(options: TownJitsiOptions = {}): Promise<TownJitsi> {
  const { tickets = true, builtIn = true, ...others } = options;
  // The operator's file holds text.
  const secret = randomBytes(32).toString('hex');
  const key = Buffer.from(secret);
  const jitsi = await startJitsiDeployment({ ...others, jwt: tickets ? { ...APP, secret: key } : null });
  const settings: JitsiSettings = {
    domains: [jitsi.domain],
    bodies: {},
    builtIn,
    tokens: tickets ? { [jitsi.domain]: { ...APP, secret } } : {},
  };
  const file = path.join(makeRunFolder('town-jitsi'), 'jitsi.json');
  writeFileSync(file, JSON.stringify(settings), { mode: 0o600 });
  return {
    ...jitsi,
    file,
    switches: [`--ignore-certificate-errors-spki-list=${jitsi.certificateHash}`],
    async ticket(room, role, name) {
      const common = { domain: jitsi.domain, room, role, name, participantId: name, lifeSeconds: 300 };
      const jwt = await mintRoomToken({ ...common, secret: key, issuer: APP.appId, audience: APP.audience });
      return { origin: jitsi.origin, room, jwt: tickets ? jwt : null, password: null };
    },
  };
}
