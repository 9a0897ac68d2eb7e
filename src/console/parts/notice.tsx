import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { words } from '../words/words.ts';
import type { Tone } from './tone.tsx';
import { ToneMark } from './tone.tsx';

interface Props {
  readonly tone: Tone;
  /** Read at once by a screen reader. */
  readonly urgent?: boolean;
  readonly onDismiss?: () => void;
  readonly children: ReactNode;
}

/** A message in a box, read aloud when it appears. */
export function Notice({ tone, urgent = false, onDismiss, children }: Props) {
  return (
    <div className={`notice ${tone}`} role={urgent ? 'alert' : 'status'}>
      <ToneMark tone={tone} />
      <div className="notice-text">{children}</div>
      {onDismiss && (
        <Button className="button icon" aria-label={words.shell.dismiss} onPress={onDismiss}>
          <span aria-hidden="true">×</span>
        </Button>
      )}
    </div>
  );
}
