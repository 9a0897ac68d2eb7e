/**
 * Camera and microphone: chosen by label, taken again when a chosen one is plugged in again, replaced by whatever is
 * left when one is pulled out. The sound is one channel with echo cancellation, because there is a loudspeaker and no
 * headset.
 */
import type { DeviceLists } from './bridge-contract.ts';

export type MediaKind = 'audio' | 'video';
export type DeviceList = keyof DeviceLists;
export type Wishes = Record<DeviceList, string | null>;

export interface OwnMedia {
  readonly tracks: () => { audio: MediaStreamTrack | null; video: MediaStreamTrack | null };
  readonly isMuted: (kind: MediaKind) => boolean;
  readonly isAvailable: (kind: MediaKind) => boolean;
  readonly toggle: (kind: MediaKind) => void;
  readonly devices: () => DeviceLists;
  /** The devices in use, as getCurrentDevices gives them. */
  readonly current: () => Partial<Record<DeviceList, DeviceLists[DeviceList][number]>>;
  /** Device id of the chosen loudspeaker; empty = the system's default. */
  readonly speaker: () => string;
  /** By label or, failing that, by id. */
  readonly choose: (list: DeviceList, label: string | null, id: string | null) => Promise<void>;
  readonly stop: () => void;
}

export interface OwnMediaOptions {
  readonly wishes: Wishes;
  readonly startMuted: Record<MediaKind, boolean>;
  readonly onTrack: (kind: MediaKind, track: MediaStreamTrack | null) => void;
  readonly onMuted: (kind: MediaKind, muted: boolean) => void;
  readonly onAvailable: (kind: MediaKind, available: boolean) => void;
  readonly onTrouble: (kind: MediaKind, error: DOMException) => void;
  readonly onDevices: (devices: DeviceLists) => void;
}

const inputs = { audio: 'audioInput', video: 'videoInput' } as const;
const kinds = ['audio', 'video'] as const;

