/** When the terminal tests itself: asked for, or in the morning, and only while nobody is there or still leaving. */
import type { FaceStage } from '#shared/ipc.ts';
import type { SelfTestOrigin, SelfTestResult } from '#shared/self-test.ts';
import type { SelfTest, SelfTestOptions } from './self-test.ts';
import { type MorningOptions, watchMorning } from './self-test-morning.ts';

export interface SelfTests {
  /** Begins as soon as the last resident has left; forgotten where another comes first. */
  readonly ask: (origin: SelfTestOrigin) => void;
  /** Whoever is announced needs the microphone, and nobody should sit down to noises: ends a test at once. */
  readonly follow: (at: FaceStage) => void;
  readonly underWay: () => boolean;
  /** The hub may not have heard it. */
  readonly tellAgain: () => void;
  readonly close: () => void;
}

export interface SelfTestsOptions extends Pick<MorningOptions, 'time' | 'file'> {
  readonly create: (events: Pick<SelfTestOptions, 'onChange' | 'onResult'>) => SelfTest;
  readonly onChange: () => void;
  readonly tell: (result: SelfTestResult) => void;
}

export function createSelfTests({ create, time, file, onChange, tell }: SelfTestsOptions): SelfTests {
  let wanted: SelfTestOrigin | null = null;
  let free = false;
  let last: SelfTestResult | null = null;
  const test = create({
    onChange,
    onResult(result) {
      last = result;
      morning.noteDone();
      tell(result);
    },
  });
  const morning = watchMorning({ time, file, start: () => ask('morning') });

  function ask(origin: SelfTestOrigin): void {
    wanted = origin;
    begin();
  }

  function begin(): void {
    if (wanted === null || !free) return;
    const origin = wanted;
    wanted = null;
    test.start(origin);
  }

  return {
    ask,
    follow(at) {
      free = at.stage === 'idle' && at.farewell === null;
      if (at.stage !== 'idle') wanted = null;
      if (free) begin();
      else test.stop();
    },
    underWay: test.underWay,
    tellAgain() {
      if (last) tell(last);
    },
    close() {
      morning.stop();
      test.stop();
    },
  };
}
