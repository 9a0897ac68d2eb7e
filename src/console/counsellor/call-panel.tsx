/** The video and its controls. */
import { Button, ToggleButton } from 'react-aria-components';
import { Notice } from '../parts/notice.tsx';
import { ToneMark } from '../parts/tone.tsx';
import { counsellorFailure, sentence, words } from '../words/words.ts';
import { selfViewFailure, selfViewIsOn } from './order-reading.ts';
import type { Call } from './use-call.ts';
import type { VisitOrders } from './use-visit-orders.ts';

interface Props {
  readonly call: Call;
  readonly orders: VisitOrders;
}

export function CallPanel({ call, orders }: Props) {
  const { room: say } = words;
  const selfView = selfViewIsOn(orders.orders);
  const refused = orders.refusals.get('selfView');
  const failed = orders.isOnItsWay('selfView') ? null : selfViewFailure(orders.orders);

  return (
    <div className="call">
      <div className="call-picture">
        <iframe
          key={call.frame.key}
          ref={call.frame.ref}
          src={call.frame.src}
          title={say.title}
          allow="camera; microphone; autoplay; display-capture; speaker-selection"
        />
        {call.state !== 'live' && <CallCover call={call} />}
      </div>
      <div className="call-controls">
        <ToggleButton className="button small" isSelected={call.muted.audio} onChange={call.toggleMicrophone}>
          {call.muted.audio ? say.microphoneOff : say.microphoneOn}
        </ToggleButton>
        <ToggleButton className="button small" isSelected={call.muted.video} onChange={call.toggleCamera}>
          {call.muted.video ? say.cameraOff : say.cameraOn}
        </ToggleButton>
        <ToggleButton
          className="button small"
          isSelected={selfView}
          isDisabled={orders.isOnItsWay('selfView')}
          onChange={(on) => orders.place('selfView', { kind: 'selfView', on })}
        >
          {selfView ? say.selfViewOn : say.selfView}
        </ToggleButton>
      </div>
      <div role="status" className="call-notes">
        {call.state === 'live' && <span className="visually-hidden">{say.live}</span>}
        {call.noMicrophone && <CallNote text={say.noMicrophone} />}
        {call.noCamera && <CallNote text={say.noCamera} />}
        {call.muted.audio && !call.noMicrophone && <CallNote text={say.mutedAudio} />}
        {call.muted.video && !call.noCamera && <CallNote text={say.mutedVideo} />}
      </div>
      {refused && (
        <Notice tone="bad" urgent onDismiss={() => orders.dismiss('selfView')}>
          {sentence(counsellorFailure(refused))}
        </Notice>
      )}
      {failed && !refused && (
        <Notice tone="bad" urgent>
          <strong>{say.selfViewFailed}.</strong> {sentence(counsellorFailure(failed))}
        </Notice>
      )}
    </div>
  );
}

function CallNote({ text }: { readonly text: string }) {
  return (
    <p className="with-mark">
      <ToneMark tone="warn" />
      {text}
    </p>
  );
}

function CallCover({ call }: { readonly call: Call }) {
  const { room: say } = words;
  const text = {
    preparing: say.preparing,
    joining: say.joining,
    lost: say.lost,
    failed: say.failed,
    left: say.left,
  } as const;
  if (call.state === 'live') return null;
  const waiting = call.state === 'preparing' || call.state === 'joining' || call.state === 'lost';
  return (
    <div className={`call-cover ${call.state}`} role={call.state === 'failed' ? 'alert' : 'status'}>
      {waiting && <span className="spinner" aria-hidden="true" />}
      <p>{text[call.state]}</p>
      {!waiting && (
        <Button className="button" onPress={call.retry}>
          {say.retry}
        </Button>
      )}
    </div>
  );
}
