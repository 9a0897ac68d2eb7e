/**
 * Keeps one call with whoever sits in one of the other chairs: through a signalling cut it goes on untouched, after a
 * network cut it restarts ICE, and where that does not help a new connection takes the old one's place. A page that was
 * loaded again is met at once. The last picture stays on screen until the next one is there.
 */
import type { IceServer, Peer, SignalData } from '../signal-contract.ts';
import { type OwnTracks, openPeerCall, type PeerCall } from './peer-call.ts';

/** ms. How long a first connection may take, on a slow line through a relay, before another is tried. */
const FIRST_PATIENCE = 9_000;
/** ms. How long an ICE restart may try to save a connection that was there. */
const RESCUE_PATIENCE = 2_500;
/** ms. An absent participant whose connection is dead as well has left. */
const GONE_AFTER = 6_000;

export interface CallKeeper {
  readonly setIceServers: (servers: readonly IceServer[]) => void;
  /** From `welcome` and `peer`: they sit there, now. */
  readonly meet: (peer: Peer) => void;
  readonly receive: (from: string, data: SignalData) => void;
  /** They hung up. */
  readonly left: (session: string) => void;
  /** Their socket broke. */
  readonly away: (session: string) => void;
  readonly setTrack: (kind: 'audio' | 'video', track: MediaStreamTrack | null) => void;
  readonly connection: () => RTCPeerConnection | null;
  readonly close: () => void;
}

export interface CallKeeperOptions {
  /** This page opens the connection, the other one answers. */
  readonly opens: () => boolean;
  readonly stream: MediaStream;
  readonly tracks: () => OwnTracks;
  readonly send: (to: string, data: SignalData) => void;
  readonly onJoined: (peer: Peer) => void;
  readonly onLeft: (session: string) => void;
  readonly onTracks: (tracks: readonly MediaStreamTrack[]) => void;
  readonly onConnected: (connected: boolean) => void;
  /** What the other one says it sends. */
  readonly onMedia: (media: { audio: boolean; video: boolean }) => void;
  /** Said to the other one whenever it appears. */
  readonly media: () => { audio: boolean; video: boolean };
}

export function createCallKeeper(options: CallKeeperOptions): CallKeeper {
  let peer: Peer | null = null;
  let present = false;
  let iceServers: readonly IceServer[] = [];
  let current: PeerCall | null = null;
  let watch = 0;
  let goneTimer = 0;

  const isConnected = () => current?.connection.connectionState === 'connected';
  const send = (data: SignalData) => {
    if (peer) options.send(peer.session, data);
  };

  function open(call: string): PeerCall {
    current?.close();
    const fresh = openPeerCall({
      call,
      opens: options.opens(),
      iceServers,
      stream: options.stream,
      tracks: options.tracks,
      send,
      onTrack: () => {
        const receivers = fresh.connection.getReceivers();
        if (fresh === current) options.onTracks(receivers.map(({ track }) => track));
      },
      onState: (state) => {
        if (fresh === current) changed(state);
      },
      onBroken: () => {
        if (fresh === current) renew();
      },
    });
    current = fresh;
    expectConnection();
    return fresh;
  }

  /** A new connection: made here, or asked of the one who makes them. */
  function renew(): void {
    if (!peer || !present) return;
    if (options.opens()) open(crypto.randomUUID());
    else {
      send({ kind: 'again', call: current?.call ?? null });
      expectConnection();
    }
  }

  function expectConnection(within = FIRST_PATIENCE): void {
    window.clearTimeout(watch);
    watch = window.setTimeout(() => {
      if (!isConnected()) renew();
    }, within);
  }

  function changed(state: RTCPeerConnectionState): void {
    options.onConnected(state === 'connected');
    if (state === 'connected') {
      window.clearTimeout(watch);
      window.clearTimeout(goneTimer);
    }
    if (state === 'disconnected' || state === 'failed') {
      if (options.opens()) current?.connection.restartIce();
      expectConnection(RESCUE_PATIENCE);
      if (!present) startGone();
    }
  }

  function startGone(): void {
    window.clearTimeout(goneTimer);
    goneTimer = window.setTimeout(() => {
      if (!present && !isConnected()) forget();
    }, GONE_AFTER);
  }

  function forget(): void {
    const gone = peer;
    peer = null;
    present = false;
    window.clearTimeout(watch);
    window.clearTimeout(goneTimer);
    current?.close();
    current = null;
    options.onConnected(false);
    if (gone) options.onLeft(gone.session);
  }

  return {
    setIceServers(servers) {
      iceServers = servers;
    },
    meet(next) {
      const same = peer?.session === next.session;
      if (peer && !same) options.onLeft(peer.session);
      peer = next;
      present = true;
      window.clearTimeout(goneTimer);
      if (!same) options.onJoined(next);
      send({ kind: 'media', ...options.media() });
      if (same && isConnected()) current?.repeat();
      else if (same || options.opens()) renew();
      else expectConnection();
    },
    receive(from, data) {
      if (from !== peer?.session) return;
      if (data.kind === 'media') return options.onMedia({ audio: data.audio, video: data.video });
      if (data.kind === 'again') {
        if (options.opens() && (data.call === null || data.call === current?.call)) renew();
        return;
      }
      if (data.call !== current?.call) {
        // Something late of a connection that was replaced, unless it opens the next one.
        if (options.opens() || data.kind !== 'description' || data.type !== 'offer') return;
        open(data.call);
      }
      current?.receive(data);
    },
    left(session) {
      if (session === peer?.session) forget();
    },
    away(session) {
      if (session !== peer?.session) return;
      present = false;
      if (!isConnected()) startGone();
    },
    setTrack: (kind, track) => current?.setTrack(kind, track),
    connection: () => current?.connection ?? null,
    close() {
      peer = null;
      present = false;
      window.clearTimeout(watch);
      window.clearTimeout(goneTimer);
      current?.close();
      current = null;
    },
  };
}
