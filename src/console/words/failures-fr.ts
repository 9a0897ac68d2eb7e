/** What each failure means in plain French, and what to do: for the counsellor, and for the clerk beside the terminal. */
import type { ConsoleFailureCode } from '../hub-link.ts';

export interface FailureWords {
  readonly what: string;
  readonly todo: string;
}
export type FailureDictionary = Readonly<Record<ConsoleFailureCode, FailureWords>>;

export const counsellorFailuresFr: FailureDictionary = {
  documentNotPdf: {
    what: 'Ce fichier n’est pas un PDF',
    todo: 'Enregistrez-le en PDF, puis déposez-le de nouveau.',
  },
  documentEncrypted: {
    what: 'Ce PDF est protégé par un mot de passe',
    todo: 'Déposez une copie sans mot de passe.',
  },
  documentBroken: { what: 'Ce PDF est abîmé et ne s’ouvre pas', todo: 'Déposez une autre copie.' },
  documentDynamic: {
    what: 'Ce formulaire ne s’ouvre que dans le logiciel qui l’a fait (XFA)',
    todo: 'Ouvrez-le dans Acrobat Reader, imprimez-le en PDF et déposez la copie.',
  },
  documentTooManyPages: {
    what: 'Ce PDF a trop de pages pour la borne',
    todo: 'Gardez les pages utiles et déposez-les.',
  },
  documentTooBig: { what: 'Ce fichier est trop lourd pour la borne', todo: 'Déposez une version allégée.' },
  documentNoRoom: {
    what: 'La borne n’a plus de place pour ce document',
    todo: 'Enregistrez ce que vous avez numérisé. Une nouvelle visite aura de la place.',
  },
  documentGone: { what: 'Ce document n’est plus disponible', todo: 'Déposez-le de nouveau.' },
  documentDamaged: { what: 'Le document est arrivé abîmé à la borne', todo: 'Réessayez.' },
  printerAbsent: {
    what: 'Cette borne n’a pas d’imprimante',
    todo: 'Proposez un envoi par courrier ou par courriel.',
  },
  printerOffline: {
    what: 'L’imprimante ne répond pas',
    todo: 'Demandez à l’accueil de vérifier qu’elle est allumée.',
  },
  printerOutOfPaper: {
    what: 'Plus de papier dans l’imprimante',
    todo: 'Prévenez l’accueil, l’impression reprendra seule.',
  },
  printerJammed: {
    what: 'Une feuille est coincée dans l’imprimante',
    todo: 'Prévenez l’accueil, l’impression reprendra seule une fois la feuille retirée.',
  },
  printerCoverOpen: {
    what: 'Un capot de l’imprimante est ouvert',
    todo: 'Prévenez l’accueil, l’impression reprendra seule une fois le capot fermé.',
  },
  printerOutOfInk: {
    what: 'L’imprimante n’a plus d’encre',
    todo: 'Prévenez l’accueil, l’impression reprendra seule après le remplacement.',
  },
  printerPaused: {
    what: 'L’imprimante est en pause',
    todo: 'Prévenez l’accueil, l’impression reprendra seule.',
  },
  printRefused: {
    what: 'L’imprimante a refusé ce document',
    todo: 'Essayez avec un autre PDF, ou prévenez l’accueil.',
  },
  printAborted: {
    what: 'L’imprimante a abandonné le document',
    todo: 'Vérifiez avec la personne ce qui est sorti, puis relancez.',
  },
  printTimedOut: {
    what: 'L’impression a pris trop de temps et s’est arrêtée',
    todo: 'Vérifiez avec la personne ce qui est sorti, puis relancez.',
  },
  printWaitsTurn: { what: 'Un autre document s’imprime', todo: 'Celui-ci suivra tout seul.' },
  printNoRoom: {
    what: 'La borne n’a plus de place pour imprimer',
    todo: 'Prévenez l’accueil : l’exploitant doit faire de la place, puis relancez. Rien n’est sorti.',
  },
  scannerAbsent: {
    what: 'Le scanner est absent ou débranché',
    todo: 'Demandez à l’accueil de vérifier son câble.',
  },
  scannerBusy: { what: 'Le scanner est déjà pris', todo: 'Réessayez dans quelques secondes.' },
  scannerJammed: {
    what: 'Une feuille est coincée dans le chargeur',
    todo: 'Prévenez l’accueil, puis numérisez la suite.',
  },
  scannerEmpty: {
    what: 'Le chargeur est vide',
    todo: 'Demandez à la personne d’y mettre ses feuilles, ou choisissez la vitre.',
  },
  scannerCoverOpen: {
    what: 'Le capot du scanner est ouvert',
    todo: 'Demandez à la personne de le fermer, puis réessayez.',
  },
  scannerDenied: {
    what: 'Le scanner refuse l’accès',
    todo: 'Prévenez l’accueil : l’exploitant doit intervenir.',
  },
  scanFailed: {
    what: 'Le scanner s’est arrêté en cours de route',
    todo: 'Réessayez. Si cela se répète, prévenez l’accueil.',
  },
  scanTimedOut: {
    what: 'Le scanner ne répond pas',
    todo: 'Réessayez. Si cela se répète, demandez à l’accueil de l’éteindre et de le rallumer.',
  },
  scanNoRoom: {
    what: 'La borne n’a plus de place pour d’autres pages',
    todo: 'Enregistrez celles qui sont arrivées. Une nouvelle visite aura de la place.',
  },
  cameraAbsent: {
    what: 'La borne n’a pas de caméra en marche',
    todo: 'Vous entendez la personne sans la voir. Prévenez l’accueil.',
  },
  cameraFailed: {
    what: 'La caméra de la borne n’a pas donné d’image',
    todo: 'Réessayez. Si cela se répète, prévenez l’accueil.',
  },
  cameraCut: {
    what: 'L’image de la personne est cachée, ou c’est un moment privé',
    todo: 'Rétablissez l’image, puis recommencez.',
  },
  callNotLive: {
    what: 'L’appel n’est pas établi',
    todo: 'Attendez de voir la personne, puis recommencez.',
  },
  lineCut: {
    what: 'La liaison avec la borne a été coupée',
    todo: 'Rien n’en est resté. Recommencez.',
  },
  aimTimedOut: {
    what: 'Aucune photo n’a été prise',
    todo: 'La personne a pu poser son papier. Recommencez quand vous voulez.',
  },
  microphoneAbsent: {
    what: 'La borne n’a pas de micro en marche',
    todo: 'Vous n’entendrez pas la personne. Prévenez l’accueil.',
  },
  speakerAbsent: {
    what: 'La borne n’a pas de haut-parleur en marche',
    todo: 'La personne ne vous entend pas. Prévenez l’accueil.',
  },
  subtitlesNotOffered: {
    what: 'Ce salon vidéo n’écrit pas ce qui est dit',
    todo: 'Parlez lentement, ou montrez un papier sur l’écran de droite.',
  },
  displayAbsent: {
    what: 'Un des deux écrans de la borne est éteint',
    todo: 'Tout s’affiche sur l’autre. Prévenez l’accueil.',
  },
  buttonAbsent: { what: 'Le bouton d’appel est débranché', todo: 'La visite n’en a pas besoin.' },
  cancelled: { what: 'Annulé', todo: 'Vous pouvez recommencer.' },
  interrupted: {
    what: 'La borne a redémarré pendant l’opération',
    todo: 'Vérifiez ce qui a été fait, puis relancez.',
  },
  notReached: {
    what: 'La borne n’a pas répondu à temps',
    todo: 'Rien n’a été fait. Réessayez quand elle sera revenue en ligne.',
  },
  deviceTaken: {
    what: 'L’appareil termine l’ordre précédent',
    todo: 'Attendez la fin, ou annulez l’ordre en cours.',
  },
  visitOver: { what: 'Cette visite est terminée', todo: 'Revenez à la liste des personnes qui attendent.' },
  alreadyPickedUp: { what: 'Un collègue a déjà pris cette personne', todo: 'Prenez la suivante.' },
  terminalBusy: { what: 'Cette borne a déjà une visite', todo: 'Attendez qu’elle se termine.' },
  terminalClosed: {
    what: 'Cette borne est fermée : son effacement n’est pas vérifié',
    todo: 'L’exploitant doit la rouvrir.',
  },
  sheetChanged: {
    what: 'Un collègue a changé cette fiche pendant ce temps',
    todo: 'Gardez une copie de votre texte, rouvrez la fiche et reportez-y vos changements.',
  },
  questionChanged: {
    what: 'Quelqu’un a écrit dans cette question pendant ce temps',
    todo: 'Lisez ce qui vient d’être écrit, puis envoyez de nouveau si c’est utile.',
  },
  questionOver: { what: 'Cette question est terminée', todo: 'Posez-en une nouvelle si besoin.' },
  noCorrespondent: {
    what: 'Personne dans cet organisme ne répond aux questions écrites',
    todo: 'Prenez plutôt un rendez-vous.',
  },
  fileKind: {
    what: 'Ce fichier n’est ni un PDF, ni une image JPEG ou PNG',
    todo: 'Enregistrez-le dans un de ces formats, puis joignez-le de nouveau.',
  },
  fileBroken: { what: 'Ce fichier est incomplet', todo: 'Refaites la copie, puis joignez-la de nouveau.' },
  alreadyInVisit: {
    what: 'Vous avez déjà une visite en cours',
    todo: 'Terminez-la avant d’en prendre une autre.',
  },
  alreadyInvited: {
    what: 'Quelqu’un est déjà invité dans cet appel',
    todo: 'Faites-le sortir avant d’inviter une autre personne.',
  },
  slotTaken: { what: 'Ce créneau n’est plus libre', todo: 'Choisissez-en un autre.' },
  appointmentOver: { what: 'Ce rendez-vous est déjà terminé ou annulé', todo: 'La liste est à jour.' },
  hoursBackward: {
    what: 'Une fin est avant son début',
    todo: 'Corrigez la ligne, puis enregistrez de nouveau.',
  },
  hoursOverlap: {
    what: 'Deux plages du même jour se chevauchent',
    todo: 'Séparez-les ou réunissez-les, puis enregistrez de nouveau.',
  },
  forbidden: { what: 'Votre compte n’a pas le droit de faire cela', todo: 'Voyez avec votre exploitant.' },
  notFound: {
    what: 'Cette personne ou cette borne n’est plus là',
    todo: 'La liste à l’écran est à jour : reprenez à partir d’elle.',
  },
  invalidMessage: {
    what: 'Le serveur n’a pas compris la demande',
    todo: 'Rechargez la page. Si cela se répète, prévenez votre exploitant.',
  },
  wrongProtocol: {
    what: 'La borne et le serveur n’ont pas la même version',
    todo: 'Prévenez votre exploitant : le plus ancien des deux est à mettre à jour.',
  },
  wrongCredentials: { what: 'Adresse ou mot de passe incorrect', todo: 'Vérifiez les deux, puis réessayez.' },
  sessionExpired: { what: 'Votre session est terminée', todo: 'Connectez-vous de nouveau.' },
  providerAway: {
    what: 'ProConnect ne répond pas',
    todo: 'Réessayez dans quelques minutes, ou connectez-vous avec votre mot de passe.',
  },
  providerUntrusted: {
    what: 'La réponse de ProConnect n’a pas pu être vérifiée',
    todo: 'Par sécurité, rien n’a été ouvert. Réessayez. Si cela se répète, prévenez votre exploitant.',
  },
  providerClock: {
    what: 'L’heure du serveur et celle de ProConnect ne concordent pas',
    todo: 'Réessayez. Si cela se répète, prévenez votre exploitant : l’heure du serveur est à vérifier.',
  },
  logInCancelled: {
    what: 'La connexion avec ProConnect a été abandonnée',
    todo: 'Recommencez quand vous voulez.',
  },
  logInStale: {
    what: 'Cette connexion avec ProConnect a expiré ou a déjà servi',
    todo: 'Recommencez à partir de cette page.',
  },
  noAccount: {
    what: 'ProConnect vous reconnaît, mais aucun compte ne vous attend ici',
    todo: 'Demandez à votre exploitant de créer votre compte, avec l’adresse que vous utilisez pour ProConnect.',
  },
  wrongOrganisation: {
    what: 'L’organisation indiquée par ProConnect n’est pas celle de votre compte',
    todo: 'Choisissez la bonne organisation dans ProConnect, ou voyez avec votre exploitant.',
  },
  organisationNotLinked: {
    what: 'Votre mairie ou votre organisme n’est pas encore relié à ProConnect',
    todo: 'Connectez-vous avec votre mot de passe et demandez à votre exploitant d’indiquer le SIRET.',
  },
  secondFactorNeeded: { what: 'Un code est demandé', todo: 'Écrivez le code de votre application.' },
  wrongSecondFactor: {
    what: 'Ce code n’est pas le bon, ou il a déjà servi',
    todo: 'Attendez le code suivant dans votre application, puis écrivez-le.',
  },
  secondFactorThere: {
    what: 'Un second facteur est déjà en place',
    todo: 'Retirez-le avant d’en mettre un autre.',
  },
  passkeyStale: {
    what: 'Cette demande a trop attendu ou a déjà servi',
    todo: 'Recommencez à partir de cette page.',
  },
  passkeyUnknown: {
    what: 'Cette clé d’accès n’est pas reconnue ici',
    todo: 'Connectez-vous avec votre adresse et votre mot de passe.',
  },
  passkeyUnverified: {
    what: 'Cette clé d’accès n’a pas pu être vérifiée',
    todo: 'Par sécurité, rien n’a été fait. Réessayez. Si cela se répète, prévenez votre exploitant.',
  },
  passkeyCounter: {
    what: 'Cette clé d’accès a peut-être été copiée',
    todo: 'Par sécurité, rien n’a été ouvert. Connectez-vous avec votre mot de passe, retirez cette clé dans «\u00a0Mon compte\u00a0» et prévenez votre exploitant.',
  },
  passkeyThere: {
    what: 'Cet appareil a déjà une clé d’accès pour votre compte',
    todo: 'Elle est dans la liste\u00a0: il n’y a rien à faire.',
  },
  passkeysFull: {
    what: 'Votre compte a déjà dix clés d’accès',
    todo: 'Retirez celles qui ne servent plus, puis recommencez.',
  },
  passkeyNotGiven: {
    what: 'Aucune clé d’accès n’a été donnée',
    todo: 'Recommencez quand vous voulez.',
  },
  linkSpent: {
    what: 'Ce lien a déjà servi ou n’est plus valable',
    todo: 'Demandez-en un nouveau à qui vous a invité, ou choisissez «\u00a0Mot de passe oublié\u00a0».',
  },
  emailTaken: { what: 'Cette adresse a déjà un compte', todo: 'Vérifiez l’adresse, ou prenez-en une autre.' },
  hasAppointments: {
    what: 'Cette personne a encore des rendez-vous à venir',
    todo: 'Déplacez-les ou annulez-les d’abord, puis supprimez son compte.',
  },
  inVisit: {
    what: 'Cette personne est en visite avec un usager',
    todo: 'Attendez la fin de la visite, puis recommencez.',
  },
  lastAdministrator: {
    what: 'C’est le dernier compte d’administration',
    todo: 'Invitez d’abord une autre personne à ce rôle.',
  },
  tooManyAttempts: { what: 'Trop d’essais', todo: 'Attendez une minute, puis réessayez.' },
  wrongEnrolmentCode: {
    what: 'Ce code d’installation est faux, déjà utilisé ou périmé',
    todo: 'Demandez-en un nouveau.',
  },
  hubNoRoom: {
    what: 'Le serveur n’a plus de place, rien n’a été fait',
    todo: 'Réessayez dans un moment et prévenez votre exploitant.',
  },
  unexpected: {
    what: 'Un problème imprévu est survenu',
    todo: 'Réessayez. Si cela se répète, prévenez votre exploitant.',
  },
  hubSilent: {
    what: 'Le serveur n’a pas répondu à temps',
    todo: 'Regardez si la demande est passée, sinon réessayez.',
  },
};

