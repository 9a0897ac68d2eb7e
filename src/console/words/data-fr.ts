/** The words of the page on what is kept. */
import { dayAndHour } from './moment-fr.ts';

const N = '\u00a0';
const DAY = 86_400_000;
const plural = (count: number, one: string, many: string) => `${count}${N}${count > 1 ? many : one}`;

export const dataFr = {
  /** In the list of pages, which a clerk's other pages nearly fill. */
  link: 'Données',
  page: 'Données gardées',
  title: 'Données gardées – Vis-à-vis',
  loading: 'Ouverture…',
  /** Of one person. */
  search: 'Chercher une personne',
  searchNote:
    'Quelqu’un demande ce que nous gardons de lui, ou que tout soit effacé. Ce que vous écrivez ici n’est noté nulle part.',
  name: 'Nom',
  nameShort: 'Écrivez deux lettres au moins.',
  birthDate: 'Date de naissance, si vous la savez',
  birthDateNote:
    'Avec une date, seules les visites où cette date a été écrite sont trouvées. Laissez-la vide pour tout voir.',
  birthDateIncomplete: 'Complétez la date, ou effacez-la.',
  find: 'Chercher',
  found: (name: string, count: number, isDated: boolean) =>
    count === 0
      ? `Rien n’est gardé au nom de «${N}${name}${N}»${isDated ? ' avec cette date de naissance' : ''} dans vos mairies.`
      : `${plural(count, 'élément gardé', 'éléments gardés')} au nom de «${N}${name}${N}».`,
  checkWho:
    'Deux personnes peuvent avoir le même nom. Vérifiez qui c’est, puis cochez seulement ce qui est à elle.',
  at: (when: number) => `Le ${dayAndHour(when)}`,
  forFile: 'À mettre dans le fichier',
  forFileOf: (what: string, name: string) => `À mettre dans le fichier${N}: ${what}, ${name}`,
  save: 'Enregistrer ce qui est coché',
  saved:
    'Le fichier est dans vos téléchargements. Remettez-le à la personne, puis supprimez-le de cet ordinateur.',
  file: (day: string) => `donnees-gardees-${day}.txt`,
  fileTitle: 'Ce que Vis-à-vis garde de vous',
  fileAt: (when: number) => `Relevé fait le ${dayAndHour(when)}`,
  line: (name: string, value: string) => `${name}${N}: ${value}`,
  erase: 'Effacer',
  eraseOf: (what: string) => `Effacer${N}: ${what}`,
  eraseTitle: `Effacer pour toujours${N}?`,
  goes: 'Ce qui disparaît',
  keep: 'Garder',
  busy: `L’entretien vient de commencer${N}: tout sera effacé à sa fin.`,
  gone: 'C’est déjà effacé, par vous ou par quelqu’un d’autre.',
  erased: (what: string) => `Effacé${N}: ${what}.`,
  /** Of everything. */
  audit: 'Journal des actions',
  auditWhole: `Le journal est entier${N}: rien n’y a été retiré ni changé.`,
  auditBroken:
    'Des lignes du journal ont été retirées ou changées. Prévenez la personne responsable de la sécurité, et ne touchez plus au serveur.',
  purges: 'Effacements automatiques',
  purgesNote: 'Le serveur efface de lui-même ce qui a fait son temps.',
  columns: {
    purged: 'Ce qui est effacé',
    after: 'Gardé',
    last: 'Dernier passage',
    removed: 'Effacés en 30 jours',
    state: 'État',
  },
  keptFor: (ms: number) => {
    if (ms === 0) return 'pas gardé';
    if (ms < 3_600_000) return `${Math.round(ms / 60_000)}${N}min`;
    if (ms < 2 * DAY) return `${Math.round(ms / 3_600_000)}${N}h`;
    return plural(Math.round(ms / DAY), 'jour', 'jours');
  },
  never: 'jamais',
  last: (when: number) => `le ${dayAndHour(when)}`,
  fine: 'À jour',
  late: 'Le passage n’a pas eu lieu',
  overdue: 'Il reste des données à effacer',
  kept: 'Ce qui est gardé',
  keptColumns: { what: 'Quoi', why: 'Pourquoi', until: 'Jusqu’à quand' },
  sealed: 'chiffré',
};
