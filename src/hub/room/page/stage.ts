/** What the room shows: the other one's picture over the whole frame, one's own small, a sentence where there is none. */
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
  const remote = element('remote');
  const person = element('person');
  const initials = element('initials');
  const said = element('said');
  const self = element('self') as HTMLVideoElement;
  let shown: HTMLVideoElement | null = null;
  let speaker = '';
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

  function play(video: HTMLVideoElement): void {
    video.play().catch(() => {
      // A browser that wants a gesture before it gives sound gets the picture at once, the sound at the first gesture.
      video.muted = true;
      video.play().catch(() => undefined);
      window.addEventListener(
        'pointerdown',
        () => {
          video.muted = false;
        },
        { once: true },
      );
    });
  }

  function sound(video: HTMLVideoElement): void {
    if (speaker === '' || !('setSinkId' in video)) return;
    video.setSinkId(speaker).catch(() => {
      // Pulled out in between: the default speaker goes on, the next device change sets it again.
      console.warn('The chosen loudspeaker could not be set.');
    });
  }

  draw();
  return {
    setOwn(track) {
      self.hidden = !options.selfView || !track;
      self.srcObject = track && options.selfView ? new MediaStream([track]) : null;
    },
    setRemote(tracks) {
      const before = shown?.srcObject;
      const ids = tracks.map(({ id }) => id);
      if (before instanceof MediaStream && before.getTracks().every(({ id }) => ids.includes(id))) {
        if (before.getTracks().length === ids.length) return;
      }
      const video = document.createElement('video');
      const last = shown;
      video.autoplay = true;
      video.playsInline = true;
      video.setAttribute('aria-label', words.other);
      video.srcObject = new MediaStream([...tracks]);
      shown = video;
      sound(video);
      // Under the last picture until its own first frame is there: never a black flash.
      remote.prepend(video);
      if (last) {
        last.muted = true;
        const drop = () => last.remove();
        video.addEventListener('loadeddata', drop, { once: true });
      }
      for (const old of [...remote.querySelectorAll('video')].slice(2)) old.remove();
      play(video);
    },
    setPerson(next) {
      name = next;
      if (next === null) {
        wasConnected = false;
        media = { audio: true, video: true };
        shown = null;
        remote.replaceChildren();
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
    setSpeaker(deviceId) {
      if (deviceId === speaker) return;
      speaker = deviceId;
      if (shown) sound(shown);
    },
    end(why) {
      ended = why;
      remote.replaceChildren();
      self.srcObject = null;
      self.hidden = true;
      draw();
    },
  };
}

function initialsOf(name: string): string {
  const letters = name
    .split(/\s+/)
    .map((word) => word.charAt(0))
    .filter((letter) => /\p{L}/u.test(letter));
  return `${letters.at(0) ?? ''}${letters.length > 1 ? (letters.at(-1) ?? '') : ''}`.toUpperCase();
}

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`No #${id} in the room page.`);
  return found;
}
