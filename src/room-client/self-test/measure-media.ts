/** Opens camera, microphone and loudspeaker, plays, listens and looks. Keeps nothing of what it sees and hears. */
import type { RoomDevices } from '#shared/ipc.ts';
import type { MediaMeasurement } from '#shared/self-test.ts';
import { type Heard, hear, isDigitalSilence, noiseOf, remaining } from './heard-sound.ts';
import { playAndRecord } from './play-and-record.ts';
import { lookAt, type Picture } from './seen-pictures.ts';
import { whenAborted } from './when-aborted.ts';

export interface MeasureOptions {
  /** By label; null = the system's default. One that is wanted by its label and not there is absent. */
  readonly devices: RoomDevices;
  /** Address of recorder-worklet.ts as built. */
  readonly recorder: string;
  /** Ends it at once: sound stops, devices are given back. */
  readonly signal: AbortSignal;
  /** The camera's picture while it is looked at, for whoever wants to show it. */
  readonly onCamera?: (stream: MediaStream) => void;
}

/** Sweeps played without echo cancellation, and with it; of those the first are what the canceller learns from. */
const PLAIN = 3;
const CANCELLED = 5;
const LEARNING = 2;
/** Pictures of the camera, ms between two, and their size in pixels: picked out, not averaged, so that noise stays. */
const PICTURES = 12;
const PICTURE_EVERY = 150;
const WIDTH = 64;
const HEIGHT = 48;

/** Takes about ten seconds. Devices that are not there or do not open are part of the answer. @throws where aborted. */
export async function measureMedia(options: MeasureOptions): Promise<MediaMeasurement> {
  const { devices, signal } = options;
  const found = await navigator.mediaDevices.enumerateDevices();
  const there = (kind: MediaDeviceKind, label: string | null) =>
    label === null ? found.some((one) => one.kind === kind) : idOf(found, kind, label) !== undefined;

  const camera = there('videoinput', devices.camera)
    ? await measureCamera(options, idOf(found, 'videoinput', devices.camera))
    : ({ state: 'absent' } as const);
  signal.throwIfAborted();
  const heard = there('audioinput', devices.microphone)
    ? await measureSound(options, found)
    : { microphone: { state: 'absent' } as const, sound: null, played: true };
  const speaker = (await hasSpeaker(devices.speaker)) ? (heard.played ? 'present' : 'notOpened') : 'absent';
  return { camera, microphone: heard.microphone, speaker, sound: speaker === 'present' ? heard.sound : null };
}

/** Asked last: a browser tells a page of its loudspeakers only once it may use the microphone. */
async function hasSpeaker(label: string | null): Promise<boolean> {
  const found = await navigator.mediaDevices.enumerateDevices();
  if (label !== null) return idOf(found, 'audiooutput', label) !== undefined;
  // A browser that cannot choose between loudspeakers lists none.
  return found.some(({ kind }) => kind === 'audiooutput') || !('setSinkId' in AudioContext.prototype);
}

type SoundAnswer = Pick<MediaMeasurement, 'microphone' | 'sound'> & { readonly played: boolean };

async function measureSound(
  options: MeasureOptions,
  found: readonly MediaDeviceInfo[],
): Promise<SoundAnswer> {
  const { devices, recorder, signal } = options;
  const speaker = idOf(found, 'audiooutput', devices.speaker);
  const pass = async (cancelled: boolean) => {
    const stream = await open(signal, {
      audio: {
        ...exactly(idOf(found, 'audioinput', devices.microphone)),
        // What the call uses, but the gain, which would hide how loud it is, and the noise filter.
        echoCancellation: cancelled,
        autoGainControl: false,
        noiseSuppression: false,
      },
    });
    if (!stream) return null;
    try {
      return await playAndRecord({
        stream,
        speaker,
        recorder,
        sweeps: cancelled ? CANCELLED : PLAIN,
        signal,
      });
    } finally {
      close(stream);
    }
  };

  const plain = await pass(false);
  if (!plain) return { microphone: { state: 'notOpened' }, sound: null, played: true };
  if (!plain.ok) return { microphone: { state: 'heard', noise: null }, sound: null, played: false };
  const { recording } = plain;
  const noise = isDigitalSilence(recording.samples) ? null : noiseOf(recording);
  const heard = hear(recording);
  const sound = heard && { ...heard, echo: await echoOf(heard) };
  return { microphone: { state: 'heard', noise }, sound, played: true };

  async function echoOf(than: Heard): Promise<NonNullable<MediaMeasurement['sound']>['echo']> {
    const cancelled = await pass(true);
    return cancelled?.ok ? remaining(cancelled.recording, than, LEARNING) : null;
  }
}

