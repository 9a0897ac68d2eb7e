import type { TerminalView } from '#shared/protocol/views.ts';
import { ToneMark } from '../parts/tone.tsx';
import { updateWords, words } from '../words/words.ts';

interface Props {
  readonly terminal: TerminalView;
  readonly now: number;
}

/** The version that runs, the one that waits, and what became of the last one that was tried. */
export function LastUpdate({ terminal: { report }, now }: Props) {
  const updates = report?.updates;
  return (
    <>
      {report?.version}
      {updates && (
        <>
          <span className="hint">{updateWords.channel(updates)}</span>
          {updates.pending !== null && (
            <span className="with-mark">
              <ToneMark tone="busy" />
              {updateWords.pending(updates.pending)}
            </span>
          )}
          {updates.last && (
            <span className="with-mark">
              <ToneMark tone={updates.last.outcome === 'updated' ? 'good' : 'warn'} />
              <span>{updateWords.outcome(updates.last, words.moment(updates.last.at, now))}</span>
            </span>
          )}
          <span className="hint">
            {updates.checkedAt === null
              ? updateWords.neverLooked
              : updateWords.looked(words.moment(updates.checkedAt, now))}
          </span>
        </>
      )}
    </>
  );
}
