/** Plays the sweeps while it records the microphone, both on one clock. */
import type { Recording } from './heard-sound.ts';
import type { RecordedBlock } from './recorder-worklet.ts';
import { makeSweep, timetable } from './test-sound.ts';
import { whenAborted } from './when-aborted.ts';

export interface PlayOptions {
  readonly stream: MediaStream;
  /** Device id; undefined = the system's default. */
  readonly speaker: string | undefined;
  /** Address of the recorder's worklet. */
  readonly recorder: string;
  readonly sweeps: number;
  readonly signal: AbortSignal;
}

export type Played =
  | { readonly ok: true; readonly recording: Recording }
  /** The loudspeaker does not open, or its clock does not run. */
  | { readonly ok: false };

/** Samples a second: enough for a voice, and the browser changes to it from whatever the devices have. */
const RATE = 48_000;
/** Hz. Below it a room rumbles and hums, and no small loudspeaker plays. */
const LOWEST = 150;
/** ms by which the devices' clock may be behind the computer's before it counts as standing still. */
const SLACK = 5_000;

/** @throws where aborted. */
export async function playAndRecord({
  stream,
  speaker,
  recorder,
  sweeps,
  signal,
}: PlayOptions): Promise<Played> {
  const aborted = whenAborted(signal);
  const context = new AudioContext({ sampleRate: RATE });
  try {
    if (speaker !== undefined && !(await choose(context, speaker))) return { ok: false };
    await Promise.race([context.audioWorklet.addModule(recorder), aborted]);
    const node = new AudioWorkletNode(context, 'recorder', { numberOfOutputs: 0, channelCount: 1 });
    const filter = new BiquadFilterNode(context, { type: 'highpass', frequency: LOWEST });
    const blocks: RecordedBlock[] = [];
    const { starts, end } = timetable(sweeps);
    const sweep = makeSweep(RATE);

    const begun = new Promise<RecordedBlock | null>((resolve) => {
      const late = setTimeout(() => resolve(null), SLACK);
      node.port.onmessage = ({ data }: MessageEvent<RecordedBlock>) => {
        clearTimeout(late);
        resolve(data);
      };
      context.createMediaStreamSource(stream).connect(filter).connect(node);
    });
    const first = await Promise.race([begun, aborted]);
    if (!first) return { ok: false };
    const zero = first.frame;
    const buffer = new AudioBuffer({ length: sweep.length, sampleRate: RATE });
    buffer.copyToChannel(sweep, 0);
    // A little ahead of what the context is just preparing.
    const begin = context.currentTime - zero / RATE + 0.1;
    for (const start of starts) {
      const source = new AudioBufferSourceNode(context, { buffer });
      source.connect(context.destination);
      source.start(zero / RATE + begin + start);
    }
    const length = Math.round((begin + end) * RATE);
    const complete = new Promise<boolean>((resolve) => {
      const late = setTimeout(() => resolve(false), (begin + end) * 1_000 + SLACK);
      node.port.onmessage = ({ data }: MessageEvent<RecordedBlock>) => {
        blocks.push(data);
        if (data.frame + data.samples.length - zero < length) return;
        clearTimeout(late);
        resolve(true);
      };
    });
    if (!(await Promise.race([complete, aborted]))) return { ok: false };
    const samples = new Float32Array(length);
    for (const { frame, samples: block } of blocks) {
      const at = frame - zero;
      if (at >= 0 && at < length) samples.set(block.subarray(0, length - at), at);
    }
    const played = starts.map((start) => Math.round((begin + start) * RATE));
    return { ok: true, recording: { samples, rate: RATE, played, sweep } };
  } finally {
    await context.close();
  }
}

/** False where the loudspeaker is gone, or may not be used. */
async function choose(context: AudioContext, speaker: string): Promise<boolean> {
  // In Chromium from 110 on, and nowhere else: a page of ours elsewhere only asks for the default.
  const { setSinkId } = context as AudioContext & { setSinkId?: (id: string) => Promise<void> };
  if (!setSinkId) return false;
  try {
    await setSinkId.call(context, speaker);
    return true;
  } catch (error) {
    if (
      error instanceof DOMException &&
      ['NotFoundError', 'NotAllowedError', 'AbortError'].includes(error.name)
    ) {
      return false;
    }
    throw error;
  }
}
