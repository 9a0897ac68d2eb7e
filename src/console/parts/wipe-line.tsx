import type { TerminalView } from '#shared/protocol/views.ts';
import { wipeWords, words } from '../words/words.ts';
import { ToneMark } from './tone.tsx';
import { useWipeProof } from './use-wipe-proof.ts';

interface Props {
  readonly terminal: TerminalView;
  readonly now: number;
  /** What to do stands beside it already. */
  readonly brief?: boolean;
}

/** One green or red line: whether the last visit is proved gone from the terminal. */
export function WipeLine({ terminal, now, brief = false }: Props) {
  const proof = useWipeProof(terminal);
  if (terminal.lastWipe === null) return null;
  // It keeps its place, so that nothing moves under a hand that is about to press.
  if (proof === null) {
    return (
      <p className="wipe-line with-mark">
        <ToneMark tone="busy" />
        {wipeWords.looking}
      </p>
    );
  }
  const when = words.atMoment(terminal.lastWipe.at, now);
  if (proof === 'nothingLeft') {
    return (
      <p className="wipe-line with-mark">
        <ToneMark tone="good" />
        {wipeWords.good(when)}
      </p>
    );
  }
  const [what, todo] =
    proof === 'forged' ? [wipeWords.forged, wipeWords.forgedTodo] : [wipeWords.bad(when), wipeWords.badTodo];
  return (
    <p className="wipe-line bad with-mark">
      <ToneMark tone="bad" />
      <span>
        <strong>{what}.</strong> {!brief && todo}
      </span>
    </p>
  );
}
