/** Cameras and microphones without hardware, as Chromium makes them: the same code path as real ones beyond the driver. */

/**
 * A moving picture (a green field with a clock) and a beep every second. Who may use them is left to the program: the
 * terminal decides it itself.
 */
export function cameraAndMicrophoneSwitches(): string[] {
  return ['--use-fake-device-for-media-stream'];
}

/** For a browser, whose person would answer yes when it asks. In the terminal it would hide what the terminal refuses. */
export function saysYesSwitches(): string[] {
  return ['--use-fake-ui-for-media-stream'];
}

/** A machine where nobody plugged a camera in: the microphone stays. */
export function noCameraSwitches(): string[] {
  return ['--use-fake-device-for-media-stream=device-count=0'];
}
