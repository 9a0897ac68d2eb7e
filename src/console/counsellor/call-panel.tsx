/** The video's place and its controls: what each side lets the other hear and see, and who else is there. */
import type { ReactNode } from 'react';
import { Button, ToggleButton } from 'react-aria-components';
import type { Quiet } from '#shared/protocol/views.ts';
import { OwnMedia } from '../call/own-media.tsx';
import type { Call } from '../call/use-call.ts';
import { Notice } from '../parts/notice.tsx';
import { ToneMark } from '../parts/tone.tsx';
import { counsellorFailure, sentence, words } from '../words/words.ts';
import { isSwitchedOn, switchFailure } from './order-reading.ts';
import type { QuietRequests } from './use-quiet.ts';
import type { VisitOrders } from './use-visit-orders.ts';

interface Props {
  readonly call: Call;
  readonly orders: VisitOrders;
  readonly quiet: Quiet;
  readonly slowLine: boolean;
  readonly quietRequests: QuietRequests;
  /** Somebody was asked in and may be there. */
  readonly expectsThird: boolean;
  /** Who is asked in, after the controls. */
  readonly invited: ReactNode;
  /** Of the element that the room view is laid over. */
  readonly placeRef: (element: HTMLElement | null) => (() => void) | undefined;
}

export function CallPanel(props: Props) {
  const { call, orders, quiet, slowLine, quietRequests, expectsThird, invited, placeRef } = props;
  const { room: say } = words;
  const selfView = isSwitchedOn(orders.orders, 'selfView');
  const subtitles = isSwitchedOn(orders.orders, 'subtitles');
  const refused = orders.refusals.get('selfView');
  const failed = orders.isOnItsWay('selfView') ? null : switchFailure(orders.orders, 'selfView');
  const { ask } = quietRequests;

  return (
    <div className="call">
      <div className="call-picture" ref={placeRef} />
      <fieldset className="call-controls">
        <legend className="visually-hidden">{say.mine}</legend>
        <OwnMedia
          call={call}
          className="button small"
          slowLine={slowLine}
          onCut={(kind, cut) => ask(kind === 'audio' ? { counsellorSound: cut } : { counsellorPicture: cut })}
        />
        <ToggleButton
          className="button small"
          isSelected={selfView}
          isDisabled={orders.isOnItsWay('selfView')}
          onChange={(on) => orders.place('selfView', { kind: 'selfView', on })}
        >
          {selfView ? say.selfViewOn : say.selfView}
        </ToggleButton>
      </fieldset>
      <fieldset className="call-controls">
        <legend className="visually-hidden">{say.theirs}</legend>
        <ToggleButton
          className="button small"
          isSelected={quiet.residentSound}
          onChange={(residentSound) => ask({ residentSound })}
        >
          {quiet.residentSound ? say.residentSoundOff : say.residentSoundOn}
        </ToggleButton>
        <ToggleButton
          className="button small"
          isSelected={quiet.residentPicture}
          onChange={(residentPicture) => ask({ residentPicture })}
        >
          {quiet.residentPicture ? say.residentPictureOff : say.residentPictureOn}
        </ToggleButton>
        <ToggleButton
          className="button small"
          isSelected={subtitles}
          isDisabled={orders.isOnItsWay('subtitles')}
          onChange={(on) => orders.place('subtitles', { kind: 'subtitles', on })}
        >
          {subtitles ? say.subtitlesOff : say.subtitlesOn}
        </ToggleButton>
        <ToggleButton
          className="button small"
          isSelected={quiet.privateBy !== null}
          onChange={(on) => ask({ private: on })}
        >
          {quiet.privateBy === null ? say.privateOn : say.privateOff}
        </ToggleButton>
        {invited}
      </fieldset>
      <SubtitlesFailure orders={orders} />
      <div role="status" className="call-notes">
        {call.state === 'live' && <span className="visually-hidden">{say.live}</span>}
        {call.noMicrophone && <CallNote text={say.noMicrophone} />}
        {call.noCamera && <CallNote text={say.noCamera} />}
        {call.muted.audio && !call.noMicrophone && <CallNote text={say.mutedAudio} />}
        {slowLine && <CallNote text={say.slowLine} />}
        {call.muted.video && !call.noCamera && !slowLine && <CallNote text={say.mutedVideo} />}
        {quiet.privateBy !== null && <CallNote text={say.private[quiet.privateBy]} />}
        {quiet.privateBy === null && quiet.residentSound && <CallNote text={say.residentUnheard} />}
        {quiet.privateBy === null && quiet.residentPicture && <CallNote text={say.residentUnseen} />}
      </div>
      {call.others.length > (expectsThird ? 2 : 1) && <Company call={call} />}
      {quietRequests.failure && (
        <Notice tone="bad" urgent onDismiss={quietRequests.dismiss}>
          {sentence(counsellorFailure(quietRequests.failure))}
        </Notice>
      )}
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

function SubtitlesFailure({ orders }: Pick<Props, 'orders'>) {
  const code =
    orders.refusals.get('subtitles') ??
    (orders.isOnItsWay('subtitles') ? null : switchFailure(orders.orders, 'subtitles'));
  if (!code) return null;
  return (
    <Notice tone="warn" urgent onDismiss={() => orders.dismiss('subtitles')}>
      {sentence(counsellorFailure(code))}
    </Notice>
  );
}

/** Nobody is let in silently whom the counsellor has not asked. */
function Company({ call }: { readonly call: Call }) {
  const { room: say } = words;
  return (
    <Notice tone="bad" urgent>
      <strong>{say.company(call.others.length)}</strong> {say.companyHow}
      <span className="company">
        {call.others.map(({ id, name }) => (
          <Button key={id} className="button small" onPress={() => call.remove(id)}>
            {say.putOut(name || say.nameless)}
          </Button>
        ))}
      </span>
    </Notice>
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
