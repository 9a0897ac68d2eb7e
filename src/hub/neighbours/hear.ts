/** What follows here from what other hubs announce, pass on, or do not do any more because they are gone. */
import { assertNever } from '#shared/assert-never.ts';
import type { HubToConsole, HubToTerminal } from '#shared/protocol/messages.ts';
import { closePagesHere } from '../accounts/end-session.ts';
import type { Here } from '../documents/relay.ts';
import type { Hub } from '../hub.ts';
import type { Feeder } from '../live/flow.ts';
import { showProgressHere } from '../orders/show-progress.ts';
import type { Announcement } from './announcement.ts';
import type { ToNeighbour } from './contract.ts';
import type { Incoming } from './links.ts';
import type { NeighbourEvents } from './neighbours.ts';
import type { PagesElsewhere } from './pages-elsewhere.ts';
import type { SharedRooms } from './shared-rooms.ts';

/** `pages` are those of the hub's relay. */
export function hearNeighbours(hub: Hub, pages: PagesElsewhere, rooms: SharedRooms): NeighbourEvents {
  const { switchboard, documents, deployments } = hub;
  /** Who feeds a reader at another hub, paused on its behalf. */
  const held = new Map<string, { readonly hubId: string; readonly feeder: Feeder }>();
  /** Bars that another hub told of, by order. */
  const bars = new Map<string, string>();

  const consoleSeat = (seatId: string) =>
    [...switchboard.consoles()].find((seat) => seat.seatId === seatId) ?? null;

  function onAnnouncement(said: Announcement): void {
    switch (said.what) {
      case 'changed':
        // Seats change by the thousand after another hub's restart; what somebody does is passed on at once.
        hub.background.run(said.seats ? switchboard.refreshHereTogether() : switchboard.refreshHere());
        return;
      case 'loggedOut':
      case 'accountLoggedOut':
      case 'accountChanged':
        closePagesHere(hub, said);
        return;
      case 'deploymentFailed':
        deployments.failed(said.origin, said.place, said.trouble);
        return;
      case 'deploymentDrifted':
        deployments.drifted(said.origin, said.missing);
        return;
      case 'deploymentWorks':
        deployments.works(said.origin);
        return;
      default:
        assertNever(said);
    }
  }

  function hold(
    hubId: string,
    { feeder: kind, id, held: isHeld }: Extract<ToNeighbour, { type: 'hold' }>,
  ): void {
    const feeder = kind === 'terminal' ? switchboard.terminalLine(id) : consoleSeat(id)?.line;
    const known = held.get(id);
    if (isHeld && feeder) {
      held.set(id, { hubId, feeder });
      feeder.pause();
    }
    if (!isHeld && known) {
      held.delete(id);
      known.feeder.resume();
    }
  }

  /** Bytes of this terminal, which is connected to that hub. */
  const terminalThere = ({ hubId }: Incoming, id: string): Feeder => ({
    pause: () => hub.neighbours.send(hubId, { type: 'hold', feeder: 'terminal', id, held: true }),
    resume: () => hub.neighbours.send(hubId, { type: 'hold', feeder: 'terminal', id, held: false }),
  });

  function onMessage(from: Incoming, message: ToNeighbour, bytes: Uint8Array): void {
    const page = (seatId: string, { terminalId }: Here) => pages.page(from.hubId, seatId, terminalId);
    switch (message.type) {
      case 'hello':
        return;
      case 'offered':
        documents.fromNeighbour.offered(message, message.documentId, page(message.seatId, message));
        return;
      case 'toTerminal':
        documents.fromNeighbour.message(message, message.message, page(message.seatId, message));
        return;
      case 'bytesToTerminal':
        // The hub that sends it has looked at it.
        documents.fromNeighbour.bytes(message, bytes, page(message.seatId, message));
        return;
      case 'toConsole':
        consoleSeat(message.seatId)?.line.send(message.message satisfies HubToConsole);
        return;
      case 'bytesToConsole':
        consoleSeat(message.seatId)?.line.relay(bytes, terminalThere(from, message.terminalId));
        return;
      case 'hold':
        hold(from.hubId, message);
        return;
      case 'selfTest':
        switchboard
          .terminalLine(message.terminalId)
          ?.send({ type: 'selfTest', origin: message.origin } satisfies HubToTerminal);
        return;
      case 'progress':
        if (message.status) bars.set(message.orderId, from.hubId);
        else bars.delete(message.orderId);
        showProgressHere(switchboard, message.orderId, message.status);
        return;
      case 'room.sit':
      case 'room.signal':
      case 'room.leave':
      case 'room.drop':
      case 'room.seated':
      case 'room.say':
      case 'room.close':
        rooms.onMessage(from, message);
        return;
      default:
        assertNever(message);
    }
  }

  return {
    onAnnouncement,
    onMessage,
    onOutgoingLost: rooms.onOutgoingLost,
    onIncomingLost(from) {
      rooms.onIncomingLost(from);
      for (const [id, { hubId, feeder }] of held) {
        if (hubId !== from.hubId) continue;
        held.delete(id);
        feeder.resume();
      }
      // What it told last may be old: the database knows where the order stands.
      for (const [orderId, hubId] of bars) {
        if (hubId !== from.hubId) continue;
        bars.delete(orderId);
        showProgressHere(switchboard, orderId, null);
      }
    },
    ownSeats: switchboard.ownSeats,
  };
}
