/** What is asked and shown of a resident beside the name. */
import type { IdentityPaper, ResidentField } from '#shared/protocol/resident.ts';

const birthDay = new Intl.DateTimeFormat('fr-FR', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});

export const residentFr = {
  askedBy: (body: string) => `Ce que demande l’organisme « ${body} »`,
  askedNote: 'Ne remplissez que ce que vous savez : rien n’est obligatoire.',
  fields: {
    birthName: 'Nom de naissance',
    birthDate: 'Date de naissance',
    address: 'Adresse',
    telephone: 'Téléphone',
  } satisfies Record<ResidentField, string>,
  dateWrong: 'Cette date n’est pas encore passée.',
  dateIncomplete: 'Complétez la date, ou effacez-la.',
  telephoneWrong: 'Écrivez le numéro avec des chiffres, comme 02 54 00 00 00.',
  paper: 'Pièce d’identité que vous avez vue',
  paperNote: 'Seulement sa nature : ni numéro, ni copie.',
  noPaper: 'Aucune',
  papers: {
    nationalCard: 'Carte d’identité',
    passport: 'Passeport',
    residencePermit: 'Titre de séjour',
    drivingLicence: 'Permis de conduire',
    other: 'Autre pièce',
  } satisfies Record<IdentityPaper, string>,
  told: 'Dit à la mairie',
  toldFields: {
    birthName: 'Nom de naissance',
    birthDate: 'Naissance',
    address: 'Adresse',
    telephone: 'Tél.',
  } satisfies Record<ResidentField, string>,
  paperSeen: 'Pièce vue en mairie',
  paperNotSeen: 'aucune',
  /** @param date ISO 8601. */
  birthDay: (date: string) => birthDay.format(new Date(`${date}T00:00:00Z`)),
};
