/** Sheets through the hub's routes, by every role, on both databases. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  type SheetBody,
  type SheetLine,
  type SheetView,
  sheetsAnswer,
  sheetView,
  sheetWrittenAnswer,
} from '#shared/protocol/sheets.ts';
import { type TestDatabase, testDatabases } from '../testing/test-databases.ts';
import {
  auditTrail,
  createWorld,
  type Person,
  resetWorld,
  startTestHub,
  type TestHub,
  type World,
} from '../testing/test-hub.ts';
import { ALIKE_SQL, BODY_SQL, HEAD_SQL } from './sheet-search.ts';

/** Half past eleven in the evening, in Paris. */
const NOW = Date.UTC(2026, 10, 23, 22, 30);

const housing: SheetBody = {
  title: 'Allocation logement',
  summary: 'Une aide pour payer le loyer, selon les ressources du foyer.',
  content: [
    { kind: 'heading', level: 1, text: 'Qui peut la demander ?' },
    { kind: 'paragraph', text: 'Toute personne qui paie un loyer. Le bailleur remplit une attestation.' },
    { kind: 'list', items: ['Locataires', 'Colocataires'] },
    { kind: 'steps', items: ['Réunir les quittances', 'Remplir la demande'] },
    { kind: 'link', text: 'Faire la demande', address: 'https://office.example/logement' },
  ],
  reviewOn: '2027-06-01',
};

