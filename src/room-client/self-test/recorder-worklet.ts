/**
 * Hands every block of samples that the microphone gives to the page, with its place on the context's own clock: the
 * sweeps are started on the same clock, so that their delay is counted in samples.
 */

export interface RecordedBlock {
  /** On the clock of the AudioContext, in samples. */
  readonly frame: number;
  readonly samples: Float32Array;
}

// The worklet's own world, which TypeScript's libraries do not describe (Web Audio API, 1.32).
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;
declare const currentFrame: number;

class Recorder extends AudioWorkletProcessor {
  process([input]: readonly (readonly Float32Array[])[]): boolean {
    const [samples] = input ?? [];
    if (samples)
      this.port.postMessage({ frame: currentFrame, samples: samples.slice() } satisfies RecordedBlock);
    return true;
  }
}

registerProcessor('recorder', Recorder);
