/**
 * One call through the IFrame API, watched: the API tells who comes and goes, but has no event for a picture that
 * stopped, so the connection is asked as well where the deployment can answer.
 */
import { z } from 'zod';
import type { RoomDevices } from './ipc.ts';
import type { JitsiApi } from './jitsi-api.ts';
import type { RoomFailure } from './room.ts';

/** What this side lets the other one hear and see. */
export interface SentMedia {
  readonly audio: boolean;
  readonly video: boolean;
}

/** Someone in the room besides oneself, as the deployment names them: a stranger's word. */
export interface OtherPerson {
  readonly id: string;
  readonly name: string;
}

export type CallNews =
  | { readonly type: 'joined' }
  /** Someone else is there and what they send arrives. */
  | { readonly type: 'live' }
  | { readonly type: 'lost' }
  /** The deployment has given this call up, whatever is still seen of it: another room, at once. */
  | { readonly type: 'broken' }
  /** The room let this participant go; rejoining is for whoever holds the ticket. */
  | { readonly type: 'left' }
  | { readonly type: 'failed'; readonly why: RoomFailure; readonly origin: string }
  /** What this deployment does not know of what is used of it. */
  | { readonly type: 'drift'; readonly missing: readonly string[] }
  /** Everyone else in the room, at each change. One is expected. */
  | { readonly type: 'others'; readonly others: readonly OtherPerson[] }
  /** What somebody else says, as far as it is understood: the same `id` again is the same sentence, further on. */
  | { readonly type: 'said'; readonly id: string; readonly text: string }
  | { readonly type: 'muted'; readonly audio: boolean; readonly video: boolean }
  | { readonly type: 'noCamera' }
  | { readonly type: 'noMicrophone' };

export interface CallOptions {
  readonly api: JitsiApi;
  readonly devices: RoomDevices;
  /** Of the deployment. */
  readonly origin: string;
  readonly sent: SentMedia;
  /** What is said is asked for in writing, where the deployment can. */
  readonly subtitles: boolean;
  /** Of the room, or null. */
  readonly password: string | null;
  /** Calls back every `ms` until the function it returns is called. */
  readonly every: (ms: number, tick: () => void) => () => void;
  readonly onNews: (news: CallNews) => void;
}

/** ms between two questions: until it is live, and from then on. */
const EAGER = 100;
const CALM = 500;
/** Answers in a row without anything arriving before the call counts as lost. */
const SILENT_ANSWERS = 3;
/** Answers in a row that never come: an older deployment; then presence alone counts. */
const UNANSWERED = 20;

const muteStatus = z.object({ muted: z.boolean() });
/** The handbook has these at the top; Jitsi Meet sends them one level deeper. */
const errorFields = z.object({ name: z.string().optional(), isFatal: z.boolean().optional() });
const errorStatus = z.union([z.object({ error: errorFields }).transform(({ error }) => error), errorFields]);
const LOCKED = 'conference.passwordRequired';
/** A ticket that is refused is not fatal to Jitsi Meet, which would ask the person for another one. */
const REFUSALS: ReadonlySet<string> = new Set([
  'connection.passwordRequired',
  'conference.connectionError.notAllowed',
  'conference.authenticationRequired',
  'conference.connectionError.accessDenied',
  'conference.connectionError.membersOnly',
  LOCKED,
  'conference.max_users',
  'conference.destroyed',
]);
const role = z.object({ id: z.string(), role: z.string() });
const self = z.object({ id: z.string() });
const stats = z.object({
  iceConnected: z.boolean().optional(),
  /** Kilobits a second; left out before the first count. */
  bitrate: z.object({ download: z.number().nullable() }).optional(),
});
const currentDevices = z.object({
  audioInput: z.object({ label: z.string() }).optional(),
  audioOutput: z.object({ label: z.string() }).optional(),
  videoInput: z.object({ label: z.string() }).optional(),
});
const deviceLists = z.object({
  devices: z.record(
    z.enum(['audioInput', 'audioOutput', 'videoInput']),
    z.array(z.object({ label: z.string() })),
  ),
});
/** The handbook has it at the top; Jitsi Meet has sent it one level deeper. `final` and the others replace each other. */
const words = z.string().max(2_000);
const chunkFields = z.object({
  messageID: z.string().max(200),
  participant: z.object({ id: z.string().max(500).optional() }).optional(),
  final: words.optional(),
  stable: words.optional(),
  unstable: words.optional(),
});
const chunk = z.union([z.object({ data: chunkFields }).transform(({ data }) => data), chunkFields]);
const person = z.object({ id: z.string().max(500), displayName: z.string().optional() });
/** More than the counsellor would ever look at. */
const MOST_OTHERS = 20;
const NAME_LENGTH = 120;

