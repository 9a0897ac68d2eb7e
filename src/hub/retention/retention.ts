/**
 * What the hub keeps, why, and for how long: every table and column of its database. docs/rgpd.md and the operator's
 * page are made from it; a test compares it with the real schema, so that nothing new is forgotten.
 */
import type { KeyUse } from '../secret.ts';

export interface KeptTable {
  /** In the words of the record of processing; null where nothing in it is about a person. */
  readonly register: {
    readonly what: string;
    readonly why: string;
    readonly basis: string;
    readonly until: string;
    /** What in the code sees to it. */
    readonly by: string;
  } | null;
  /** The column by whose value something is sealed; default: `id`. */
  readonly sealedBy?: string;
  /** Personal, encrypted with a key outside of the database: the column, and what its key is derived for. */
  readonly sealed?: Readonly<Record<string, KeyUse>>;
  /** Personal, as it is. */
  readonly plain?: readonly string[];
  /** Points to a person's account. */
  readonly points?: readonly string[];
  readonly rest: readonly string[];
  /** Rows that no back-up takes along. */
  readonly notBackedUp?: true;
}

const MISSION = 'Mission d’intérêt public (RGPD, art. 6.1.e)';
const SECURITY = 'Obligation de sécurité (RGPD, art. 32) et intérêt public';
const columns = (names: string) => names.split(' ');

