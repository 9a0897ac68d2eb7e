/**
 * What this project uses of the Jitsi Meet IFrame API, in one place, with its source. Everything that it answers comes
 * from a deployment's server and is checked before it is believed.
 * https://jitsi.github.io/handbook/docs/dev-guide/dev-guide-iframe (functions, commands, events)
 */
import { z } from 'zod';
import type { RoomDevices } from './ipc.ts';
import type { RoomTicket } from './protocol/views.ts';

export const jitsiEvents = [
  'videoConferenceJoined',
  'videoConferenceLeft',
  'participantJoined',
  'participantLeft',
  'participantRoleChanged',
  'passwordRequired',
  'audioMuteStatusChanged',
  'videoMuteStatusChanged',
  'cameraError',
  'micError',
  'deviceListChanged',
  'errorOccurred',
  'transcriptionChunkReceived',
  'readyToClose',
] as const;
export type JitsiEvent = (typeof jitsiEvents)[number];

export const jitsiCommands = [
  'hangup',
  'toggleAudio',
  'toggleVideo',
  'kickParticipant',
  'password',
  'setSubtitles',
] as const;
export type JitsiCommand = (typeof jitsiCommands)[number];

export interface JitsiApi {
  readonly addListener: (event: JitsiEvent, listener: (data: unknown) => void) => void;
  readonly executeCommand: (command: JitsiCommand, ...list: readonly (string | boolean)[]) => void;
  readonly dispose: () => void;
  readonly isAudioMuted: () => Promise<unknown>;
  readonly isVideoMuted: () => Promise<unknown>;
  readonly getCurrentDevices: () => Promise<unknown>;
  readonly setVideoInputDevice: (label: string, id?: string) => Promise<unknown>;
  readonly setAudioInputDevice: (label: string, id?: string) => Promise<unknown>;
  readonly setAudioOutputDevice: (label: string, id?: string) => Promise<unknown>;
  readonly getSupportedCommands?: () => unknown;
  readonly getSupportedEvents?: () => unknown;
  /** Newer deployments only. */
  readonly isP2pActive?: () => Promise<unknown>;
  /** Newer deployments only. */
  readonly getConnectionStats?: () => Promise<unknown>;
}

/** The constructor's options; Node is the page's HTMLElement. */
export interface JitsiOptions<Node> {
  readonly roomName: string;
  readonly parentNode: Node;
  readonly width: string;
  readonly height: string;
  readonly lang: 'fr';
  readonly jwt?: string;
  readonly userInfo: { readonly displayName: string };
  readonly devices: {
    readonly audioInput?: string;
    readonly audioOutput?: string;
    readonly videoInput?: string;
  };
  readonly configOverwrite: Record<string, unknown>;
  readonly interfaceConfigOverwrite: Record<string, unknown>;
}
/** `domain`: host[:port]. */
export interface JitsiConstructor<Node> {
  new (domain: string, options: JitsiOptions<Node>): JitsiApi;
  /** The built-in room's alone: its page loaded ahead in the place of the next call. @returns what ends it. */
  readonly warm?: (domain: string, parentNode: Node) => () => void;
}

export interface CallSetting<Node> {
  readonly ticket: RoomTicket;
  readonly displayName: string;
  readonly parentNode: Node;
  readonly devices: RoomDevices;
  /** What is cut now stays cut in a new room: not even opened there. */
  readonly sent: { readonly audio: boolean; readonly video: boolean };
  /** The counsellor sees himself small; the resident does not. */
  readonly selfView: boolean;
  /** Whether the deployment may write on the picture. */
  readonly texts: boolean;
}

/** A call that starts by itself and shows nothing but faces. Keys of config.js of Jitsi Meet. */
export function jitsiOptions<Node>(setting: CallSetting<Node>): JitsiOptions<Node> {
  const { camera, microphone, speaker } = setting.devices;
  return {
    roomName: setting.ticket.room,
    parentNode: setting.parentNode,
    width: '100%',
    height: '100%',
    lang: 'fr',
    ...(setting.ticket.jwt === null ? {} : { jwt: setting.ticket.jwt }),
    userInfo: { displayName: setting.displayName },
    devices: {
      ...(microphone === null ? {} : { audioInput: microphone }),
      ...(speaker === null ? {} : { audioOutput: speaker }),
      ...(camera === null ? {} : { videoInput: camera }),
    },
    configOverwrite: {
      prejoinConfig: { enabled: false },
      disableDeepLinking: true,
      startWithAudioMuted: !setting.sent.audio,
      startWithVideoMuted: !setting.sent.video,
      toolbarButtons: [],
      ...(setting.texts ? {} : { notifications: [] }),
      disableSelfView: !setting.selfView,
      hideConferenceSubject: true,
      hideConferenceTimer: true,
      hideParticipantsStats: true,
      disablePolls: true,
      disableReactions: true,
      disableChat: true,
      disableTileView: true,
      disableThirdPartyRequests: true,
      disableModeratorIndicator: true,
      disableInviteFunctions: true,
      doNotStoreRoom: true,
      enableClosePage: false,
      enableWelcomePage: false,
      feedbackPercentage: 0,
      p2p: { enabled: true },
      /** ms between two counts of what arrives; its default of ten seconds is as long as a call is lost for. */
      pcStatsInterval: 2_000,
      // One loudspeaker in a room: echo cancellation, one channel.
      disableAP: false,
      stereo: false,
      audioQuality: { stereo: false },
    },
    interfaceConfigOverwrite: {
      SHOW_JITSI_WATERMARK: false,
      SHOW_CHROME_EXTENSION_BANNER: false,
      DISABLE_VIDEO_BACKGROUND: true,
      MOBILE_APP_PROMO: false,
    },
  };
}

const names = z.array(z.string());

/** Commands and events that this project uses and this deployment does not know (any more). Jitsi renames things. */
export function missingFrom(api: JitsiApi): string[] {
  const lacks = (used: readonly string[], supported: unknown) => {
    const known = names.safeParse(supported);
    return known.success ? used.filter((name) => !known.data.includes(name)) : [];
  };
  return [
    ...lacks(jitsiCommands, api.getSupportedCommands?.()),
    ...lacks(jitsiEvents, api.getSupportedEvents?.()),
  ];
}
