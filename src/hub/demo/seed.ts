/** Fills an empty database with made-up places and people, to try the hub: node src/hub/demo/seed.ts [--department] */
import { randomInt, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import type { Role } from '#shared/protocol/views.ts';
import { hashPassword } from '../accounts/password.ts';
import { readConfiguration } from '../configuration.ts';
import type { Database, Queries } from '../database/database.ts';
import { openDatabase } from '../database/open-database.ts';
import { createEnrolmentCode } from '../enrolment/store.ts';
import { deriveKey, readSecret } from '../secret.ts';
import { seedDepartment } from './seed-department.ts';

interface DemoAccount {
  readonly role: Role;
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

export interface Demo {
  readonly mairieId: string;
  readonly accounts: readonly DemoAccount[];
  /** For one terminal, for one hour. */
  readonly enrolmentCode: string;
}

const FORMS_FOLDER = join(import.meta.dirname, '../../../assets/forms');

const BODIES = [
  {
    key: 'office',
    asked: ['birthName', 'birthDate', 'telephone'],
    name: 'Office des familles du Val-Clair',
    motives: ['Demande d’aide au logement', 'Changement de situation', 'Attestation de droits', 'Naissance'],
    forms: [
      { name: 'Demande d’aide au logement', file: 'demande-aide-logement.pdf' },
      { name: 'Attestation sur l’honneur', file: 'attestation-honneur.pdf' },
    ],
  },
  {
    key: 'taxes',
    asked: ['birthDate', 'address'],
    name: 'Service des impôts du Val-Clair',
    motives: ['Déclaration de revenus', 'Taxe foncière', 'Délai de paiement'],
    forms: [],
  },
] as const;

/**
 * Adds the demo's places, people and forms where the database is empty, with new random passwords.
 * @param passwordOf for tests; by default a new random password for each account.
 * @returns null where the database already holds accounts: nothing was changed.
 */
export async function seedDemo(
  database: Database,
  secret: Uint8Array,
  passwordOf: () => string = readablePassword,
): Promise<Demo | null> {
  const forms = await readForms();
  const mairieId = randomUUID();
  const territoryId = randomUUID();
  const bodyIds = { office: randomUUID(), taxes: randomUUID() };
  const people = [
    { role: 'clerk', name: 'Claire Fontaine', email: 'secretaire@saint-martin.example', place: mairieId },
    { role: 'counsellor', name: 'Nadia Belkacem', email: 'nadia@office.example', place: bodyIds.office },
    { role: 'counsellor', name: 'Julien Petit', email: 'julien@office.example', place: bodyIds.office },
    { role: 'counsellor', name: 'Sophie Lambert', email: 'sophie@impots.example', place: bodyIds.taxes },
    { role: 'operator', name: 'Marc Duval', email: 'exploitant@val-clair.example', place: territoryId },
    { role: 'agent', name: 'Yasmine Colin', email: 'yasmine@france-services.example', place: mairieId },
    { role: 'correspondent', name: 'Hélène Roux', email: 'helene@office.example', place: bodyIds.office },
    { role: 'administrator', name: 'Paul Renard', email: 'administration@val-clair.example', place: null },
  ] as const;
  const accounts: DemoAccount[] = [];
  const hashes: string[] = [];
  for (const { role, name, email } of people) {
    const password = passwordOf();
    accounts.push({ role, name, email, password });
    hashes.push(await hashPassword(password));
  }

  const seeded = await database.transaction(async (queries) => {
    if ((await queries.rows(z.object({}), 'select 1 from accounts limit 1')).length > 0) return false;
    await queries.run('insert into territories values ($1, $2)', [
      territoryId,
      'Communauté de communes du Val-Clair',
    ]);
    await queries.run('insert into mairies values ($1, $2, $3)', [
      mairieId,
      territoryId,
      'Saint-Martin-des-Prés',
    ]);
    for (const { key, name, motives, asked, forms: listed } of BODIES) {
      await queries.run('insert into bodies (id, name, motives, asked) values ($1, $2, $3, $4)', [
        bodyIds[key],
        name,
        [...motives],
        [...asked],
      ]);
      await openOnWorkingDays(queries, bodyIds[key]);
      for (const form of listed) await addForm(queries, bodyIds[key], form.name, forms.get(form.file));
    }
    for (const [index, { role, name, email, place }] of people.entries()) {
      await addAccount(queries, { role, name, email, place, passwordHash: hashes[index] ?? '' });
    }
    return true;
  });
  if (!seeded) return null;
  const { code } = await createEnrolmentCode(database, deriveKey(secret, 'enrolment'), {
    mairieId,
    terminalName: 'Accueil',
    now: Date.now(),
  });
  return { mairieId, accounts, enrolmentCode: code };
}

/** Easy to read aloud and to type: "bado-kemi-73". About 32 bits: for a demo on this machine, not for a town. */
function readablePassword(): string {
  const pick = (signs: string) => signs[randomInt(signs.length)] ?? '';
  const syllables = (count: number) =>
    Array.from({ length: count }, () => pick('bdfgklmnprstvz') + pick('aeiou')).join('');
  return `${syllables(2)}-${syllables(2)}-${randomInt(10, 100)}`;
}

async function readForms(): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const { forms } of BODIES) {
    for (const { file } of forms) files.set(file, await readFile(join(FORMS_FOLDER, file)));
  }
  return files;
}