export interface WatchedCall {
  readonly send: (media: SentMedia) => void;
  readonly setSubtitles: (on: boolean) => void;
  /** The API object itself stays the caller's. */
  readonly stop: () => void;
}

/** Watches a call that was just made. */
export function watchCall({
  api,
  devices,
  origin,
  sent,
  subtitles,
  password,
  every,
  onNews,
}: CallOptions): WatchedCall {
  const others = new Map<string, string>();
  let wanted = sent;
  let written = subtitles;
  let live = false;
  let silent = 0;
  let asking = false;
  let unanswered = 0;
  let muted = { audio: false, video: false };
  let stopped = false;
  let joined = false;
  let lockMet = false;
  let ownId = '';
  let stopTicking = every(EAGER, tick);

  function say(news: CallNews): void {
    if (!stopped) onNews(news);
  }

  function setLive(next: boolean): void {
    if (next === live) return;
    live = next;
    silent = 0;
    stopTicking();
    stopTicking = every(live ? CALM : EAGER, tick);
    say({ type: live ? 'live' : 'lost' });
  }

  function tick(): void {
    if (others.size === 0) return;
    if (!api.isP2pActive && !api.getConnectionStats) {
      setLive(true);
      return;
    }
    if (asking) {
      unanswered += 1;
      if (unanswered > UNANSWERED && !live) setLive(true);
      return;
    }
    asking = true;
    isCarried(api).then(
      (carried) => {
        asking = false;
        unanswered = 0;
        if (stopped || others.size === 0) return;
        silent = carried ? 0 : silent + 1;
        if (carried) setLive(true);
        else if (silent >= SILENT_ANSWERS) setLive(false);
      },
      () => {
        asking = false;
        if (!stopped && others.size > 0) setLive(true);
      },
    );
  }

  function tellMuted(change: Partial<typeof muted>): void {
    muted = { ...muted, ...change };
    say({ type: 'muted', ...muted });
  }

  function tellOthers(): void {
    say({ type: 'others', others: [...others].map(([id, name]) => ({ id, name })) });
  }

  /**
   * Only toggles exist, and a deployment may start muted by a previous state: look first. The answer is looked at again
   * at each change that the deployment tells, so that what is wanted and what is sent never stay apart.
   */
  function settle(kind: 'audio' | 'video', toggle: 'toggleAudio' | 'toggleVideo'): void {
    const ask = kind === 'audio' ? api.isAudioMuted : api.isVideoMuted;
    ask.call(api).then(
      (answer) => {
        if (typeof answer !== 'boolean' || stopped) return;
        // Starting muted is no change, of which the deployment would tell.
        if (answer !== muted[kind]) tellMuted({ [kind]: answer });
        if (answer === wanted[kind]) api.executeCommand(toggle);
      },
      () => undefined,
    );
  }

  /** Not shown by the deployment's own page: this project's own words stand in very large type. */
  function write(): void {
    api.executeCommand('setSubtitles', written, false, 'fr');
  }

  function settleBoth(): void {
    settle('audio', 'toggleAudio');
    settle('video', 'toggleVideo');
  }

  const on = <T>(
    event: Parameters<JitsiApi['addListener']>[0],
    schema: z.ZodType<T>,
    act: (data: T) => void,
  ) =>
    api.addListener(event, (data) => {
      const parsed = schema.safeParse(data);
      if (parsed.success && !stopped) act(parsed.data);
    });

  on('videoConferenceJoined', self.catch({ id: '' }), ({ id }) => {
    ownId = id;
    joined = true;
    lockMet = false;
    say({ type: 'joined' });
    settleBoth();
    if (written) write();
  });
  // Where nobody is kept out by a token, whoever is moderator locks the room; the other one has the key.
  on('participantRoleChanged', role, (now) => {
    if (password !== null && now.role === 'moderator' && (now.id === ownId || now.id === 'local')) {
      api.executeCommand('password', password);
    }
  });
  on('passwordRequired', z.unknown(), () => {
    if (password !== null) api.executeCommand('password', password);
  });
  on('participantJoined', person, ({ id, displayName = '' }) => {
    if (others.size < MOST_OTHERS) others.set(id, displayName.slice(0, NAME_LENGTH));
    tellOthers();
    tick();
  });
  on('participantLeft', person, ({ id }) => {
    others.delete(id);
    tellOthers();
    if (others.size === 0) setLive(false);
  });
  on('videoConferenceLeft', z.unknown(), () => {
    joined = false;
    others.clear();
    tellOthers();
    setLive(false);
    say({ type: 'left' });
  });
  on('errorOccurred', errorStatus, ({ isFatal, name = '' }) => {
    // A locked room says so before it is given the password; a second time means that it is the wrong one.
    if (name === LOCKED && password !== null && !lockMet) lockMet = true;
    else if (REFUSALS.has(name)) say({ type: 'failed', why: 'refused', origin });
    // A room that had been joined: the server was away, and is back. Jitsi Meet would load its page again half a minute
    // later, with pictures going on till then.
    else if (isFatal) say(joined ? { type: 'broken' } : { type: 'failed', why: 'refused', origin });
  });
  on('audioMuteStatusChanged', muteStatus, (status) => {
    tellMuted({ audio: status.muted });
    if (joined && status.muted === wanted.audio) settle('audio', 'toggleAudio');
  });
  on('videoMuteStatusChanged', muteStatus, (status) => {
    tellMuted({ video: status.muted });
    if (joined && status.muted === wanted.video) settle('video', 'toggleVideo');
  });
  on('transcriptionChunkReceived', chunk, ({ messageID, participant, final, stable = '', unstable = '' }) => {
    const text = (final ?? `${stable}${unstable}`).trim();
    // One's own words are no help.
    if (written && text !== '' && participant?.id !== ownId) say({ type: 'said', id: messageID, text });
  });
  on('cameraError', z.unknown(), () => say({ type: 'noCamera' }));
  on('micError', z.unknown(), () => say({ type: 'noMicrophone' }));
  on('deviceListChanged', deviceLists, ({ devices: lists }) => chooseAgain(api, devices, lists));

  return {
    send(media) {
      wanted = media;
      if (joined) settleBoth();
    },
    setSubtitles(on) {
      if (on === written) return;
      written = on;
      if (joined) write();
    },
    stop() {
      stopped = true;
      stopTicking();
    },
  };
}

