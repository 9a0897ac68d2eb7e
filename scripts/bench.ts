/**
 * `npm run bench [figure…]`: measures each figure and its baseline in turns in the same run, prints the medians, writes
 * bench-output.json, and exits 1 where a limit is passed. Ratios count: absolute times are this machine's own.
 */
import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import path from 'node:path';
import { endLeftovers } from '#rig/run-folder.ts';
import { measureBareInstall } from './bench/bare-install.ts';
import { measureBookings } from './bench/bookings.ts';
import { measureCall } from './bench/call.ts';
import { consolePages, measureConsolePage } from './bench/console-pages.ts';
import { measureCountingPage } from './bench/counting-page.ts';
import { measureTurn, measureTyped } from './bench/desk.ts';
import { measureEnd } from './bench/end.ts';
import { type Figure, judge, type Measurement, notMeasured, quantile } from './bench/figure.ts';
import { idleFigures } from './bench/hubs-idle.ts';
import { measureHubsOrder } from './bench/hubs-order.ts';
import { measureInstalledIdle, measureInstalledStart } from './bench/installed.ts';
import { measureJitsiCall } from './bench/jitsi-call.ts';
import { measureJitsiMemory } from './bench/jitsi-memory.ts';
import { measureLargeDocument, measureLargeDocumentMemory } from './bench/large-document.ts';
import { measureLineCut } from './bench/line-cut.ts';
import { measureMemory } from './bench/memory.ts';
import { measurePrint } from './bench/print.ts';
import { measurePrintFormat } from './bench/print-format.ts';
import { measureXmppOutage } from './bench/rejoin.ts';
import { measureScan } from './bench/scan.ts';
import { measureScanFeeder } from './bench/scan-feeder.ts';
import { measureScanFirst } from './bench/scan-first.ts';
import { measureStart } from './bench/start.ts';
import { tableOf } from './bench/table.ts';
import { build } from './build.ts';
import { ensureElectronRuntime } from './setup/electron-runtime.ts';
import { ensureSystemPackages } from './setup/system-packages.ts';

const figures: Readonly<Record<string, () => Promise<Measurement>>> = {
  start: measureStart,
  install: measureBareInstall,
  'installed-start': measureInstalledStart,
  'installed-idle': measureInstalledIdle,
  print: measurePrint,
  'print-format': measurePrintFormat,
  turn: measureTurn,
  typed: measureTyped,
  scan: measureScan,
  'scan-first': measureScanFirst,
  'scan-feeder': measureScanFeeder,
  'large-document': measureLargeDocument,
  'large-document-memory': measureLargeDocumentMemory,
  call: measureCall,
  end: measureEnd,
  'jitsi-call': measureJitsiCall,
  'rejoin-line-3s': measureLineCut,
  'rejoin-xmpp-12s': measureXmppOutage(12, 3),
  'rejoin-xmpp-60s': measureXmppOutage(60, 3),
  bookings: measureBookings,
  'counting-page': measureCountingPage,
  ...pageFigures(),
  'hubs-order': measureHubsOrder,
  ...idleFigures,
  memory: measureMemory,
  'jitsi-memory': measureJitsiMemory,
};
const output = path.join(import.meta.dirname, '../bench-output.json');

function pageFigures(): Record<string, () => Promise<Measurement>> {
  const names = Object.keys(consolePages) as (keyof typeof consolePages)[];
  return Object.fromEntries(names.map((name) => [name, measureConsolePage(name)]));
}

async function measure(name: string, work: () => Promise<Measurement>): Promise<Figure> {
  console.log(`\n${name}  (load ${loadavg()[0]?.toFixed(1)})`);
  try {
    const measurement = await work();
    tell('measured', measurement.values, measurement.unit);
    tell('baseline', measurement.baselines, measurement.unit);
    return judge(name, measurement);
  } catch (error) {
    console.error(error);
    return notMeasured(name);
  }
}

function tell(what: string, numbers: readonly number[], unit: string): void {
  if (numbers.length === 0) return;
  const [p50, p95] = [quantile(numbers, 0.5), quantile(numbers, 0.95)].map((number) =>
    Math.round(number ?? 0),
  );
  const rounds = numbers.map((number) => Math.round(number)).join(' ');
  console.log(`  ${what}: p50 ${p50} ${unit}, p95 ${p95} ${unit} (${rounds})`);
}

async function main(names: readonly string[]): Promise<number> {
  const unknown = names.filter((name) => !(name in figures));
  if (unknown.length > 0) {
    console.error(`No such figure: ${unknown.join(', ')}. There are: ${Object.keys(figures).join(', ')}.`);
    return 2;
  }
  endLeftovers();
  if (ensureSystemPackages().size > 0) return 1;
  await ensureElectronRuntime();
  await build();
  const results: Figure[] = [];
  for (const [name, work] of Object.entries(figures)) {
    if (names.length > 0 && !names.includes(name)) continue;
    results.push(await measure(name, work));
    writeFileSync(output, `${JSON.stringify(results, null, 2)}\n`);
  }
  console.log(`\n${tableOf(results)}`);
  return results.every(({ ok }) => ok) ? 0 : 1;
}

process.exit(await main(process.argv.slice(2)));
