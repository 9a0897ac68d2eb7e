/**
 * As call.ts, on a Jitsi deployment: from "Prendre" to moving pictures on both sides, with the deployment's page warmed
 * at the announcement; against two bare pages of the same deployment with lib-jitsi-meet loaded, told to join at once.
 */
import { startTown, type Town } from '#rig/town.ts';
import { newRoomName } from '../../src/hub/room/room-ticket.ts';
import { XMPP_HOSTS } from '../../test/jitsi/prosody.ts';
import type { TownJitsi } from '../../test/jitsi/town-jitsi.ts';
import { type BareJitsi, bareJitsi } from './bare-jitsi.ts';
import { type BarePages, openBarePages, timeBareCall } from './bare-pages.ts';
import type { Measurement } from './figure.ts';
import { measurePickUps } from './pick-ups.ts';
import { withClosers } from './with-closers.ts';

const ROUNDS = 9;
/** ms beyond what the two bare pages need. */
const MOST_BEYOND = 1_500;

export function measureJitsiCall(): Promise<Measurement> {
  return withClosers(async (close) => {
    const town = await startTown({ jitsi: { builtIn: false } });
    close(town.close);
    const jitsi = jitsiOf(town);
    const pages = await openBarePages(town, close);
    const baseline = () => bareCall(pages, jitsi);
    const { values, baselines } = await measurePickUps({ town, rounds: ROUNDS, baseline, close });
    return { unit: 'ms', values, baselines, allowance: { kind: 'plus', extra: MOST_BEYOND } };
  });
}

export function jitsiOf({ jitsi }: Town): TownJitsi {
  if (!jitsi) throw new Error('This town has no Jitsi.');
  return jitsi;
}

async function bareCall(pages: BarePages, { origin, domain, ticket }: TownJitsi): Promise<number> {
  const room = newRoomName();
  const joins: BareJitsi[] = [];
  for (const [side, page] of pages.entries()) {
    // Any document of the deployment that does nothing by itself.
    await page.goto(`${origin}/external_api.js`);
    await page.addScriptTag({ url: '/libs/lib-jitsi-meet.min.js' });
    const { jwt } = await ticket(room, side === 0 ? 'counsellor' : 'terminal', `bare ${side}`);
    joins.push({ hosts: XMPP_HOSTS, service: `wss://${domain}/xmpp-websocket?room=${room}`, room, jwt });
  }
  return timeBareCall(pages, () =>
    Promise.all(pages.map((page, side) => page.evaluate(bareJitsi, joins[side]))),
  );
}
