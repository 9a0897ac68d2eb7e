import type { TerminalView } from '#shared/protocol/views.ts';
import { ToneMark } from '../parts/tone.tsx';
import { WipeLine } from '../parts/wipe-line.tsx';
import { wipeWords } from '../words/words.ts';

interface Props {
  readonly terminal: TerminalView;
  readonly now: number;
}

/** The clerk's line, and under it everything that was looked at, with the names that the terminal's own log has. */
export function LastWipe({ terminal, now }: Props) {
  const { lastWipe } = terminal;
  if (lastWipe === null) return wipeWords.none;
  const left = lastWipe.checked.filter((check) => !check.ok).map((check) => check.name);
  return (
    <>
      <WipeLine terminal={terminal} now={now} brief />
      {left.length > 0 && <p className="hint">{wipeWords.left(left.join(', '))}</p>}
      <details className="wipe-details">
        <summary>{wipeWords.details}</summary>
        <ul>
          {lastWipe.checked.map((check) => (
            <li key={check.name} className="with-mark">
              <ToneMark tone={check.ok ? 'good' : 'bad'} />
              <span>
                {wipeWords.look(check.name)}{' '}
                <span className="hint">{wipeWords.counted(check.looked, check.left)}</span>
              </span>
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}
