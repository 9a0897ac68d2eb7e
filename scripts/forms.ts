/**
 * Draws the demo's two forms into assets/forms: invented ones, of an invented body. Run after a change:
 * node_modules/.bin/node scripts/forms.ts
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Color, PDFDocument, type PDFFont, type PDFPage, rgb, StandardFonts } from '@cantoo/pdf-lib';

/** Points (1/72 inch). A4. */
const WIDTH = 595.28;
const HEIGHT = 841.89;
const MARGIN = 48;
const RIGHT = WIDTH - MARGIN;

const INK = rgb(0.1, 0.12, 0.16);
const GREY = rgb(0.38, 0.42, 0.48);
const LINE = rgb(0.62, 0.66, 0.72);
const BRAND = rgb(0.05, 0.36, 0.4);
const PALE = rgb(0.91, 0.955, 0.955);

const BODY = 'Office des familles du Val-Clair';
const ADDRESS = '12, allée des Tilleuls - 00000 Val-Clair - Accueil du lundi au vendredi, 9 h - 17 h';
const FICTION = 'Organisme et formulaire inventés pour la démonstration de Vis-à-vis.';

interface Sheet {
  readonly page: PDFPage;
  readonly regular: PDFFont;
  readonly bold: PDFFont;
  /** The next line goes below this height. */
  y: number;
}

interface Pen {
  readonly size?: number;
  readonly font?: PDFFont;
  readonly color?: Color;
}

function write(sheet: Sheet, text: string, x: number, y: number, pen: Pen = {}): void {
  const { size = 10, font = sheet.regular, color = INK } = pen;
  sheet.page.drawText(text, { x, y, size, font, color });
}

function box(sheet: Sheet, x: number, y: number, width: number, height: number, fill?: Color): void {
  sheet.page.drawRectangle({
    x,
    y,
    width,
    height,
    borderColor: LINE,
    borderWidth: 0.8,
    ...(fill ? { color: fill } : {}),
  });
}

/** A labelled field to write in, `width` wide. */
function field(sheet: Sheet, label: string, x: number, width: number): void {
  write(sheet, label, x, sheet.y, { size: 8.5, color: GREY });
  box(sheet, x, sheet.y - 26, width, 21);
}

/** A date as eight boxes: day, month, year. */
function dateField(sheet: Sheet, label: string, x: number): void {
  write(sheet, label, x, sheet.y, { size: 8.5, color: GREY });
  let at = x;
  for (const digits of [2, 2, 4]) {
    for (let i = 0; i < digits; i += 1) {
      box(sheet, at, sheet.y - 26, 15, 21);
      at += 15;
    }
    at += 6;
  }
}

function check(sheet: Sheet, label: string, x: number, y = sheet.y): void {
  box(sheet, x, y - 1.5, 10.5, 10.5);
  write(sheet, label, x + 17, y);
}

function section(sheet: Sheet, number: number, title: string): void {
  sheet.page.drawRectangle({ x: MARGIN, y: sheet.y - 6, width: RIGHT - MARGIN, height: 21, color: PALE });
  sheet.page.drawRectangle({ x: MARGIN, y: sheet.y - 6, width: 21, height: 21, color: BRAND });
  write(sheet, String(number), MARGIN + 7.5, sheet.y + 1, {
    size: 11,
    font: sheet.bold,
    color: rgb(1, 1, 1),
  });
  write(sheet, title, MARGIN + 31, sheet.y + 1, { size: 11.5, font: sheet.bold, color: BRAND });
  sheet.y -= 25;
}

function table(
  sheet: Sheet,
  columns: readonly (readonly [title: string, width: number])[],
  rows: number,
): void {
  const height = 21;
  let x = MARGIN;
  for (const [title, width] of columns) {
    box(sheet, x, sheet.y - 8, width, 18, PALE);
    write(sheet, title, x + 6, sheet.y - 2.5, { size: 8.5, font: sheet.bold });
    for (let row = 1; row <= rows; row += 1) box(sheet, x, sheet.y - 8 - row * height, width, height);
    x += width;
  }
  sheet.y -= 18 + rows * height + 17;
}

