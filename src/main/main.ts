/** Starts the terminal: reads the configuration, proves or makes its identity, opens it, and keeps the watchdog fed. */
import { join } from 'node:path';
import { app, Menu } from 'electron';
import { declareAppScheme } from './app-pages.ts';
import { strangeArguments } from './command-line.ts';
import { readConfiguration, type TerminalConfiguration } from './configuration.ts';
import { enrol, type Identity, loadIdentity } from './identity.ts';
import { lockDown } from './lock-down.ts';
import { createLog } from './log.ts';
import { createTmpfsFolder, removeStaleFolders } from './paper/tmpfs-folder.ts';
import { openScreens } from './screens.ts';
import { feedWatchdog } from './watchdog.ts';

/** sysexits(3). */
const EX_USAGE = 64;

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
  const configuration = readConfiguration(
    app.commandLine.getSwitchValue('config') || '/etc/vis-a-vis/terminal.json',
  );
  if (configuration.dataFolder) app.setPath('userData', configuration.dataFolder);
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
  void app.whenReady().then(() => open(configuration));
}

async function open(configuration: TerminalConfiguration): Promise<void> {
  const dataFolder = app.getPath('userData');
  lockDown(log);
  // The windows first: the rest is loaded while the face's process starts, beside this one.
  const screens = openScreens({ choice: configuration.screens, dist, log });
  const { startTerminal } = await import('./terminal.ts');
  await removeStaleFolders({ parent: configuration.memoryFolder });
  // A terminal that could only keep documents on a disk must not open.
  await (await createTmpfsFolder({ parent: configuration.memoryFolder })).remove();
  const identity = await whoAmI(join(dataFolder, 'identity.json'), configuration);
  const stop = startTerminal({
    configuration,
    identity,
    screens,
    version: app.getVersion(),
    dist,
    node,
    dataFolder,
    log,
  });
  const starve = feedWatchdog(log);
  app.on('before-quit', () => {
    starve();
    stop();
  });
}

async function whoAmI(file: string, { hub, enrolmentCode }: TerminalConfiguration): Promise<Identity> {
  const known = loadIdentity(file);
  if (known) return known;
  if (!enrolmentCode)
    throw new Error('This terminal is not enrolled: put an enrolment code in its configuration.');
  return await enrol(file, hub, enrolmentCode);
}
