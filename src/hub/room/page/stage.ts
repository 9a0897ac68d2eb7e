/** What the room shows: the picture of the one who is met here over the whole frame, one's own small, a sentence where there is none. */
import { element } from './element.ts';
import { initialsOf } from './initials.ts';
import { openRemoteVideo } from './remote-video.ts';
import type { Words } from './words/fr.ts';

export interface Stage {
  readonly setOwn: (track: MediaStreamTrack | null) => void;
  readonly setRemote: (tracks: readonly MediaStreamTrack[]) => void;
  readonly setPerson: (name: string | null) => void;
  readonly setConnected: (connected: boolean) => void;
  readonly setRemoteMedia: (media: { audio: boolean; video: boolean }) => void;
  readonly setSpeaker: (deviceId: string) => void;
  readonly end: (why: 'over' | 'refused') => void;
}

export function openStage(words: Words, options: { selfView: boolean; texts: boolean }): Stage {
  const stage = element('stage');
  const picture = openRemoteVideo(element('remote'), words.other);
  const person = element('person');
  const initials = element('initials');
  const said = element('said');
  const self = element('self') as HTMLVideoElement;
  let name: string | null = null;
  let connected = false;
  let wasConnected = false;
  let media = { audio: true, video: true };
  let ended: 'over' | 'refused' | null = null;
  document.title = words.title;
  self.setAttribute('aria-label', words.self);

  function draw(): void {
    const state = stateOf();
    stage.dataset.state = state;
    person.hidden = state !== 'voice';
    initials.textContent = initialsOf(name ?? '');
    said.textContent = options.texts ? sentence(state) : '';
  }

  function stateOf(): 'waiting' | 'connecting' | 'lost' | 'voice' | 'live' | 'over' {
    if (ended) return 'over';
    if (name === null) return 'waiting';
    if (!connected) return wasConnected ? 'lost' : 'connecting';
    return media.video ? 'live' : 'voice';
  }

  function sentence(state: ReturnType<typeof stateOf>): string {
    if (ended) return words[ended];
    if (state === 'waiting' || state === 'connecting' || state === 'lost') return words[state];
    return [...(state === 'voice' ? [words.voiceOnly] : []), ...(media.audio ? [] : [words.muted])].join(
      ' · ',
    );
  }

  draw();
  return {
    setOwn(track) {
      self.hidden = !options.selfView || !track;
      self.srcObject = track && options.selfView ? new MediaStream([track]) : null;
    },
    setRemote: picture.show,
    setPerson(next) {
      name = next;
      if (next === null) {
        wasConnected = false;
        media = { audio: true, video: true };
        picture.clear();
      }
      draw();
    },
    setConnected(next) {
      connected = next;
      wasConnected ||= next;
      draw();
    },
    setRemoteMedia(next) {
      media = next;
      draw();
    },
    setSpeaker: picture.setSpeaker,
    end(why) {
      ended = why;
      picture.clear();
      self.srcObject = null;
      self.hidden = true;
      draw();
    },
  };
}
