/** A made-up little department around the demo's first mairie: what it consists of. All names are invented. */
import type { SheetBlock } from '#shared/protocol/sheets.ts';

/** Beside Saint-Martin-des-Prés, which has the terminal that runs. */
export const MAIRIES = [
  { name: 'La Chapelle-aux-Noyers', room: 'Salle du conseil', agent: true },
  { name: 'Beauvoir-les-Saules', room: 'Accueil', agent: true },
  { name: 'Vaucelles-le-Moulin', room: 'Médiathèque', agent: true },
  { name: 'Courtegrange', room: 'Accueil', agent: false },
  { name: 'Les Ormes-du-Val', room: 'Agence postale', agent: false },
] as const;

/** In the demo's first mairie, beside the room of the terminal that runs. */
export const SECOND_ROOM = 'Salle des mariages';

/** Somewhere in the country, where no town hall stands: the first mairie's place, then the others' in their order. */
export const PLACES = [
  { latitude: 47.02, longitude: 2.31 },
  { latitude: 47.11, longitude: 2.42 },
  { latitude: 46.95, longitude: 2.18 },
  { latitude: 47.2, longitude: 2.25 },
  { latitude: 46.9, longitude: 2.4 },
  { latitude: 47.05, longitude: 2.05 },
] as const;
/** The town where the bodies have their offices. */
export const TOWN = { latitude: 47.24, longitude: 2.6 };

interface DepartmentBody {
  readonly name: string;
  readonly motives: readonly string[];
  readonly asked: readonly string[];
  readonly counsellors: readonly string[];
  /** Answers its written questions. */
  readonly correspondent: string;
  readonly minutes: number;
}

/** Beside the two bodies that the demo's counsellors log in for. */
export const BODIES: readonly DepartmentBody[] = [
  {
    name: 'Caisse de retraite du Val-Clair',
    motives: ['Préparer sa retraite', 'Pension de réversion', 'Relevé de carrière'],
    asked: ['birthName', 'birthDate'],
    counsellors: ['Thomas Girard', 'Émilie Vasseur'],
    correspondent: 'Martin Delorme',
    minutes: 45,
  },
  {
    name: 'Agence pour l’emploi du Val-Clair',
    motives: ['Inscription', 'Actualisation', 'Relire un CV', 'Aide à la mobilité'],
    asked: ['birthDate', 'telephone'],
    counsellors: ['Karim Haddad'],
    correspondent: 'Laure Fabre',
    minutes: 30,
  },
  {
    name: 'Maison du droit du Val-Clair',
    motives: ['Litige avec un voisin', 'Séparation', 'Surendettement'],
    asked: [],
    counsellors: ['Anne Le Goff'],
    correspondent: 'Denise Aubin',
    minutes: 60,
  },
];

/** Morning and afternoon, Monday to Friday. */
export const WORKING_HOURS = [1, 2, 3, 4, 5].flatMap((weekday) => [
  { weekday, from: '09:00', to: '12:00' },
  { weekday, from: '14:00', to: '17:00' },
]);

/** Who has an appointment, why, and with which body, by how its name begins; the slots are found when the demo begins. */
export const APPOINTMENTS = [
  { residentName: 'Madame Odette Fournier', motive: 'Pension de réversion', body: 'Caisse de retraite' },
  { residentName: 'Monsieur Lucien Barbier', motive: 'Délai de paiement', body: 'Service des impôts' },
  { residentName: 'Madame Inès Moreau', motive: 'Demande d’aide au logement', body: 'Office' },
  { residentName: 'Monsieur Paul Lemaire', motive: 'Relevé de carrière', body: 'Caisse de retraite' },
  { residentName: 'Madame Jeanne Caron', motive: 'Changement de situation', body: 'Office' },
  { residentName: 'Monsieur Ahmed Bensaïd', motive: 'Relire un CV', body: 'Agence pour l’emploi' },
  { residentName: 'Madame Colette Renaud', motive: 'Déclaration de revenus', body: 'Service des impôts' },
  { residentName: 'Monsieur Yves Guillot', motive: 'Litige avec un voisin', body: 'Maison du droit' },
  { residentName: 'Madame Denise Charrier', motive: 'Attestation de droits', body: 'Office' },
  { residentName: 'Madame Fatou Ndiaye', motive: 'Naissance', body: 'Office' },
  { residentName: 'Monsieur Roger Blin', motive: 'Demande d’aide au logement', body: 'Office' },
] as const;

