/** Starts the terminal: reads the configuration, proves or makes its identity, opens it, and keeps the watchdog fed. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { app, Menu } from 'electron';
import type { TerminalConfiguration } from '#shared/configuration/terminal.ts';
import type { OutOfService } from '#shared/machine/out-of-service.ts';
import { declareAppScheme } from './app-pages.ts';
import { strangeArguments } from './command-line.ts';
import { readConfiguration } from './configuration.ts';
import { enrol, type Identity, loadIdentity, type NotEnrolled } from './identity.ts';
import { lockDown } from './lock-down.ts';
import { createLog } from './log.ts';
import { createTmpfsFolder, removeStaleFolders } from './paper/tmpfs-folder.ts';
import { openScreens, type Screens } from './screens.ts';
import { feedWatchdog } from './watchdog.ts';

/** sysexits(3). */
const EX_USAGE = 64;
/** Before anybody chose: as the configuration's own default. */
const DEFAULT_SCREENS = {
  face: { position: 'left' },
  desk: { position: 'right' },
  mode: 'kiosk',
} as const satisfies TerminalConfiguration['screens'];
const NOT_ENROLLED = { refused: 'codeRefused', away: 'hubAway' } as const satisfies Record<
  NotEnrolled,
  OutOfService
>;
/** By the unit that starts it again, and the programs that look after its machine. */
const isLookedAfter = process.env.VISAVIS_MACHINE !== undefined;

const log = createLog();
const dist = join(import.meta.dirname, '..');
const node = app.isPackaged
  ? join(process.resourcesPath, 'node')
  : join(app.getAppPath(), 'node_modules/node/bin/node');

// A bug: nothing can be trusted any more. The supervisor starts the terminal again, into the same visit.
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error) => {
    log.error({ event: 'main.bug', error });
    app.exit(70);
  });
}

const strange = app.isPackaged ? strangeArguments(process.argv.slice(1)) : [];
if (strange.length > 0) {
  // Before Electron is ready, and so before anything of the switches is served.
  log.error({ event: 'main.arguments-refused', count: strange.length });
  app.exit(EX_USAGE);
} else begin();

function begin(): void {
  const file = app.commandLine.getSwitchValue('config') || '/etc/vis-a-vis/terminal.json';
  const configuration = configurationIn(file);
  if (typeof configuration !== 'string' && configuration.dataFolder)
    app.setPath('userData', configuration.dataFolder);
  if (!app.requestSingleInstanceLock()) {
    log.error({ event: 'main.already-running' });
    app.exit(1);
    return;
  }
  declareAppScheme();
  // Compiled shaders would be the only thing of a page on the disk.
  app.commandLine.appendSwitch('disable-gpu-shader-disk-cache');
  // Before the app is ready, or Electron makes one of its own first.
  Menu.setApplicationMenu(null);
  // The product's name has an accent, which no HTTP header may carry.
  app.userAgentFallback = app.userAgentFallback.replaceAll(/[^ -~]+/g, '');
  app.on('window-all-closed', () => app.quit());
  // Not awaited at the top: Electron becomes ready only once this module has been evaluated.
  void app.whenReady().then(() => open(configuration, file));
}

/** What is wrong with it, where something is; a developer's start ends with the words for it instead. */
function configurationIn(file: string): TerminalConfiguration | OutOfService {
  if (!isLookedAfter) return readConfiguration(file);
  if (!existsSync(file)) return 'notConfigured';
  try {
    return readConfiguration(file);
  } catch (error) {
    log.error({ event: 'main.wrong-configuration', error });
    return 'wrongConfiguration';
  }
}

async function open(found: TerminalConfiguration | OutOfService, file: string): Promise<void> {
  lockDown(log);
  const starve = feedWatchdog(log);
  app.on('before-quit', starve);
  const isOpen = typeof found !== 'string';
  // The windows first: the rest is loaded while the face's process starts, beside this one.
  const screens = openScreens({ choice: isOpen ? found.screens : DEFAULT_SCREENS, dist, log });
  const who = isOpen ? await whoAmI(found) : found;
  if (isOpen && typeof who !== 'string') {
    await start(found, who, screens);
    return;
  }
  const { showOutOfService } = await import('./out-of-service.ts');
  showOutOfService({
    why: typeof who === 'string' ? who : 'notConfigured',
    screens,
    commune: isOpen ? found.commune : null,
    version: app.getVersion(),
    file,
    async tryAgain() {
      const now = isOpen ? await whoAmI(found) : found;
      return typeof now === 'string' ? now : null;
    },
    onChange: () => app.exit(0),
    log,
  });
}

async function start(
  configuration: TerminalConfiguration,
  identity: Identity,
  screens: Screens,
): Promise<void> {
  const { startTerminal } = await import('./terminal.ts');
  await removeStaleFolders({ parent: configuration.memoryFolder });
  // A terminal that could only keep documents on a disk must not open.
  await (await createTmpfsFolder({ parent: configuration.memoryFolder })).remove();
  const stop = startTerminal({
    configuration,
    identity,
    screens,
    version: app.getVersion(),
    dist,
    node,
    dataFolder: app.getPath('userData'),
    log,
  });
  app.on('before-quit', stop);
}

async function whoAmI({ hub, enrolmentCode }: TerminalConfiguration): Promise<Identity | OutOfService> {
  const file = join(app.getPath('userData'), 'identity.json');
  const known = loadIdentity(file);
  if (known) return known;
  if (!enrolmentCode) return 'notEnrolled';
  const enrolled = await enrol(file, hub, enrolmentCode);
  return typeof enrolled === 'string' ? NOT_ENROLLED[enrolled] : enrolled;
}