/** Two leaves around a hearth: the invented body's mark. */
function mark(sheet: Sheet, x: number, y: number): void {
  const leaf = 'M 0 0 C 2 -16 14 -25 27 -25 C 27 -11 17 -1 0 0 Z';
  const other = 'M 0 0 C -2 -16 -14 -25 -27 -25 C -27 -11 -17 -1 0 0 Z';
  sheet.page.drawSvgPath(leaf, { x, y, color: BRAND, borderWidth: 0 });
  sheet.page.drawSvgPath(other, { x, y, color: rgb(0.91, 0.62, 0.2), borderWidth: 0 });
  sheet.page.drawCircle({ x, y: y + 25, size: 5, color: BRAND });
}

interface Heading {
  readonly title: string;
  readonly reference: string;
  readonly page: number;
  readonly pages: number;
}

function open(document: PDFDocument, fonts: { regular: PDFFont; bold: PDFFont }, heading: Heading): Sheet {
  const sheet: Sheet = { page: document.addPage([WIDTH, HEIGHT]), ...fonts, y: 0 };
  mark(sheet, MARGIN + 28, HEIGHT - 82);
  write(sheet, BODY, MARGIN + 70, HEIGHT - 62, { size: 13, font: sheet.bold, color: BRAND });
  write(sheet, ADDRESS, MARGIN + 70, HEIGHT - 77, { size: 8.5, color: GREY });
  sheet.page.drawLine({
    start: { x: MARGIN, y: HEIGHT - 96 },
    end: { x: RIGHT, y: HEIGHT - 96 },
    thickness: 1.4,
    color: BRAND,
  });
  sheet.page.drawLine({
    start: { x: MARGIN, y: 52 },
    end: { x: RIGHT, y: 52 },
    thickness: 0.6,
    color: LINE,
  });
  const place = `${heading.reference} - page ${heading.page} sur ${heading.pages}`;
  write(sheet, FICTION, MARGIN, 38, { size: 8, color: GREY });
  write(sheet, place, RIGHT - sheet.regular.widthOfTextAtSize(place, 8), 38, { size: 8, color: GREY });
  sheet.y = HEIGHT - 130;
  if (heading.page === 1) {
    write(sheet, heading.title, MARGIN, sheet.y, { size: 20, font: sheet.bold });
    sheet.y -= 20;
  }
  return sheet;
}

function paragraph(sheet: Sheet, lines: readonly string[], pen: Pen = {}): void {
  for (const line of lines) {
    write(sheet, line, MARGIN, sheet.y, pen);
    sheet.y -= (pen.size ?? 10) * 1.45;
  }
}

function signature(sheet: Sheet): void {
  field(sheet, 'Fait à', MARGIN, 210);
  dateField(sheet, 'Le', MARGIN + 230);
  sheet.y -= 46;
  write(sheet, 'Signature', MARGIN, sheet.y, { size: 8.5, color: GREY });
  box(sheet, MARGIN, sheet.y - 86, 270, 80);
  write(sheet, 'Cadre réservé à l’Office', MARGIN + 290, sheet.y, { size: 8.5, color: GREY });
  box(sheet, MARGIN + 290, sheet.y - 86, RIGHT - MARGIN - 290, 80, PALE);
}

function identity(sheet: Sheet): void {
  check(sheet, 'Madame', MARGIN);
  check(sheet, 'Monsieur', MARGIN + 90);
  sheet.y -= 22;
  field(sheet, 'Nom de naissance', MARGIN, 240);
  field(sheet, 'Nom d’usage (s’il est différent)', MARGIN + 256, RIGHT - MARGIN - 256);
  sheet.y -= 42;
  field(sheet, 'Prénoms', MARGIN, 240);
  dateField(sheet, 'Date de naissance', MARGIN + 256);
  sheet.y -= 42;
  field(sheet, 'Adresse', MARGIN, RIGHT - MARGIN);
  sheet.y -= 42;
  field(sheet, 'Code postal', MARGIN, 90);
  field(sheet, 'Commune', MARGIN + 106, 220);
  field(sheet, 'Téléphone', MARGIN + 342, RIGHT - MARGIN - 342);
  sheet.y -= 50;
}

async function newDocument(title: string) {
  const document = await PDFDocument.create();
  // Fixed, so that the same drawing is the same file.
  const date = new Date('2026-01-01T00:00:00Z');
  document.setTitle(title);
  document.setAuthor(BODY);
  document.setLanguage('fr-FR');
  document.setCreationDate(date);
  document.setModificationDate(date);
  const fonts = {
    regular: await document.embedFont(StandardFonts.Helvetica),
    bold: await document.embedFont(StandardFonts.HelveticaBold),
  };
  return { document, fonts };
}

