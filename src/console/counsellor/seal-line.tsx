/** Whether the documents of this visit are sealed between this page and the terminal, and the code to compare aloud. */
import type { SealState } from '#sealing/console-seal.ts';
import { ToneMark } from '../parts/tone.tsx';
import { words } from '../words/words.ts';

export function SealLine({ state }: { readonly state: SealState }) {
  if (state.kind === 'refused') {
    return (
      <p className="with-mark device-trouble" role="alert">
        <ToneMark tone="bad" />
        {words.seal.refused}
      </p>
    );
  }
  return (
    <p className="with-mark seal-line" title={state.kind === 'ready' ? words.seal.how : undefined}>
      <ToneMark tone={state.kind === 'ready' ? 'good' : 'busy'} />
      {state.kind === 'ready' ? (
        <span>
          {words.seal.code} <strong>{state.code}</strong>
        </span>
      ) : (
        words.seal.agreeing
      )}
    </p>
  );
}
