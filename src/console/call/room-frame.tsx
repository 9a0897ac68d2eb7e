/**
 * The room view, always in the page so that it is warm when someone is picked up: a frame that is moved in the document
 * loads again, so it is laid over the place that the visit keeps for it.
 */
import { Button } from 'react-aria-components';
import type { Place } from '../parts/use-place.ts';
import { words } from '../words/words.ts';
import type { Call } from './use-call.ts';

interface Props {
  readonly call: Call;
  /** Null while there is no visit: nobody sees it, and nothing can be reached in it. */
  readonly place: Place | null;
}

export function RoomFrame({ call, place }: Props) {
  return (
    <div className={place ? 'room-frame' : 'room-frame resting'} style={place ?? {}} inert={!place}>
      <iframe
        key={call.frame.key}
        ref={call.frame.ref}
        src={call.frame.src}
        title={words.room.title}
        // Not even at a counsellor's click may a deployment lead the console away, open a window, download or ask.
        sandbox="allow-scripts allow-same-origin"
        allow="camera; microphone; autoplay; display-capture; speaker-selection"
      />
      {place && call.state !== 'live' && <CallCover call={call} />}
    </div>
  );
}

function CallCover({ call }: { readonly call: Call }) {
  const { room: say } = words;
  if (call.state === 'live') return null;
  const waiting = call.state === 'preparing' || call.state === 'joining' || call.state === 'lost';
  return (
    <div className={`call-cover ${call.state}`} role={call.state === 'failed' ? 'alert' : 'status'}>
      {waiting && <span className="spinner" aria-hidden="true" />}
      <p>{say[call.state]}</p>
      {!waiting && (
        <Button className="button" onPress={call.retry}>
          {say.retry}
        </Button>
      )}
    </div>
  );
}
