/** "Attestation sur l'honneur": one page. */
import { area, check, dateField } from './fields.ts';
import { identity, signature } from './identity.ts';
import { GREY, MARGIN, newDocument, open, paragraph, section } from './paper.ts';

export async function declarationForm(): Promise<Uint8Array> {
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
  check(sheet, 'seul', 'vivre seul(e)', MARGIN);
  check(sheet, 'couple', 'vivre en couple', MARGIN + 130);
  sheet.y -= 16;
  dateField(sheet, 'depuis', 'Depuis le', MARGIN, { words: 'Vivre seul ou en couple : date de début' });
  sheet.y -= 44;
  check(sheet, 'heberge', 'héberger à mon domicile la personne nommée ci-dessous', MARGIN);
  sheet.y -= 20;
  check(sheet, 'sans_revenu', 'ne pas avoir d’autre revenu que ceux déclarés', MARGIN);
  sheet.y -= 18;
  area(sheet, 'precisions', 'Personne hébergée, précisions', 44);
  paragraph(sheet, ['Je sais qu’une fausse déclaration peut avoir des conséquences.']);
  sheet.y -= 12;
  section(sheet, 3, 'Ma signature');
  sheet.y -= 2;
  signature(sheet);
  return document.save();
}
