/** What the self-tests say: a terminal's to the clerk and the operator, a counsellor's own to that counsellor. */
import type { MediaMeasurement, SelfTestFinding, SelfTestOrigin } from '#shared/self-test.ts';
import type { FailureWords } from './failures-fr.ts';

type Findings = Readonly<Record<SelfTestFinding, FailureWords>>;

/** Of a terminal, read by whoever stands beside it. */
export const terminalFindingsFr: Findings = {
  cameraAbsent: {
    what: 'La caméra n’est pas trouvée',
    todo: 'Vérifiez son câble. Une visite reste possible : on ne verra pas la personne.',
  },
  cameraNotOpened: {
    what: 'La caméra ne s’ouvre pas',
    todo: 'Débranchez-la et rebranchez-la. Si cela dure, prévenez votre exploitant.',
  },
  cameraBlack: {
    what: 'L’image de la caméra est noire',
    todo: 'Retirez son cache, ou allumez la lumière de la pièce, puis testez de nouveau.',
  },
  cameraFrozen: {
    what: 'L’image de la caméra est figée',
    todo: 'Débranchez la caméra et rebranchez-la, puis testez de nouveau.',
  },
  microphoneAbsent: {
    what: 'Le micro n’est pas trouvé',
    todo: 'Vérifiez son câble. Sans lui, on n’entendra pas la personne.',
  },
  microphoneNotOpened: {
    what: 'Le micro ne s’ouvre pas',
    todo: 'Débranchez-le et rebranchez-le. Si cela dure, prévenez votre exploitant.',
  },
  microphoneSilent: {
    what: 'Le micro n’entend rien',
    todo: 'Vérifiez qu’il est branché et que son bouton n’est pas sur arrêt.',
  },
  speakerAbsent: {
    what: 'Le haut-parleur n’est pas trouvé',
    todo: 'Vérifiez son câble. Sans lui, la personne n’entendra rien.',
  },
  speakerNotOpened: {
    what: 'Le haut-parleur ne s’ouvre pas',
    todo: 'Débranchez-le et rebranchez-le. Si cela dure, prévenez votre exploitant.',
  },
  soundNotHeard: {
    what: 'La borne ne s’entend pas elle-même',
    todo: 'Avez-vous entendu les sons ? Sinon, allumez le haut-parleur et montez le volume. Si oui, rapprochez le micro.',
  },
  soundFaint: {
    what: 'Le son de la borne est très faible',
    todo: 'Montez le volume du haut-parleur, ou faites moins de bruit dans la pièce, puis testez de nouveau.',
  },
  echoStrong: {
    what: 'La pièce renvoie trop d’écho',
    todo: 'Baissez un peu le volume, éloignez le micro du haut-parleur. Si cela dure, prévenez votre exploitant.',
  },
  testFailed: {
    what: 'La vérification n’a pas pu se faire',
    todo: 'Testez de nouveau. Si cela dure, prévenez votre exploitant.',
  },
};

/** Of a counsellor's own computer, in an office where a headset is usual. */
export const ownFindingsFr: Findings = {
  cameraAbsent: {
    what: 'Votre caméra n’est pas trouvée',
    todo: 'Vérifiez qu’elle est branchée. Sans elle, la personne vous entend sans vous voir.',
  },
  cameraNotOpened: {
    what: 'Votre caméra ne s’ouvre pas',
    todo: 'Autorisez-la dans la barre d’adresse, et fermez les autres logiciels de visioconférence.',
  },
  cameraBlack: { what: 'Votre image est noire', todo: 'Ouvrez le cache de la caméra ou allumez la lumière.' },
  cameraFrozen: { what: 'Votre image est figée', todo: 'Débranchez la caméra et rebranchez-la.' },
  microphoneAbsent: {
    what: 'Votre micro n’est pas trouvé',
    todo: 'Branchez un casque ou un micro. Sans lui, la personne ne vous entend pas.',
  },
  microphoneNotOpened: {
    what: 'Votre micro ne s’ouvre pas',
    todo: 'Autorisez-le dans la barre d’adresse, et fermez les autres logiciels de visioconférence.',
  },
  microphoneSilent: {
    what: 'Votre micro n’entend rien',
    todo: 'Vérifiez qu’il n’est pas coupé par son bouton ou sur le fil du casque.',
  },
  speakerAbsent: {
    what: 'Aucun haut-parleur ni casque n’est trouvé',
    todo: 'Branchez-en un. Sans lui, vous n’entendrez pas la personne.',
  },
  speakerNotOpened: { what: 'Le son ne s’ouvre pas', todo: 'Débranchez le casque et rebranchez-le.' },
  soundNotHeard: {
    what: 'Votre micro n’a pas entendu les sons',
    todo: 'Avec un casque, c’est normal. Sinon, montez le volume.',
  },
  soundFaint: {
    what: 'Votre micro entend à peine les sons',
    todo: 'Avec un casque, c’est normal. Sinon, montez le volume.',
  },
  echoStrong: {
    what: 'Votre bureau renvoie trop d’écho',
    todo: 'Mettez un casque : sinon la personne entend sa propre voix revenir.',
  },
  testFailed: { what: 'L’essai n’a pas pu se faire', todo: 'Rechargez la page et réessayez.' },
};

const decibels = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 0 });
const dB = (value: number) => `${decibels.format(value).replace('-', '−')} dB`;

export const selfTestFr = {
  ask: 'Tester la borne',
  askNamed: (name: string) => `Tester la borne « ${name} »`,
  askShort: 'Tester',
  underWay: 'Vérification en cours…',
  underWayNote: 'La borne fait entendre quelques sons pendant une dizaine de secondes.',
  good: (when: string) => `Image et son vérifiés : tout va bien (${when}).`,
  bad: (when: string) => `Vérification : ${when}`,
  never: 'Image et son : pas encore vérifiés.',
  goodShort: 'Tout va bien',
  neverShort: 'jamais vérifiés',
  origins: {
    clerk: 'à la demande de l’accueil',
    operator: 'à la demande de l’exploitant',
    morning: 'automatique',
  } satisfies Record<SelfTestOrigin, string>,
  /** For the operator. */
  figures: ({ microphone, sound }: MediaMeasurement) => {
    const noise =
      microphone.state === 'heard' && microphone.noise !== null ? [`bruit ${dB(microphone.noise)}`] : [];
    if (!sound) return noise.join(', ');
    const { level, delay, echo } = sound;
    const left = echo ? [`écho réduit de ${dB(echo.reduction)}${echo.orMore ? ' ou plus' : ''}`] : [];
    return [`son ${dB(level)}`, ...noise, `retard ${decibels.format(delay)} ms`, ...left].join(', ');
  },
  own: {
    title: 'Ma caméra, mon micro, mon son',
    start: 'Faire un essai',
    again: 'Refaire l’essai',
    stop: 'Arrêter',
    underWay: 'Essai en cours : vous allez entendre quelques sons…',
    picture: 'Votre image',
    note: 'Rien n’est enregistré ni envoyé.',
    good: 'Votre caméra et votre micro fonctionnent.',
    heard: 'Vous devez avoir entendu des sons. Sinon, montez le volume ou changez de sortie audio.',
  },
};
