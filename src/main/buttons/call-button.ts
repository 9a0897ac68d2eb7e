/** A call button or foot switch that an operator may add: one press, nothing to read. */
import type { DeviceReport } from '#shared/protocol/terminal-report.ts';

export interface CallButton {
  /**
   * Calls back once a press (not at the release, nor again while it is held down); returns a function that stops it.
   * A button that is plugged in again is used again.
   */
  readonly onPress: (listener: () => void) => () => void;
  /** Reports at once and at each change; returns a function that stops it. */
  readonly watch: (listener: (report: DeviceReport) => void) => () => void;
  readonly report: () => DeviceReport;
  /** Something was plugged in or out: look again now. */
  readonly refresh: () => void;
  readonly close: () => void;
}
