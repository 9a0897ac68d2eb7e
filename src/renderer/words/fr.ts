/**
 * Every sentence that a resident reads on the terminal, in plain French: short, no jargon, no code, nothing that needs
 * an article before a body's name ("la CAF", "l'Assurance maladie"), nothing that guesses who is sitting there.
 * The spaces before : ; ? ! and inside « » do not break (words.test.ts).
 */
import type { FailureCode } from '#shared/failure.ts';

/** What can go wrong with paper: each has its own sentence, and the type asks for one when a code is added. */
export type PaperFailure = Extract<FailureCode, `print${string}` | `scan${string}`>;

const paper: Record<PaperFailure, string> = {
  printerAbsent: 'L’imprimante n’est pas branchée. Le secrétariat est prévenu.',
  printerOffline: 'L’imprimante ne répond pas. Le secrétariat est prévenu.',
  printerOutOfPaper:
    'L’imprimante n’a plus de papier. Le secrétariat est prévenu, l’impression reprendra toute seule.',
  printerJammed:
    'Une feuille est coincée dans l’imprimante. Le secrétariat est prévenu, l’impression reprendra toute seule.',
  printerCoverOpen:
    'L’imprimante est ouverte. Le secrétariat est prévenu, l’impression reprendra toute seule.',
  printerOutOfInk:
    'L’imprimante n’a plus d’encre. Le secrétariat est prévenu, l’impression reprendra toute seule.',
  printerPaused:
    'L’imprimante est arrêtée un instant. Le secrétariat est prévenu, l’impression reprendra toute seule.',
  printRefused: 'Ce papier n’a pas pu être imprimé. Votre conseiller le sait.',
  printAborted: 'L’impression s’est arrêtée. Votre conseiller le sait et peut la relancer.',
  printTimedOut: 'L’impression prend trop de temps. Votre conseiller le sait et peut la relancer.',
  printWaitsTurn: 'Un autre papier sort d’abord. Le vôtre suivra tout seul.',
  printNoRoom: 'La borne n’a plus de place pour imprimer. Votre conseiller le sait.',
  scannerAbsent: 'Le scanner n’est pas branché. Le secrétariat est prévenu.',
  scannerBusy: 'Le scanner est occupé. Votre conseiller va essayer de nouveau.',
  scannerJammed: 'Une feuille est coincée dans le scanner. Ne tirez pas dessus : le secrétariat est prévenu.',
  scannerEmpty: 'Le scanner n’a pas trouvé de papier. Votre conseiller va vous guider.',
  scannerCoverOpen: 'Le couvercle du scanner est ouvert. Refermez-le doucement.',
  scannerDenied: 'Le scanner ne peut pas servir. Le secrétariat est prévenu.',
  scanFailed: 'Votre papier n’a pas pu être lu. Votre conseiller va essayer de nouveau.',
  scanTimedOut: 'Le scanner ne répond plus. Votre conseiller va essayer de nouveau.',
  scanNoRoom: 'La borne n’a plus de place pour d’autres pages. Votre conseiller le sait.',
};

/** The same device while nothing is asked of it: only what it is, without promising that a job will resume. */
const trouble = {
  printer: 'L’imprimante ne marche pas pour le moment. Votre conseiller le sait.',
  scanner: 'Le scanner ne marche pas pour le moment. Votre conseiller le sait.',
  camera: 'La caméra ne marche pas. Vous pourrez quand même parler avec votre conseiller.',
  microphone: 'Le micro ne marche pas. Le secrétariat est prévenu.',
  speaker: 'Le son ne marche pas. Le secrétariat est prévenu.',
};

