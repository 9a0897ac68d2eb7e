/** What is read on the pages about appointments. */
import type { TimeZone } from '#shared/protocol/appointments.ts';
import { frenchHour } from './moment-fr.ts';

const longDay = new Intl.DateTimeFormat('fr-FR', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  timeZone: 'UTC',
});
const shortDay = new Intl.DateTimeFormat('fr-FR', { day: 'numeric', month: 'long', timeZone: 'UTC' });
const capital = (text: string) => text.charAt(0).toLocaleUpperCase('fr') + text.slice(1);
/** An ISO day, which has no time zone: noon UTC is that day wherever it is formatted. */
const noon = (day: string) => new Date(`${day}T12:00:00Z`);

export const appointmentsFr = {
  page: 'Rendez-vous',
  title: 'Rendez-vous – Vis-à-vis',
  sections: 'Pages des rendez-vous',
  week: 'La semaine',
  book: 'Prendre rendez-vous',
  roomHours: 'Horaires de la salle',
  bodyHours: 'Horaires de l’organisme',
  ownHours: 'Mes horaires',
  loading: 'Chargement…',
  weekOf: (first: string, last: string) =>
    `Du ${shortDay.format(noon(first))} au ${shortDay.format(noon(last))}`,
  day: (day: string) => capital(longDay.format(noon(day))),
  today: (day: string) => `Aujourd’hui, ${longDay.format(noon(day))}`,
  /** "10 h 30", by the clock of the mairie. */
  hour: (at: number, timeZone: TimeZone) =>
    frenchHour(new Intl.DateTimeFormat('fr-FR', { hour: 'numeric', minute: '2-digit', timeZone }).format(at)),
  /** Of a visit that was booked. */
  of: (hour: string) => `Rendez-vous de ${hour}`,
  /** "09:30" as it is written. */
  wallTime: (time: string) => {
    const [hours, minutes] = time.split(':');
    return minutes === undefined ? '' : `${Number(hours)} h ${minutes}`;
  },
  timeExample: '9 h 00',
  previousWeek: 'Semaine précédente',
  nextWeek: 'Semaine suivante',
  none: 'Aucun rendez-vous cette semaine.',
  with: (body: string, counsellor: string) => `${body}, avec ${counsellor}`,
  at: (mairie: string, terminal: string) => `${mairie}, ${terminal}`,
  states: {
    booked: 'prévu',
    cancelled: 'annulé',
    missed: 'pas venu',
    kept: 'visite faite ou en cours',
  },
  forgotten: 'Nom effacé',
  start: 'Commencer',
  move: 'Déplacer',
  cancel: 'Annuler',
  missed: 'Pas venu',
  /** What a button does, for who hears it read. */
  named: (what: string, name: string, hour: string) => `${what} : ${name}, ${hour}`,
  started: (name: string) =>
    `Visite annoncée pour ${name}. Installez cette personne devant la borne : rien à toucher.`,
  moved: 'Rendez-vous déplacé.',
  cancelled: 'Rendez-vous annulé.',
  markedMissed: 'C’est noté.',
  cancelTitle: (name: string) => `Annuler le rendez-vous de ${name} ?`,
  cancelNote: 'Le créneau redevient libre. Pensez à prévenir la personne.',
  cancelKeep: 'Garder le rendez-vous',
  cancelConfirm: 'Annuler le rendez-vous',
  moveTitle: (name: string) => `Déplacer le rendez-vous de ${name}`,
  moveKeep: 'Ne rien changer',
  body: 'Organisme',
  terminal: 'Borne',
  slot: 'Créneau',
  slotMissing: 'Choisissez un créneau.',
  noSlot: 'Aucun créneau libre cette semaine. Essayez la suivante.',
  noSlotWhy:
    'S’il n’y en a jamais, les horaires de la salle ou ceux de l’organisme ne sont peut-être pas remplis.',
  name: 'Nom, comme il faut le dire',
  nameMissing: 'Écrivez le nom, par exemple « Madame Martin ».',
  showName: 'Afficher ce nom sur l’écran de la borne',
  motive: 'Motif',
  motiveHelp: 'Quelques mots suffisent. Pas de numéro fiscal ni de sécurité sociale.',
  motiveMissing: 'Dites en quelques mots pourquoi la personne vient.',
  telephone: 'Téléphone (facultatif)',
  telephoneWrong: 'Écrivez un numéro, par exemple 06 12 34 56 78.',
  email: 'Adresse électronique (facultatif)',
  emailWrong: 'Écrivez une adresse complète, comme prenom.nom@exemple.fr, ou rien.',
  consent:
    'La personne accepte que ces informations soient gardées jusqu’au rendez-vous et transmises à l’organisme.',
  consentMissing: 'Demandez l’accord de la personne, puis cochez la case.',
  submit: 'Prendre ce rendez-vous',
  booked: (name: string, day: string, hour: string) => `Rendez-vous pris pour ${name} : ${day} à ${hour}.`,
  undelivered: 'Le courriel n’a pas pu être remis : prévenez la personne autrement.',
  print: 'Imprimer',
  printFor: 'Imprimer pour la personne',
  paper: {
    heading: 'Votre rendez-vous',
    at: (hour: string) => `à ${hour}`,
    for: 'Pour',
    where: 'Où',
    place: (mairie: string, terminal: string) => `Mairie de ${mairie}, ${terminal}`,
    with: 'Avec',
    bring:
      'Apportez les papiers qui concernent votre demande. Quelqu’un vous accueille : il n’y a rien à toucher.',
    change: 'Si vous ne pouvez pas venir, prévenez la mairie.',
    telephone: 'Téléphone de la mairie :',
  },
  weekdays: ['Lundi', 'Mardi', 'Mercredi', 'Jeudi', 'Vendredi', 'Samedi', 'Dimanche'],
  hoursNote: {
    terminal:
      'Quand la salle de la borne est libre pour un rendez-vous. Laissez les pauses entre deux plages.',
    body: 'Quand votre organisme reçoit. Laissez les pauses entre deux plages. À l’heure de chaque mairie.',
    counsellor: 'Sans plage, vous êtes disponible pendant tous les horaires de l’organisme.',
  },
  from: (weekday: string, rank: number) => `${weekday}, début de la plage ${rank}`,
  to: (weekday: string, rank: number) => `${weekday}, fin de la plage ${rank}`,
  until: 'à',
  closed: 'Fermé',
  free: 'Sans plage',
  addHours: 'Ajouter une plage',
  addHoursTo: (weekday: string) => `Ajouter une plage le ${weekday.toLocaleLowerCase('fr')}`,
  removeHours: (weekday: string, rank: number) =>
    `Retirer la plage ${rank} du ${weekday.toLocaleLowerCase('fr')}`,
  sameAsMonday: 'Recopier lundi jusqu’à vendredi',
  closures: 'Fermetures',
  closuresNote: 'Les jours fériés sont déjà fermés.',
  closuresOfMairie: 'Pour toute la mairie. Les jours fériés sont déjà fermés.',
  noClosure: 'Aucune fermeture prévue.',
  firstDay: 'Premier jour',
  lastDay: 'Dernier jour',
  addClosure: 'Ajouter une fermeture',
  removeClosure: (rank: number) => `Retirer la fermeture ${rank}`,
  length: 'Durée d’un rendez-vous, en minutes',
  timeZone: 'Fuseau horaire de la mairie',
  timeZones: {
    'Europe/Paris': 'Métropole',
    'America/Guadeloupe': 'Guadeloupe',
    'America/Martinique': 'Martinique',
    'America/Cayenne': 'Guyane',
    'America/St_Barthelemy': 'Saint-Barthélemy',
    'America/Marigot': 'Saint-Martin',
    'America/Miquelon': 'Saint-Pierre-et-Miquelon',
    'Indian/Reunion': 'La Réunion',
    'Indian/Mayotte': 'Mayotte',
    'Pacific/Tahiti': 'Polynésie française (Tahiti)',
    'Pacific/Noumea': 'Nouvelle-Calédonie',
    'Pacific/Wallis': 'Wallis-et-Futuna',
  } satisfies Record<TimeZone, string>,
  save: 'Enregistrer',
  saved: 'Horaires enregistrés.',
  incomplete: 'Complétez chaque heure et chaque date, ou retirez la ligne vide.',
  feed: 'Dans votre agenda',
  feedNote:
    'Un agenda (Outlook, Thunderbird, téléphone) peut suivre ces rendez-vous à une adresse secrète. Il n’y voit aucun nom.',
  feedMake: 'Obtenir une nouvelle adresse',
  feedOnce:
    'Copiez cette adresse dans votre agenda. Elle n’est montrée qu’une fois, et l’ancienne ne marche plus.',
  feedAddress: 'Adresse de l’agenda',
};
