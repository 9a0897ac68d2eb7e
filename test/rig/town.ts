/** A whole town on one machine: displays, printer, scanner, hub, terminal, and the people's browsers. All real. */
import { mkdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { type Browser, chromium, type Page } from '@playwright/test';
import { startTownJitsi, type TownJitsi, type TownJitsiOptions } from '../jitsi/town-jitsi.ts';
import { type Displays, startDisplays } from './displays.ts';
import { cameraAndMicrophoneSwitches, saysYesSwitches } from './fake-media.ts';
import { type HubProcess, startHub } from './hub-process.ts';
import { type RigPrinter, startPrinter } from './printer/printer.ts';
import { type Relay, startRelay } from './relay.ts';
import { type RigScanner, startScanner } from './scanner.ts';
import { startTerminalProcess, type TerminalOptions, type TerminalProcess } from './terminal-process.ts';

export interface Town {
  readonly displays: Displays;
  readonly printer: RigPrinter;
  readonly scanner: RigScanner;
  readonly hub: HubProcess;
  readonly terminal: TerminalProcess;
  readonly browser: Browser;
  /** Between the people's browsers and the hub. */
  readonly network: Relay;
  /** Where calls are made first; null: in the hub's built-in room only. */
  readonly jitsi: TownJitsi | null;
  /** Where the terminal keeps its visits' folders. */
  readonly memoryFolder: string;
  /** A browser of one's own (own cookies), logged in. @param email of one of hub.demo.accounts. */
  readonly logIn: (email: string, viewport?: { width: number; height: number }) => Promise<Page>;
  readonly close: () => Promise<void>;
}

export interface TownOptions {
  /** Impressions a minute. */
  readonly pagesPerMinute?: number;
  /** Of the terminal's configuration file. */
  readonly configuration?: Partial<TerminalOptions['configuration']>;
  readonly switches?: readonly string[];
  readonly mediaSwitches?: readonly string[];
  /** What the cameras see, as MJPEG files; by default Chromium's own moving test picture. */
  readonly portraits?: { readonly resident: string; readonly counsellor: string };
  /** A Jitsi deployment of Jitsi's own parts (test/jitsi), before the built-in room. */
  readonly jitsi?: TownJitsiOptions;
  /** More of the hub's variables. */
  readonly hubVariables?: Readonly<Record<string, string>>;
  /** More of Chromium's switches for the people's browsers. */
  readonly browserSwitches?: readonly string[];
  /** With six mairies and five bodies instead of one and two. */
  readonly department?: boolean;
  readonly onStep?: (what: string) => void;
}

/** The demo commune's own logo, as a data: URI. */
function communeLogo(): string {
  const svg = readFileSync(new URL('../../assets/demo-commune/logo.svg', import.meta.url));
  return `data:image/svg+xml;base64,${svg.toString('base64')}`;
}

function cameraSwitches(portrait?: string): string[] {
  return [
    ...cameraAndMicrophoneSwitches(),
    ...(portrait ? [`--use-file-for-fake-video-capture=${portrait}`] : []),
  ];
}

export async function startTown(options: TownOptions = {}): Promise<Town> {
  const { onStep = () => undefined, pagesPerMinute } = options;
  const closers: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    onStep('displays');
    const displays = await startDisplays();
    closers.push(displays.close);
    onStep('printer');
    const printer = await startPrinter(pagesPerMinute ? { pagesPerMinute } : {});
    closers.push(printer.close);
    onStep('scanner');
    const scanner = startScanner();
    closers.push(scanner.close);
    if (options.jitsi) onStep('jitsi');
    const jitsi = options.jitsi ? await startTownJitsi(options.jitsi) : null;
    if (jitsi) closers.push(jitsi.close);
    const trust = jitsi?.switches ?? [];
    onStep('hub');
    const hub = await startHub({
      department: options.department ?? false,
      variables: { ...(jitsi ? { HUB_JITSI_FILE: jitsi.file } : {}), ...options.hubVariables },
    });
    closers.push(hub.close);
    onStep('terminal');
    // Of its own: the wipe looks for what any visit left in it.
    const memoryFolder = `/dev/shm/rig-town-${process.pid}-${Math.round(performance.now())}`;
    mkdirSync(memoryFolder, { mode: 0o700 });
    closers.push(() => rm(memoryFolder, { recursive: true, force: true }));
    const terminal = await startTerminalProcess({
      display: displays.display,
      configuration: {
        hub: hub.origin,
        enrolmentCode: hub.demo.enrolmentCode,
        commune: { name: 'Saint-Martin-des-Prés', colour: '#17505c', logo: communeLogo() },
        printer: { driver: 'cups', queue: printer.printerUri },
        scanner: {
          driver: 'sane',
          program: scanner.program,
          device: scanner.usbDevice,
          env: { ...scanner.env },
          watchPollMs: 1_000,
          wakeMs: 5_000,
        },
        memoryFolder,
        ...options.configuration,
      },
      switches: [...trust, ...(options.switches ?? [])],
      mediaSwitches: options.mediaSwitches ?? cameraSwitches(options.portraits?.resident),
    });
    closers.push(terminal.close);
    onStep('browser');
    const network = await startRelay(Number(new URL(hub.origin).port));
    closers.push(network.close);
    const browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      args: [
        `--host-resolver-rules=MAP ${new URL(hub.origin).host} 127.0.0.1:${network.port}`,
        ...cameraSwitches(options.portraits?.counsellor),
        ...saysYesSwitches(),
        '--disable-gpu',
        ...trust,
        ...(options.browserSwitches ?? []),
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ],
    });
    closers.push(() => browser.close());

    const logIn: Town['logIn'] = async (email, viewport = { width: 1366, height: 768 }) => {
      const account = hub.demo.accounts.find((one) => one.email === email);
      if (!account) throw new Error(`No account ${email} in the demo.`);
      const context = await browser.newContext({ viewport, locale: 'fr-FR', acceptDownloads: true });
      const page = await context.newPage();
      await page.goto(hub.origin);
      await page.getByLabel('Adresse électronique').fill(account.email);
      await page.getByLabel('Mot de passe', { exact: true }).fill(account.password);
      await page.getByRole('button', { name: 'Se connecter', exact: true }).click();
      await page.getByRole('button', { name: 'Se déconnecter' }).waitFor();
      return page;
    };
    return { displays, printer, scanner, hub, terminal, browser, network, jitsi, memoryFolder, logIn, close };
  } catch (error) {
    await close();
    throw error;
  }
}
