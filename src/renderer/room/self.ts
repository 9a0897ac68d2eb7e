/**
 * The resident's own picture, mirrored, laid on the desk screen: small, or large to aim a paper at the camera, of which
 * the counsellor then takes a shot. This page has the camera and nothing else: the shot leaves it sealed for the paper
 * process. #camera=LABEL names the camera; none = any.
 */
import { sealShot } from '#sealing/shot-seal.ts';
import type { SelfOrder, SelfViewClient } from '#shared/ipc.ts';
import { type CameraSize, turnCamera, wishesFor } from './camera-size.ts';
import { takeShot } from './take-shot.ts';

const main = (window as unknown as { readonly terminal: SelfViewClient }).terminal;
const video = document.getElementById('self') as HTMLVideoElement;
const wanted = new URLSearchParams(window.location.hash.slice(1)).get('camera');
let size: CameraSize = 'call';
/** The camera is larger than the call had opened it. */
let isTurned = false;
/** One thing at a time: a shot waits until the camera is at its best. */
let inOrder: Promise<void> = Promise.resolve();

function queue(work: () => Promise<void>, failed: (error: unknown) => void): void {
  inOrder = inOrder.then(work).catch(failed);
}

function trackNow(): MediaStreamTrack | null {
  const [track] = video.srcObject instanceof MediaStream ? video.srcObject.getVideoTracks() : [];
  return track?.readyState === 'live' ? track : null;
}

/** Also after each change of devices: a camera that is plugged in again is seen again without anyone's help. */
async function show(): Promise<void> {
  const cameras = (await navigator.mediaDevices.enumerateDevices()).filter(
    ({ kind }) => kind === 'videoinput',
  );
  const chosen = cameras.find(({ label }) => label === wanted)?.deviceId;
  const current = trackNow();
  const isRight = current && (!chosen || current.getSettings().deviceId === chosen);
  if (isRight || cameras.length === 0) return;
  current?.stop();
  video.srcObject = await navigator.mediaDevices.getUserMedia({
    video: { ...(chosen ? { deviceId: { exact: chosen } } : {}), ...wishesFor(size) },
  });
}

async function turn(next: CameraSize): Promise<void> {
  size = next;
  document.body.classList.toggle('aim', next === 'best');
  await show();
  const track = trackNow();
  if (!track || (next === 'call') !== isTurned) return;
  const changed = await turnCamera(track, next, () => main.tell({ type: 'rest' }));
  isTurned = next === 'best' && changed;
}

async function shoot({ aim, recipient }: Extract<SelfOrder, { type: 'shoot' }>): Promise<void> {
  const track = trackNow();
  if (!track) return main.tell({ type: 'failed', aim });
  document.body.classList.add('taking');
  try {
    main.tell({ type: 'shot', aim, shot: await sealShot(recipient, aim, await takeShot(track)) });
  } finally {
    document.body.classList.remove('taking');
  }
}

function warn(error: unknown): void {
  console.warn('No picture of the resident:', error instanceof Error ? error.name : 'unknown');
}

main.onOrder((order) => {
  switch (order.type) {
    case 'aim':
      queue(() => turn(order.on ? 'best' : 'call'), warn);
      // Whatever became of it: nobody waits for a camera that cannot.
      queue(async () => main.tell({ type: 'sized' }), warn);
      break;
    case 'shoot':
      queue(
        () => shoot(order),
        (error) => {
          warn(error);
          main.tell({ type: 'failed', aim: order.aim });
        },
      );
      break;
  }
});

// The frame is drawn on the picture itself, whatever its shape.
video.addEventListener('resize', () => {
  document.body.style.setProperty('--width', String(video.videoWidth));
  document.body.style.setProperty('--height', String(video.videoHeight));
});
navigator.mediaDevices.addEventListener('devicechange', () => queue(show, warn));
queue(show, warn);
