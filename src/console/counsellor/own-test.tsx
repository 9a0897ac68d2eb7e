/** The counsellor tries camera, microphone and sound before anyone waits. Nothing leaves this page. */
import { useEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import { measureMedia } from '#room-client/self-test/measure-media.ts';
import recorder from '#room-client/self-test/recorder-worklet.ts?worker&url';
import { findingsOf, type SelfTestFinding } from '#shared/self-test.ts';
import { type Tone, ToneMark } from '../parts/tone.tsx';
import { ownFinding, selfTestWords } from '../words/words.ts';

type State =
  | { readonly kind: 'idle' }
  | { readonly kind: 'underWay' }
  | { readonly kind: 'done'; readonly findings: readonly SelfTestFinding[] };

/** The browser's own choice, as in the visit. */
const DEVICES = { camera: null, microphone: null, speaker: null };
/** No fault where a headset is worn, which is better than none. */
const NORMAL_WITH_HEADSET: ReadonlySet<SelfTestFinding> = new Set(['soundNotHeard', 'soundFaint']);

export function OwnTest() {
  const [state, setState] = useState<State>({ kind: 'idle' });
  const [camera, setCamera] = useState<MediaStream | null>(null);
  const running = useRef<AbortController | null>(null);
  const own = selfTestWords.own;

  // A visit that is picked up meanwhile needs the devices at once.
  useEffect(() => () => running.current?.abort(), []);

  async function test(): Promise<void> {
    const controller = new AbortController();
    const { signal } = controller;
    running.current = controller;
    setState({ kind: 'underWay' });
    try {
      const measured = await measureMedia({ devices: DEVICES, recorder, signal, onCamera: setCamera });
      setState({ kind: 'done', findings: findingsOf(measured) });
    } catch (error) {
      if (signal.aborted) setState({ kind: 'idle' });
      else {
        console.error('own test:', error);
        setState({ kind: 'done', findings: ['testFailed'] });
      }
    } finally {
      setCamera(null);
    }
  }

  return (
    <section className="own-test" aria-labelledby="own-test-title">
      <div className="own-test-words">
        <h2 id="own-test-title">{own.title}</h2>
        <div role="status">
          {state.kind === 'underWay' && <p>{own.underWay}</p>}
          {state.kind === 'done' && <Result findings={state.findings} />}
        </div>
        <p className="hint">{own.note}</p>
        {state.kind === 'underWay' ? (
          <Button className="button small" onPress={() => running.current?.abort()}>
            {own.stop}
          </Button>
        ) : (
          <Button className="button small" onPress={() => void test()}>
            {state.kind === 'idle' ? own.start : own.again}
          </Button>
        )}
      </div>
      {camera && <OwnPicture stream={camera} />}
    </section>
  );
}

function Result({ findings }: { readonly findings: readonly SelfTestFinding[] }) {
  const own = selfTestWords.own;
  const faults = findings.filter((finding) => !NORMAL_WITH_HEADSET.has(finding));
  const lines: { readonly tone: Tone; readonly what: string; readonly todo: string }[] = [
    ...(faults.length === 0 ? [{ tone: 'good' as const, what: own.good, todo: own.heard }] : []),
    ...findings.map((finding) => {
      const { what, todo } = ownFinding(finding);
      return {
        tone: NORMAL_WITH_HEADSET.has(finding) ? ('off' as const) : ('warn' as const),
        what: `${what}.`,
        todo,
      };
    }),
  ];
  return (
    <ul className="own-test-lines">
      {lines.map(({ tone, what, todo }) => (
        <li key={what} className="with-mark">
          <ToneMark tone={tone} />
          <span>
            <strong>{what}</strong> {todo}
          </span>
        </li>
      ))}
    </ul>
  );
}

function OwnPicture({ stream }: { readonly stream: MediaStream }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current) video.current.srcObject = stream;
  }, [stream]);
  return (
    <video
      ref={video}
      className="own-test-picture"
      autoPlay
      muted
      playsInline
      aria-label={selfTestWords.own.picture}
    />
  );
}
