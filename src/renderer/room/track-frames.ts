/** The pictures of a camera one by one, as it gives them. */

/** Chromium has it, and TypeScript does not know it yet. */
type TrackProcessor = new (of: {
  readonly track: MediaStreamTrack;
  readonly maxBufferSize: number;
}) => { readonly readable: ReadableStream<VideoFrame> };

export interface TrackFrames {
  /** The newest; null: there will be no more. Whoever gets it closes it: cameras have few. */
  readonly next: () => Promise<VideoFrame | null>;
  readonly end: () => Promise<void>;
}

export function framesOf(track: MediaStreamTrack): TrackFrames {
  const Processor = Reflect.get(window, 'MediaStreamTrackProcessor') as TrackProcessor;
  const reader = new Processor({ track, maxBufferSize: 1 }).readable.getReader();
  return {
    next: async () => (await reader.read()).value ?? null,
    end: () => reader.cancel(),
  };
}
