/** "Fiche de situation": every kind of field that a form can have. */
import { type PDFDict, PDFHexString, PDFName } from '@cantoo/pdf-lib';
import { area, check, comb, dateField, dropdown, field, list, radios } from './fields.ts';
import { identity, signature } from './identity.ts';
import { MARGIN, newDocument, open, RIGHT, section } from './paper.ts';

export async function everyKindForm(): Promise<Uint8Array> {
  const title = 'Fiche de situation';
  const { document, fonts } = await newDocument(title);
  const heading = { title, reference: 'VC 30-01', pages: 2 };

  const first = open(document, fonts, { ...heading, page: 1 });
  first.y -= 8;
  section(first, 1, 'Vous');
  field(first, 'dossier', 'Numéro de dossier (rempli par l’Office)', MARGIN, 200, {
    readOnly: true,
    value: 'VC-2026-0042',
  });
  comb(first, 'securite_sociale', 'Numéro de sécurité sociale', MARGIN + 256, 15, { required: true });
  first.y -= 46;
  identity(first);
  section(first, 2, 'Votre situation');
  dropdown(first, 'situation', 'Situation de famille', MARGIN, 200, [
    'Célibataire',
    'En couple',
    'Marié(e)',
    'Séparé(e) ou divorcé(e)',
    'Veuf ou veuve',
  ]);
  dropdown(first, 'metier', 'Métier', MARGIN + 256, 200, ['Agriculteur', 'Employé(e)', 'Sans emploi'], true);
  first.y -= 48;
  list(first, 'aides', 'Aides déjà reçues', MARGIN, 200, ['Logement', 'Transport', 'Énergie', 'Cantine']);
  dateField(first, 'debut_contrat', 'Date de début du contrat', MARGIN + 256);
  first.y -= 44;
  dateField(first, 'fin_contrat', 'Date de fin du contrat', MARGIN + 256);
  first.y -= 56;
  area(first, 'projet', 'Votre projet, en quelques lignes', 90, { required: true });

  const second = open(document, fonts, { ...heading, page: 2 });
  section(second, 3, 'Vos revenus');
  field(second, 'salaire', 'Salaire net par mois (euros)', MARGIN, 200, { required: true });
  // Written by another program: the option's value is not the words shown.
  dropdown(second, 'versement', 'Versement', MARGIN + 256, 200, ['Par virement', 'Par chèque']);
  giveCodes(document.getForm().getDropdown('versement').acroField.dict, [
    ['VIR', 'Par virement'],
    ['CHQ', 'Par chèque'],
  ]);
  second.y -= 48;
  radios(second, 'enfants', 'Avez-vous des enfants ?', [
    ['Oui', MARGIN],
    ['Non', MARGIN + 80],
  ]);
  second.y -= 26;
  check(second, 'accord', 'J’accepte d’être contacté(e) par téléphone', MARGIN, { required: true });
  check(second, 'copie', 'Je garde une copie', RIGHT - 160, { value: 'oui' });
  second.y -= 40;
  section(second, 4, 'Votre signature');
  signature(second);
  return document.save();

  function giveCodes(dict: PDFDict, codes: readonly (readonly [string, string])[]): void {
    const pairs = codes.map((pair) => document.context.obj(pair.map((text) => PDFHexString.fromText(text))));
    dict.set(PDFName.of('Opt'), document.context.obj(pairs));
  }
}