describe.each(testDatabases)('sheets on $name', ({ open }) => {
  let opened: TestDatabase;
  let world: World;
  let hub: TestHub;
  let now = NOW;

  beforeAll(async () => {
    opened = await open();
    world = await createWorld(opened.database);
    hub = await startTestHub(world, { clock: () => now });
  });
  afterAll(async () => {
    await hub?.close();
    await opened?.close();
  });
  beforeEach(async () => {
    now = NOW;
    await resetWorld(world);
    await opened.database.script('truncate sheets, sheet_words cascade');
  });

  async function ask(person: Person, method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(new URL(path, hub.origin), {
      method,
      headers: {
        origin: hub.origin,
        cookie: await hub.logIn(person),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }
  async function write(change: Partial<SheetBody> = {}, person: Person = 'nadia'): Promise<string> {
    const response = await ask(person, 'POST', '/api/sheets', { ...housing, ...change });
    expect(response.status).toBe(200);
    return sheetWrittenAnswer.parse(await response.json()).sheetId;
  }
  async function list(person: Person, path: string): Promise<SheetLine[]> {
    const response = await ask(person, 'GET', path);
    expect(response.status).toBe(200);
    return sheetsAnswer.parse(await response.json()).sheets;
  }
  const search = async (words: string, person: Person = 'clerk') =>
    (await list(person, `/api/sheets/search?words=${encodeURIComponent(words)}`)).map(({ title }) => title);
  async function read(person: Person, sheetId: string): Promise<SheetView> {
    return sheetView.parse(await (await ask(person, 'GET', `/api/sheets/${sheetId}`)).json());
  }
  const code = async (response: Response) => z.object({ code: z.string() }).parse(await response.json()).code;

  it('gives back what was written, with who wrote it and when', async () => {
    const sheetId = await write();
    expect(await read('clerk', sheetId)).toEqual({
      ...housing,
      sheetId,
      body: 'Office des familles du Val-Clair',
      author: 'Nadia Belkacem',
      writtenAt: NOW,
      toReview: false,
      favourite: false,
      own: false,
      address: null,
    });
    expect((await read('julien', sheetId)).own).toBe(true);
    expect((await read('sophie', sheetId)).own).toBe(false);
  });

  it.each([
    'alocation logment',
    'ALLOCATION LOGEMENT',
    'allocations logements',
    'logement allocatio',
    'l’alocasion',
    'àllöcation',
    'aide loyé',
    'quitances',
    'Recherche inconnue logment',
  ])('finds "Allocation logement" by "%s"', async (words) => {
    await write();
    await write({
      title: 'Carte grise',
      summary: 'Changer le nom.',
      content: [{ kind: 'paragraph', text: 'À la préfecture.' }],
    });
    expect(await search(words)).toEqual(['Allocation logement']);
  });

  it('puts the title before the text, and what was asked before what resembles it', async () => {
    await write({ title: 'Impôts : payer en plusieurs fois' });
    await write({ title: 'Import d’un véhicule', summary: 'Venu d’un autre pays.' });
    await write({ title: 'Successions', content: [{ kind: 'paragraph', text: 'Les impôts du défunt.' }] });
    expect(await search('impots')).toEqual([
      'Impôts : payer en plusieurs fois',
      'Import d’un véhicule',
      'Successions',
    ]);
  });

  it.each(['', '   ', '&|!', "l'", '½ ŉ', ':*', '%', '\\', 'الاسم', '🙂🙂', 'le la les', 'a'.repeat(200)])(
    'answers an empty page to "%s"',
    async (words) => {
      await write();
      expect(await search(words)).toEqual([]);
    },
  );

  it('shows recent sheets newest first, and no withdrawn one anywhere', async () => {
    const first = await write({ title: 'Première' });
    now += 60_000;
    await write({ title: 'Seconde' });
    const titles = async () => (await list('clerk', '/api/sheets/recent')).map(({ title }) => title);
    expect(await titles()).toEqual(['Seconde', 'Première']);
    expect((await ask('clerk', 'PUT', `/api/sheets/${first}/favourite`, { favourite: true })).status).toBe(
      204,
    );
    expect((await ask('julien', 'DELETE', `/api/sheets/${first}`)).status).toBe(204);
    expect(await titles()).toEqual(['Seconde']);
    expect(await search('première')).toEqual([]);
    expect(await list('clerk', '/api/sheets/favourites')).toEqual([]);
    expect((await ask('clerk', 'GET', `/api/sheets/${first}`)).status).toBe(404);
    expect((await ask('julien', 'DELETE', `/api/sheets/${first}`)).status).toBe(404);
  });

  it('keeps favourites for the mairie, and says them to nobody else', async () => {
    const sheetId = await write();
    const mark = (favourite: boolean) =>
      ask('clerk', 'PUT', `/api/sheets/${sheetId}/favourite`, { favourite });
    await mark(true);
    await mark(true);
    expect((await list('clerk', '/api/sheets/favourites')).map((sheet) => sheet.sheetId)).toEqual([sheetId]);
    expect((await read('clerk', sheetId)).favourite).toBe(true);
    expect((await read('nadia', sheetId)).favourite).toBe(false);
    await mark(false);
    expect(await list('clerk', '/api/sheets/favourites')).toEqual([]);
  });

  it('asks for a review from its day on, by the calendar of Paris', async () => {
    const sheetId = await write({ reviewOn: '2026-11-24' });
    await write({ title: 'Plus tard' });
    expect((await read('clerk', sheetId)).toReview).toBe(false);
    now = Date.UTC(2026, 10, 23, 23, 5);
    expect((await read('clerk', sheetId)).toReview).toBe(true);
    expect((await list('julien', '/api/sheets/own')).map(({ toReview }) => toReview)).toEqual([true, false]);
    expect(await list('sophie', '/api/sheets/own')).toEqual([]);
  });

  it('changes a sheet, and never over somebody else’s change', async () => {
    const sheetId = await write();
    now += 1_000;
    const change = (title: string) =>
      ask('julien', 'PUT', `/api/sheets/${sheetId}`, { ...housing, title, basedOn: NOW });
    expect((await change('Allocation pour le loyer')).status).toBe(200);
    const late = await change('Perdue');
    expect(late.status).toBe(409);
    expect(await code(late)).toBe('sheetChanged');
    expect(await read('clerk', sheetId)).toMatchObject({
      title: 'Allocation pour le loyer',
      author: 'Julien Petit',
      writtenAt: NOW + 1_000,
    });
  });

  const forbidden: readonly (readonly [Person, string, string, unknown?])[] = [
    ['clerk', 'POST', '/api/sheets', housing],
    ['clerk', 'PUT', '/api/sheets/ID', { ...housing, basedOn: NOW }],
    ['clerk', 'DELETE', '/api/sheets/ID'],
    ['clerk', 'GET', '/api/sheets/own'],
    ['nadia', 'GET', '/api/sheets/favourites'],
    ['nadia', 'PUT', '/api/sheets/ID/favourite', { favourite: true }],
    ['operator', 'GET', '/api/sheets/search?words=logement'],
    ['operator', 'GET', '/api/sheets/recent'],
    ['operator', 'GET', '/api/sheets/favourites'],
    ['operator', 'GET', '/api/sheets/own'],
    ['operator', 'GET', '/api/sheets/ID'],
    ['operator', 'POST', '/api/sheets', housing],
    ['operator', 'PUT', '/api/sheets/ID', { ...housing, basedOn: NOW }],
    ['operator', 'DELETE', '/api/sheets/ID'],
    ['operator', 'PUT', '/api/sheets/ID/favourite', { favourite: true }],
  ];
  for (const [person, method, path, body] of forbidden) {
    it(`forbids the ${person}: ${method} ${path}, and notes it`, async () => {
      const sheetId = await write();
      const response = await ask(person, method, path.replace('ID', sheetId), body);
      expect([response.status, await code(response)]).toEqual([403, 'forbidden']);
      expect((await auditTrail(world)).at(-1)).toMatchObject({ outcome: 'forbidden' });
      expect(await read('clerk', sheetId)).toMatchObject({ title: housing.title, favourite: false });
    });
  }

  it('lets no other body touch a sheet, and says no more than that there is none', async () => {
    const sheetId = await write();
    for (const [method, path, body] of [
      ['PUT', `/api/sheets/${sheetId}`, { ...housing, basedOn: NOW }],
      ['DELETE', `/api/sheets/${sheetId}`, undefined],
      ['DELETE', '/api/sheets/no-id', undefined],
    ] as const) {
      expect((await ask('sophie', method, path, body)).status).toBe(404);
      expect((await auditTrail(world)).at(-1)).toMatchObject({ outcome: 'notFound' });
    }
    expect(
      (await ask('clerk', 'PUT', `/api/sheets/${randomUUID()}/favourite`, { favourite: true })).status,
    ).toBe(404);
    expect((await read('nadia', sheetId)).title).toBe(housing.title);
  });

  it('is closed to whoever is not logged in', async () => {
    for (const path of ['search?words=a', 'recent', 'favourites', 'own', randomUUID()]) {
      expect((await fetch(new URL(`/api/sheets/${path}`, hub.origin))).status).toBe(401);
    }
    expect((await hub.post('/api/sheets', housing)).status).toBe(401);
  });

  it.each([
    [
      'a link that is not https',
      { content: [{ kind: 'link', text: 'Ici', address: 'http://office.example' }] },
    ],
    ['a link that is a script', { content: [{ kind: 'link', text: 'Ici', address: 'javascript:alert(1)' }] }],
    ['no content', { content: [] }],
    ['an unknown block', { content: [{ kind: 'html', text: '<b>' }] }],
    ['a day that does not exist', { reviewOn: '2026-02-30' }],
    ['a year before the calendar', { reviewOn: '0000-01-01' }],
    ['a sign that no database keeps', { title: 'A\0B' }],
    ['half a sign', { title: 'A\ud800B' }],
    ['a title that is too long', { title: 'a'.repeat(201) }],
  ])('refuses %s', async (_what, change) => {
    expect((await ask('nadia', 'POST', '/api/sheets', { ...housing, ...change })).status).toBe(400);
    expect(await list('nadia', '/api/sheets/own')).toEqual([]);
  });

  it('shows what looks like HTML as it was written', async () => {
    const text = '<script>alert(1)</script> & « 5 < 6 »';
    const sheetId = await write({ content: [{ kind: 'paragraph', text }] });
    expect((await read('clerk', sheetId)).content).toEqual([{ kind: 'paragraph', text }]);
  });

  it('searches 10,000 sheets by its indexes', async () => {
    await fillWithSheets(opened);
    const explained = async (sql: string, values: readonly (string | readonly string[])[]) =>
      (await opened.database.rows(z.object({ 'QUERY PLAN': z.string() }), `explain ${sql}`, values))
        .map((row) => row['QUERY PLAN'])
        .join('\n');
    expect(await explained(HEAD_SQL, ['logement7', 'logement7 | logement70'])).toMatch(
      /Index Scan on sheets_head/,
    );
    expect(await explained(BODY_SQL, ['quittance7'])).toMatch(/Index Scan on sheets_body/);
    const alike = await explained(ALIKE_SQL, [['logemnt']]);
    expect(alike).toMatch(/Index Scan on sheet_words_alike/);
    expect(alike).toMatch(/Index (Only )?Scan (using|on) sheet_words_pkey/);
    expect(await search('motcentsept')).toEqual(['Fiche sur motcentsept']);
  });
});

/** Made by the database itself: ten thousand requests would test the network. */
async function fillWithSheets({ database }: TestDatabase): Promise<void> {
  await database.script(`
    insert into sheets (id, source_id, source_hash, source_address, title, summary, content, content_text, author, written_at)
    select gen_random_uuid(), 'F' || n, 'x', 'https://source.example',
      'Démarche numéro ' || n || ' logement' || n % 500, 'Demande ' || n || ' aide' || n % 90, '[{"kind":"paragraph","text":"x"}]',
      'Demande quittance' || n % 700 || ' ressources', 'X', now()
    from generate_series(1, 10000) n;
    insert into sheets (id, source_id, source_hash, source_address, title, summary, content, content_text, author, written_at)
    values (gen_random_uuid(), 'F0', 'x', 'https://source.example', 'Fiche sur motcentsept', 'x', '[]', 'x', 'X', now());
    insert into sheet_words select md5(n::text) from generate_series(1, 20000) n;
    insert into sheet_words values ('logement'), ('demarche');
    analyze sheets; analyze sheet_words`);
}