export const fr = {
  /** BCP 47, for dates and hours. */
  locale: 'fr-FR',
  /** By the clock on the wall, from 0 to 23. */
  atHour: (hour: number, minute: number) =>
    minute === 0 ? `à ${hour}\u00a0h` : `à ${hour}\u00a0h\u00a0${String(minute).padStart(2, '0')}`,
  page: { face: 'Accueil', desk: 'Vos papiers' },
  oneMoment: 'Un instant, s’il vous plaît',
  recovering: 'L’écran se remet en route.',

  idle: {
    welcome: 'Bienvenue',
    free: 'La place est libre',
    freeHow: 'Adressez-vous au secrétariat pour vous installer ici.',
    unable: 'Adressez-vous au secrétariat',
    unableWhy: 'Cette borne ne peut pas vous recevoir pour l’instant.',
    testing: 'La borne se vérifie',
    testingHow: 'Vous allez entendre quelques sons. Ce sera fini dans un instant.',
    next: 'Prochain rendez-vous',
    goodbye: 'Au revoir',
    papers: 'et n’oubliez pas vos papiers',
    wiped: 'Vos documents sont effacés de cette borne.',
  },
  announced: {
    hello: 'Bonjour',
    helloNobody: 'Bonjour et bienvenue',
    sit: 'Installez-vous',
  },
  appointment: 'Vous allez parler avec',
  welcomed: {
    title: 'Installez-vous bien',
    touchNothing: 'Vous n’avez rien à toucher.',
    counsellor: 'Votre conseiller va apparaître sur cet écran.',
    papersBeside: 'Vos papiers sont sur l’autre écran.',
    papersRight: 'Vos papiers sont à droite.',
  },
  waiting: {
    next: 'C’est bientôt à vous',
    nextHow: 'Vous êtes la prochaine personne.',
    before: (people: number) => (people === 1 ? '1 personne avant vous' : `${people} personnes avant vous`),
    /** @param minutes in steps of five. */
    about: (minutes: number) => (minutes <= 5 ? 'Dans quelques minutes' : `Dans ${minutes} minutes environ`),
    gone: 'Êtes-vous toujours là ?',
    goneHow: 'Si vous êtes là, faites signe au secrétariat.',
    closed: 'C’est fermé pour l’instant',
    /** @param day "demain", "mardi", "mardi 15 décembre"; '' for today. */
    opens: (day: string, hour: string) => (day === '' ? `Ouverture ${hour}` : `Ouverture ${day} ${hour}`),
    tomorrow: 'demain',
    closedHow: 'Demandez au secrétariat : il peut vous donner un rendez-vous.',
    stay: 'Restez à votre place, votre conseiller apparaîtra ici.',
  },
  call: {
    connecting: 'Votre conseiller arrive',
    connectingHow: 'Son visage va apparaître ici. Parlez normalement.',
    lost: 'Nous retrouvons votre conseiller…',
    lostHow: 'La liaison a été coupée. Restez à votre place.',
    absent: 'Votre conseiller revient dans un instant',
    absentHow: 'Restez à votre place.',
    company: 'Une autre personne est dans l’appel',
    withInvited: (name: string) => `avec ${name}`,
    invitedComing: (name: string) => `${name} va entrer dans l’appel`,
    paused: 'Moment privé',
    pausedHow: 'La caméra et le micro sont arrêtés : personne ne vous voit ni ne vous entend.',
    pausedBy: {
      counsellor: 'Votre conseiller revient dans un instant.',
      clerk: 'Votre secrétaire de mairie rétablira l’appel quand vous voudrez.',
    },
    slowLine: 'La ligne est lente : l’image est arrêtée, parlez normalement',
    checkCode: 'Code',
    said: 'Ce que dit votre conseiller',
    saidSoon: 'Ce que dit votre conseiller va s’écrire ici.',
    counsellorHidden: 'Votre conseiller a caché son image un instant',
    counsellorSilent: 'Votre conseiller a coupé le son un instant',
    unheard: 'Votre micro est coupé : on ne vous entend pas',
    unseen: 'Votre image est cachée : on ne vous voit pas',
    unheardUnseen: 'On ne vous voit pas et on ne vous entend pas',
    residentGone: 'Êtes-vous toujours là ?',
    residentGoneHow: 'Dites un mot à votre conseiller, ou faites-lui signe.',
  },
  /** Why it is over, as said to the one who is still sitting there. */
  end: {
    completed: { title: 'Merci et au revoir', how: 'Votre rendez-vous est terminé.' },
    cancelledByClerk: { title: 'La visite est annulée', how: 'Adressez-vous au secrétariat.' },
    residentGone: { title: 'Au revoir', how: 'Le rendez-vous est terminé.' },
    counsellorGone: {
      title: 'Votre conseiller ne peut pas revenir',
      how: 'Adressez-vous au secrétariat.',
    },
    terminalTimeout: {
      title: 'La liaison est coupée',
      how: 'Adressez-vous au secrétariat.',
    },
  },
  wiping: { title: 'Nous effaçons vos documents de cette borne', how: 'Rien de vous ne reste ici.' },
  closed: { title: 'Cette borne est fermée', how: 'Adressez-vous au secrétariat.' },
  outOfService: {
    title: 'Cette borne n’est pas encore en service',
    how: 'Adressez-vous au secrétariat.',
    operator: {
      notConfigured: 'Exploitant : lancez l’installation sur cette machine.',
      wrongConfiguration: 'Exploitant : la configuration est à revoir. Relancez l’installation.',
      notEnrolled: 'Exploitant : il manque le code d’installation. Relancez l’installation.',
      codeRefused:
        'Exploitant : le code d’installation est refusé. Demandez-en un autre, puis relancez l’installation.',
      hubAway: 'Exploitant : le serveur ne répond pas. La borne réessaie d’elle-même.',
    },
  },

  notice: {
    ...trouble,
    hubLostWaiting: 'La liaison est coupée. Nous la rétablissons, restez à votre place.',
    hubLostLive: 'La liaison est fragile. Vous pouvez continuer à parler.',
  },

  desk: {
    title: 'Vos papiers',
    idle: 'Ici, votre conseiller vous montre vos papiers',
    idleHow: 'Vous n’avez rien à toucher.',
    farewell: 'N’oubliez pas vos papiers',
    farewellHow: 'dans l’imprimante et sur la vitre du scanner',
    before: 'Vos papiers apparaîtront ici',
    beforeHow: 'Si vous avez apporté des papiers, sortez-les tranquillement.',
    inCall: 'Votre conseiller vous montrera vos papiers ici',
    inCallHow: 'Vous n’avez rien à toucher.',
    ended: 'Reprenez tous vos papiers',
    closed: 'Cet écran se repose',
    pageOf: (page: number, pages: number) => `Page ${page} sur ${pages}`,
    picture: (page: number, pages: number) =>
      pages === 1 ? 'Votre document, une page' : `Votre document, page ${page} sur ${pages}`,
    sheetFailed: 'Cette page ne s’affiche pas. Votre conseiller le sait.',
    self: 'Vous',
  },
  /** What the counsellor does on the paper while the resident watches. */
  live: {
    writing: 'Votre conseiller écrit ici',
    nothingYet: 'Rien n’est encore écrit ici.',
    ticked: 'Coché',
    unticked: 'Pas coché',
    highlighted: 'Votre conseiller a surligné ce passage',
    look: 'Regardez ici',
    lookHow: 'Votre conseiller vous montre cet endroit.',
    sign: 'Vous signerez ici',
    signHow: 'À cet endroit, sur le papier imprimé.',
    enlarged: 'Cet endroit du papier, en plus grand',
  },
  /** A paper held before the camera. */
  aim: {
    title: 'Montrez votre papier à la caméra',
    how: {
      preparing: 'La caméra se prépare.',
      ready: 'Tenez-le dans le cadre jaune, le texte vers la caméra.',
      taking: 'La photo se prend.',
      taken: 'Vous pouvez poser votre papier.',
      over: 'Vous pouvez poser votre papier.',
    },
    taking: 'Ne bougez plus…',
    taken: 'La photo est prise, merci',
    over: 'C’est fini',
    picture: 'Votre image, pour viser',
  },
  printing: {
    title: 'Votre formulaire s’imprime',
    page: (page: number, pages: number) => (pages === 1 ? 'une page' : `page ${page} sur ${pages}`),
    wait: 'Laissez sortir la feuille.',
    waitTwoSided: 'La feuille sort, rentre, puis ressort. Attendez avant de la prendre.',
    held: 'L’impression attend',
    printed: 'Prenez votre papier',
    printedMany: 'Prenez vos papiers',
    printedHow: (pages: number) =>
      pages === 1
        ? 'Une feuille est sortie de l’imprimante.'
        : `${pages} pages sont sorties de l’imprimante.`,
    failed: 'Le papier n’est pas sorti',
    failedHow: 'L’impression n’a pas pu se faire. Votre conseiller le sait.',
    cancelled: 'Votre conseiller a arrêté l’impression.',
  },
  scanning: {
    looking: 'Posez votre papier sur le scanner',
    lookingGlass: 'Une feuille : sur la vitre.',
    lookingFeeder: 'Plusieurs feuilles : dans le chargeur, en haut.',
    waking: 'Le scanner se prépare',
    wakingHow: 'Laissez votre papier en place, la lecture va commencer.',
    flatbed: 'Posez votre papier sur la vitre, face contre la vitre',
    flatbedHow: 'Laissez-le en place jusqu’à la fin.',
    feeder: 'Posez vos papiers dans le chargeur, en haut du scanner',
    feederHow: 'Ils sont lus un par un.',
    progress: 'Lecture de votre papier',
    page: (page: number) => `page ${page}`,
    scanned: 'Reprenez votre papier',
    scannedMany: 'Reprenez vos papiers',
    scannedHow: (pages: number) =>
      pages === 1 ? 'Votre conseiller l’a bien reçu.' : `Votre conseiller a bien reçu les ${pages} pages.`,
    failed: 'Votre papier n’a pas été lu',
    failedHow: 'La lecture n’a pas pu se faire. Votre conseiller le sait.',
    cancelled: 'Votre conseiller a arrêté la lecture.',
  },
  paper,
};

/** Another language is another object of this type. */
export type Words = typeof fr;