/** The clerk is beside the machine: the hands of the counsellor. */
export const clerkFailuresFr: FailureDictionary = {
  ...counsellorFailuresFr,
  printerAbsent: {
    what: 'L’imprimante n’est pas trouvée',
    todo: 'Vérifiez qu’elle est branchée et allumée. Sinon, prévenez votre exploitant.',
  },
  printerOffline: { what: 'L’imprimante ne répond pas', todo: 'Vérifiez qu’elle est allumée et branchée.' },
  printerOutOfPaper: {
    what: 'Plus de papier dans l’imprimante',
    todo: 'Remettez du papier A4 dans le bac : l’impression reprendra seule.',
  },
  printerJammed: {
    what: 'Une feuille est coincée dans l’imprimante',
    todo: 'Ouvrez le capot, retirez la feuille, refermez : l’impression reprendra seule.',
  },
  printerCoverOpen: {
    what: 'Un capot de l’imprimante est ouvert',
    todo: 'Refermez-le : l’impression reprendra seule.',
  },
  printerOutOfInk: {
    what: 'L’imprimante n’a plus d’encre',
    todo: 'Remplacez la cartouche : l’impression reprendra seule.',
  },
  printerPaused: {
    what: 'L’imprimante est en pause',
    todo: 'Appuyez sur sa touche de reprise. Sinon, prévenez votre exploitant.',
  },
  printNoRoom: {
    what: 'La borne n’a plus de place pour imprimer',
    todo: 'Appelez votre exploitant : il doit faire de la place.',
  },
  scannerAbsent: {
    what: 'Le scanner est absent ou débranché',
    todo: 'Vérifiez son câble et qu’il est allumé : il revient seul.',
  },
  scannerBusy: { what: 'Le scanner est déjà pris', todo: 'Attendez un instant.' },
  scannerJammed: {
    what: 'Une feuille est coincée dans le chargeur du scanner',
    todo: 'Ouvrez le chargeur et retirez la feuille.',
  },
  scannerEmpty: { what: 'Le chargeur du scanner est vide', todo: 'Rien à faire hors d’une numérisation.' },
  scannerCoverOpen: { what: 'Le capot du scanner est ouvert', todo: 'Refermez-le.' },
  scannerDenied: { what: 'Le scanner refuse l’accès', todo: 'Prévenez votre exploitant.' },
  scanTimedOut: { what: 'Le scanner ne répond pas', todo: 'Éteignez-le, puis rallumez-le.' },
  cameraAbsent: {
    what: 'La caméra n’est pas trouvée',
    todo: 'Vérifiez son câble. Une visite reste possible : on ne verra pas la personne.',
  },
  microphoneAbsent: {
    what: 'Le micro n’est pas trouvé',
    todo: 'Vérifiez son câble. Sans lui, on n’entendra pas la personne.',
  },
  speakerAbsent: {
    what: 'Le haut-parleur n’est pas trouvé',
    todo: 'Vérifiez son câble. Sans lui, la personne n’entendra rien.',
  },
  displayAbsent: {
    what: 'Un des deux écrans est éteint',
    todo: 'Vérifiez son câble et qu’il est allumé. Tout s’affiche sur l’autre en attendant.',
  },
  buttonAbsent: { what: 'Le bouton d’appel est débranché', todo: 'Rebranchez-le. Une visite s’en passe.' },
  visitOver: { what: 'Cette visite est terminée', todo: 'La liste est à jour.' },
  terminalBusy: { what: 'Cette borne a déjà une visite', todo: 'Attendez qu’elle se termine ou annulez-la.' },
  terminalClosed: {
    what: 'Cette borne est fermée : son effacement n’est pas vérifié',
    todo: 'N’installez personne et appelez votre exploitant.',
  },
  notReached: { what: 'La borne n’a pas répondu à temps', todo: 'Vérifiez qu’elle est allumée et branchée.' },
};
