/** A CUPS of the rig's own: its own configuration, folders and port; the system's is never touched. */
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { freePort } from '../free-port.ts';
import { type RigProcess, startProcess } from '../processes.ts';
import { runCommand } from '../run-command.ts';
import { until } from '../until.ts';

export interface PrintSystem {
  readonly port: number;
  /** For lp, lpstat, lpadmin…: CUPS_SERVER set. */
  readonly env: NodeJS.ProcessEnv;
  /** Where it keeps the jobs' files while they wait. */
  readonly jobsFolder: string;
  /** The end of its error log, for a test that failed. */
  readonly log: () => string;
  readonly addQueue: (name: string, deviceUri: string) => Promise<void>;
  readonly kill: () => Promise<void>;
  readonly start: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function startPrintSystem(folder: string): Promise<PrintSystem> {
  const port = await freePort();
  const jobsFolder = path.join(folder, 'spool');
  const files = { configuration: path.join(folder, 'cupsd.conf'), log: path.join(folder, 'error_log') };
  for (const name of ['root', 'spool', 'state', 'cache', 'tmp']) {
    mkdirSync(path.join(folder, name));
    // The filters run as the user `lp`.
    chmodSync(path.join(folder, name), 0o777);
  }
  writeFileSync(files.configuration, schedulerConfiguration(port, path.join(folder, 'state/cups.sock')));
  writeFileSync(path.join(folder, 'cups-files.conf'), filesConfiguration(folder));
  const env = { ...process.env, CUPS_SERVER: `127.0.0.1:${port}` };

  let daemon: RigProcess | null = null;
  const start = async () => {
    if (daemon) return;
    const started = await startProcess({
      name: 'cupsd',
      program: 'cupsd',
      args: ['-f', '-c', files.configuration, '-s', path.join(folder, 'cups-files.conf')],
    });
    daemon = started;
    await until('the print system answers', async () => {
      if (!started.isRunning()) throw new Error(`cupsd ended:\n${started.output()}\n${readLog(files.log)}`);
      return runCommand('lpstat', ['-r'], { env }).then(
        (text) => text.includes('is running'),
        () => false,
      );
    });
  };
  await start();
  return {
    port,
    env,
    jobsFolder,
    log: () => readLog(files.log),
    addQueue: async (name, deviceUri) => {
      const defaults = ['-o', 'PageSize=A4', '-o', 'printer-error-policy=retry-job'];
      await runCommand('lpadmin', ['-p', name, '-E', '-v', deviceUri, '-m', 'everywhere', ...defaults], {
        env,
      });
      const accepts = async () => (await runCommand('lpstat', ['-a', name], { env })).includes('accepting');
      await until(`the queue ${name} accepts jobs`, accepts);
    },
    kill: async () => {
      const running = daemon;
      daemon = null;
      await running?.kill9();
    },
    start,
    close: async () => {
      await daemon?.kill9();
    },
  };
}

function readLog(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8').slice(-8_000) : '';
}

/**
 * cupsd.conf(5). No file and no memory of a job once it is done: what a terminal in service must have too. What changes
 * is on the disk at once (DirtyCleanInterval): a print system that is killed would forget a queue made just before.
 */
function schedulerConfiguration(port: number, socket: string): string {
  return `
Listen 127.0.0.1:${port}
Listen ${socket}
Browsing Off
WebInterface No
DefaultShared No
DefaultAuthType None
PreserveJobFiles No
PreserveJobHistory No
ErrorPolicy retry-job
JobRetryInterval 2
DirtyCleanInterval 0
MaxLogSize 0
LogLevel info
AccessLogLevel none
<Location />
  Order allow,deny
  Allow localhost
</Location>
<Policy default>
  JobPrivateAccess all
  JobPrivateValues none
  <Limit All>
    Order allow,deny
    Allow localhost
  </Limit>
</Policy>
`;
}

/** cups-files.conf(5). */
function filesConfiguration(folder: string): string {
  const isRoot = process.getuid?.() === 0;
  return `
ServerRoot ${folder}/root
RequestRoot ${folder}/spool
StateDir ${folder}/state
CacheDir ${folder}/cache
TempDir ${folder}/tmp
ErrorLog ${folder}/error_log
AccessLog ${folder}/access_log
PageLog ${folder}/page_log
${isRoot ? 'User lp\nGroup lp\nSystemGroup root' : ''}
`;
}
