/**
 * The other hubs on the same database: who of them is alive and who is connected to them, what is announced to all of
 * them, and what is passed on to one. On an embedded database there are none, and nothing of this costs anything.
 */
import { randomUUID } from 'node:crypto';
import type { FastifyBaseLogger } from 'fastify';
import type { Database } from '../database/database.ts';
import type { Listening } from '../database/listen.ts';
import { type Alarm, createAlarm } from '../live/alarm.ts';
import type { Feeder } from '../live/flow.ts';
import { type Announcement, announcement, CHANNEL } from './announcement.ts';
import type { ToNeighbour } from './contract.ts';
import { createLinks, type Incoming } from './links.ts';
import {
  announce,
  beat,
  type CounsellorSeatRow,
  counsellorsElsewhere,
  forgetRoom,
  homeOfRoom,
  leaveCounsellorSeat,
  leaveTerminalSeat,
  otherHubs,
  removeDeadHubs,
  removeHub,
  takeCounsellorSeat,
  takeFreeTerminalSeats,
  takeTerminalSeat,
  terminalsElsewhere,
} from './store.ts';

/** ms between two signs of life; the lease of three of them is in store.ts. */
const BEAT = 2_000;

/** Who is connected to other hubs. */
export interface Elsewhere {
  /** Terminal (id) → hub (id). */
  readonly terminals: ReadonlyMap<string, string>;
  /** The oldest first. */
  readonly counsellors: readonly CounsellorSeatRow[];
  /** performance.now() before it was read. */
  readonly readAt: number;
}

export interface PeerSettings {
  readonly host: string;
  readonly port: number;
  /** host:port where the other hubs reach this one. Default: where it listens. */
  readonly address?: string;
}

export interface NeighbourEvents {
  readonly onAnnouncement: (said: Announcement) => void;
  readonly onMessage: (from: Incoming, message: ToNeighbour, bytes: Uint8Array) => void;
  readonly onOutgoingLost: (hubId: string) => void;
  readonly onIncomingLost: (from: Incoming) => void;
  /** Of this hub, for the others to see again after they had given it up. */
  readonly ownSeats: () => {
    readonly terminals: readonly { readonly terminalId: string; readonly seatId: string }[];
    readonly counsellors: readonly Omit<CounsellorSeatRow, 'hubId'>[];
  };
}

export interface Neighbours {
  readonly hubId: string;
  /** Resolved once this hub is known to the others and hears them. */
  readonly start: (events: NeighbourEvents) => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly announce: (said: Announcement) => Promise<void>;
  readonly elsewhere: () => Promise<Elsewhere>;
  readonly takeTerminalSeat: (terminalId: string, seatId: string) => Promise<void>;
  readonly leaveTerminalSeat: (terminalId: string, seatId: string) => Promise<void>;
  readonly takeCounsellorSeat: (seat: Omit<CounsellorSeatRow, 'hubId'>) => Promise<void>;
  readonly leaveCounsellorSeat: (seatId: string) => Promise<void>;
  readonly homeOfRoom: (room: string) => Promise<string>;
  readonly forgetRoom: (room: string) => Promise<void>;
  readonly send: (hubId: string, message: ToNeighbour) => boolean;
  readonly relay: (hubId: string, message: ToNeighbour, bytes: Uint8Array, from: Feeder) => void;
}

export interface NeighboursDeps {
  readonly database: Database;
  readonly key: Uint8Array;
  /** Null: what is only passed on does not cross to other hubs. */
  readonly peer: PeerSettings | null;
  readonly heartbeat: number;
  readonly log: FastifyBaseLogger;
  readonly run: (work: Promise<unknown>) => void;
}

const nobody: Elsewhere = { terminals: new Map(), counsellors: [], readAt: 0 };

/** For a database that one process has for itself. */
export function noNeighbours(): Neighbours {
  const hubId = randomUUID();
  const nothing = async (): Promise<void> => undefined;
  return {
    hubId,
    ...{ start: nothing, stop: nothing, announce: nothing, forgetRoom: nothing },
    elsewhere: async () => nobody,
    ...{ takeTerminalSeat: nothing, leaveTerminalSeat: nothing },
    ...{ takeCounsellorSeat: nothing, leaveCounsellorSeat: nothing },
    homeOfRoom: async () => hubId,
    send: () => false,
    relay: () => undefined,
  };
}

