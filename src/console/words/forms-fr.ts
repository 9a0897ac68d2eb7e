/** The words of filling a form and of writing a letter. */
import { assertNever } from '#shared/assert-never.ts';
import type { FieldProblem } from '../forms/check-fields.ts';
import { formatInFrench } from '../forms/dates.ts';

export const formsFr = {
  fill: 'Remplir',
  fillNamed: (name: string) => `Remplir « ${name} » avec la personne`,
  resume: 'Continuer',
  resumeNamed: (name: string) => `Continuer à remplir « ${name} »`,
  reading: (name: string) => `Ouverture de « ${name} »…`,
  title: (name: string) => `Remplir : ${name}`,
  leave: 'Revenir aux documents',
  sheet: 'La page, comme la personne la voit',
  fields: 'Champs',
  noFields: 'Ce document n’a pas de champs. Écrivez où vous voulez avec les outils au-dessus de la page.',
  required: 'obligatoire',
  readOnly: 'déjà rempli, ne se change pas',
  choose: 'Choisir…',
  signature: 'La personne signera ici, sur le papier.',
  signed: 'Déjà signé : remplir ce document annule sa signature.',
  signatureHere: 'Montrer où signer',
  pageShort: (page: number) => `page ${page}`,
  pageOf: (page: number, pages: number) => `Page ${page} sur ${pages}`,
  previous: 'Page précédente',
  next: 'Page suivante',
  larger: 'Agrandir la page',
  smaller: 'Voir la page en entier',
  tools: 'Outils',
  tool: {
    field: 'Remplir',
    text: 'Texte',
    tick: 'Croix',
    highlight: 'Surligner',
    point: 'Montrer du doigt',
    sign: 'Signez ici',
  },
  /** In place of filling, on a page without fields. */
  toolMove: 'Déplacer',
  toolMoveNote: 'Prenez ce que vous avez posé, et posez-le ailleurs.',
  toolNote: {
    field: 'Tapez dans les champs. La touche Tab passe au suivant.',
    text: 'Cliquez à l’endroit où écrire.',
    tick: 'Cliquez sur la case à cocher.',
    highlight: 'Tirez sur le passage à surligner.',
    point: 'Cliquez sur ce que la personne doit regarder.',
    sign: 'Tirez un cadre là où la personne doit signer.',
  },
  middle: 'Poser au milieu de la page',
  laid: 'Posé sur la page',
  laidKind: { text: 'Texte', tick: 'Croix', highlight: 'Passage surligné', sign: 'Signez ici' },
  laidText: 'Texte posé sur la page',
  laidSize: 'Taille',
  laidMove: (what: string) => `${what} : les flèches déplacent, Suppr enlève`,
  remove: (what: string) => `Enlever : ${what}`,
  stopPointing: 'Ne plus montrer',
  print: 'Imprimer',
  save: 'Enregistrer',
  saveFlat: 'Aplatir et enregistrer',
  preparing: 'Préparation du document…',
  problems: (count: number) => (count > 1 ? `${count} points à voir` : '1 point à voir'),
  /** Between a field and what is wrong with it. */
  colon: '\u00a0: ',
  more: (count: number) => (count > 1 ? `Et ${count} autres.` : 'Et un autre.'),
  allGood: 'Tout est rempli.',
  anywayTitle: 'Tout n’est pas rempli',
  anyway: 'Continuer quand même',
  review: 'Revoir le formulaire',
  failed: 'Le document n’a pas pu être préparé',
  notWritten: (count: number) =>
    count > 1
      ? `${count} textes ne peuvent pas être imprimés tels quels. Rien n’a été envoyé.`
      : 'Un texte ne peut pas être imprimé tel quel. Rien n’a été envoyé.',
  unwritten: {
    tooLong: 'Ce texte ne tient pas dans la case : raccourcissez-le.',
    letters: 'Un de ces caractères ne peut pas être imprimé : remplacez-le.',
  },
  filledName: (name: string) => `${name} (rempli).pdf`,
  flatName: (name: string) => `${name} (rempli, aplati).pdf`,
  signHere: 'Signez ici',
  problem: (problem: FieldProblem): string => {
    switch (problem.why) {
      case 'missing':
        return 'À remplir.';
      case 'notADay':
        return `Cette date n’existe pas : écrivez-la ${formatInFrench(problem.format)}.`;
      case 'bornLater':
        return 'Cette date de naissance est dans l’avenir.';
      case 'endsBefore':
        return `Cette date vient avant « ${problem.other} ».`;
      case 'tooLong':
        return `Trop long : ${problem.limit} caractères au plus.`;
      case 'tooShort':
        return problem.missing > 1
          ? `Il manque ${problem.missing} caractères sur ${problem.cells}.`
          : `Il manque 1 caractère sur ${problem.cells}.`;
      case 'wrongKey':
        return 'La clé (les deux derniers chiffres) ne va pas avec ce numéro : vérifiez-le.';
      case 'notAnOption':
        return 'Choisissez dans la liste.';
      default:
        return assertNever(problem);
    }
  },
};
