/** A page that nobody sees: lists cameras, microphones and speakers for main, at once and at every change. */
import type { MediaDevices as DeviceList } from '#shared/ipc.ts';

/** As many as the contract carries. */
const MOST = 32;

async function list(): Promise<void> {
  const found = await navigator.mediaDevices.enumerateDevices();
  // "default" and "communications" are second names of a device that is in the list anyway.
  const labels = (kind: MediaDeviceKind) =>
    found
      .filter(
        (device) =>
          device.kind === kind && device.deviceId !== 'default' && device.deviceId !== 'communications',
      )
      .map(({ label }) => label.slice(0, 200))
      .slice(0, MOST);
  const devices: DeviceList = {
    cameras: labels('videoinput'),
    microphones: labels('audioinput'),
    speakers: labels('audiooutput'),
  };
  window.terminal.devices(devices);
}

function report(): void {
  list().catch((error: unknown) => {
    console.warn('Devices cannot be listed:', error instanceof Error ? error.name : 'unknown');
  });
}

navigator.mediaDevices.addEventListener('devicechange', report);
report();
