/**
 * From the start of the terminal's process to its painted face screen, with every device and the hub there; against an
 * empty window of the same size on the same runtime with the same switches. Both tell on standard output, when the page
 * was told of the frame after its first one.
 */
import path from 'node:path';
import { startDisplays } from '#rig/displays.ts';
import { startHub } from '#rig/hub-process.ts';
import { startPrinter } from '#rig/printer/printer.ts';
import { type RigProcess, startProcess } from '#rig/processes.ts';
import { makeRunFolder } from '#rig/run-folder.ts';
import { startScanner } from '#rig/scanner.ts';
import { until } from '#rig/until.ts';
import { ensureElectronRuntime } from '../setup/electron-runtime.ts';
import { writeBareElectron } from './bare-electron.ts';
import type { Measurement } from './figure.ts';
import { terminalArguments, terminalSwitches } from './lone-terminal.ts';
import { withClosers } from './with-closers.ts';

const ROUNDS = 9;

export function measureStart(): Promise<Measurement> {
  return withClosers(async (close) => {
    const displays = await startDisplays();
    close(displays.close);
    const printer = await startPrinter();
    close(printer.close);
    const scanner = startScanner();
    close(scanner.close);
    const hub = await startHub();
    close(hub.close);
    const { executable } = await ensureElectronRuntime();
    const terminal = terminalArguments({
      hub: hub.origin,
      enrolmentCode: hub.demo.enrolmentCode,
      printer: { driver: 'cups', queue: printer.printerUri },
      scanner: { driver: 'sane', device: scanner.device, env: { ...scanner.env } },
    });
    const bare = [
      writeBareElectron(),
      ...terminalSwitches(),
      `--user-data-dir=${path.join(makeRunFolder('bare-data'), 'data')}`,
    ];
    const env = { ...process.env, DISPLAY: displays.display };
    const timed = async (args: readonly string[], line: string) => {
      const start = performance.now();
      const app = await startProcess({ name: 'electron', program: executable, args, env });
      try {
        await until(`electron says ${line}`, () => seen(app, line), { everyMs: 1 });
        return performance.now() - start;
      } finally {
        await app.close();
      }
    };
    const values: number[] = [];
    const baselines: number[] = [];
    // The first of each warms the disk's cache up, makes the profile and enrols; it is not counted.
    for (let round = 0; round <= ROUNDS; round += 1) {
      const baseline = await timed(bare, 'bare.painted');
      const value = await timed(terminal, '"event":"screen.painted","host":"face"');
      if (round === 0) continue;
      baselines.push(baseline);
      values.push(value);
    }
    return { unit: 'ms', values, baselines, allowance: { kind: 'times', factor: 2 } };
  });
}

function seen(app: RigProcess, line: string): boolean {
  if (app.output().includes(line)) return true;
  if (!app.isRunning()) throw new Error(`Electron ended:\n${app.output()}`);
  return false;
}
