import { chromium } from '@playwright/test';
import { expect, test } from 'vitest';
import { cameraAndMicrophoneSwitches, noCameraSwitches, saysYesSwitches } from './fake-media.ts';

/** Kinds of what a page gets when it asks for camera and microphone as the room does, and what it can list. */
async function devices(switches: readonly string[]): Promise<{ kinds: string[]; moving: boolean }> {
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [...switches, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });
  const page = await browser.newPage();
  // Devices are listed for secure pages only, which one from this machine is.
  await page.route('http://localhost/**', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<video>' }),
  );
  await page.goto('http://localhost/');
  const found = await page.evaluate(async () => {
    const before = await navigator.mediaDevices.enumerateDevices();
    const camera = before.some((device) => device.kind === 'videoinput');
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: camera });
    const kinds = stream.getTracks().map((track) => track.kind);
    const video = document.querySelector('video');
    if (!video || !camera) return { kinds, moving: false };
    video.muted = true;
    video.srcObject = stream;
    await video.play();
    await new Promise((resolve) =>
      video.requestVideoFrameCallback(() => video.requestVideoFrameCallback(resolve)),
    );
    return { kinds, moving: true };
  });
  await browser.close();
  return { kinds: found.kinds.sort(), moving: found.moving };
}

test('a camera with a moving picture, and a microphone', async () => {
  expect(await devices([...cameraAndMicrophoneSwitches(), ...saysYesSwitches()])).toEqual({
    kinds: ['audio', 'video'],
    moving: true,
  });
});

test('without a camera the microphone stays', async () => {
  expect(await devices([...noCameraSwitches(), ...saysYesSwitches()])).toEqual({
    kinds: ['audio'],
    moving: false,
  });
});
