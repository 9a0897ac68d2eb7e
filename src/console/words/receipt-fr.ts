/** The words of the resident's receipt. */
import { frenchHour } from './moment-fr.ts';

const N = '\u00a0';
const pages = (count: number) => (count > 1 ? `${count}${N}pages` : `1${N}page`);
const day = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'full' });
const clock = new Intl.DateTimeFormat('fr-FR', { hour: 'numeric', minute: '2-digit' });

export const receiptFr = {
  open: 'Reçu pour la personne',
  title: 'Reçu pour la personne',
  note: 'Ce qui sera écrit, en gros caractères, sur une page. Décochez ce qui ne doit pas y être.',
  nothing: 'Rien n’a encore été imprimé ni enregistré.',
  filedInput: 'Ce qui a été déposé en son nom',
  filedHint: 'Par exemple\u00a0: demande d’aide au logement, envoyée en ligne',
  followInput: 'Pour suivre son dossier',
  followHint: 'Par exemple\u00a0: réponse par courrier avant le 15 mars, dossier 4521',
  close: 'Fermer',
  show: 'Montrer sur le bureau',
  print: 'Montrer et imprimer',
  file: 'Reçu.pdf',
  /** On the page itself. */
  page: {
    title: 'Reçu de votre visite',
    counsellor: (name: string) => `Votre conseiller${N}: ${name}`,
    place: (mairie: string) => `Mairie${N}: ${mairie}`,
    when: (date: Date | number) => `Le ${day.format(date)}, à ${frenchHour(clock.format(date))}`,
    sections: {
      filed: 'Déposé en votre nom',
      signed: 'Signé par vous, remis à l’organisme',
      scanned: 'Numérisé',
      kept: 'Rempli et gardé par l’organisme',
      printed: 'Imprimé pour vous',
      follow: 'Pour suivre votre dossier',
    },
    file: (name: string, count: number | null) => (count === null ? name : `${name}, ${pages(count)}`),
    unsavedPages: (count: number) => (count > 1 ? `${pages(count)} numérisées` : `${pages(count)} numérisée`),
    unnamed: 'Document sans nom',
    more: (count: number) => (count > 1 ? `${count} documents de plus` : 'un document de plus'),
    digest: `Empreinte${N}: `,
    digestNote:
      'L’empreinte prouve qu’un fichier n’a pas été changé\u00a0: celui de l’organisme a la même que sur cette page.',
  },
  offerTitle: 'Un reçu pour la personne\u00a0?',
  offer: 'Elle peut emporter une page qui dit ce qui a été fait aujourd’hui.',
  offerYes: 'Préparer le reçu',
  offerNo: 'Terminer sans reçu',
};
