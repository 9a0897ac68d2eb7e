/** What of camera, microphone and speaker the configuration wants and the machine has. Pure. */
import type { FailureCode } from '#shared/failure.ts';
import type { MediaDevices, RoomDevices } from '#shared/ipc.ts';
import type { DeviceReport } from '#shared/protocol/terminal-report.ts';

export interface MediaReport {
  readonly camera: DeviceReport;
  readonly microphone: DeviceReport;
  readonly speaker: DeviceReport;
}

/** What is missing: any device will do where the configuration names none. */
export function reportMedia(found: MediaDevices, wanted: RoomDevices): MediaReport {
  return {
    camera: present(found.cameras, wanted.camera, 'cameraAbsent'),
    microphone: present(found.microphones, wanted.microphone, 'microphoneAbsent'),
    speaker: present(found.speakers, wanted.speaker, 'speakerAbsent'),
  };
}

function present(labels: readonly string[], wanted: string | null, absent: FailureCode): DeviceReport {
  const there = wanted === null ? labels.length > 0 : labels.includes(wanted);
  return there ? { state: 'ready' } : { state: 'trouble', reasons: [absent] };
}
