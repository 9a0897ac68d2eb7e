/** What this page uses of Jitsi's two scripts, which come without types that fit: lib-jitsi-meet and the transport. */
import type { RoomPageSettings } from './settings.ts';

type Listener = (...list: never[]) => void;

export interface Emitter {
  addEventListener: (event: string, listener: Listener) => void;
}

export interface JitsiTrack extends Emitter {
  getType: () => 'audio' | 'video';
  isLocal: () => boolean;
  isMuted: () => boolean;
  mute: () => Promise<void>;
  unmute: () => Promise<void>;
  dispose: () => Promise<void>;
  getDeviceId: () => string;
  getParticipantId: () => string;
  getTrack: () => MediaStreamTrack | null;
  attach: (element: HTMLElement) => void;
  detach: (element: HTMLElement) => void;
}

export interface JitsiParticipant {
  getId: () => string;
  getDisplayName: () => string | undefined;
  getRole: () => string;
  getJid: () => string;
}

export interface JitsiConference {
  on: (event: string, listener: Listener) => void;
  join: (password?: string) => void;
  /** Moderators only. */
  lock: (password: string) => Promise<void>;
  leave: () => Promise<unknown>;
  setDisplayName: (name: string) => void;
  addTrack: (track: JitsiTrack) => Promise<unknown>;
  replaceTrack: (old: JitsiTrack | null, next: JitsiTrack | null) => Promise<unknown>;
  myUserId: () => string;
  isP2PActive: () => boolean;
  getConnectionState: () => string | null;
  getParticipants: () => JitsiParticipant[];
  getRole: () => string;
  kickParticipant: (id: string) => void;
  muteParticipant: (id: string, medium: 'audio' | 'video') => void;
}

export interface JitsiConnection extends Emitter {
  connect: () => void;
  disconnect: () => Promise<unknown>;
  initJitsiConference: (room: string, options: object) => JitsiConference;
}

interface MediaDevices extends Emitter {
  enumerateDevices: (done: (devices: MediaDeviceInfo[]) => void) => void;
  isDeviceChangeAvailable: (kind: string | undefined) => boolean;
  setAudioOutputDevice: (id: string) => Promise<void>;
  getAudioOutputDevice: () => string;
}

type Names<Key extends string> = Readonly<Record<Key, string>>;

export interface JitsiMeet {
  init: (options: object) => void;
  setLogLevel: (level: string) => void;
  logLevels: Names<'ERROR'>;
  JitsiConnection: new (app: null, token: string | null, options: object) => JitsiConnection;
  createLocalTracks: (options: object) => Promise<JitsiTrack[]>;
  isMultipleAudioInputSupported: () => boolean;
  mediaDevices: MediaDevices;
  events: {
    connection: Names<'CONNECTION_ESTABLISHED' | 'CONNECTION_FAILED'>;
    conference: Names<
      | 'CONFERENCE_JOINED'
      | 'CONFERENCE_FAILED'
      | 'USER_JOINED'
      | 'USER_LEFT'
      | 'USER_ROLE_CHANGED'
      | 'KICKED'
      | 'PARTICIPANT_KICKED'
      | 'P2P_STATUS'
      | 'TRACK_ADDED'
      | 'TRACK_REMOVED'
      | 'TRACK_MUTE_CHANGED'
      | 'SUSPEND_DETECTED'
    >;
    connectionQuality: Names<'LOCAL_STATS_UPDATED'>;
    mediaDevices: Names<'DEVICE_LIST_CHANGED'>;
    track: Names<'LOCAL_TRACK_STOPPED'>;
  };
}

export interface Transport {
  on: (
    event: 'event' | 'request',
    listener: (message: never, answer: (result: unknown) => void) => boolean,
  ) => void;
  sendEvent: (event: object) => void;
  dispose: () => void;
}

declare global {
  interface Window {
    readonly JitsiMeetJS: JitsiMeet;
    readonly JitsiTransport: {
      readonly Transport: new (options: { backend: object }) => Transport;
      readonly PostMessageTransportBackend: new (options: { postisOptions: { scope: string } }) => object;
    };
    readonly roomSettings: RoomPageSettings;
  }
}
