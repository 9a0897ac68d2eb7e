/** The picture and the voice of somebody else. The last picture stays until the first one of the next connection is there. */
export interface RemoteVideo {
  readonly show: (tracks: readonly MediaStreamTrack[]) => void;
  readonly clear: () => void;
  /** Device id of the loudspeaker; empty = the system's default. */
  readonly setSpeaker: (deviceId: string) => void;
}

/** @param label what it is to who cannot see it. */
export function openRemoteVideo(place: HTMLElement, label: string): RemoteVideo {
  let shown: HTMLVideoElement | null = null;
  let speaker = '';

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

  return {
    show(tracks) {
      const before = shown?.srcObject;
      const ids = tracks.map(({ id }) => id);
      if (before instanceof MediaStream && before.getTracks().every(({ id }) => ids.includes(id))) {
        if (before.getTracks().length === ids.length) return;
      }
      const video = document.createElement('video');
      const last = shown;
      video.autoplay = true;
      video.playsInline = true;
      video.setAttribute('aria-label', label);
      video.srcObject = new MediaStream([...tracks]);
      shown = video;
      sound(video);
      // Under the last picture until its own first frame is there: never a black flash.
      place.prepend(video);
      if (last) {
        last.muted = true;
        const drop = () => last.remove();
        video.addEventListener('loadeddata', drop, { once: true });
      }
      for (const old of [...place.querySelectorAll('video')].slice(2)) old.remove();
      play(video);
    },
    clear() {
      shown = null;
      place.replaceChildren();
    },
    setSpeaker(deviceId) {
      if (deviceId === speaker) return;
      speaker = deviceId;
      if (shown) sound(shown);
    },
  };
}