export function createNeighbours(deps: NeighboursDeps): Neighbours {
  const { database, log, run } = deps;
  const hubId = randomUUID();
  let address: string | null = null;
  let addresses = new Map<string, string | null>();
  let known = nobody;
  let stale = true;
  let listening: Listening | null = null;
  let life: Alarm | null = null;
  let events: NeighbourEvents | null = null;

  const say = (said: Announcement) => announce(database, CHANNEL, JSON.stringify({ hub: hubId, said }));
  const seatsChanged = () => say({ what: 'changed', seats: true });

  const links = createLinks({
    hubId,
    key: deps.key,
    heartbeat: deps.heartbeat,
    addressOf: (id) => addresses.get(id) ?? null,
    onMessage: (from, message, bytes) => events?.onMessage(from, message, bytes),
    onOutgoingLost: (id) => events?.onOutgoingLost(id),
    onIncomingLost: (from) => events?.onIncomingLost(from),
    log,
  });

  /** A sign of life; and whoever has not given one is removed, with what was connected to him. */
  async function live(): Promise<void> {
    if (await beat(database, hubId, address)) {
      const own = events?.ownSeats();
      if (own) await takeFreeTerminalSeats(database, hubId, own.terminals);
      for (const seat of own?.counsellors ?? []) await takeCounsellorSeat(database, { ...seat, hubId });
      await readAgain();
    }
    if ((await removeDeadHubs(database)) > 0) {
      log.warn('neighbour: one gave no sign of life, its seats are free');
      await readAgain();
    }
  }

  async function readAgain(): Promise<void> {
    await seatsChanged();
    hear({ what: 'changed', seats: true });
  }

  function hear(said: Announcement): void {
    if (said.what === 'changed' && said.seats) stale = true;
    events?.onAnnouncement(said);
  }

  function onPayload(payload: string): void {
    let value: unknown;
    try {
      value = JSON.parse(payload);
    } catch {
      value = null; // Refused below.
    }
    const parsed = announcement.safeParse(value);
    if (!parsed.success) {
      // A newer hub says something that this one does not know: at least that something changed.
      log.warn('neighbour: an announcement that is not understood');
      hear({ what: 'changed', seats: true });
      return;
    }
    if (parsed.data.hub !== hubId) hear(parsed.data.said);
  }

  return {
    hubId,
    async start(given) {
      events = given;
      if (deps.peer) {
        const listens = await links.listen(deps.peer);
        address = deps.peer.address ?? listens;
      }
      const { listen } = database;
      if (listen) {
        await new Promise<void>((resolve) => {
          listening = listen(CHANNEL, {
            onMessage: onPayload,
            onOpen() {
              resolve();
              hear({ what: 'changed', seats: true });
            },
          });
        });
      }
      await live();
      life = createAlarm({
        name: 'sign of life',
        clock: Date.now,
        retry: BEAT,
        log,
        run,
        async look() {
          await live();
          return Date.now() + BEAT;
        },
      });
      life.check();
    },
    async stop() {
      life?.stop();
      await links.close();
      await listening?.stop();
      await removeHub(database, hubId);
      await seatsChanged();
    },
    announce: say,
    async elsewhere() {
      if (!stale) return known;
      // What is announced from here on asks for another reading.
      stale = false;
      const readAt = performance.now();
      try {
        const [hubs, terminals, counsellors] = await Promise.all([
          otherHubs(database, hubId),
          terminalsElsewhere(database, hubId),
          counsellorsElsewhere(database, hubId),
        ]);
        addresses = new Map(hubs.map((hub) => [hub.id, hub.address]));
        for (const { id } of hubs) links.open(id);
        known = {
          terminals: new Map(terminals.map((seat) => [seat.terminalId, seat.hubId])),
          counsellors,
          readAt,
        };
        return known;
      } catch (error) {
        stale = true;
        throw error;
      }
    },
    async takeTerminalSeat(terminalId, seatId) {
      await takeTerminalSeat(database, { terminalId, hubId, seatId });
      await seatsChanged();
    },
    async leaveTerminalSeat(terminalId, seatId) {
      await leaveTerminalSeat(database, seatId, terminalId);
      await seatsChanged();
    },
    async takeCounsellorSeat(seat) {
      await takeCounsellorSeat(database, { ...seat, hubId });
      await seatsChanged();
    },
    async leaveCounsellorSeat(seatId) {
      await leaveCounsellorSeat(database, seatId);
      await seatsChanged();
    },
    homeOfRoom: (room) => homeOfRoom(database, room, hubId),
    forgetRoom: (room) => forgetRoom(database, room, hubId),
    send: links.send,
    relay: links.relay,
  };
}
