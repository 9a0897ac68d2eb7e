/** The words of counting: on its page, in its exports, and where the resident's word is asked for. */
import type { CountedFailure, ResidentWord } from '#shared/protocol/counting.ts';

const N = '\u00a0';

const NUMBER = new Intl.NumberFormat('fr-FR');
const MONTH = new Intl.DateTimeFormat('fr-FR', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const MONTH_ALONE = new Intl.DateTimeFormat('fr-FR', { month: 'long', timeZone: 'UTC' });
const DAY = new Intl.DateTimeFormat('fr-FR', { day: 'numeric', month: 'long', timeZone: 'UTC' });
const LONG_DAY = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeZone: 'UTC' });

const first = (text: string) => text.replace(/^1 /, '1er ');
/** "1 240", with a no-break space. */
const number = (count: number) => NUMBER.format(count).replaceAll('\u202f', N);
const many = (count: number, one: string, more: string) => `${number(count)}${N}${count < 2 ? one : more}`;

const failures: Readonly<Record<CountedFailure, string>> = {
  cancelledByClerk: 'Annulées à l’accueil',
  residentGone: 'La personne est partie',
  counsellorGone: 'Le conseiller n’a pas pu rester',
  terminalTimeout: 'Personne n’a pris l’appel, ou la borne était coupée',
  terminalBusy: 'Borne déjà occupée',
  terminalClosed: 'Borne fermée',
};
const answers: Readonly<Record<ResidentWord, string>> = {
  yes: 'Oui, j’ai eu ce qu’il me fallait',
  partly: 'En partie',
  no: 'Non',
};