async function housing(): Promise<Uint8Array> {
  const title = 'Demande d’aide au logement';
  const { document, fonts } = await newDocument(title);
  const heading = { title, reference: 'VC 12-04', pages: 2 };

  const first = open(document, fonts, { ...heading, page: 1 });
  paragraph(
    first,
    ['Écrivez en lettres majuscules. Votre conseiller peut remplir ce formulaire avec vous.'],
    {
      color: GREY,
    },
  );
  first.y -= 12;
  section(first, 1, 'Vous');
  identity(first);
  section(first, 2, 'Votre logement');
  check(first, 'Locataire', MARGIN);
  check(first, 'Propriétaire', MARGIN + 100);
  check(first, 'Hébergé(e)', MARGIN + 215);
  check(first, 'En foyer', MARGIN + 325);
  first.y -= 24;
  dateField(first, 'Date d’entrée dans le logement', MARGIN);
  field(first, 'Surface (m²)', MARGIN + 176, 90);
  field(first, 'Loyer par mois, sans les charges (euros)', MARGIN + 282, RIGHT - MARGIN - 282);
  first.y -= 42;
  field(first, 'Nom et adresse du propriétaire ou de l’agence', MARGIN, RIGHT - MARGIN);
  first.y -= 50;
  section(first, 3, 'Les personnes qui vivent avec vous');
  table(
    first,
    [
      ['Nom et prénom', 215],
      ['Date de naissance', 110],
      ['Lien avec vous', RIGHT - MARGIN - 325],
    ],
    7,
  );

  const second = open(document, fonts, { ...heading, page: 2 });
  section(second, 4, 'Vos ressources des douze derniers mois');
  table(
    second,
    [
      ['Nature', 200],
      ['Vous (euros)', 140],
      ['Votre conjoint(e) (euros)', RIGHT - MARGIN - 340],
    ],
    9,
  );
  section(second, 5, 'Papiers à joindre');
  for (const paper of [
    'Une copie de votre pièce d’identité',
    'Votre contrat de location, ou une attestation du propriétaire',
    'Votre dernière quittance de loyer',
    'Un relevé d’identité bancaire à votre nom',
  ]) {
    check(second, paper, MARGIN);
    second.y -= 21;
  }
  second.y -= 12;
  section(second, 6, 'Votre signature');
  paragraph(second, [
    'Je certifie que les renseignements donnés dans cette demande sont exacts.',
    'Je préviens l’Office de tout changement dans ma situation ou dans celle des miens.',
  ]);
  second.y -= 12;
  signature(second);
  return document.save();
}

async function declaration(): Promise<Uint8Array> {
  const title = 'Attestation sur l’honneur';
  const { document, fonts } = await newDocument(title);
  const sheet = open(document, fonts, { title, reference: 'VC 01-02', page: 1, pages: 1 });
  paragraph(sheet, ['À remettre à votre conseiller, ou à lui montrer pendant le rendez-vous.'], {
    color: GREY,
  });
  sheet.y -= 12;
  section(sheet, 1, 'Je soussigné(e)');
  identity(sheet);
  section(sheet, 2, 'J’atteste sur l’honneur');
  for (const statement of [
    'vivre seul(e) depuis le : ......... / ......... / ..................',
    'vivre en couple depuis le : ......... / ......... / ..................',
    'héberger à mon domicile la personne nommée ci-dessous',
    'ne pas avoir d’autre revenu que ceux déclarés',
  ]) {
    check(sheet, statement, MARGIN);
    sheet.y -= 20;
  }
  for (let line = 0; line < 2; line += 1) {
    const y = sheet.y - 8 - line * 24;
    sheet.page.drawLine({ start: { x: MARGIN, y }, end: { x: RIGHT, y }, thickness: 0.6, color: LINE });
  }
  sheet.y -= 56;
  paragraph(sheet, ['Je sais qu’une fausse déclaration peut avoir des conséquences.']);
  sheet.y -= 12;
  section(sheet, 3, 'Ma signature');
  sheet.y -= 2;
  signature(sheet);
  return document.save();
}

const folder = path.join(import.meta.dirname, '../assets/forms');
mkdirSync(folder, { recursive: true });
writeFileSync(path.join(folder, 'demande-aide-logement.pdf'), await housing());
writeFileSync(path.join(folder, 'attestation-honneur.pdf'), await declaration());