export const retention: Readonly<Record<string, KeptTable>> = {
  accounts: {
    register: {
      what: 'Comptes des agents : nom, adresse électronique, rôle, lieu, motifs qu’un conseiller connaît, empreinte du mot de passe',
      why: 'Savoir qui agit et avec quels droits',
      basis: MISSION,
      until: 'le départ de l’agent ; retirés par l’administrateur ou l’exploitant',
      by: 'accounts/store.ts',
    },
    plain: columns('email name password_hash'),
    rest: columns('id role mairie_id body_id territory_id siret standing skills'),
  },
  agent_mairies: {
    register: null,
    points: ['account_id'],
    rest: ['mairie_id'],
  },
  appointments: {
    register: {
      what: 'Rendez-vous : nom, motif, téléphone et adresse électronique de l’usager',
      why: 'Recevoir l’usager au jour convenu et pouvoir le prévenir',
      basis: MISSION,
      until:
        'la fin du rendez-vous (tenu, manqué, annulé) ; au plus tard un jour après. Jour, heure, organisme et borne restent, sans l’usager',
      by: 'purge « rendez-vous » (retention/purge-kinds.ts)',
    },
    sealed: { sealed: 'appointments' },
    points: columns('counsellor_id booked_by'),
    rest: columns('id terminal_id body_id starts_at ends_at state sequence booked_at'),
  },
  attempts: {
    register: {
      what: 'Tentatives de connexion : empreintes à clé du compte et du réseau',
      why: 'Empêcher de deviner les mots de passe',
      basis: SECURITY,
      until: 'une heure',
      by: 'purge « tentatives »',
    },
    plain: ['subject'],
    rest: columns('count since'),
    notBackedUp: true,
  },
  audit: {
    register: {
      what: 'Journal : quel compte ou quelle borne a fait quoi, sur quoi, avec quel résultat ; des identifiants et des codes, aucun contenu',
      why: 'Pouvoir répondre à une plainte et voir un abus',
      basis: SECURITY,
      until: '12 mois',
      by: 'purge « journal » (audit/trail.ts)',
    },
    points: columns('actor subject'),
    rest: columns('position at action outcome seal link chain'),
  },
  mails: {
    register: {
      what: 'Messages en attente d’envoi : adresse, objet, texte ; et, pour un envoi abandonné, sa date et un code',
      why: 'Prévenir d’un rendez-vous ou d’une réponse',
      basis: MISSION,
      until: 'l’envoi, au plus quatre jours ; la trace d’un envoi abandonné (sans adresse), 30 jours',
      by: 'mail/delivery.ts et purge « messages »',
    },
    sealed: { sealed: 'mail' },
    rest: columns('id about queued_at due_at tries gave_up_at refused_with'),
  },
  orders: {
    register: {
      what: 'Ordres d’une visite en cours : montrer, imprimer, numériser ; jamais le document',
      why: 'Exécuter chaque ordre une seule fois',
      basis: MISSION,
      until: 'la fin de la visite',
      by: 'visits/store.ts (la suppression de la visite emporte ses ordres)',
    },
    plain: columns('request status'),
    rest: columns('id position visit_id created_at deadline'),
  },
  past_visits: {
    register: {
      what: 'Ce que la secrétaire avait annoncé, si l’exploitant a réglé un délai après la visite (par défaut : rien)',
      why: 'À justifier par l’exploitant qui règle ce délai',
      basis: MISSION,
      until:
        'le délai réglé (HUB_KEEP_ANNOUNCEMENT_HOURS) ; par défaut la fin de la visite. Heures, organisme, borne et raison de la fin restent pour le comptage, sans l’usager',
      by: 'purge « annonces »',
    },
    sealed: { sealed: 'personal' },
    rest: columns('id terminal_id body_id announced_at picked_up_at ended_at reason word_given'),
  },
  account_links: {
    register: null,
    points: ['account_id'],
    rest: columns('token_hash expires_at'),
    notBackedUp: true,
  },
  second_factors: {
    register: {
      what: 'Second facteur d’un agent : le secret partagé avec son application',
      why: 'Protéger les comptes au-delà du mot de passe',
      basis: SECURITY,
      until: 'son retrait par l’agent, ou le départ de celui-ci',
      by: 'accounts/second-factors.ts',
    },
    sealed: { sealed: 'secondFactor' },
    sealedBy: 'account_id',
    points: ['account_id'],
    rest: columns('confirmed last_step'),
  },
  recovery_codes: { register: null, points: ['account_id'], rest: ['code_hash'] },
  passkeys: {
    register: {
      what: 'Clés d’accès d’un agent : la moitié publique de la clé, son identifiant, le nom que l’agent lui donne, les jours de son ajout et de son dernier usage ; ni empreinte, ni visage, qui ne quittent pas l’appareil',
      why: 'Entrer sans mot de passe, avec l’empreinte, le visage ou une clé de sécurité',
      basis: SECURITY,
      until: 'son retrait par l’agent, ou le départ de celui-ci',
      by: 'accounts/passkeys/passkey-store.ts',
    },
    plain: columns('credential_id label'),
    points: ['account_id'],
    rest: columns('id public_key counter transports added_at last_used_at'),
  },
  passkey_challenges: {
    register: null,
    points: ['account_id'],
    rest: columns('holder_hash challenge expires_at'),
    notBackedUp: true,
  },
  provider_accounts: {
    register: {
      what: 'Identifiant de l’agent chez le fournisseur d’identité (ProConnect)',
      why: 'Reconnaître l’agent sans mot de passe',
      basis: MISSION,
      until: 'le départ de l’agent (retiré avec son compte)',
      by: 'accounts/oidc/linked-accounts.ts',
    },
    plain: ['subject'],
    points: ['account_id'],
    rest: columns('issuer linked_at'),
  },
  questions: {
    register: {
      what: 'Questions écrites : nom de l’usager, motif, moyen de le joindre',
      why: 'Obtenir d’un organisme une réponse écrite et la remettre à l’usager',
      basis: MISSION,
      until: '30 jours après la clôture ; une question oubliée se clôt d’elle-même',
      by: 'purge « questions » (questions/store.ts)',
    },
    sealed: { sealed: 'questions' },
    points: ['asked_by'],
    rest: columns(
      'id body_id mairie_id asked_at changed_at state round_began_at used_ms running_since due_at closed_at closed_by_time',
    ),
  },
  question_entries: {
    register: {
      what: 'Questions écrites : ce qui a été écrit, et par quel agent',
      why: 'Garder une trace de l’échange',
      basis: MISSION,
      until: 'comme la question',
      by: 'purge « questions »',
    },
    sealed: { sealed: 'questions' },
    rest: columns('id question_id position kind at'),
  },
  question_files: {
    register: {
      what: 'Questions écrites : pièces jointes et leur nom',
      why: 'Permettre à l’organisme de répondre',
      basis: MISSION,
      until: 'comme la question ; un jour au plus si la question n’a pas été envoyée',
      by: 'purge « questions »',
    },
    sealed: { sealed: 'questions', sealed_name: 'questions' },
    points: ['account_id'],
    rest: columns('id entry_id kind size sent_at'),
  },
  absences: {
    register: {
      what: 'Absences d’un correspondant et son suppléant, sans la raison',
      why: 'Que quelqu’un réponde aux questions écrites pendant l’absence',
      basis: MISSION,
      until: 'leur retrait par l’agent ou le départ de celui-ci',
      by: 'questions/absences.ts',
    },
    points: columns('account_id deputy_id'),
    rest: columns('first_day last_day'),
  },
  question_rounds: {
    register: null,
    rest: columns('question_id body_id began_at ended_at body_ms answered'),
  },
  sessions: {
    register: {
      what: 'Sessions des agents : empreinte du cookie, compte, échéance',
      why: 'Rester connecté pendant une journée de travail',
      basis: SECURITY,
      until: 'la déconnexion, au plus dix heures',
      by: 'purge « sessions »',
    },
    points: columns('account_id data'),
    rest: columns('id_hash expires_at'),
    notBackedUp: true,
  },
  sheets: {
    register: {
      what: 'Fiches d’information : le nom de leur auteur, agent d’un organisme',
      why: 'Savoir à qui s’adresser pour une fiche',
      basis: MISSION,
      until: 'le retrait de la fiche de la base',
      by: 'sheets/store.ts',
    },
    plain: ['author'],
    points: ['author_id'],
    rest: columns(
      'id body_id source_id source_hash source_address title summary content content_text written_at review_on withdrawn_at head body',
    ),
  },
  visits: {
    register: {
      what: 'Visite en cours : nom, motif, ce que l’organisme demande (nom de naissance, date de naissance, adresse, téléphone), nature de la pièce d’identité vue ; nom de la personne invitée dans l’appel (collègue, interprète)',
      why: 'Recevoir l’usager et le confier au bon conseiller',
      basis: MISSION,
      until:
        'la fin de la visite ; au plus 15 min après le dernier contact avec la borne, ou 4 h dans la file',
      by: 'visits/limits.ts et purge « visites »',
    },
    sealed: { sealed: 'personal', sealed_invited: 'invited' },
    points: columns('counsellor_id wanted_counsellor_id invited_account_id'),
    rest: columns(
      'id terminal_id body_id stage show_name resident_present announced_at appointment_at picked_up_at first_picked_up_at room deployment quiet invited_token_hash invited_ticket_at',
    ),
  },
  opening_hours: {
    register: null,
    points: ['counsellor_id'],
    rest: columns('body_id terminal_id weekday open_minute close_minute'),
  },
  closures: {
    register: {
      what: 'Absences : jours où un conseiller, un organisme ou une mairie n’est pas là, sans la raison',
      why: 'Ne pas proposer de rendez-vous ces jours-là',
      basis: MISSION,
      until: 'leur retrait par l’agent',
      by: 'appointments/calendar-store.ts',
    },
    points: ['counsellor_id'],
    rest: columns('body_id mairie_id first_day last_day'),
  },
  calendar_feeds: {
    register: null,
    points: ['counsellor_id'],
    rest: columns('token_hash terminal_id'),
  },
  appointment_lengths: { register: null, rest: columns('body_id minutes') },
  audit_base: { register: null, rest: columns('one link chain first_position seal') },
  bodies: { register: null, rest: columns('id name motives asked siret latitude longitude office') },
  counted_visits: {
    register: null,
    rest: columns(
      'week mairie_id body_id motive outcome wait_minutes talk_minutes printed_pages scanned_pages',
    ),
  },
  counted_words: { register: null, rest: columns('week mairie_id body_id word') },
  counsellor_seats: {
    register: null,
    points: ['account_id'],
    rest: columns('seat_id hub_id body_id since'),
    notBackedUp: true,
  },
  hubs: { register: null, rest: columns('id address seen_at'), notBackedUp: true },
  room_homes: { register: null, rest: columns('room hub_id'), notBackedUp: true },
  spent_log_ins: { register: null, rest: columns('state_hash until'), notBackedUp: true },
  terminal_seats: { register: null, rest: columns('terminal_id hub_id seat_id'), notBackedUp: true },
  enrolment_codes: {
    register: null,
    rest: columns('code_hash mairie_id terminal_name expires_at used_at'),
    notBackedUp: true,
  },
  favourite_sheets: { register: null, rest: columns('mairie_id sheet_id') },
  forms: { register: null, rest: columns('id body_id name content') },
  jobs: { register: null, rest: columns('kind subject due_at tries') },
  mairies: { register: null, rest: columns('id territory_id name time_zone siret latitude longitude') },
  migrations: { register: null, rest: columns('name applied_at') },
  purge_runs: { register: null, rest: columns('kind hour last_at runs removed oldest') },
  sheet_words: { register: null, rest: ['word'] },
  terminals: {
    register: null,
    rest: columns('id mairie_id name public_key enrolled_at last_contact report last_wipe last_self_test'),
  },
  territories: { register: null, rest: columns('id name siret') },
};

/** Lines of a French table in Markdown: what is kept of people, why, how long, and what sees to it. */
export function registerTable(): string {
  const rows = Object.entries(retention).flatMap(([table, { register, sealed }]) =>
    register
      ? [
          [
            `\`${table}\``,
            register.what,
            register.why,
            register.basis,
            register.until,
            sealed ? 'oui' : 'non',
            register.by,
          ],
        ]
      : [],
  );
  const head = ['Table', 'Ce qui est gardé', 'Pourquoi', 'Base légale', 'Jusqu’à', 'Chiffré', 'Assuré par'];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
