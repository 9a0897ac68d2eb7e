/**
 * Where the demo's calls are made: the built-in room; with --jitsi a deployment of Jitsi's own parts (test/jitsi); with
 * JITSI_DOMAIN=host:port, or an operator's own HUB_JITSI_FILE, any other.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeRunFolder } from '#rig/run-folder.ts';
import {
  allDomains,
  builtInOnly,
  type JitsiSettings,
  readJitsiFile,
} from '../../src/hub/deployments/configuration.ts';
import { startTownJitsi } from '../../test/jitsi/town-jitsi.ts';
import { serverKeyHash } from './server-key.ts';

export interface DemoDeployment {
  readonly kind: 'built-in room' | 'parts of Jitsi on this machine' | 'Jitsi deployment';
  /** The first to be tried; null: the built-in room. */
  readonly origin: string | null;
  readonly hubVariables: Readonly<Record<string, string>>;
  /** Of Electron and Chromium. */
  readonly switches: readonly string[];
  readonly close: () => Promise<void>;
}

export interface DeploymentChoice {
  /** --jitsi */
  readonly jitsi: boolean;
  /** JITSI_DOMAIN */
  readonly domain: string | undefined;
  /** HUB_JITSI_FILE */
  readonly file: string | undefined;
  /** --ignore-certificate: believe whatever certificate the domains show now. For test servers only. */
  readonly ignoreCertificate: boolean;
}

/** @throws Error with a sentence for whoever started the demo. */
export async function openDeployment(choice: DeploymentChoice): Promise<DemoDeployment> {
  const { jitsi, domain, file, ignoreCertificate } = choice;
  if (jitsi && (domain || file)) {
    throw new Error('--jitsi brings a deployment of its own: without JITSI_DOMAIN and HUB_JITSI_FILE.');
  }
  if (jitsi) {
    const own = await startTownJitsi({ builtIn: false });
    return {
      kind: 'parts of Jitsi on this machine',
      origin: own.origin,
      hubVariables: { HUB_JITSI_FILE: own.file },
      switches: own.switches,
      close: own.close,
    };
  }
  const settingsFile = domain ? settingsFor(domain) : file;
  const settings: JitsiSettings = settingsFile ? readJitsiFile(settingsFile) : builtInOnly;
  const domains = allDomains(settings);
  return {
    kind: domains.length > 0 ? 'Jitsi deployment' : 'built-in room',
    origin: domains[0] === undefined ? null : `https://${domains[0]}`,
    hubVariables: settingsFile ? { HUB_JITSI_FILE: settingsFile } : {},
    switches: ignoreCertificate && domains.length > 0 ? [await trusting(domains)] : [],
    close: async () => undefined,
  };
}

/** That domain, and no built-in room behind it: the demo is to show that it works there. */
function settingsFor(domain: string): string {
  const file = join(makeRunFolder('demo-jitsi'), 'jitsi.json');
  writeFileSync(file, JSON.stringify({ domains: [domain], builtIn: false }), { mode: 0o600 });
  return file;
}

async function trusting(domains: readonly string[]): Promise<string> {
  const hashes = await Promise.all(domains.map(serverKeyHash));
  return `--ignore-certificate-errors-spki-list=${hashes.join(',')}`;
}
