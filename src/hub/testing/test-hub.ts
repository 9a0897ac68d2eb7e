/** A whole hub on ports of its own, with the demo's people, and the means to sit down at it. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { DevicesReport, TerminalReport } from '#shared/protocol/terminal-report.ts';
import type { ConsoleView } from '#shared/protocol/views.ts';
import type { ProviderSettings } from '../accounts/oidc/settings.ts';
import { type AppDeps, buildApp, type HubApp } from '../app.ts';
import type { Database } from '../database/database.ts';
import { type Demo, seedDemo } from '../demo/seed.ts';
import type { JitsiSettings } from '../deployments/configuration.ts';
import { createEnrolmentCode } from '../enrolment/store.ts';
import type { Timings } from '../hub.ts';
import type { MailSettings } from '../mail/settings.ts';
import type { PeerSettings } from '../neighbours/neighbours.ts';
import { deriveKey } from '../secret.ts';
import {
  linkTestTerminal,
  newKeys,
  openTestConsole,
  type TestConsole,
  type TestIdentity,
  type TestTerminal,
} from './test-peers.ts';

export const PASSWORD = 'correct horse battery';

export type Person =
  | 'clerk'
  | 'agent'
  | 'nadia'
  | 'julien'
  | 'sophie'
  | 'correspondent'
  | 'operator'
  | 'administrator';
export const EMAILS: Record<Person, string> = {
  clerk: 'secretaire@saint-martin.example',
  nadia: 'nadia@office.example',
  julien: 'julien@office.example',
  sophie: 'sophie@impots.example',
  operator: 'exploitant@val-clair.example',
  agent: 'yasmine@france-services.example',
  correspondent: 'helene@office.example',
  administrator: 'administration@val-clair.example',
};

export interface TestHub extends HubApp {
  readonly origin: string;
  readonly roomOrigin: string;
  readonly post: (path: string, body: unknown, headers?: Record<string, string>) => Promise<Response>;
  /** The cookie of this person's session. */
  readonly logIn: (person: Person) => Promise<string>;
  readonly sit: (person: Person) => Promise<TestConsole>;
  readonly enrol: () => Promise<TestIdentity>;
  readonly link: (identity?: TestIdentity) => Promise<TestTerminal & TestIdentity>;
}

export interface TestHubOptions {
  readonly timings?: Partial<Timings>;
  readonly clock?: () => number;
  /** ms */
  readonly keepAnnouncement?: number;
  readonly jitsi?: JitsiSettings;
  readonly mail?: MailSettings;
  readonly provider?: ProviderSettings;
  readonly logger?: AppDeps['logger'];
  /** Where other hubs of the same world reach it. */
  readonly peer?: PeerSettings;
  /** Default: an address, which is no name of a relying party to a browser. */
  readonly host?: 'localhost';
  /** The public origin of another hub, whose balancer this one is behind too. */
  readonly behind?: string;
  /** The built pages, where a browser is to sit down; by default there are none. */
  readonly pagesFolder?: string;
}

export interface World {
  readonly database: Database;
  readonly secret: Uint8Array;
  readonly demo: Demo;
  readonly bodies: { readonly office: string; readonly taxes: string };
  /** Sessions outlive the hubs of one world: argon2id for every test would cost minutes. */
  readonly cookies: Map<Person, string>;
}

/** Seeds an empty database once; resetWorld() then brings it back between tests. */
export async function createWorld(database: Database, secret: Uint8Array = randomBytes(48)): Promise<World> {
  const demo = await seedDemo(database, secret, () => PASSWORD);
  if (!demo) throw new Error('The database was not empty.');
  const bodies = await database.rows(
    z.object({ id: z.uuid(), name: z.string() }),
    'select id, name from bodies',
  );
  const bodyNamed = (start: string) => bodies.find(({ name }) => name.startsWith(start))?.id ?? '';
  return {
    database,
    secret,
    demo,
    cookies: new Map(),
    bodies: { office: bodyNamed('Office'), taxes: bodyNamed('Service') },
  };
}

export async function resetWorld({ database }: World): Promise<void> {
  await database.script(
    'truncate orders, visits, past_visits, counted_visits, counted_words, terminals, enrolment_codes, attempts, audit, provider_accounts, spent_log_ins, passkeys, passkey_challenges, opening_hours, closures, appointment_lengths cascade',
  );
  await database.run(`update accounts set skills = '{}'`);
}

