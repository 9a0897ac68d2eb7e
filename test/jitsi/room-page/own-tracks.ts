/** Camera and microphone through lib-jitsi-meet, chosen and chosen again by label as Jitsi Meet does. */
import type { JitsiTrack } from './jitsi-globals.ts';

export type Medium = 'audio' | 'video';
export type DeviceList = 'audioInput' | 'audioOutput' | 'videoInput';
export type DeviceLists = Partial<Record<DeviceList, MediaDeviceInfo[]>>;

export interface OwnTracks {
  /** Opens those that do not start muted. */
  readonly open: () => Promise<void>;
  readonly all: () => readonly JitsiTrack[];
  readonly isMuted: (medium: Medium) => boolean;
  readonly toggle: (medium: Medium) => Promise<void>;
  /** Answers once labels may be read, which takes a camera or microphone that was opened. */
  readonly devices: () => Promise<DeviceLists>;
  readonly current: () => Promise<Partial<Record<DeviceList, MediaDeviceInfo>>>;
  /** False for a device that is not there. */
  readonly choose: (list: DeviceList, label: string | undefined, id: string | undefined) => Promise<boolean>;
}

export interface OwnTracksOptions {
  readonly startMuted: Readonly<Record<Medium, boolean>>;
  /** Labels. */
  readonly wishes: Readonly<Record<DeviceList, string | null>>;
  readonly resolution: number;
  /** The old one is closed once this is done. */
  readonly onReplaced: (medium: Medium, old: JitsiTrack | null, next: JitsiTrack) => Promise<void>;
  readonly onMuted: (medium: Medium, muted: boolean) => void;
  readonly onTrouble: (medium: Medium, error: Error) => void;
  readonly onDevices: (devices: DeviceLists) => void;
}

const media = ['audio', 'video'] as const;
const lists: Readonly<Record<MediaDeviceKind, DeviceList>> = {
  audioinput: 'audioInput',
  audiooutput: 'audioOutput',
  videoinput: 'videoInput',
};

export function openOwnTracks(options: OwnTracksOptions): OwnTracks {
  const { JitsiMeetJS } = window;
  const wishes = { ...options.wishes };
  const tracks: Record<Medium, JitsiTrack | null> = { audio: null, video: null };
  /** As it was ordered: a camera that was pulled out calls itself muted as well. Without a track it is. */
  const muted: Record<Medium, boolean> = { audio: true, video: true };
  let known: DeviceLists = {};
  let tellLabels: () => void = () => undefined;
  const labels = new Promise<void>((resolve) => {
    tellLabels = resolve;
  });
  /** One change at a time: two that overlap would leave a camera open that nobody holds. */
  let inOrder: Promise<unknown> = Promise.resolve();

  function queue<T>(work: () => Promise<T>): Promise<T> {
    const done = inOrder.then(work);
    inOrder = done.catch((error: unknown) => console.error(error));
    return done;
  }

  /** What goes wrong is in the console. */
  function later(work: () => Promise<void>): void {
    queue(work).catch(() => undefined);
  }

  const idOf = (list: DeviceList) => known[list]?.find(({ label }) => label === wishes[list])?.deviceId;

  async function look(): Promise<void> {
    known = group(await new Promise<MediaDeviceInfo[]>(JitsiMeetJS.mediaDevices.enumerateDevices));
    if (Object.values(known).some((list) => list.some(({ label }) => label !== ''))) tellLabels();
  }

  async function take(wanted: readonly Medium[]): Promise<void> {
    if (wanted.length === 0) return;
    try {
      const camera = idOf('videoInput');
      const made = await JitsiMeetJS.createLocalTracks({
        devices: wanted,
        micDeviceId: idOf('audioInput'),
        // As later builds of lib-jitsi-meet ask for a chosen camera; this one would take any that fits better.
        constraints: {
          video: {
            ...(camera === undefined ? {} : { deviceId: { exact: camera } }),
            height: { ideal: options.resolution, max: options.resolution, min: 180 },
            width: { ideal: 1280, max: 1280, min: 320 },
          },
        },
      });
      for (const track of made) await hold(track.getType(), track);
    } catch (error) {
      const [only] = wanted;
      // One of the two may be missing or held by another program: the other must not suffer from it.
      if (wanted.length > 1) for (const medium of wanted) await take([medium]);
      else if (only && error instanceof Error) options.onTrouble(only, error);
    }
  }

  async function hold(medium: Medium, track: JitsiTrack): Promise<void> {
    const old = tracks[medium];
    if (old && muted[medium]) await track.mute();
    else muted[medium] = false;
    tracks[medium] = track;
    track.addEventListener('track.trackMuteChanged', () => {
      muted[medium] = track.isMuted();
      options.onMuted(medium, muted[medium]);
    });
    await options.onReplaced(medium, old, track);
    await old?.dispose();
    options.onMuted(medium, muted[medium]);
  }

  async function follow(list: DeviceList): Promise<void> {
    const id = idOf(list);
    if (list === 'audioOutput') {
      if (id !== undefined) await JitsiMeetJS.mediaDevices.setAudioOutputDevice(id);
      return;
    }
    const medium = list === 'audioInput' ? 'audio' : 'video';
    const track = tracks[medium];
    if (!track || muted[medium]) return;
    const there = known[list]?.some(({ deviceId }) => deviceId === track.getDeviceId());
    if (id !== undefined ? id !== track.getDeviceId() : !there && known[list]?.length) await take([medium]);
  }

  JitsiMeetJS.mediaDevices.addEventListener(
    JitsiMeetJS.events.mediaDevices.DEVICE_LIST_CHANGED,
    (devices: MediaDeviceInfo[]) => {
      known = group(devices);
      options.onDevices(known);
      later(async () => {
        for (const list of Object.values(lists)) await follow(list);
      });
    },
  );

  return {
    open: () =>
      queue(async () => {
        await look();
        await take(media.filter((medium) => !options.startMuted[medium]));
        await look();
        // Labels were hidden until now: a wish may only now be recognised.
        for (const list of Object.values(lists)) await follow(list);
      }),
    all: () => media.map((medium) => tracks[medium]).filter((track) => track !== null),
    isMuted: (medium) => muted[medium],
    toggle: (medium) =>
      queue(async () => {
        const track = tracks[medium];
        if (!track) await take([medium]);
        else if (muted[medium]) await track.unmute();
        else await track.mute();
      }),
    async devices() {
      await labels;
      await look();
      return known;
    },
    async current() {
      await labels;
      await look();
      const used = new Set([
        ...media.map((medium) => tracks[medium]?.getDeviceId()),
        JitsiMeetJS.mediaDevices.getAudioOutputDevice(),
      ]);
      return Object.fromEntries(
        Object.entries(known).map(([list, devices]) => [
          list,
          devices.findLast(({ deviceId }) => used.has(deviceId)),
        ]),
      );
    },
    async choose(list, label, id) {
      await labels;
      const device = known[list]?.find((one) => (label ? one.label === label : one.deviceId === id));
      if (!device) return false;
      wishes[list] = device.label;
      later(() => follow(list));
      return true;
    },
  };
}

function group(devices: readonly MediaDeviceInfo[]): DeviceLists {
  const grouped: DeviceLists = {};
  for (const device of devices) {
    const list = grouped[lists[device.kind]] ?? [];
    list.push(device);
    grouped[lists[device.kind]] = list;
  }
  return grouped;
}
