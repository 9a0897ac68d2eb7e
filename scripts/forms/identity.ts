/** What every form of the invented body asks first and last. */
import { comb, dateField, field, radios, signatureField } from './fields.ts';
import { box, GREY, MARGIN, PALE, RIGHT, type Sheet, write } from './paper.ts';

export function identity(sheet: Sheet): void {
  radios(sheet, 'civilite', 'Civilité', [
    ['Madame', MARGIN],
    ['Monsieur', MARGIN + 90],
  ]);
  sheet.y -= 22;
  field(sheet, 'nom_naissance', 'Nom de naissance', MARGIN, 240, { required: true });
  field(sheet, 'nom_usage', 'Nom d’usage (s’il est différent)', MARGIN + 256, RIGHT - MARGIN - 256);
  sheet.y -= 42;
  field(sheet, 'prenoms', 'Prénoms', MARGIN, 240, { required: true });
  dateField(sheet, 'date_naissance', 'Date de naissance', MARGIN + 256, { required: true });
  sheet.y -= 42;
  field(sheet, 'adresse', 'Adresse', MARGIN, RIGHT - MARGIN);
  sheet.y -= 42;
  comb(sheet, 'code_postal', 'Code postal', MARGIN, 5);
  field(sheet, 'commune', 'Commune', MARGIN + 106, 220);
  field(sheet, 'telephone', 'Téléphone', MARGIN + 342, RIGHT - MARGIN - 342);
  sheet.y -= 50;
}

export function signature(sheet: Sheet): void {
  field(sheet, 'fait_a', 'Fait à', MARGIN, 210);
  dateField(sheet, 'fait_le', 'Le', MARGIN + 230, { words: 'Date de la signature' });
  sheet.y -= 46;
  write(sheet, 'Signature', MARGIN, sheet.y, { size: 8.5, color: GREY });
  box(sheet, MARGIN, sheet.y - 86, 270, 80);
  signatureField(sheet, 'signature', 'Signature', { x: MARGIN + 1, y: sheet.y - 85, width: 268, height: 78 });
  write(sheet, 'Cadre réservé à l’Office', MARGIN + 290, sheet.y, { size: 8.5, color: GREY });
  box(sheet, MARGIN + 290, sheet.y - 86, RIGHT - MARGIN - 290, 80, PALE);
}