export const countingFr = {
  page: 'Chiffres',
  title: 'Chiffres – Vis-à-vis',
  heading: 'Les chiffres',
  opening: 'Ouverture des chiffres…',
  year: 'Année',
  period: 'Période',
  wholeYear: 'Toute l’année',
  place: 'Lieu',
  allPlaces: 'Tous les lieux',
  print: 'Imprimer',
  exports: 'Emporter les chiffres de l’année',
  csv: 'Tableau (CSV)',
  ods: 'Classeur (ODS)',
  pdf: 'Rapport d’une page (PDF)',
  notSaved: `Le fichier n’a pas pu être préparé${N}: vérifiez la connexion, puis recommencez.`,
  hidden: 'caché',
  hiddenNote: `«${N}Caché${N}» veut dire${N}: moins de 5, ou un nombre qui permettrait d’en calculer un de moins de 5. Personne ne doit être reconnu.`,
  monthNote: `Organismes, motifs, avis, kilomètres${N}: sur toute l’année seulement. D’un mois, les nombres seraient trop petits.`,
  atLeastNote: 'Ces totaux ne comptent que ce que montre la page de chaque mairie.',
  until: (day: string) =>
    `Chiffres jusqu’au ${day} compris${N}: une semaine est comptée quand elle est finie.`,
  /** "2026" or "2026-10". */
  name: (period: string) => (period.length === 4 ? period : MONTH.format(Date.parse(`${period}-01`))),
  month: (period: string) => MONTH_ALONE.format(Date.parse(`${period}-01`)),
  monthsTitle: 'Visites de chaque mois',
  weeksTitle: 'Visites de chaque semaine',
  weekOf: (monday: string) => `Semaine du ${first(DAY.format(Date.parse(monday)))}`,
  span: (from: string, to: string) =>
    `Du ${first(LONG_DAY.format(Date.parse(from)))} au ${first(LONG_DAY.format(Date.parse(to)))}`,
  day: (day: string) => first(LONG_DAY.format(Date.parse(day))),
  bodies: 'Avec quel organisme',
  mairies: 'Depuis quelle mairie',
  motives: 'Pour quoi',
  motivesNote: 'D’après la liste de chaque organisme.',
  otherMotive: 'Autre motif',
  failures: 'Visites qui n’ont pas abouti',
  words: 'Ce que les personnes en disent',
  answerTimes: {
    title: `Questions écrites${N}: les réponses des organismes`,
    note: `Toutes mairies ensemble. Une question en retard compte, même sans réponse${N}; le temps où la mairie devait préciser ne compte pas.`,
    body: 'Organisme',
    questions: 'Nombre',
    median: 'Une sur deux en',
    within: 'En 72 heures au plus',
    hours: (hours: number) => `${number(hours)}${N}h`,
    percent: (percent: number) => `${percent}${N}%`,
  },
  columns: { what: 'Quoi', visits: 'Visites', residents: 'Personnes' },
  nothing: 'Rien pour cette période.',
  why: failures,
  answers,
  number,
  count: (count: number | null) => (count === null ? 'caché' : number(count)),
  sentences: {
    visits: (period: string, count: number | null, atLeast: boolean) =>
      count === null
        ? `En ${period}, le nombre de visites est caché.`
        : count === 0
          ? `En ${period}, aucune visite n’est allée à son terme.`
          : `En ${period}, ${atLeast ? 'au moins ' : ''}${many(count, 'visite a permis', 'visites ont permis')} de parler à un conseiller sans prendre la route.`,
    travel: (kilometres: number, minutes: number, isAll: boolean) =>
      `${isAll ? 'Environ' : 'Au moins'} ${many(kilometres, 'kilomètre', 'kilomètres')} et ${many(Math.round(minutes / 60), 'heure', 'heures')} de route évités (estimation).`,
    times: (wait: number, talk: number) =>
      `Une personne sur deux a attendu ${many(wait, 'minute', 'minutes')} au plus, et parlé ${many(talk, 'minute', 'minutes')} au plus avec le conseiller.`,
    pages: (printed: number, scanned: number) =>
      `Sur place${N}: ${many(printed, 'page imprimée', 'pages imprimées')}, ${many(scanned, 'page numérisée', 'pages numérisées')}.`,
    words: (answered: number, yes: number | null) =>
      yes === null
        ? `${many(answered, 'personne a donné son avis', 'personnes ont donné leur avis')}.`
        : `Sur ${many(answered, 'personne qui a donné son avis', 'personnes qui ont donné leur avis')}, ${number(yes)} ${yes < 2 ? 'a' : 'ont'} eu tout ce qu’il fallait.`,
    failed: (count: number) => `${many(count, 'visite n’a pas abouti', 'visites n’ont pas abouti')}.`,
  },
  method: `Kilomètres et heures${N}: distance à vol d’oiseau entre la mairie et le bureau de l’organisme, multipliée par 1,3 pour suivre les routes, aller et retour, à 50${N}km/h de moyenne. C’est une estimation${N}; sans lieu connu, rien n’est compté.`,
  weeksNote: 'Un mois est fait de semaines entières, rangées là où tombe leur jeudi.',
  ask: {
    title: 'Après la visite',
    question: `«${N}Avez-vous eu ce qu’il vous fallait${N}?${N}»`,
    note: 'Posez la question si la personne est encore là. Sa réponse est comptée sans dire de qui elle vient.',
    visit: (hour: string, body: string) => `Visite finie à ${hour}, ${body}`,
    skip: 'Sans réponse',
    hour: (at: number) => {
      const date = new Date(at);
      return `${date.getHours()}${N}h${N}${String(date.getMinutes()).padStart(2, '0')}`;
    },
    kept: 'Merci, la réponse est comptée.',
  },
  table: {
    columns: ['Période', 'Du', 'Au', 'Rubrique', 'Détail', 'Nombre'],
    total: 'Total',
    visits: 'Visites',
    failed: 'Visites qui n’ont pas abouti',
    answered: 'Personnes qui ont donné leur avis',
    steps: 'Visites par semaine',
    bodies: 'Visites par organisme',
    mairies: 'Visites par mairie',
    motives: 'Visites par motif',
    questions: 'Questions écrites',
    answerHours: 'Délai médian de réponse (heures)',
    answered72: 'Réponses en 72 heures au plus (%)',
    wait: 'Attente médiane (minutes)',
    talk: 'Entretien médian (minutes)',
    printed: 'Pages imprimées',
    scanned: 'Pages numérisées',
    kilometres: 'Kilomètres évités (estimation)',
    minutes: 'Minutes de route évitées (estimation)',
  },
  file: (year: number, extension: string) => `vis-a-vis-chiffres-${year}.${extension}`,
  reportFile: (year: number) => `vis-a-vis-rapport-${year}.pdf`,
  report: {
    title: (year: number) => `Vis-à-vis en ${year}`,
    subtitle: 'Les services publics, face à face, à la mairie',
    visits: 'visites avec un conseiller',
    atLeast: 'au moins',
    kilometres: 'kilomètres évités (estimés)',
    hours: 'heures de route évitées',
    satisfied: 'ont eu tout ce qu’il fallait',
    chart: 'Visites de chaque mois',
    others: (count: number) => `et ${number(count)} autres`,
    unwritable: '(nom dans une autre écriture)',
  },
};
