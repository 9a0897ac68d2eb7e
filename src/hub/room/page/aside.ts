/** Whoever else was asked into the room: a picture of its own beside the large one, and the name in it. */
import { element } from './element.ts';
import { initialsOf } from './initials.ts';
import { openRemoteVideo } from './remote-video.ts';
import type { Words } from './words/fr.ts';

export interface Aside {
  readonly setPerson: (name: string | null) => void;
  readonly setRemote: (tracks: readonly MediaStreamTrack[]) => void;
  readonly setConnected: (connected: boolean) => void;
  readonly setRemoteMedia: (media: { audio: boolean; video: boolean }) => void;
  readonly setSpeaker: (deviceId: string) => void;
}

export function openAside(words: Words): Aside {
  const aside = element('aside');
  const picture = openRemoteVideo(element('aside-picture'), words.third);
  const initials = element('aside-initials');
  const label = element('aside-name');
  let name: string | null = null;
  let connected = false;
  let media = { audio: true, video: true };

  function draw(): void {
    aside.hidden = name === null;
    aside.dataset.state = connected && media.video ? 'live' : 'voice';
    initials.textContent = initialsOf(name ?? '');
    label.textContent = connected && !media.audio ? `${name ?? ''} · ${words.muted}` : (name ?? '');
  }

  draw();
  return {
    setPerson(next) {
      name = next;
      if (next === null) {
        connected = false;
        media = { audio: true, video: true };
        picture.clear();
      }
      draw();
    },
    setRemote: picture.show,
    setConnected(next) {
      connected = next;
      draw();
    },
    setRemoteMedia(next) {
      media = next;
      draw();
    },
    setSpeaker: picture.setSpeaker,
  };
}