/** In which column of `accounts` a role's place stands. */
const PLACES = {
  clerk: 'mairie_id',
  agent: null,
  counsellor: 'body_id',
  correspondent: 'body_id',
  operator: 'territory_id',
  administrator: null,
} as const;

const ACCOUNT = 'id, email, name, role, password_hash';

async function addAccount(
  queries: Queries,
  {
    role,
    name,
    email,
    place,
    passwordHash,
  }: { place: string | null; passwordHash: string } & Omit<DemoAccount, 'password'>,
): Promise<void> {
  const accountId = randomUUID();
  const column = PLACES[role];
  const known = [accountId, email, name, role, passwordHash];
  await (column
    ? queries.run(`insert into accounts (${ACCOUNT}, ${column}) values ($1, $2, $3, $4, $5, $6)`, [
        ...known,
        place,
      ])
    : queries.run(`insert into accounts (${ACCOUNT}) values ($1, $2, $3, $4, $5)`, known));
  if (role === 'agent') await queries.run('insert into agent_mairies values ($1, $2)', [accountId, place]);
}

/** As many offices are; the clerk still says when the terminal's room is free. */
async function openOnWorkingDays(queries: Queries, bodyId: string): Promise<void> {
  await queries.run(
    `insert into opening_hours (body_id, weekday, open_minute, close_minute)
     select $1::uuid, weekday, open, close
     from generate_series(1, 5) as weekday, (values (540, 720), (840, 1020)) as stretch (open, close)`,
    [bodyId],
  );
}

async function addForm(queries: Queries, bodyId: string, name: string, content?: Uint8Array): Promise<void> {
  if (!content) throw new Error(`assets/forms lacks the form "${name}".`);
  await queries.run('insert into forms values ($1, $2, $3, $4)', [randomUUID(), bodyId, name, content]);
}

/** Opens the configured database (no hub may be running on an embedded one), seeds it, prints what was made as JSON. */
async function run(): Promise<void> {
  const configuration = readConfiguration(process.env);
  const database = await openDatabase(configuration.database, (error) => console.error(error.name));
  const secret = readSecret(configuration.secretFile);
  const demo = await seedDemo(database, secret);
  if (demo && process.argv.includes('--department')) {
    await seedDepartment({ database, secret, mairieId: demo.mairieId, now: Date.now() });
  }
  await database.close();
  process.stdout.write(`${JSON.stringify(demo)}\n`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await run();