async function isCarried(api: JitsiApi): Promise<boolean> {
  const parsed = api.getConnectionStats ? stats.safeParse(await api.getConnectionStats()) : null;
  // Jitsi Meet goes on saying that it is peer to peer after the other side is gone.
  if (parsed?.data?.iceConnected === false) return false;
  if (api.isP2pActive && (await api.isP2pActive()) === true) return true;
  return (parsed?.data?.bitrate?.download ?? 0) > 0;
}

/** A chosen device that was plugged in again is set again. */
function chooseAgain(
  api: JitsiApi,
  wanted: RoomDevices,
  lists: Partial<Record<'audioInput' | 'audioOutput' | 'videoInput', readonly { label: string }[]>>,
): void {
  api.getCurrentDevices().then(
    (answer) => {
      const current = currentDevices.safeParse(answer).data;
      const settle = (
        list: 'audioInput' | 'audioOutput' | 'videoInput',
        label: string | null,
        set: (label: string) => Promise<unknown>,
      ) => {
        const there = label !== null && lists[list]?.some((device) => device.label === label);
        if (there && current?.[list]?.label !== label) set(label).catch(() => undefined);
      };
      settle('videoInput', wanted.camera, (label) => api.setVideoInputDevice(label));
      settle('audioInput', wanted.microphone, (label) => api.setAudioInputDevice(label));
      settle('audioOutput', wanted.speaker, (label) => api.setAudioOutputDevice(label));
    },
    () => undefined,
  );
}
