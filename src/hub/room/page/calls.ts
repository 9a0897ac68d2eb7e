/** One call with each of the others in the room: who opens which is a matter of their roles, so that no two pages do. */
import type { IceServer, Peer, SignalData } from '../signal-contract.ts';
import { type CallKeeper, createCallKeeper } from './call-keeper.ts';
import type { OwnTracks } from './peer-call.ts';

type Role = Peer['role'];
type Sent = { readonly audio: boolean; readonly video: boolean };

export interface Calls {
  /** From `welcome`: also to those that are met already. */
  readonly setIceServers: (servers: readonly IceServer[]) => void;
  /** From `welcome`: who sits there now. Whoever was met and is not among them is away. */
  readonly seated: (peers: readonly Peer[]) => void;
  /** From `peer`: that one sits there, now. */
  readonly meet: (peer: Peer) => void;
  readonly receive: (from: string, data: SignalData) => void;
  /** They hung up. */
  readonly left: (session: string) => void;
  /** Their socket broke. */
  readonly away: (session: string) => void;
  readonly setTrack: (kind: 'audio' | 'video', track: MediaStreamTrack | null) => void;
  readonly connectionTo: (role: Role) => RTCPeerConnection | null;
  readonly close: () => void;
}

export interface CallsOptions {
  /** Null before the welcome: nobody is met before it. */
  readonly own: () => Role | null;
  readonly stream: MediaStream;
  readonly tracks: () => OwnTracks;
  readonly send: (to: string, data: SignalData) => void;
  /** Said to each when it appears. */
  readonly media: () => { audio: boolean; video: boolean };
  readonly onJoined: (peer: Peer) => void;
  readonly onLeft: (role: Role, session: string) => void;
  readonly onTracks: (role: Role, tracks: readonly MediaStreamTrack[]) => void;
  readonly onConnected: (role: Role, connected: boolean) => void;
  readonly onMedia: (role: Role, media: Sent) => void;
}

/** Of two pages the one with the higher rank opens their connection. */
const RANK: Record<Role, number> = { terminal: 0, invited: 1, counsellor: 2 };

export function createCalls(options: CallsOptions): Calls {
  const keepers = new Map<Role, CallKeeper>();
  /** Role by session, of everybody who was met. */
  const roles = new Map<string, Role>();
  let iceServers: readonly IceServer[] = [];

  function keeperOf(role: Role): CallKeeper {
    const known = keepers.get(role);
    if (known) return known;
    const keeper = createCallKeeper({
      opens: () => RANK[options.own() ?? 'terminal'] > RANK[role],
      stream: options.stream,
      tracks: options.tracks,
      send: options.send,
      media: options.media,
      onJoined: options.onJoined,
      onLeft: (session) => {
        roles.delete(session);
        options.onLeft(role, session);
      },
      onTracks: (tracks) => options.onTracks(role, tracks),
      onConnected: (connected) => options.onConnected(role, connected),
      onMedia: (media) => options.onMedia(role, media),
    });
    keeper.setIceServers(iceServers);
    keepers.set(role, keeper);
    return keeper;
  }

  function meet(peer: Peer): void {
    roles.set(peer.session, peer.role);
    keeperOf(peer.role).meet(peer);
  }

  function known(session: string): CallKeeper | undefined {
    const role = roles.get(session);
    return role && keepers.get(role);
  }

  return {
    setIceServers(servers) {
      iceServers = servers;
      for (const keeper of keepers.values()) keeper.setIceServers(servers);
    },
    seated(peers) {
      const there = new Set(peers.map(({ session }) => session));
      for (const session of [...roles.keys()]) if (!there.has(session)) known(session)?.away(session);
      for (const peer of peers) meet(peer);
    },
    meet,
    receive: (from, data) => known(from)?.receive(from, data),
    left: (session) => known(session)?.left(session),
    away: (session) => known(session)?.away(session),
    setTrack(kind, track) {
      for (const keeper of keepers.values()) keeper.setTrack(kind, track);
    },
    connectionTo: (role) => keepers.get(role)?.connection() ?? null,
    close() {
      for (const keeper of keepers.values()) keeper.close();
    },
  };
}
