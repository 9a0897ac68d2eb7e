import { Button } from 'react-aria-components';
import type { TerminalView } from '#shared/protocol/views.ts';
import type { HubLink } from '../hub-link.ts';
import { Notice } from '../parts/notice.tsx';
import { useSelfTest } from '../parts/use-self-test.ts';
import { clerkFailure, selfTestWords, terminalFinding, words } from '../words/words.ts';
import { doubtsOf } from './terminal-state.ts';

interface Props {
  readonly terminal: TerminalView;
  /** Nobody is there. */
  readonly possible: boolean;
  readonly link: HubLink;
  readonly now: number;
}

/** What the terminal's last test of its picture and sound found, and the button for another. */
export function TerminalTest({ terminal, possible, link, now }: Props) {
  const { underWay, ask, failure, dismiss } = useSelfTest(terminal, link);
  const { lastSelfTest } = terminal;
  const doubts = doubtsOf(terminal);
  const when = lastSelfTest ? words.moment(lastSelfTest.at, now) : '';

  return (
    <div className="terminal-test">
      {failure && (
        <Notice tone="bad" urgent onDismiss={dismiss}>
          <strong>{clerkFailure(failure).what}.</strong> {clerkFailure(failure).todo}
        </Notice>
      )}
      <div role="status">
        {underWay ? (
          <>
            <p className="terminal-test-title">{selfTestWords.underWay}</p>
            <p className="muted">{selfTestWords.underWayNote}</p>
          </>
        ) : doubts.length > 0 ? (
          <>
            <ul className="troubles">
              {doubts.map((finding) => (
                <li key={finding}>
                  <strong>{terminalFinding(finding).what}.</strong> {terminalFinding(finding).todo}
                </li>
              ))}
            </ul>
            <p className="hint">{selfTestWords.bad(when)}</p>
          </>
        ) : (
          <p className="muted">{lastSelfTest ? selfTestWords.good(when) : selfTestWords.never}</p>
        )}
      </div>
      <Button className="button small" isDisabled={!possible} isPending={underWay} onPress={ask}>
        {selfTestWords.ask}
      </Button>
    </div>
  );
}
