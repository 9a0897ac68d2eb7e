/** What is held of a person in appointments: those to come, and those of which nobody said yet what became of them. */
import type { AppointmentStore } from '../appointments/store.ts';
import type { Database } from '../database/database.ts';
import type { Switchboard } from '../live/switchboard.ts';
import type { Mailbox } from '../mail/mailbox.ts';
import { matches, type PersonDomain } from './person-domain.ts';

interface AppointmentPersonsDeps {
  readonly database: Database;
  readonly appointments: AppointmentStore;
  readonly mailbox: Mailbox;
  readonly switchboard: Pick<Switchboard, 'refresh'>;
}

export function appointmentPersons({
  database,
  appointments,
  mailbox,
  switchboard,
}: AppointmentPersonsDeps): PersonDomain {
  return {
    name: 'appointment',
    async find(wanted, { mairieIds }) {
      const held = await appointments.remembered();
      return held.flatMap(({ mairieId, view }) => {
        const { person } = view;
        if (!person || !mairieIds.has(mairieId)) return [];
        if (!matches(wanted, { names: [person.residentName], email: person.email })) return [];
        return [
          {
            domain: 'appointment' as const,
            id: view.appointmentId,
            what: `Rendez-vous à ${view.mairie}, avec ${view.body}`,
            at: view.startsAt,
            fields: [
              { name: 'Nom', value: person.residentName },
              { name: 'Motif', value: person.motive },
              ...(person.telephone ? [{ name: 'Téléphone', value: person.telephone }] : []),
              ...(person.email ? [{ name: 'Adresse électronique', value: person.email }] : []),
            ],
            effect:
              view.state === 'booked'
                ? 'Le rendez-vous est annulé et le créneau redevient libre.'
                : 'Il ne reste que le jour et l’heure, sans la personne.',
            whyNot: null,
          },
        ];
      });
    },
    async erase(id, { mairieIds }) {
      const found = await appointments.find(id);
      if (!found?.view.person || !mairieIds.has(found.mairieId)) return 'notFound';
      const forgotten = await appointments.forget(id);
      // A mail to this person that still waits is held of them too.
      await mailbox.withdraw(database, id);
      await switchboard.refresh();
      return forgotten ? 'erased' : 'notFound';
    },
  };
}
