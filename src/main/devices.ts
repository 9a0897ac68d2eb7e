/** The terminal's devices as one report, renewed at each change of any of them. */

import { isDeepStrictEqual } from 'node:util';
import {
  type DeviceName,
  type DeviceReport,
  type DevicesReport,
  deviceNames,
} from '#shared/protocol/terminal-report.ts';

export interface Devices {
  readonly report: () => DevicesReport;
  readonly set: (name: DeviceName, report: DeviceReport) => void;
}

export function createDevices(onChange: (report: DevicesReport, changed: DeviceName) => void): Devices {
  let report = Object.fromEntries(deviceNames.map((name) => [name, { state: 'none' }])) as DevicesReport;
  return {
    report: () => report,
    set(name, next) {
      if (isDeepStrictEqual(report[name], next)) return;
      report = { ...report, [name]: next };
      onChange(report, name);
    },
  };
}
