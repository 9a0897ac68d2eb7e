/** The other one's picture and sound, and one's own picture, in elements named as Jitsi Meet names them. */
import type { JitsiTrack } from './jitsi-globals.ts';

export interface Stage {
  readonly setOwn: (track: JitsiTrack | null) => void;
  readonly add: (track: JitsiTrack) => void;
  readonly remove: (track: JitsiTrack) => void;
  /** PNG as a data: address, or undefined without a picture. */
  readonly capture: () => string | undefined;
}

export function openStage(options: { readonly selfView: boolean }): Stage {
  const large = element('largeVideo', HTMLVideoElement);
  const own = element('localVideo', HTMLVideoElement);
  const sounds = element('remoteAudio', HTMLElement);
  const heard = new Map<JitsiTrack, HTMLAudioElement>();
  element('localVideo_container', HTMLElement).hidden = !options.selfView;
  let shown: JitsiTrack | null = null;
  let mine: JitsiTrack | null = null;

  return {
    setOwn(track) {
      mine?.detach(own);
      mine = track;
      track?.attach(own);
    },
    add(track) {
      if (track.getType() === 'video') {
        shown?.detach(large);
        shown = track;
        track.attach(large);
        return;
      }
      const sound = document.createElement('audio');
      sound.autoplay = true;
      heard.set(track, sound);
      sounds.append(sound);
      track.attach(sound);
    },
    remove(track) {
      heard.get(track)?.remove();
      heard.delete(track);
      if (shown === track) {
        track.detach(large);
        shown = null;
      }
    },
    capture() {
      if (large.videoWidth === 0) return undefined;
      const canvas = document.createElement('canvas');
      canvas.width = large.videoWidth;
      canvas.height = large.videoHeight;
      canvas.getContext('2d')?.drawImage(large, 0, 0);
      return canvas.toDataURL('image/png');
    },
  };
}

function element<T extends HTMLElement>(id: string, kind: new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`The page has no ${id}.`);
  return found;
}
