/** Cameras and microphones without hardware, as Chromium makes them: the same code path as real ones beyond the driver. */

/** A moving picture (a green field with a clock) and a beep every second; permission prompts answered with yes. */
export function cameraAndMicrophoneSwitches(): string[] {
  return ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
}

/** A machine where nobody plugged a camera in: the microphone stays. */
export function noCameraSwitches(): string[] {
  return ['--use-fake-device-for-media-stream=device-count=0', '--use-fake-ui-for-media-stream'];
}