async function measureCamera(
  { signal, onCamera }: MeasureOptions,
  deviceId: string | undefined,
): Promise<MediaMeasurement['camera']> {
  const stream = await open(signal, {
    video: { ...exactly(deviceId), width: { ideal: 1280 }, height: { ideal: 720 } },
  });
  if (!stream) return { state: 'notOpened' };
  try {
    onCamera?.(stream);
    const seen = lookAt(await takePictures(stream, signal));
    return seen ? { state: 'seen', ...seen } : { state: 'notOpened' };
  } finally {
    close(stream);
  }
}

async function takePictures(stream: MediaStream, signal: AbortSignal): Promise<Picture[]> {
  const video = document.createElement('video');
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [WIDTH, HEIGHT];
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  if (!pen) throw new Error('No canvas.');
  pen.imageSmoothingEnabled = false;
  video.muted = true;
  video.srcObject = stream;
  try {
    // A camera that opens and gives no picture never begins to play.
    if (!(await within(3_000, video.play(), signal))) return [];
    const pictures: Picture[] = [];
    while (pictures.length < PICTURES) {
      pen.drawImage(video, 0, 0, WIDTH, HEIGHT);
      pictures.push(pen.getImageData(0, 0, WIDTH, HEIGHT).data);
      await pause(PICTURE_EVERY, signal);
    }
    return pictures;
  } finally {
    video.srcObject = null;
  }
}

/** Null where the system or the person refuses, or another program holds the device. */
async function open(signal: AbortSignal, wanted: MediaStreamConstraints): Promise<MediaStream | null> {
  signal.throwIfAborted();
  const opening = navigator.mediaDevices.getUserMedia(wanted);
  try {
    // Whoever is still being asked for permission may answer later than anyone waits.
    const stream = await Promise.race([opening, whenAborted(signal)]);
    signal.addEventListener('abort', () => close(stream), { once: true });
    return stream;
  } catch (error) {
    // The names that getUserMedia gives to what is no fault of the program (Media Capture and Streams, 9.2).
    const expected = ['NotAllowedError', 'NotFoundError', 'NotReadableError', 'OverconstrainedError'];
    if (error instanceof Error && expected.includes(error.name)) return null;
    if (signal.aborted) opening.then(close, () => undefined);
    throw error;
  }
}

function close(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

function idOf(
  found: readonly MediaDeviceInfo[],
  kind: MediaDeviceKind,
  label: string | null,
): string | undefined {
  return label === null ? undefined : found.find((one) => one.kind === kind && one.label === label)?.deviceId;
}

function exactly(deviceId: string | undefined): { deviceId?: { exact: string } } {
  return deviceId === undefined ? {} : { deviceId: { exact: deviceId } };
}

/** False where `work` takes longer than that. */
async function within(ms: number, work: Promise<unknown>, signal: AbortSignal): Promise<boolean> {
  return Promise.race([work.then(() => true), pause(ms, signal).then(() => false)]);
}

/** @throws where aborted meanwhile. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return Promise.race([new Promise<void>((resolve) => setTimeout(resolve, ms)), whenAborted(signal)]);
}
