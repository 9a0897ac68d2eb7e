/**
 * The mails to a resident about an appointment. A mail is a postcard: no name, no motive, and in the subject, which a
 * locked telephone shows, not even with whom.
 */
import type { Mail } from '../mail/mailbox.ts';
import type { AppointmentRecord } from './store.ts';

type Letter = Pick<Mail, 'subject' | 'text'>;
type View = AppointmentRecord['view'];

const N = '\u00a0';

const CHANGE = `Si vous ne pouvez pas venir, prévenez la mairie${N}: elle choisira avec vous un autre moment.`;
const linkText = (address: string) => `Pour revoir ou annuler ce rendez-vous${N}:\n${address}`;
export const BRING =
  'Apportez les papiers qui concernent votre demande. Sur place il n’y a rien à installer ni à toucher, et quelqu’un vous accueille.';

export const appointmentLetters = {
  booked: (view: View, address: string): Letter =>
    letter(`Votre rendez-vous${N}: ${momentOf(view)}`, view, 'Votre rendez-vous est pris.', [
      BRING,
      CHANGE,
      linkText(address),
    ]),
  moved: (view: View, address: string): Letter =>
    letter(`Nouvelle heure de rendez-vous${N}: ${momentOf(view)}`, view, 'Votre rendez-vous a été déplacé.', [
      BRING,
      CHANGE,
      linkText(address),
    ]),
  reminder: (view: View, address: string): Letter =>
    letter(`Rappel de votre rendez-vous${N}: ${momentOf(view)}`, view, 'Votre rendez-vous approche.', [
      BRING,
      CHANGE,
      linkText(address),
    ]),
  cancelled: (view: View): Letter =>
    letter(`Rendez-vous annulé${N}: ${momentOf(view)}`, view, 'Ce rendez-vous est annulé.', [
      'Pour en prendre un autre, adressez-vous à la mairie.',
    ]),
};

/** What stands in a calendar, in the place of a subject. */
export const eventTitle = 'Rendez-vous à la mairie';
export const eventText = ({ body }: View) => `Avec${N}: ${body}. ${CHANGE}`;

function letter(subject: string, view: View, what: string, more: readonly string[]): Letter {
  const { mairie, terminal, body } = view;
  const facts = [
    `Quand${N}: ${momentOf(view)}`,
    `Où${N}: mairie de ${mairie}, ${terminal}`,
    `Avec${N}: ${body}, par vidéo`,
  ];
  return {
    subject,
    text: ['Bonjour,', what, facts.join('\n'), ...more, 'Vis-à-vis'].join('\n\n').concat('\n'),
  };
}

/** "lundi 2 février 2026 à 9 h 30", by the mairie's clock. */
export function momentOf({ startsAt, timeZone }: View): string {
  const day = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'full', timeZone }).format(startsAt);
  const hour = new Intl.DateTimeFormat('fr-FR', { hour: 'numeric', minute: '2-digit', timeZone })
    .format(startsAt)
    .replace(':', `${N}h${N}`);
  return `${day} à ${hour}`;
}
