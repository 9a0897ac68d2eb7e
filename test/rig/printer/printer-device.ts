/**
 * The rig's printer itself, without the print system: ippeveprinter with a mechanism that tests can jam, empty, open
 * and switch off while it runs.
 */
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { freePort } from '../free-port.ts';
import { type RigProcess, startProcess } from '../processes.ts';
import { until } from '../until.ts';
import { type EngineControl, engineControl, type PrinterReason, SERVICE_JOB } from './engine-control.ts';
import { askIpp } from './ipp-client.ts';

export interface PrinterDevice {
  /** ipp://localhost:PORT/ipp/print */
  readonly uri: string;
  readonly setReason: (reason: PrinterReason) => Promise<void>;
  readonly clearReason: (reason: PrinterReason) => Promise<void>;
  /** printer-state-reasons as the device answers them, without "none". */
  readonly reasons: () => Promise<string[]>;
  readonly setSpeed: (pagesPerMinute: number) => void;
  /** A job moves its paper, or would if nothing were wrong. */
  readonly isPrinting: () => Promise<boolean>;
  /** As if its plug were pulled: what it was printing is lost. */
  readonly switchOff: () => Promise<void>;
  readonly switchOn: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const TRAYS = 10;
/** printer-state (RFC 8011 §5.4.11). */
const IDLE = 3;

export async function startPrinterDevice(
  folder: string,
  spool: string,
  pagesPerMinute: number,
): Promise<PrinterDevice> {
  const port = await freePort();
  const uri = `ipp://localhost:${port}/ipp/print`;
  const control = engineControl(folder);
  let set: EngineControl = { reasons: [], pagesPerMinute };
  control.write(set);
  const command = writeCommand(folder);
  // ippeveprinter does not start without a D-Bus, even with discovery off: one of its own, without a service on it.
  const socket = path.join(folder, 'dbus');
  const bus = await startProcess({
    name: 'dbus',
    program: 'dbus-daemon',
    args: ['--session', '--nofork', '--nopidfile', '--nosyslog', `--address=unix:path=${socket}`],
  });
  await until('its D-Bus listens', () => existsSync(socket));
  const keys = path.join(folder, 'keys');
  mkdirSync(keys);

  let device: RigProcess | null = null;
  const attributes = (wanted: string) =>
    askIpp('Get-Printer-Attributes', { printer: uri }, { wanted: [wanted] });
  const reasons = async () =>
    ((await attributes('printer-state-reasons'))['printer-state-reasons'] ?? [])
      .map(String)
      .filter((reason) => reason !== 'none');
  const shows = async (reason: PrinterReason) => (await reasons()).some((shown) => shown.startsWith(reason));

  /** The tray is set as a person would, on the printer's own page; nothing else empties it while it is idle. */
  const fillTray = async (sheets: number) => {
    const form = new URLSearchParams();
    for (let tray = 0; tray < TRAYS; tray += 1) {
      form.set(`size${tray}`, 'iso_a4_210x297mm');
      form.set(`type${tray}`, 'stationery');
      form.set(`level${tray}`, String(sheets));
    }
    const answer = await fetch(`http://localhost:${port}/media?${form}`);
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`The printer's tray page answered ${answer.status}.`);
  };

  /** While a job is on its way the mechanism shows what changed; while it is idle a job that prints nothing does. */
  const show = async (reason: PrinterReason, wanted: boolean) => {
    if (device === null) return;
    if (reason === 'media-empty') await fillTray(wanted ? 0 : 250);
    await until(`the printer ${wanted ? 'shows' : 'no longer shows'} ${reason}`, async () => {
      if ((await shows(reason)) === wanted) return true;
      const idle = (await attributes('printer-state'))['printer-state']?.[0] === IDLE;
      if (idle && !(await shows('media-empty'))) await service();
      return false;
    });
  };
  const service = async () => {
    const data = Buffer.from('%PDF-1.4\n%%EOF\n');
    try {
      await askIpp('Print-Job', { printer: uri }, { jobName: SERVICE_JOB, data });
    } catch (error) {
      // A real job came first: its own mechanism shows the change.
      if (!(error instanceof Error && error.message.includes('refused'))) throw error;
    }
  };

  const switchOn = async () => {
    if (device) return;
    const started = await startProcess({
      name: 'ippeveprinter',
      program: 'ippeveprinter',
      args: [
        ...['-2', '-r', 'off', '-p', String(port), '-n', 'localhost', '-K', keys, '-d', spool, '-k'],
        ...['-M', 'Rig', '-m', 'Printer', '-s', `${set.pagesPerMinute},${set.pagesPerMinute}`],
        ...['-f', 'application/pdf,image/pwg-raster,image/jpeg'],
        ...['-c', command, '-D', 'file:///dev/null', 'Borne'],
      ],
      env: { ...process.env, DBUS_SYSTEM_BUS_ADDRESS: `unix:path=${socket}` },
    });
    device = started;
    await until('the printer answers', async () => {
      if (!started.isRunning()) throw new Error(`ippeveprinter ended:\n${started.output()}`);
      return attributes('printer-state').then(
        () => true,
        () => false,
      );
    });
    await fillTray(set.reasons.includes('media-empty') ? 0 : 250);
    for (const reason of set.reasons) await show(reason, true);
  };

  await switchOn();
  return {
    uri,
    reasons,
    isPrinting: async () => (await attributes('printer-state'))['printer-state']?.[0] !== IDLE,
    setReason: async (reason) => {
      if (!set.reasons.includes(reason)) set = { ...set, reasons: [...set.reasons, reason] };
      control.write(set);
      await show(reason, true);
    },
    clearReason: async (reason) => {
      set = { ...set, reasons: set.reasons.filter((one) => one !== reason) };
      control.write(set);
      await show(reason, false);
    },
    setSpeed: (speed) => {
      set = { ...set, pagesPerMinute: speed };
      control.write(set);
    },
    switchOff: async () => {
      const running = device;
      device = null;
      await running?.kill9();
    },
    switchOn,
    close: async () => {
      await device?.kill9();
      await bus.close();
    },
  };
}

/** ippeveprinter runs one file without arguments of ours: a small script that calls the engine. */
function writeCommand(folder: string): string {
  const file = path.join(folder, 'print');
  const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  const engine = path.join(import.meta.dirname, 'printing-engine.ts');
  writeFileSync(file, `#!/bin/sh\nexec ${quote(process.execPath)} ${quote(engine)} ${quote(folder)} "$1"\n`);
  chmodSync(file, 0o755);
  return file;
}
