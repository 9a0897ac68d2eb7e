/** "Demande d'aide au logement": two pages, a table, the demo's usual form. */
import { check, dateField, field, radios, table } from './fields.ts';
import { identity, signature } from './identity.ts';
import { GREY, MARGIN, newDocument, open, paragraph, RIGHT, section } from './paper.ts';

export async function housingForm(): Promise<Uint8Array> {
  const title = 'Demande d’aide au logement';
  const { document, fonts } = await newDocument(title);
  const heading = { title, reference: 'VC 12-04', pages: 2 };

  const first = open(document, fonts, { ...heading, page: 1 });
  paragraph(
    first,
    ['Votre conseiller peut remplir ce formulaire avec vous. * : à remplir obligatoirement.'],
    {
      color: GREY,
    },
  );
  first.y -= 12;
  section(first, 1, 'Vous');
  identity(first);
  section(first, 2, 'Votre logement');
  radios(
    first,
    'occupation',
    'Vous êtes',
    [
      ['Locataire', MARGIN],
      ['Propriétaire', MARGIN + 100],
      ['Hébergé(e)', MARGIN + 215],
      ['En foyer', MARGIN + 325],
    ],
    true,
  );
  first.y -= 24;
  dateField(first, 'date_entree', 'Date d’entrée dans le logement', MARGIN);
  field(first, 'surface', 'Surface (m²)', MARGIN + 176, 90);
  field(first, 'loyer', 'Loyer par mois, sans les charges (euros)', MARGIN + 282, RIGHT - MARGIN - 282);
  first.y -= 42;
  field(first, 'proprietaire', 'Nom et adresse du propriétaire ou de l’agence', MARGIN, RIGHT - MARGIN);
  first.y -= 50;
  section(first, 3, 'Les personnes qui vivent avec vous');
  table(
    first,
    'foyer',
    [
      ['nom', 'Nom et prénom', 215],
      ['naissance', 'Date de naissance', 110],
      ['lien', 'Lien avec vous', RIGHT - MARGIN - 325],
    ],
    7,
  );

  const second = open(document, fonts, { ...heading, page: 2 });
  section(second, 4, 'Vos ressources des douze derniers mois');
  table(
    second,
    'ressources',
    [
      ['nature', 'Nature', 200],
      ['vous', 'Vous (euros)', 140],
      ['conjoint', 'Votre conjoint(e) (euros)', RIGHT - MARGIN - 340],
    ],
    9,
  );
  section(second, 5, 'Papiers à joindre');
  for (const [name, paper] of Object.entries({
    identite: 'Une copie de votre pièce d’identité',
    bail: 'Votre contrat de location, ou une attestation du propriétaire',
    quittance: 'Votre dernière quittance de loyer',
    rib: 'Un relevé d’identité bancaire à votre nom',
  })) {
    check(second, `joint.${name}`, paper, MARGIN);
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