export async function startTestHub(
  world: World,
  { host, behind, ...options }: TestHubOptions = {},
): Promise<TestHub> {
  const pagesFolder = mkdtempSync(join(tmpdir(), 'hub-pages-'));
  for (const name of ['room/assets', 'console-room/assets'])
    mkdirSync(join(pagesFolder, name), { recursive: true });
  let origins = { hub: '', room: '' };
  const built = await buildApp({
    database: world.database,
    secret: world.secret,
    origins: () => origins,
    https: false,
    pagesFolder,
    ...options,
  });
  await built.app.listen({ host: '127.0.0.1', port: 0 });
  await built.roomApp.listen({ host: '127.0.0.1', port: 0 });
  const originOf = (app: HubApp['app']) =>
    `http://${host ?? '127.0.0.1'}:${(app.server.address() as AddressInfo).port}`;
  const origin = originOf(built.app);
  origins = { hub: behind ?? origin, room: originOf(built.roomApp) };
  await built.start();

  const post: TestHub['post'] = (path, body, headers = {}) =>
    fetch(new URL(path, origin), {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin, ...headers },
      body: JSON.stringify(body),
    });
  const logIn = async (person: Person) => {
    const known = world.cookies.get(person) ?? (await logInTo(origin, EMAILS[person]));
    world.cookies.set(person, known);
    return known;
  };
  const enrol = () => enrolIn(world, origin);
  return {
    ...built,
    origin,
    roomOrigin: origins.room,
    post,
    logIn,
    sit: async (person) => openTestConsole(origin, await logIn(person)),
    enrol,
    link: async (known) => {
      const { terminalId, privateKey } = known ?? (await enrol());
      return {
        ...(await linkTestTerminal(origin, { terminalId, privateKey })),
        terminalId,
        privateKey,
      };
    },
    close: async () => {
      await built.close();
      rmSync(pagesFolder, { recursive: true, force: true });
    },
  };
}

export async function logInTo(origin: string, email: string, password = PASSWORD): Promise<string> {
  const response = await fetch(new URL('/api/log-in', origin), {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ email, password }),
  });
  if (!response.ok) throw new Error(`Log-in refused: ${response.status} ${await response.text()}`);
  return cookieOf(response);
}

export function cookieOf(response: Response): string {
  return (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

async function enrolIn({ database, secret, demo }: World, origin: string): Promise<TestIdentity> {
  const { code } = await createEnrolmentCode(database, deriveKey(secret, 'enrolment'), {
    mairieId: demo.mairieId,
    terminalName: 'Accueil',
    now: Date.now(),
  });
  return enrolWith(origin, code);
}

export async function enrolWith(origin: string, code: string): Promise<TestIdentity> {
  const { publicKey, privateKey } = newKeys();
  const response = await fetch(new URL('/api/enrol', origin), {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ code, publicKey }),
  });
  const { terminalId } = z.object({ terminalId: z.uuid() }).parse(await response.json());
  return { terminalId, privateKey };
}

const ready = { state: 'ready' } as const;
const devices: DevicesReport = {
  printer: ready,
  scanner: ready,
  camera: ready,
  microphone: ready,
  speaker: ready,
  displays: ready,
  button: { state: 'none' },
};

export function reportOf(stage: TerminalReport['stage'], visitId: string | null): TerminalReport {
  return { stage, visitId, call: null, devices, version: '0.1.0' };
}

export interface Audited {
  readonly actor: string;
  readonly action: string;
  readonly subject: string | null;
  readonly outcome: string;
}

export function auditTrail({ database }: World): Promise<Audited[]> {
  return database.rows(
    z.object({ actor: z.string(), action: z.string(), subject: z.string().nullable(), outcome: z.string() }),
    'select actor, action, subject, outcome from audit order by position',
  );
}

export function counsellorView(view: ConsoleView): Extract<ConsoleView, { role: 'counsellor' }> {
  if (view.role !== 'counsellor') throw new Error(`The view of a ${view.role}.`);
  return view;
}

/** A visit in call at a linked terminal. */
export async function openVisit(hub: TestHub, { bodies }: World, identity?: TestIdentity) {
  const terminal = await hub.link(identity);
  const clerk = await hub.sit('clerk');
  const nadia = await hub.sit('nadia');
  await clerk.ask({
    type: 'announce',
    terminalId: terminal.terminalId,
    bodyId: bodies.office,
    residentName: 'Madame Martin',
    showName: true,
    motive: 'Aide au logement',
    consent: true,
  });
  const { visitId } = await nadia.until((view) => counsellorView(view).queue[0]);
  await nadia.ask({ type: 'pickUp', visitId });
  await terminal.untilVisit(({ visit }) => visit?.stage === 'inCall');
  return { terminal, clerk, nadia, visitId };
}
