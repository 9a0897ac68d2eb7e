/** Files that must not reach the printer: each refused with a sentence that says what to do. */
import { mkdirSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import type { Town } from '#rig/town.ts';
import { expect, test } from './fixtures.ts';
import {
  brokenPdf,
  cutPdf,
  encryptedPdf,
  letterNamedPdf,
  lockedPdf,
  type MadeFile,
  madePdf,
} from './made-documents.ts';

const MIB = 1024 * 1024;

/** A file on the counsellor's disk that takes no room there: its end is a hole. */
function heavyFile(name: string, start: Buffer, size: number): string {
  mkdirSync(test.info().outputDir, { recursive: true });
  const file = test.info().outputPath(name);
  writeFileSync(file, start);
  truncateSync(file, size);
  return file;
}

let received: readonly string[] = [];

test.beforeEach(({ town }) => {
  received = readdirSync(town.printer.spool);
});

function expectNothingPrinted(town: Town): void {
  expect(readdirSync(town.printer.spool)).toEqual(received);
  expect(readdirSync(town.printer.jobsFolder).filter((name) => /^[cd]\d/.test(name))).toEqual([]);
}

const bad: readonly { name: string; make: (name: string) => MadeFile | Promise<MadeFile>; told: string }[] = [
  {
    name: 'lettre.pdf',
    make: letterNamedPdf,
    told: 'Ce fichier n’est pas un PDF\u00a0: enregistrez-le en PDF, puis déposez-le de nouveau.',
  },
  {
    name: 'secret.pdf',
    make: encryptedPdf,
    told: 'Ce PDF est protégé par un mot de passe\u00a0: déposez une copie sans mot de passe.',
  },
  {
    name: 'verrou.pdf',
    make: (name) => lockedPdf(name, false),
    told: 'Ce PDF est protégé par un mot de passe : déposez une copie sans mot de passe.',
  },
  {
    name: 'coupé.pdf',
    make: cutPdf,
    told: 'Ce PDF est abîmé et ne s’ouvre pas\u00a0: déposez une autre copie.',
  },
  {
    name: 'faux.pdf',
    make: brokenPdf,
    told: 'Ce PDF est abîmé et ne s’ouvre pas\u00a0: déposez une autre copie.',
  },
  {
    name: 'annuaire.pdf',
    make: (name) => madePdf(name, 2_000),
    told: 'Ce PDF a trop de pages pour la borne\u00a0: gardez les pages utiles et déposez-les.',
  },
  {
    name: 'vide.pdf',
    make: (name) => ({ name, mimeType: 'application/pdf', buffer: Buffer.alloc(0) }),
    told: 'Ce PDF est abîmé et ne s’ouvre pas\u00a0: déposez une autre copie.',
  },
];

test('no bad file reaches the printer, and each is refused in words', async ({
  call,
  nadia,
  resident,
  town,
}) => {
  expect(call).toBeUndefined();
  for (const { name, make, told } of bad) {
    await test.step(name, async () => {
      await nadia.chooseFile(await make(name));
      await expect(nadia.refusal(name)).toContainText(told);
      await expect(nadia.page.getByRole('button', { name: `Imprimer « ${name} »` })).toHaveCount(0);
      await expect(nadia.page.getByRole('button', { name: `Montrer « ${name} » sur le bureau` })).toHaveCount(
        0,
      );
    });
  }
  await nadia.expectCallLive();
  expectNothingPrinted(town);
  // Nothing of it troubled the resident, and a good file still comes through.
  await resident.expectDesk('Votre conseiller vous montrera vos papiers ici');
  await nadia.dropFile(await madePdf('bon.pdf', 1));
  await nadia.showOnDesk('bon.pdf');
  await expect((await resident.desk()).getByRole('img', { name: 'Votre document, une page' })).toBeVisible();
});

test('a file above the terminal’s limit is refused before its bytes travel', async ({ call, nadia }) => {
  expect(call).toBeUndefined();
  const { buffer } = await madePdf('lourd.pdf', 1);
  await nadia.chooseFile(heavyFile('lourd.pdf', buffer, 110 * MIB));
  await expect(nadia.refusal('lourd.pdf')).toContainText(
    'Ce fichier est trop lourd pour la borne\u00a0: déposez une version allégée.',
  );
  await nadia.expectCallLive();
});

test('a file of 300 MB is refused on the spot, and the page stays alive', async ({ call, nadia }) => {
  expect(call).toBeUndefined();
  const { buffer } = await madePdf('énorme.pdf', 1);
  const file = heavyFile('énorme.pdf', buffer, 300 * MIB);
  // The longest time that the page did not answer its user, ms.
  await nadia.page.evaluate(() => {
    const watch = { longest: 0, last: performance.now() };
    Object.assign(window, { watch });
    setInterval(() => {
      const now = performance.now();
      watch.longest = Math.max(watch.longest, now - watch.last);
      watch.last = now;
    }, 20);
  });
  await nadia.chooseFile(file);
  await expect(nadia.refusal('énorme.pdf')).toContainText('Ce fichier est trop lourd pour la borne');
  const longest = await nadia.page.evaluate(
    () => (window as unknown as { watch: { longest: number } }).watch.longest,
  );
  expect(longest).toBeLessThan(1_000);
  await nadia.expectCallLive();
});

test('a PDF whose author locked it, and lets it be printed, is printed', async ({ call, nadia, town }) => {
  expect(call).toBeUndefined();
  const before = town.printer.printedFiles().length;
  await nadia.dropFile(await lockedPdf('signé.pdf', true));
  await nadia.print('signé.pdf');
  await expect(nadia.card('signé.pdf')).toContainText('Imprimé : la page est sortie.');
  expect(town.printer.printedFiles()).toHaveLength(before + 1);
});
