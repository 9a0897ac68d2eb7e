import { Button } from 'react-aria-components';
import type { TerminalView } from '#shared/protocol/views.ts';
import type { HubLink } from '../hub-link.ts';
import { ToneMark } from '../parts/tone.tsx';
import { useSelfTest } from '../parts/use-self-test.ts';
import { clerkFailure, selfTestWords, terminalFinding, words } from '../words/words.ts';

interface Props {
  readonly terminal: TerminalView;
  readonly link: HubLink;
  readonly now: number;
}

/** The latest test of picture and sound with its figures, and the button for another. */
export function LastSelfTest({ terminal, link, now }: Props) {
  const { underWay, ask, failure } = useSelfTest(terminal, link);
  const { lastSelfTest: last, online, report, name } = terminal;
  const figures = last?.measured ? selfTestWords.figures(last.measured) : '';

  return (
    <>
      {!last && <p>{selfTestWords.neverShort}</p>}
      {last?.findings.length === 0 && (
        <span className="with-mark">
          <ToneMark tone="good" />
          {selfTestWords.goodShort}
        </span>
      )}
      {last?.findings.map((finding) => (
        <span key={finding} className="with-mark">
          <ToneMark tone="warn" />
          {terminalFinding(finding).what}
        </span>
      ))}
      {last && (
        <span className="hint">
          {words.moment(last.at, now)}, {selfTestWords.origins[last.origin]}
        </span>
      )}
      {figures && <span className="hint">{figures}</span>}
      {failure && (
        <span className="with-mark" role="alert">
          <ToneMark tone="bad" />
          {clerkFailure(failure).what}
        </span>
      )}
      {online && report?.stage === 'idle' && (
        <Button
          className="button small"
          aria-label={selfTestWords.askNamed(name)}
          isPending={underWay}
          onPress={ask}
        >
          {underWay ? selfTestWords.underWay : selfTestWords.askShort}
        </Button>
      )}
    </>
  );
}
