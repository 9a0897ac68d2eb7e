/** Scanners that SANE sees as the terminal's user, and a scan that shows that one works. */
import type { ScannerConfig } from '#shared/configuration/scanner.ts';
import { runProgram } from '../run-program.ts';

const USER = 'vis-a-vis';

export interface FoundScanner {
  readonly device: string;
  readonly label: string;
}

/** Cameras are scanners too for SANE; they are not offered. */
export async function findScanners(): Promise<FoundScanner[]> {
  const { said } = await scanimage('--formatted-device-list=%d\t%v %m%n');
  return said
    .split('\n')
    .map((line) => line.split('\t'))
    .flatMap(([device, label]) => (device && label && !device.startsWith('v4l:') ? [{ device, label }] : []));
}

/**
 * Learns what the device calls its sources and modes, and scans once, coarsely, to nowhere.
 * @returns its part of the terminal's configuration, or what SANE said.
 */
export async function tryScanner(
  device: string,
): Promise<{ config: Partial<ScannerConfig> } | { wrong: string }> {
  const options = await scanimage('--device-name', device, '--all-options');
  if (!options.ok) return { wrong: options.said.trim() };
  const config = namesIn(device, options.said);
  const source = config.flatbedSource ?? config.feederSource;
  const scan = await scanimage(
    ...['--device-name', device, '--resolution', '75', '--format=pnm', '--output-file=/dev/null'],
    ...(source ? ['--source', source] : []),
  );
  return scan.ok ? { config } : { wrong: scan.said.trim().split('\n').at(-1) ?? '' };
}

interface ScannerNames {
  readonly driver: 'sane';
  readonly device: string;
  readonly flatbedSource: string | null;
  readonly feederSource: string | null;
  readonly colourMode?: string;
  readonly greyMode?: string;
}

/** @param said of `scanimage --all-options`: "--source Flatbed|ADF [Flatbed]". Exported for its test. */
export function namesIn(device: string, said: string): ScannerNames {
  const sources = choicesOf('source', said);
  const modes = choicesOf('mode', said);
  const find = (choices: readonly string[], what: RegExp) => choices.find((one) => what.test(one));
  const colour = find(modes, /^colou?r/i);
  const grey = find(modes, /^gr[ae]y/i);
  return {
    driver: 'sane',
    device,
    flatbedSource: find(sources, /flat|glass|platen|normal/i) ?? null,
    feederSource: find(sources, /feeder|adf/i) ?? null,
    ...(colour && { colourMode: colour }),
    ...(grey && { greyMode: grey }),
  };
}

function choicesOf(option: string, said: string): string[] {
  const [, choices = ''] = new RegExp(`^ +--${option} (\\S.*?)(?: \\[|$)`, 'm').exec(said) ?? [];
  return choices.split('|').map((one) => one.trim());
}

function scanimage(...args: string[]): ReturnType<typeof runProgram> {
  return runProgram('runuser', ['-u', USER, '--', 'scanimage', ...args]);
}