interface DepartmentSheet {
  /** How the name of the body begins. */
  readonly body: string;
  readonly title: string;
  readonly summary: string;
  readonly content: readonly SheetBlock[];
  /** Days from today; negative: it is to be read again. */
  readonly reviewIn: number;
  readonly favourite: boolean;
}

const heading = (text: string): SheetBlock => ({ kind: 'heading', level: 1, text });
const paragraph = (text: string): SheetBlock => ({ kind: 'paragraph', text });
const list = (...items: string[]): SheetBlock => ({ kind: 'list', items });
const steps = (...items: string[]): SheetBlock => ({ kind: 'steps', items });

export const SHEETS: readonly DepartmentSheet[] = [
  {
    body: 'Office',
    title: 'Demander une aide au logement',
    summary: 'Qui peut la demander, quels papiers apporter, quand elle arrive.',
    content: [
      paragraph('Locataire ou en foyer, on peut demander une aide pour payer son loyer.'),
      heading('À apporter'),
      list('Une pièce d’identité', 'Le bail', 'Un relevé d’identité bancaire', 'Le dernier avis d’impôt'),
      heading('Comment cela se passe'),
      steps(
        'La demande se remplit pendant la visite.',
        'Elle est imprimée et signée sur place.',
        'La réponse arrive par courrier.',
      ),
    ],
    reviewIn: 150,
    favourite: true,
  },
  {
    body: 'Office',
    title: 'Signaler un changement de situation',
    summary: 'Naissance, séparation, déménagement, nouvel emploi : à dire dans le mois.',
    content: [
      paragraph('Un changement qui n’est pas signalé peut obliger à rembourser des aides.'),
      list(
        'Déménagement : nouvelle adresse et date',
        'Naissance : livret de famille',
        'Emploi : date du début et contrat',
      ),
    ],
    reviewIn: -12,
    favourite: false,
  },
  {
    body: 'Service des impôts',
    title: 'Demander un délai pour payer un impôt',
    summary: 'Ce qui est possible, ce qu’il faut apporter.',
    content: [
      paragraph('Qui ne peut pas payer à la date prévue peut demander à payer en plusieurs fois.'),
      list(
        'L’avis d’impôt',
        'Les trois derniers relevés de compte',
        'Les charges du mois : loyer, énergie, crédits',
      ),
    ],
    reviewIn: 90,
    favourite: true,
  },
  {
    body: 'Service des impôts',
    title: 'Déclarer ses revenus pour la première fois',
    summary: 'Les étapes, les dates, et l’aide que l’on peut recevoir.',
    content: [
      steps(
        'Rassembler les attestations de revenus.',
        'Remplir la déclaration avec un conseiller.',
        'Garder la copie imprimée.',
      ),
    ],
    reviewIn: 200,
    favourite: false,
  },
  {
    body: 'Caisse de retraite',
    title: 'Demander une pension de réversion',
    summary: 'Après le décès du conjoint : qui y a droit, quels papiers réunir.',
    content: [
      paragraph('La demande ne se fait pas toute seule : il faut la déposer.'),
      list('Acte de décès', 'Livret de famille', 'Relevé d’identité bancaire', 'Dernier avis d’impôt'),
    ],
    reviewIn: 60,
    favourite: true,
  },
  {
    body: 'Caisse de retraite',
    title: 'Vérifier son relevé de carrière',
    summary: 'À faire cinq ans avant le départ, papiers en main.',
    content: [
      steps(
        'Lire le relevé année par année.',
        'Noter les périodes qui manquent.',
        'Apporter les bulletins de salaire de ces périodes.',
      ),
    ],
    reviewIn: -3,
    favourite: false,
  },
  {
    body: 'Agence pour l’emploi',
    title: 'S’inscrire comme demandeur d’emploi',
    summary: 'Ce qu’il faut avoir sous la main pour une inscription en une seule visite.',
    content: [
      list(
        'Numéro de sécurité sociale',
        'Attestation du dernier employeur',
        'Relevé d’identité bancaire',
        'CV, s’il existe',
      ),
    ],
    reviewIn: 120,
    favourite: false,
  },
  {
    body: 'Maison du droit',
    title: 'Un désaccord avec un voisin',
    summary: 'Haie, bruit, mur : les étapes avant le tribunal.',
    content: [
      steps(
        'En parler, si possible avec le maire.',
        'Écrire une lettre simple.',
        'Rencontrer le conciliateur de justice : c’est gratuit.',
      ),
    ],
    reviewIn: 240,
    favourite: false,
  },
];
