/** What one's own side lets the others hear and see. */
import { ToggleButton } from 'react-aria-components';
import { words } from '../words/words.ts';
import type { Call } from './use-call.ts';

interface Props {
  readonly call: Call;
  readonly className: string;
  /** No picture may be sent just now. */
  readonly slowLine?: boolean;
  /** After it was cut or opened here. */
  readonly onCut?: (kind: 'audio' | 'video', cut: boolean) => void;
}

export function OwnMedia({ call, className, slowLine = false, onCut }: Props) {
  const { room: say } = words;
  return (
    <>
      <ToggleButton
        className={className}
        isSelected={call.muted.audio}
        onChange={(cut) => {
          call.setMicrophone(!cut);
          onCut?.('audio', cut);
        }}
      >
        {call.muted.audio ? say.microphoneOff : say.microphoneOn}
      </ToggleButton>
      <ToggleButton
        className={className}
        isSelected={call.muted.video}
        isDisabled={slowLine}
        onChange={(cut) => {
          call.setCamera(!cut);
          onCut?.('video', cut);
        }}
      >
        {call.muted.video ? say.cameraOff : say.cameraOn}
      </ToggleButton>
    </>
  );
}
