/** The resident's own picture, mirrored, laid on the desk screen. #camera=LABEL names the camera; none = any. */
const video = document.getElementById('self');
const wanted = new URLSearchParams(window.location.hash.slice(1)).get('camera');
let busy = false;
let again = false;

/** Also after each change of devices: a camera that is plugged in again is seen again without anyone's help. */
async function show(): Promise<void> {
  if (!(video instanceof HTMLVideoElement)) return;
  const cameras = (await navigator.mediaDevices.enumerateDevices()).filter(
    ({ kind }) => kind === 'videoinput',
  );
  const chosen = cameras.find(({ label }) => label === wanted)?.deviceId;
  const [current] = video.srcObject instanceof MediaStream ? video.srcObject.getVideoTracks() : [];
  const isRight = current?.readyState === 'live' && (!chosen || current.getSettings().deviceId === chosen);
  if (isRight || cameras.length === 0) return;
  current?.stop();
  video.srcObject = await navigator.mediaDevices.getUserMedia({
    video: {
      ...(chosen ? { deviceId: { exact: chosen } } : {}),
      width: { ideal: 1280 },
      height: { ideal: 720 },
    },
  });
}

function settle(): void {
  if (busy) {
    again = true;
    return;
  }
  busy = true;
  show()
    .catch((error: unknown) => {
      console.warn('No picture of the resident:', error instanceof Error ? error.name : 'unknown');
    })
    .finally(() => {
      busy = false;
      if (again) {
        again = false;
        settle();
      }
    });
}

navigator.mediaDevices.addEventListener('devicechange', settle);
settle();
