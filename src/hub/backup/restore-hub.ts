/** A back-up becomes a hub again: into an empty database only, purged before anybody can look at it. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { FastifyBaseLogger } from 'fastify';
import { appointmentPerson } from '#shared/protocol/appointments.ts';
import { createAttempts } from '../accounts/attempts.ts';
import { createAppointmentStore } from '../appointments/store.ts';
import { anchorBeside, writeAnchor } from '../audit/anchor.ts';
import { createAudit } from '../audit/store.ts';
import { linkAudit } from '../audit/trail.ts';
import { type TrailReport, verifyAudit } from '../audit/verify.ts';
import type { Database } from '../database/database.ts';
import { migrate } from '../database/migrate.ts';
import { createInvitedSeal } from '../invited/store.ts';
import { createMailbox, mail } from '../mail/mailbox.ts';
import { createQuestionSeals } from '../questions/seals.ts';
import { createQuestionStore } from '../questions/store.ts';
import { createPurge, type PurgeState } from '../retention/purge.ts';
import { purgeKinds } from '../retention/purge-kinds.ts';
import { deriveKey, parseSecrets, type Secrets } from '../secret.ts';
import { createVisitLimits } from '../visits/limits.ts';
import { createPersonalSeal, createSeal } from '../visits/personal-seal.ts';
import { createVisitStore } from '../visits/store.ts';
import { DamagedDump, dumpHeader, filledTables, loadDump, migrationsOf } from './dump.ts';
import { type BackupKey, readSealed } from './sealed-file.ts';

interface Restore {
  readonly database: Database;
  readonly file: string;
  readonly key: BackupKey;
  readonly secretFile: string;
  /** ms */
  readonly keepAnnouncement: number;
  readonly clock: () => number;
  readonly log: Pick<FastifyBaseLogger, 'error'>;
}

export interface Restored {
  /** ms since the epoch. */
  readonly madeAt: number;
  readonly rows: number;
  /** How many of each kind were too old, or belonged to a visit that is long over. */
  readonly removed: number;
  readonly trail: TrailReport;
  /** What the purge did not bring down to its duration. */
  readonly overdue: readonly PurgeState[];
}

/** Why a back-up is not restored, in a sentence for the operator; nothing was changed. */
export class RestoreRefused extends Error {}

/** @throws RestoreRefused, and whatever the database throws. */
export async function restoreHub({ database, file, key, secretFile, ...deps }: Restore): Promise<Restored> {
  const lines = readSealed(file, key);
  const first = await lines.next().catch(() => {
    throw new RestoreRefused(
      'Ce fichier ne s’ouvre pas avec cette clé, ou il est abîmé, ou ce n’est pas une sauvegarde.',
    );
  });
  const header = dumpHeader.safeParse(first.done ? null : parseHeader(first.value));
  if (!header.success) throw new RestoreRefused('Ce fichier n’est pas une sauvegarde d’un hub.');
  const { migrations, secrets: written, at: madeAt } = header.data;
  if (existsSync(secretFile) && readFileSync(secretFile, 'utf8') !== written) {
    throw new RestoreRefused(`Un autre secret est déjà là : ${secretFile}. Il ne sera pas remplacé.`);
  }
  const present = await migrationsOf(database);
  if (present.length > 0) {
    const filled = await filledTables(database);
    if (filled.length > 0) {
      throw new RestoreRefused('La base n’est pas vide : rien n’est restauré par-dessus un hub qui vit.');
    }
    if (present.join() !== migrations.join()) {
      throw new RestoreRefused(
        'La base vide a un autre schéma que la sauvegarde : donnez une base toute neuve.',
      );
    }
  }
  await migrate(database, migrations).catch((error: unknown) => {
    throw error instanceof RangeError
      ? new RestoreRefused('La sauvegarde vient d’une version plus récente : mettez d’abord le hub à jour.')
      : error;
  });
  const rows = await database
    .transaction((queries) => loadDump(queries, first.value ?? '', lines))
    .catch((error: unknown) => {
      // The age format's own errors have no class: whatever is no error of the database is a broken file.
      if (error instanceof DamagedDump || !isOfDatabase(error)) {
        throw new RestoreRefused('La sauvegarde est abîmée ou coupée : rien n’a été restauré.');
      }
      throw error;
    });
  await migrate(database);

  const secrets = parseSecrets(written);
  const trail = await verifyAudit(
    database,
    secrets.map((secret) => deriveKey(secret, 'audit')),
    null,
  );
  const { removed, overdue } = await purgeRestored({ ...deps, database, secrets });
  if (!existsSync(secretFile)) {
    mkdirSync(dirname(secretFile), { recursive: true, mode: 0o700 });
    writeFileSync(secretFile, written, { mode: 0o600, flag: 'wx' });
  }
  const auditKey = deriveKey(secrets[0], 'audit');
  const audit = createAudit(database, auditKey, deps.clock, deps.log);
  await audit({ actor: 'operator', action: 'restore', outcome: 'ok' });
  writeAnchor(anchorBeside(secretFile), await linkAudit(database, auditKey));
  return { madeAt, rows, removed, trail, overdue };
}

async function purgeRestored({
  database,
  secrets,
  keepAnnouncement,
  clock,
  log,
}: Pick<Restore, 'database' | 'keepAnnouncement' | 'clock' | 'log'> & { readonly secrets: Secrets }) {
  const keyFor = (use: Parameters<typeof deriveKey>[1]) => deriveKey(secrets[0], use);
  const auditKey = keyFor('audit');
  const visitSeals = {
    personal: createPersonalSeal(keyFor('personal')),
    invited: createInvitedSeal(keyFor('invited')),
  };
  const visits = createVisitStore(database, visitSeals, keepAnnouncement > 0);
  const now = clock();
  // Whoever sat there when the back-up was made is not there any more.
  const ended = await visits.endOverdue({
    ...{ at: now, reason: 'terminalTimeout', queuedSince: now },
    ...{ queuedWithoutTerminalSince: now, inCallWithoutTerminalSince: now },
  });
  const purge = createPurge({
    ...{ database, clock, log },
    kinds: purgeKinds({
      ...{ database, auditKey, visits, keepAnnouncement, clock },
      attempts: createAttempts(database, keyFor('attempts'), clock),
      appointments: createAppointmentStore(database, createSeal(keyFor('appointments'), appointmentPerson)),
      questions: createQuestionStore({
        database,
        seals: createQuestionSeals(keyFor('questions')),
        // Nothing is sent from here.
        mailbox: createMailbox({
          ...{ available: false, clock, onHurry: () => undefined },
          seal: createSeal(keyFor('mail'), mail),
        }),
        origin: () => '',
      }),
      limits: createVisitLimits({
        ...{ database, visits, clock, ownTerminals: () => [] },
        audit: createAudit(database, auditKey, clock, log),
      }),
    }),
  });
  const removed = [...(await purge.run()).values()].reduce((sum, each) => sum + each, ended.length);
  return { removed, overdue: (await purge.state()).filter(({ overdue }) => overdue) };
}

function parseHeader(line: string): unknown {
  try {
    return JSON.parse(line.slice(1));
  } catch {
    return null; // Whatever it is, it is no header.
  }
}

/** Errors of PostgreSQL carry an SQLSTATE of five signs. */
function isOfDatabase(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null ? (error as { code?: unknown }).code : null;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code);
}
