import type { TerminalView } from '#shared/protocol/views.ts';
import type { HubLink } from '../hub-link.ts';
import { ToneMark } from '../parts/tone.tsx';
import { useWipeProof } from '../parts/use-wipe-proof.ts';
import { WipeLine } from '../parts/wipe-line.tsx';
import { clerkFailure, wipeWords } from '../words/words.ts';
import type { TerminalState } from './terminal-state.ts';
import { TerminalTest } from './terminal-test.tsx';

interface Props {
  readonly terminal: TerminalView;
  /** As the page calls it. */
  readonly name: string;
  readonly state: TerminalState;
  readonly link: HubLink;
  readonly now: number;
}

/** The terminal's state, read aloud when it changes. */
export function TerminalCard({ terminal, name, state, link, now }: Props) {
  // Nothing that is said of it can be believed then.
  const forged = useWipeProof(terminal) === 'forged';
  const tone = forged ? 'bad' : state.tone;
  return (
    <section className={`terminal-card ${tone}`} aria-label={name}>
      <h3>{name}</h3>
      <div role="status">
        <p className="terminal-title">
          <ToneMark tone={tone} />
          {forged ? wipeWords.forgedTitle : state.title}
        </p>
        {!forged && state.note && <p>{state.note}</p>}
        {state.troubles.length > 0 && (
          <ul className="troubles">
            {state.troubles.map(({ device, code }) => (
              <li key={device + code}>
                <strong>{clerkFailure(code).what}.</strong> {clerkFailure(code).todo}
              </li>
            ))}
          </ul>
        )}
        <WipeLine terminal={terminal} now={now} brief={terminal.report?.stage === 'closed'} />
      </div>
      {terminal.report && <TerminalTest terminal={terminal} possible={state.free} link={link} now={now} />}
    </section>
  );
}
