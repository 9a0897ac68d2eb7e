/** The importer on made-up publications in the structure of service-public.fr's open data, on both databases. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openPglite } from '../../database/pglite-database.ts';
import { type TestDatabase, testDatabases } from '../../testing/test-databases.ts';
import { searchSheets } from '../sheet-search.ts';
import { importPublications } from './import-publications.ts';
import { openSheetFiles } from './sheet-files.ts';

const NOW = Date.UTC(2026, 10, 23, 9);

function publication(
  id: string,
  title: string,
  inside = '<Texte><Paragraphe>Du texte.</Paragraphe></Texte>',
): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<Publication xmlns:dc="http://purl.org/dc/elements/1.1/" ID="${id}" type="Fiche d'information"
  spUrl="https://www.service-public.gouv.fr/particuliers/vosdroits/${id}">
  <dc:title>${title}</dc:title><dc:description>Résumé inventé de ${title}</dc:description><dc:date>modified 2026-05-22</dc:date>
  <FilDAriane><Niveau ID="N1">Ailleurs</Niveau></FilDAriane>${inside}</Publication>`;
}

const WHOLE = publication(
  'F1',
  'Bac à compost partagé',
  `<Avertissement ID="A1"><Titre>Règle nouvelle</Titre><Texte><Paragraphe>Elle vaut depuis mai.</Paragraphe></Texte></Avertissement>
  <Introduction><Texte><Paragraphe>Un bac coûte <Valeur>12&#160;€</Valeur> par
    an, <MiseEnEvidence>sans frais</MiseEnEvidence> cachés.</Paragraphe></Texte></Introduction>
  <ListeSituations affichage="onglet"><Situation><Titre>En maison</Titre><Texte>
    <Chapitre><Titre><Paragraphe>Où le poser ?</Paragraphe></Titre>
      <Paragraphe>Au jardin, voir <LienExterne URL="https://compost.example/plan">le plan</LienExterne>.</Paragraphe>
      <ANoter><Titre>À noter</Titre><Paragraphe>Pas contre un mur.</Paragraphe></ANoter>
      <SousChapitre><Titre>Outils</Titre>
        <Liste type="puce"><Item><Paragraphe>Fourche</Paragraphe></Item><Item><Paragraphe>Seau :</Paragraphe>
          <Liste type="puce"><Item><Paragraphe>grand</Paragraphe></Item></Liste></Item></Liste></SousChapitre>
      <Liste type="numero"><Item><Paragraphe>Creuser</Paragraphe></Item><Item><Paragraphe>Poser</Paragraphe></Item></Liste>
      <Tableau><Titre>Tailles</Titre><Colonne largeur="50"/><Rangée type="header"><Cellule>Foyer</Cellule><Cellule>Litres</Cellule></Rangée>
        <Rangée type="normal"><Cellule>2 personnes</Cellule><Cellule>200</Cellule></Rangée></Tableau>
    </Chapitre></Texte></Situation></ListeSituations>
  <Texte><BlocCas affichage="radio"><Cas><Titre>Vous louez</Titre><Paragraphe>Demandez au bailleur.</Paragraphe></Cas></BlocCas>
    <Frise><Etape>Première étape</Etape><Paragraphe>Au printemps</Paragraphe></Frise>
    <Paragraphe>Avec un <Parfum>doux</Parfum> soin.</Paragraphe></Texte>
  <OuSAdresser type="Local"><Titre>Mairie</Titre><PivotLocal>mairie</PivotLocal></OuSAdresser>
  <ServiceEnLigne ID="R1" URL="https://compost.example/demande" type="Téléservice"><Titre>Demander un bac</Titre><Source ID="R2">Une agence</Source></ServiceEnLigne>
  <ServiceEnLigne ID="R3" URL="http://compost.example/vieux" type="Formulaire"><Titre>Vieux formulaire</Titre></ServiceEnLigne>
  <Reference type="Texte" URL="https://loi.example/1"><Titre>Loi du compost</Titre></Reference>
  <Definition ID="R9"><Titre>Humus</Titre><Texte><Paragraphe>Terre noire.</Paragraphe></Texte></Definition>`,
);

describe.each(testDatabases)('import on $name', ({ open }) => {
  let opened: TestDatabase;
  let folder: string;

  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened?.close());
  beforeEach(async () => {
    await opened.database.script('truncate sheets, sheet_words cascade');
    folder = await mkdtemp(join(tmpdir(), 'sheets-'));
    return () => rm(folder, { recursive: true });
  });

  async function run(files: Record<string, string | Uint8Array>, now = NOW) {
    await rm(folder, { recursive: true });
    await mkdir(join(folder, 'deep'), { recursive: true });
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
    return importFrom(folder, now);
  }
  async function importFrom(path: string, now = NOW) {
    const found = await openSheetFiles(path);
    if (!found) throw new Error('Nothing to import there.');
    return importPublications(opened.database, found, now);
  }
  const kept = () =>
    opened.database.rows(
      z.object({ source_id: z.string(), title: z.string(), gone: z.boolean() }),
      'select source_id, title, withdrawn_at is not null as gone from sheets order by source_id',
    );
  const nothing = { added: 0, changed: 0, unchanged: 0, withdrawn: 0, beside: 0, failed: [], unknown: {} };

  it('keeps all that is written, with its kind, its links, where it is from and when', async () => {
    expect(await run({ 'F1.xml': WHOLE })).toEqual({
      ...nothing,
      added: 1,
      unknown: { Etape: 1, Frise: 1, Parfum: 1 },
    });
    const [sheet] = await opened.database.rows(
      z.object({
        ...{ title: z.string(), summary: z.string(), content: z.unknown(), author: z.string() },
        ...{ written_at: z.date(), source_address: z.string(), body_id: z.null() },
      }),
      'select title, summary, content, author, written_at, source_address, body_id from sheets',
    );
    expect(sheet).toEqual({
      title: 'Bac à compost partagé',
      summary: 'Résumé inventé de Bac à compost partagé',
      author: 'Direction de l’information légale et administrative',
      written_at: new Date('2026-05-22T12:00:00Z'),
      source_address: 'https://www.service-public.gouv.fr/particuliers/vosdroits/F1',
      body_id: null,
      content: [
        { kind: 'paragraph', text: 'Règle nouvelle\u00a0: Elle vaut depuis mai.' },
        { kind: 'paragraph', text: 'Un bac coûte 12\u00a0€ par an, sans frais cachés.' },
        { kind: 'heading', level: 1, text: 'En maison' },
        { kind: 'heading', level: 1, text: 'Où le poser ?' },
        { kind: 'paragraph', text: 'Au jardin, voir le plan.' },
        { kind: 'link', text: 'le plan', address: 'https://compost.example/plan' },
        { kind: 'paragraph', text: 'À noter\u00a0: Pas contre un mur.' },
        { kind: 'heading', level: 2, text: 'Outils' },
        { kind: 'list', items: ['Fourche', 'Seau : – grand'] },
        { kind: 'steps', items: ['Creuser', 'Poser'] },
        { kind: 'heading', level: 2, text: 'Tailles' },
        { kind: 'list', items: ['Foyer\u00a0: 2 personnes ; Litres\u00a0: 200'] },
        { kind: 'heading', level: 2, text: 'Vous louez' },
        { kind: 'paragraph', text: 'Demandez au bailleur.' },
        { kind: 'paragraph', text: 'Première étape' },
        { kind: 'paragraph', text: 'Au printemps' },
        { kind: 'paragraph', text: 'Avec un doux soin.' },
        { kind: 'heading', level: 1, text: 'Où s’adresser' },
        { kind: 'heading', level: 2, text: 'Mairie' },
        { kind: 'heading', level: 1, text: 'Services en ligne et formulaires' },
        { kind: 'link', text: 'Demander un bac', address: 'https://compost.example/demande' },
        { kind: 'paragraph', text: 'Vieux formulaire' },
        { kind: 'heading', level: 1, text: 'Définitions' },
        { kind: 'heading', level: 2, text: 'Humus' },
        { kind: 'paragraph', text: 'Terre noire.' },
        { kind: 'heading', level: 1, text: 'Textes de référence' },
        { kind: 'link', text: 'Loi du compost', address: 'https://loi.example/1' },
      ],
    });
    expect(await searchSheets(opened.database, 'baillleur compost')).toHaveLength(1);
  });

  it('adds, changes, leaves alone, withdraws and brings back', async () => {
    const [one, two] = [publication('F1', 'Une'), publication('F2', 'Deux')];
    const list = publication('N7', 'Une liste');
    expect(await run({ 'F1.xml': one, 'deep/F2.xml': two, 'N7.xml': list })).toEqual({
      ...nothing,
      added: 2,
      beside: 1,
    });
    expect(await run({ 'F1.xml': one, 'F2.xml': two })).toEqual({ ...nothing, unchanged: 2 });
    expect(await run({ 'F1.xml': publication('F1', 'Une autre') })).toEqual({
      ...nothing,
      changed: 1,
      withdrawn: 1,
    });
    expect(await kept()).toEqual([
      { source_id: 'F1', title: 'Une autre', gone: false },
      { source_id: 'F2', title: 'Deux', gone: true },
    ]);
    expect(await run({ 'F1.xml': one, 'F2.xml': two })).toEqual({ ...nothing, changed: 2 });
    expect((await kept()).map(({ gone }) => gone)).toEqual([false, false]);
  });

  it.each([
    ['a file cut in half', WHOLE.slice(0, WHOLE.length / 2), 'notXml'],
    ['no XML', 'rien', 'notXml'],
    ['an empty file', '', 'notXml'],
    [
      'entities that grow',
      '<!DOCTYPE a [<!ENTITY x "xx"><!ENTITY y "&x;&x;">]><Publication ID="F2">&y;</Publication>',
      'documentType',
    ],
    [
      'an entity from elsewhere',
      '<!DOCTYPE a SYSTEM "file:///etc/passwd"><Publication ID="F2"/>',
      'documentType',
    ],
    ['an entity of nobody', publication('F2', 'Deux &rien;'), 'notXml'],
    ['endless depth', `<a>${'<a>'.repeat(200)}${'</a>'.repeat(201)}`, 'tooMuch'],
    ['another encoding than it says', Buffer.from(publication('F2', 'Été'), 'latin1'), 'encoding'],
    ['an encoding that is none', WHOLE.replace('UTF-8', 'martian'), 'encoding'],
    ['a sheet without text', publication('F2', 'Deux', ''), 'noText'],
    ['a file of eleven million bytes', Buffer.alloc(11_000_000, ' '), 'unreadable'],
  ] as const)('reports %s, imports the rest and withdraws nothing', async (_what, bad, why) => {
    await run({ 'F2.xml': publication('F2', 'Deux'), 'F3.xml': publication('F3', 'Trois') });
    expect(await run({ 'F1.xml': publication('F1', 'Une'), 'F2.xml': bad })).toEqual({
      ...nothing,
      added: 1,
      failed: [{ file: 'F2.xml', why }],
    });
    expect((await kept()).map(({ source_id, gone }) => `${source_id} ${gone}`)).toEqual([
      'F1 false',
      'F2 false',
      'F3 false',
    ]);
  });

  it('reads an old encoding, and withdraws nothing for an empty folder', async () => {
    const old = publication('F1', 'Été').replace('UTF-8', 'ISO-8859-1');
    await run({ 'F1.xml': Buffer.from(old, 'latin1') });
    expect(await run({})).toEqual(nothing);
    expect(await kept()).toEqual([{ source_id: 'F1', title: 'Été', gone: false }]);
  });

  it('reads an archive, and a broken file in it costs only that one', async () => {
    const archive = zipSync({
      'vosdroits/F1.xml': strToU8(publication('F1', 'Une')),
      'vosdroits/F2.xml': strToU8(WHOLE.replace('ID="F1"', 'ID="F2"')),
      'vosdroits/lisez-moi.txt': strToU8('rien'),
    });
    const path = join(folder, 'archive.zip');
    await writeFile(path, archive);
    expect(await importFrom(path)).toMatchObject({ added: 2, failed: [] });
    // The middle of the second file's compressed bytes.
    const broken = new Uint8Array(archive);
    const second = Buffer.from(archive).indexOf('vosdroits/F2.xml');
    broken.fill(0xff, second + 20, second + 60);
    await writeFile(path, broken);
    expect(await importFrom(path)).toMatchObject({
      unchanged: 1,
      withdrawn: 0,
      failed: [{ file: 'F2.xml' }],
    });
    await writeFile(path, archive.subarray(0, archive.length / 2));
    expect(await openSheetFiles(path)).toBeNull();
    expect(await openSheetFiles(join(folder, 'nowhere'))).toBeNull();
  });
});

it('runs as a command, and says what it did', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sheets-command-'));
  try {
    await writeFile(join(folder, 'F1.xml'), publication('F1', 'Une'));
    await writeFile(join(folder, 'F2.xml'), WHOLE.slice(0, 900));
    const data = join(folder, 'data');
    const command = (path: string) =>
      promisify(execFile)(process.execPath, [join(import.meta.dirname, '../import-sheets.ts'), path], {
        env: { ...process.env, HUB_DATA: data },
      }).then(
        ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
        (error: { code: number; stdout: string; stderr: string }) => error,
      );
    const done = await command(folder);
    expect(done.code).toBe(1);
    expect(JSON.parse(done.stdout)).toMatchObject({ added: 1, failed: [{ file: 'F2.xml', why: 'notXml' }] });
    expect(await command(join(folder, 'none.zip'))).toMatchObject({ code: 2, stdout: '' });
    const database = await openPglite(join(data, 'database/postgresql'));
    expect(await searchSheets(database, 'une')).toEqual([]);
    expect(await searchSheets(database, 'texte')).toHaveLength(1);
    await database.close();
  } finally {
    await rm(folder, { recursive: true });
  }
});
