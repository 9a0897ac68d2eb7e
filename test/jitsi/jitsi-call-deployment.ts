/** The Jitsi deployment as the call suite wants it: with tickets, and with the console's room view from the hub's room. */
import { randomBytes } from 'node:crypto';
import { mintRoomToken, newRoomName } from '../../src/hub/room/room-ticket.ts';
import type { CallDeployment } from '../room/call-deployment.ts';
import { startRoomServer } from '../room/room-server.ts';
import {
  type JitsiDeployment,
  type JitsiDeploymentOptions,
  startJitsiDeployment,
} from './start-jitsi-deployment.ts';

export interface JitsiCallDeployment extends CallDeployment {
  readonly jitsi: JitsiDeployment;
}

const APP = { appId: 'vis-a-vis-test', audience: 'jitsi' };

export async function startJitsiCallDeployment(
  options: Omit<JitsiDeploymentOptions, 'jwt'> & { readonly tickets?: boolean } = {},
): Promise<JitsiCallDeployment> {
  const { tickets = true, ...others } = options;
  const secret = randomBytes(32);
  const jitsi = await startJitsiDeployment({ ...others, jwt: tickets ? { ...APP, secret } : null });
  const pages = await startRoomServer({ jitsi: jitsi.domain });
  return {
    jitsi,
    origin: jitsi.origin,
    terminalOrigin: pages.terminalOrigin,
    consoleOrigin: pages.consoleOrigin,
    browserArguments: [`--ignore-certificate-errors-spki-list=${jitsi.certificateHash}`],
    selfView: '#localVideo_container',
    outageEndsCall: true,
    newRoom: newRoomName,
    async ticket(room, role, changes = {}) {
      const jwt = await mintRoomToken({
        ...{ secret, domain: jitsi.domain, room, role, name: role, lifeSeconds: 300 },
        ...{ issuer: APP.appId, audience: APP.audience },
        ...changes,
      });
      return { origin: jitsi.origin, room, jwt: tickets ? jwt : null, password: null };
    },
    stopSignalling: jitsi.stopXmpp,
    startSignalling: jitsi.startXmpp,
    async close() {
      await pages.close();
      await jitsi.close();
    },
  };
}
