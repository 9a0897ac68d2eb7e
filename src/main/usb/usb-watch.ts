/** Tells that something was plugged in or out, so that a device that comes back is used again without a restart. */
export interface UsbWatch {
  /** Called shortly after each change (changes in quick succession are told once); returns a function that stops it. */
  readonly onChange: (listener: () => void) => () => void;
  readonly close: () => void;
}
