/** The made-up department's written questions: who asks what, and how far each of them is. All names are invented. */
import type { WriteKind } from '#shared/protocol/questions.ts';

interface DepartmentEntry {
  readonly kind: WriteKind;
  /** Hours before now; the oldest first. */
  readonly ago: number;
  readonly text: string;
}

export interface DepartmentQuestion {
  /** How the name of the body begins; it has a correspondent. */
  readonly body: string;
  /** By the clerk of the first mairie, or by the agent from another one. */
  readonly by: 'clerk' | 'agent';
  readonly residentName: string;
  readonly motive: string;
  readonly contact: string | null;
  readonly text: string;
  /** Hours before now. */
  readonly ago: number;
  readonly entries: readonly DepartmentEntry[];
  /** Hours before now, where the answer was handed over. */
  readonly handedOver?: number;
}

export const QUESTIONS: readonly DepartmentQuestion[] = [
  {
    body: 'Office',
    by: 'clerk',
    residentName: 'Madame Martine Lenoir',
    motive: 'Aide au logement',
    contact: 'Repasse le jeudi matin',
    text: 'Son propriétaire vend la maison. Elle aura un nouveau bail au 1er du mois prochain. Que doit-elle envoyer, et avant quand, pour ne pas perdre un mois d’aide ?',
    ago: 47.5,
    entries: [
      {
        kind: 'answer',
        ago: 23.3,
        text: 'Bonjour Madame,\n\nEnvoyez une copie du nouveau bail et un relevé d’identité bancaire du nouveau propriétaire, avant la fin du mois.\n\nVotre aide continue sans interruption si ces deux papiers arrivent à temps. Vous recevrez un courrier avec le nouveau montant.',
      },
    ],
  },
  {
    body: 'Office',
    by: 'clerk',
    residentName: 'Monsieur Gérard Pasquier',
    motive: 'Changement de situation',
    contact: '02 54 00 00 17',
    text: 'Sa fille de 19 ans est revenue vivre chez lui et cherche du travail. Est-elle encore comptée dans ses droits ?',
    ago: 70.7,
    entries: [
      {
        kind: 'askBack',
        ago: 44.2,
        text: 'Touche-t-elle une allocation en ce moment, et depuis quelle date est-elle de retour ?',
      },
    ],
  },
  {
    body: 'Office',
    by: 'clerk',
    residentName: 'Madame Simone Joly',
    motive: 'Attestation de droits',
    contact: null,
    text: 'Sa mutuelle lui demande une attestation pour l’année dernière. Peut-elle l’avoir sur papier, sans compte sur internet ?',
    ago: 95.4,
    entries: [],
  },
  {
    body: 'Office',
    by: 'clerk',
    residentName: 'Monsieur et Madame Traoré',
    motive: 'Naissance',
    contact: '02 54 00 00 42',
    text: 'Leur deuxième enfant est né la semaine dernière. Faut-il refaire tout le dossier, ou le livret de famille suffit-il ?',
    ago: 23.6,
    entries: [],
  },
  {
    body: 'Office',
    by: 'agent',
    residentName: 'Monsieur Bernard Cottin',
    motive: 'Aide au logement',
    contact: 'Par la mairie, le mardi',
    text: 'Il entre en foyer-logement le mois prochain. Son aide actuelle le suit-elle, ou doit-il en demander une nouvelle ?',
    ago: 1.4,
    entries: [],
  },
  {
    body: 'Office',
    by: 'agent',
    residentName: 'Madame Nicole Vidal',
    motive: 'Changement de situation',
    contact: 'À la permanence du vendredi',
    text: 'Elle a repris un emploi de dix heures par semaine. Que doit-elle déclarer, et à quel moment ?',
    ago: 46.3,
    entries: [
      {
        kind: 'askBack',
        ago: 41.5,
        text: 'S’agit-il d’un contrat de plus de trois mois ?',
      },
      { kind: 'reply', ago: 24.4, text: 'Oui : six mois, depuis le début de ce mois.' },
    ],
  },
  {
    body: 'Caisse de retraite',
    by: 'clerk',
    residentName: 'Monsieur André Masson',
    motive: 'Relevé de carrière',
    contact: null,
    text: 'Il lui manque deux années de travail agricole, et l’employeur n’existe plus. Quels papiers acceptez-vous à la place des bulletins ?',
    ago: 45.8,
    entries: [
      {
        kind: 'appointment',
        ago: 20.2,
        text: 'Prenez un rendez-vous de 45 minutes et apportez tout ce que vous avez : livret, photos de chantier, lettres. Nous regarderons ensemble ce qui peut servir de preuve.',
      },
    ],
  },
  {
    body: 'Agence pour l’emploi',
    by: 'agent',
    residentName: 'Monsieur Hugo Ferrand',
    motive: 'Aide à la mobilité',
    contact: '02 54 00 00 63',
    text: 'Il a trouvé une place à 40 km et n’a pas de voiture. Existe-t-il une aide pour les premiers trajets ?',
    ago: 22.8,
    entries: [],
  },
  ...handedOver(),
];

/** Long answered; with the one above, enough that the body's answer time is told and not hidden. */
function handedOver(): DepartmentQuestion[] {
  const over = [
    ['Madame Lucie Perrot', 'Naissance', 16, 20, 'Peut-elle demander l’allocation avant la naissance ?'],
    ['Monsieur Denis Rousset', 'Aide au logement', 15, 31, 'Le garage compte-t-il dans le loyer déclaré ?'],
    ['Madame Paule Simonet', 'Attestation de droits', 13, 9, 'À quelle adresse demander un double ?'],
    ['Madame Rose Camara', 'Changement de situation', 12, 52, 'Doit-elle signaler un stage de deux mois ?'],
    ['Monsieur Léon Picard', 'Aide au logement', 10, 27, 'Son aide s’arrête-t-elle pendant les travaux ?'],
  ] as const;
  return over.map(([residentName, motive, daysAgo, hours, text]) => ({
    ...{ body: 'Office', by: 'clerk', residentName, motive, text, contact: null, ago: daysAgo * 24 },
    entries: [
      {
        kind: 'answer',
        ago: daysAgo * 24 - hours,
        text: 'Bonjour,\n\nNous avons regardé votre dossier : il n’y a rien à payer ni à renvoyer. Un courrier vous le confirme.',
      },
    ],
    handedOver: daysAgo * 24 - hours - 24,
  }));
}
