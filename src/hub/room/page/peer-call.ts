/**
 * One peer connection. One page opens it and does not yield; the other is the polite one of the "perfect negotiation"
 * pattern (W3C WebRTC 1.0, 10.7). Both media are negotiated at once, before any camera has answered: a track that comes
 * later needs no new negotiation.
 */
import type { IceServer, SignalData } from '../signal-contract.ts';

export type OwnTracks = { readonly audio: MediaStreamTrack | null; readonly video: MediaStreamTrack | null };

export interface PeerCall {
  readonly call: string;
  readonly connection: RTCPeerConnection;
  readonly receive: (data: SignalData) => void;
  readonly setTrack: (kind: 'audio' | 'video', track: MediaStreamTrack | null) => void;
  /** Says the offer that nobody answered once more, with every candidate found since. */
  readonly repeat: () => void;
  readonly close: () => void;
}

export interface PeerCallOptions {
  readonly call: string;
  readonly opens: boolean;
  readonly iceServers: readonly IceServer[];
  /** Carries the tracks' common name, which is what keeps lips and voice together on the other side. */
  readonly stream: MediaStream;
  readonly tracks: () => OwnTracks;
  readonly send: (data: SignalData) => void;
  readonly onTrack: (track: MediaStreamTrack) => void;
  readonly onState: (state: RTCPeerConnectionState) => void;
  /** The negotiation broke down: this connection is of no more use. */
  readonly onBroken: () => void;
}

export function openPeerCall(options: PeerCallOptions): PeerCall {
  const { call, opens, send } = options;
  const connection = new RTCPeerConnection({
    iceServers: options.iceServers.map(({ urls, username, credential }) => ({
      urls,
      ...(username === undefined ? {} : { username }),
      ...(credential === undefined ? {} : { credential }),
    })),
    bundlePolicy: 'max-bundle',
  });
  let makingOffer = false;
  let ignoringOffer = false;
  let closed = false;
  /** Descriptions and candidates are applied in the order in which they came. */
  let inOrder: Promise<void> = Promise.resolve();

  function broken(): void {
    if (!closed) options.onBroken();
  }

  function attach(): void {
    const own = options.tracks();
    for (const transceiver of connection.getTransceivers()) {
      const { sender } = transceiver;
      const kind = transceiver.receiver.track.kind === 'audio' ? 'audio' : 'video';
      transceiver.direction = 'sendrecv';
      sender.setStreams(options.stream);
      if (sender.track !== own[kind]) sender.replaceTrack(own[kind]).catch(broken);
    }
  }

  function sayDescription(): void {
    const description = connection.localDescription;
    if (description?.type === 'offer' || description?.type === 'answer') {
      send({ kind: 'description', call, type: description.type, sdp: description.sdp });
    }
  }

  async function describe(): Promise<void> {
    await connection.setLocalDescription();
    sayDescription();
  }

  async function negotiate(): Promise<void> {
    makingOffer = true;
    try {
      await describe();
    } finally {
      makingOffer = false;
    }
  }

  async function apply(data: SignalData): Promise<void> {
    if (closed) return;
    if (data.kind === 'description') {
      const collides = data.type === 'offer' && (makingOffer || connection.signalingState !== 'stable');
      ignoringOffer = opens && collides;
      if (ignoringOffer) return;
      await connection.setRemoteDescription({ type: data.type, sdp: data.sdp });
      if (data.type !== 'offer') return;
      attach();
      await describe();
    } else if (data.kind === 'candidate') {
      const { candidate, sdpMid, sdpMLineIndex, usernameFragment } = data;
      try {
        await connection.addIceCandidate({ candidate, sdpMid, sdpMLineIndex, usernameFragment });
      } catch (error) {
        // A candidate of an offer that was ignored, or of a negotiation already replaced, fits nothing any more.
        if (!ignoringOffer && connection.signalingState === 'stable') {
          console.warn('A candidate did not fit.', error instanceof Error ? error.name : '');
        }
      }
    }
  }

  connection.onnegotiationneeded = () => {
    negotiate().catch(broken);
  };
  connection.onicecandidate = ({ candidate }) => {
    if (!candidate?.candidate) return;
    const { sdpMid, sdpMLineIndex, usernameFragment } = candidate;
    send({
      kind: 'candidate',
      call,
      candidate: candidate.candidate,
      sdpMid,
      sdpMLineIndex,
      usernameFragment,
    });
  };
  connection.ontrack = ({ track }) => options.onTrack(track);
  connection.onconnectionstatechange = () => {
    if (!closed) options.onState(connection.connectionState);
  };
  if (opens) {
    const own = options.tracks();
    for (const kind of ['audio', 'video'] as const) {
      connection.addTransceiver(own[kind] ?? kind, { direction: 'sendrecv', streams: [options.stream] });
    }
  }

  return {
    call,
    connection,
    receive(data) {
      inOrder = inOrder.then(() => apply(data)).catch(broken);
    },
    setTrack(kind, track) {
      for (const { sender, receiver } of connection.getTransceivers()) {
        if (receiver.track.kind === kind && sender.track !== track) sender.replaceTrack(track).catch(broken);
      }
    },
    repeat() {
      if (connection.signalingState === 'have-local-offer') sayDescription();
    },
    close() {
      closed = true;
      connection.close();
    },
  };
}