export function openOwnMedia(options: OwnMediaOptions): OwnMedia {
  const wishes = { ...options.wishes };
  const muted = { ...options.startMuted };
  const tracks: Record<MediaKind, MediaStreamTrack | null> = { audio: null, video: null };
  const available: Record<MediaKind, boolean> = { audio: true, video: true };
  let devices: DeviceLists = { audioInput: [], audioOutput: [], videoInput: [] };
  let listed = false;
  let stopped = false;
  /** One acquisition at a time: two that overlap would leave a camera open that nobody holds. */
  let inOrder: Promise<void> = Promise.resolve();

  const idOf = (list: DeviceList) => devices[list].find(({ label }) => label === wishes[list])?.deviceId;

  function constraint(kind: MediaKind): MediaTrackConstraints {
    const id = idOf(inputs[kind]);
    const device = id ? { deviceId: { exact: id } } : {};
    return kind === 'audio'
      ? { ...device, echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 }
      : { ...device, width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 30 } };
  }

  async function list(): Promise<void> {
    const found = await navigator.mediaDevices.enumerateDevices();
    const of = (kind: MediaDeviceKind) =>
      found
        .filter((device) => device.kind === kind)
        .map(({ deviceId, groupId, label }) => ({ deviceId, groupId, kind, label: label.slice(0, 200) }));
    listed = true;
    devices = { audioInput: of('audioinput'), audioOutput: of('audiooutput'), videoInput: of('videoinput') };
    options.onDevices(devices);
  }

  function hold(kind: MediaKind, track: MediaStreamTrack | null): void {
    if (stopped) {
      track?.stop();
      return;
    }
    tracks[kind]?.stop();
    tracks[kind] = track;
    if (track) {
      track.enabled = !muted[kind];
      // Pulled out: whatever is left takes over, or the other side is told that there is nothing.
      track.onended = () => queue(settle);
      if (kind === 'video') track.contentHint = 'motion';
    }
    options.onTrack(kind, track);
    const now = track !== null || (kind === 'video' && muted.video && devices.videoInput.length > 0);
    if (now !== available[kind]) {
      available[kind] = now;
      options.onAvailable(kind, now);
    }
  }

  async function take(wanted: readonly MediaKind[]): Promise<void> {
    // A muted camera is switched off, its light too.
    const asked = wanted.filter((kind) => !(kind === 'video' && muted.video));
    const missing = listed ? asked.filter((kind) => devices[inputs[kind]].length === 0) : [];
    for (const kind of missing) lacks(kind, new DOMException('No device.', 'NotFoundError'));
    const present = asked.filter((kind) => !missing.includes(kind));
    if (present.length === 0 || stopped) return;
    try {
      // Asked for together, so that a browser puts one question and not two.
      const stream = await navigator.mediaDevices.getUserMedia(
        Object.fromEntries(present.map((kind) => [kind, constraint(kind)])),
      );
      for (const kind of present) {
        const [track] = kind === 'audio' ? stream.getAudioTracks() : stream.getVideoTracks();
        hold(kind, track ?? null);
      }
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      const [only] = present;
      if (present.length === 1 && only) lacks(only, error);
      // One of the two may be held by another program: the other must not suffer from it.
      else for (const kind of present) await take([kind]);
    }
  }

  function lacks(kind: MediaKind, error: DOMException): void {
    hold(kind, null);
    options.onTrouble(kind, error);
  }

  /** Takes what a plugged or unplugged device changes, and only that. */
  async function settle(): Promise<void> {
    await list();
    const changed = kinds.filter((kind) => {
      const track = tracks[kind];
      if (!track) return devices[inputs[kind]].length > 0;
      if (track.readyState === 'ended') return true;
      const wished = idOf(inputs[kind]);
      return wished !== undefined && wished !== track.getSettings().deviceId;
    });
    if (changed.length > 0) await take(changed);
  }

  function queue(work: () => Promise<void>): void {
    inOrder = inOrder.then(work).catch((error: unknown) => {
      console.error('Camera or microphone:', error instanceof Error ? error.name : 'unknown');
    });
  }

  const onDeviceChange = () => queue(settle);
  navigator.mediaDevices.addEventListener('devicechange', onDeviceChange);
  // Where any will do, none need be looked up before it is asked for.
  const choosy = wishes.audioInput !== null || wishes.videoInput !== null;
  if (choosy) queue(list);
  queue(() => take(kinds));
  // Labels are hidden until a first permission: a wish may only now be recognised.
  queue(settle);

  return {
    tracks: () => tracks,
    isMuted: (kind) => muted[kind],
    isAvailable: (kind) => available[kind],
    toggle(kind) {
      muted[kind] = !muted[kind];
      if (kind === 'audio') {
        if (tracks.audio) tracks.audio.enabled = !muted.audio;
      } else if (muted.video) queue(async () => hold('video', null));
      else queue(() => take(['video']));
      options.onMuted(kind, muted[kind]);
    },
    devices: () => devices,
    current() {
      const used = (list: DeviceList, id: string | undefined) => {
        const found = devices[list].find(({ deviceId }) => deviceId === id) ?? devices[list].at(0);
        return found && id !== undefined ? { [list]: found } : {};
      };
      return {
        ...used('audioInput', tracks.audio?.getSettings().deviceId),
        ...used('videoInput', tracks.video?.getSettings().deviceId),
        ...used('audioOutput', idOf('audioOutput') ?? 'default'),
      };
    },
    speaker: () => idOf('audioOutput') ?? '',
    async choose(listName, label, id) {
      wishes[listName] = label ?? devices[listName].find((device) => device.deviceId === id)?.label ?? null;
      queue(settle);
      await inOrder;
    },
    stop() {
      stopped = true;
      navigator.mediaDevices.removeEventListener('devicechange', onDeviceChange);
      for (const kind of kinds) tracks[kind]?.stop();
    },
  };
}
