/** What is held of a person in visits: those under way, and past ones where the hub was told to keep something of them. */
import type { HeldThing } from '#shared/protocol/data-protection.ts';
import type { Personal } from '../visits/personal-seal.ts';
import type { VisitStore } from '../visits/store.ts';
import { matches, type PersonDomain } from './person-domain.ts';

const PAPERS = {
  nationalCard: 'carte d’identité',
  passport: 'passeport',
  residencePermit: 'titre de séjour',
  drivingLicence: 'permis de conduire',
  other: 'autre',
} as const;

export function visitPersons(
  visits: VisitStore,
  clock: () => number,
  onEnded: () => Promise<void>,
): PersonDomain {
  return {
    name: 'visit',
    async find(wanted, { mairieIds }) {
      const found = (await visits.all()).filter(
        (visit) => mairieIds.has(visit.mairieId) && matches(wanted, knownOf(visit)),
      );
      return found.map((visit) => ({
        domain: 'visit',
        id: visit.visitId,
        what: `Visite en cours à ${visit.mairie}, avec ${visit.body}`,
        at: visit.announcedAt,
        fields: fieldsOf(visit),
        effect: visit.call ? null : 'La personne quitte la file d’attente et la visite est annulée.',
        whyNot: visit.call ? 'L’entretien est en cours : tout sera effacé à sa fin.' : null,
      }));
    },
    async erase(id, { mairieIds }) {
      const visit = await visits.find(id);
      if (!visit || !mairieIds.has(visit.mairieId)) return 'notFound';
      if (visit.call) return 'busy';
      const ended = await visits.end(id, 'cancelledByClerk', clock());
      await visits.forget(id);
      await onEnded();
      return ended ? 'erased' : 'notFound';
    },
  };
}

export function pastVisitPersons(visits: VisitStore): PersonDomain {
  return {
    name: 'pastVisit',
    async find(wanted, { mairieIds }) {
      const found = (await visits.remembered()).filter(
        ({ mairieId, personal }) => mairieIds.has(mairieId) && matches(wanted, knownOf(personal)),
      );
      return found.map(({ visitId, mairie, body, endedAt, personal }) => ({
        domain: 'pastVisit',
        id: visitId,
        what: `Visite passée à ${mairie}, avec ${body}`,
        at: endedAt,
        fields: fieldsOf(personal),
        effect: 'Il ne reste que les heures et l’organisme, sans la personne.',
        whyNot: null,
      }));
    },
    async erase(id, { mairieIds }) {
      const held = (await visits.remembered()).some(
        ({ visitId, mairieId }) => visitId === id && mairieIds.has(mairieId),
      );
      return held && (await visits.forget(id)) ? 'erased' : 'notFound';
    },
  };
}

function knownOf({ residentName, details }: Personal) {
  return { names: [residentName, details.birthName], birthDate: details.birthDate };
}

function fieldsOf({ residentName, motive, details, identityPaper }: Personal): HeldThing['fields'] {
  return [
    { name: 'Nom', value: residentName },
    { name: 'Nom de naissance', value: details.birthName },
    { name: 'Date de naissance', value: details.birthDate },
    { name: 'Adresse', value: details.address },
    { name: 'Téléphone', value: details.telephone },
    { name: 'Motif', value: motive },
    { name: 'Pièce d’identité vue', value: identityPaper ? PAPERS[identityPaper] : undefined },
  ].flatMap(({ name, value }) => (value === undefined ? [] : [{ name, value }]));
}
