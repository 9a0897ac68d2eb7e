/** What Chromium's fake camera and microphone can be given instead of their own picture and beep: files made here. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface FakeRecordings {
  /** A cover before the camera (YUV4MPEG2, which Chromium reads in an endless loop). */
  readonly blackCamera: string;
  /** A grey ramp that never changes. */
  readonly frozenCamera: string;
  /** Two seconds of nothing (WAV, 48 kHz). */
  readonly silentMicrophone: string;
  /** Two seconds of faint white noise. */
  readonly quietRoom: string;
  readonly remove: () => void;
}

export function makeFakeRecordings(): FakeRecordings {
  const folder = mkdtempSync(path.join(tmpdir(), 'fake-recordings-'));
  const write = (name: string, bytes: Buffer) => {
    const file = path.join(folder, name);
    writeFileSync(file, bytes);
    return file;
  };
  return {
    blackCamera: write(
      'black.y4m',
      picture(() => 16),
    ),
    frozenCamera: write(
      'frozen.y4m',
      picture((x) => 40 + (x % 160)),
    ),
    silentMicrophone: write(
      'silence.wav',
      sound(() => 0),
    ),
    quietRoom: write(
      'noise.wav',
      sound(() => (Math.random() - 0.5) * 0.004),
    ),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Two equal frames, grey of the given luma at each column. */
function picture(luma: (x: number) => number): Buffer {
  const [width, height] = [640, 480];
  const row = Buffer.from(Array.from({ length: width }, (_, x) => luma(x)));
  const frame = Buffer.concat([
    Buffer.from('FRAME\n'),
    ...Array.from({ length: height }, () => row),
    Buffer.alloc((width * height) / 2, 128),
  ]);
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F20:1 Ip A0:0 C420\n`), frame, frame]);
}

/** @param sample −1 to 1. */
function sound(sample: () => number): Buffer {
  const rate = 48_000;
  const data = Buffer.alloc(rate * 2 * 2);
  for (let at = 0; at < data.length; at += 2) data.writeInt16LE(Math.round(sample() * 32_767), at);
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + data.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20); // PCM
  head.writeUInt16LE(1, 22); // one channel
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}
