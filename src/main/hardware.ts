/** Watches what is plugged into the terminal and keeps the devices' report up to date. */

import type { TerminalConfiguration } from '#shared/configuration/terminal.ts';
import type { MediaDevices } from '#shared/ipc.ts';
import type { PrinterAbilities } from '#shared/printing.ts';
import type { CallButton } from './buttons/call-button.ts';
import { createCallButton } from './buttons/create-call-button.ts';
import type { Devices } from './devices.ts';
import type { Log } from './log.ts';
import { reportMedia } from './media-report.ts';
import { watchMedia } from './media-watch.ts';
import { createPrinter } from './printer/create-printer.ts';
import type { Printer } from './printer/printer.ts';
import type { PrinterTraits } from './printer/printer-traits.ts';
import { createScanner } from './scanner/create-scanner.ts';
import { watchUsb } from './usb/watch-usb.ts';

export interface Hardware {
  /** Null where none is configured. For the wipe: jobs are sent by the paper process. */
  readonly printer: Printer | null;
  /** Null: there is no printer, or it did not say yet. */
  readonly printerAbilities: () => PrinterAbilities | null;
  /** What is plugged in, by its labels; null: not looked yet. */
  readonly media: () => MediaDevices | null;
  /** The paper process is scanning: the device is left alone meanwhile. */
  readonly setScanning: (scanning: boolean) => void;
  /** Begins to watch; harmless when repeated. */
  readonly watch: () => void;
  readonly close: () => void;
}

export interface HardwareOptions {
  readonly configuration: TerminalConfiguration;
  readonly dist: string;
  readonly log: Log;
  readonly devices: Devices;
  readonly onPress: () => void;
  /** `printerAbilities` says more than before. */
  readonly onPrinterKnown: () => void;
}

export function createHardware(options: HardwareOptions): Hardware {
  const { configuration, dist, log, devices, onPress, onPrinterKnown } = options;
  const printer = createPrinter(configuration.printer);
  const scanner = createScanner(configuration.scanner);
  const button: CallButton | null = createCallButton(configuration.button);
  let stops: readonly (() => void)[] | null = null;
  let media: MediaDevices | null = null;
  let printerTraits: PrinterTraits | null = null;

  /** Asked again at each change of the printer until it answers. */
  async function learnPrinter(): Promise<void> {
    printerTraits = (await printer?.traits()) ?? null;
    if (printerTraits) onPrinterKnown();
  }

  function watch(): (() => void)[] {
    const usb = watchUsb();
    const watched = [
      printer?.watch((report) => {
        devices.set('printer', report);
        if (!printerTraits) void learnPrinter();
      }),
      scanner?.watch((report) => devices.set('scanner', report)),
      button?.watch((report) => devices.set('button', report)),
      button?.onPress(onPress),
      usb.onChange(() => {
        scanner?.refresh();
        button?.refresh();
      }),
      usb.close,
      watchMedia(dist, log, (found) => {
        media = found;
        const { camera, microphone, speaker } = reportMedia(found, configuration.media);
        devices.set('camera', camera);
        devices.set('microphone', microphone);
        devices.set('speaker', speaker);
      }),
    ];
    return watched.filter((stop) => stop !== undefined);
  }

  return {
    printer,
    printerAbilities: () => printerTraits?.abilities ?? null,
    media: () => media,
    setScanning: (scanning) => scanner?.setScanning(scanning),
    watch() {
      stops ??= watch();
    },
    close() {
      for (const stop of stops ?? []) stop();
      printer?.close();
      scanner?.close();
      button?.close();
    },
  };
}
