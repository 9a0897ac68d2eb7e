/** The words of the own account: log-in with a code, the link of an invitation, "Mon compte". */
import { dayAndHour } from './moment-fr.ts';

const N = '\u00a0';

export const accountFr = {
  page: 'Mon compte',
  title: 'Mon compte – Vis-à-vis',
  loading: 'Ouverture…',
  /** At the log-in. */
  code: 'Code de votre application',
  codeHint: `Six chiffres. Téléphone perdu${N}? Écrivez un de vos codes de secours.`,
  codeMissing: 'Écrivez les six chiffres, ou un code de secours.',
  forgotten: `Mot de passe oublié${N}?`,
  forgottenTitle: 'Mot de passe oublié',
  forgottenNote: 'Écrivez votre adresse. Vous recevrez un lien pour choisir un nouveau mot de passe.',
  forgottenSend: 'Recevoir un lien',
  forgottenSent: 'Si cette adresse a un compte, un courriel est en route. Son lien sert une heure.',
  forgottenNoMail:
    'Rien reçu au bout de dix minutes, même dans les indésirables\u00a0? Appelez votre exploitant ou l’administration.',
  back: 'Revenir à la connexion',
  welcomeTitle: 'Bienvenue',
  welcomeTab: 'Choisir un mot de passe – Vis-à-vis',
  welcomeFor: (name: string) => `Bonjour ${name}, choisissez votre mot de passe.`,
  welcomeDone: 'Mot de passe enregistré. Connectez-vous avec lui et le code de votre application.',
  newPassword: 'Nouveau mot de passe',
  passwordHint: 'Douze signes au moins. Quelques mots sans rapport entre eux font très bien l’affaire.',
  tooShort: 'Il faut douze signes au moins.',
  showPassword: 'Montrer le mot de passe',
  savePassword: 'Enregistrer',
  loggedInAs: (email: string) => `Vous vous connectez avec l’adresse ${email}.`,
  passwordTitle: 'Mot de passe',
  currentPassword: 'Mot de passe actuel',
  missingPassword: 'Écrivez votre mot de passe.',
  changePassword: 'Changer de mot de passe',
  passwordChanged: 'Mot de passe changé. Vos autres sessions sont terminées.',
  factorTitle: 'Second facteur',
  factorOff:
    'Avec un code de votre téléphone en plus du mot de passe, personne n’entre à votre place, même en connaissant votre mot de passe.',
  factorOn: (left: number) =>
    left > 1
      ? `En place. Il vous reste ${left} codes de secours.`
      : left === 1
        ? 'En place. Il vous reste un code de secours.'
        : 'En place, mais sans code de secours. Retirez-le, puis remettez-le pour en avoir d’autres.',
  addFactor: 'Ajouter un second facteur',
  removeFactor: 'Retirer le second facteur',
  factorRemoved: 'Second facteur retiré.',
  scan: 'Visez ce carré avec votre application de codes, puis écrivez ici les six chiffres qu’elle montre.',
  qr: 'Carré à viser avec l’application de codes',
  secret: `Sans appareil photo, recopiez cette clé dans l’application${N}:`,
  sixDigits: 'Les six chiffres',
  sixMissing: 'Écrivez les six chiffres.',
  confirm: 'Confirmer',
  recoveryTitle: 'Vos codes de secours',
  recoveryNote:
    'Gardez-les sur papier, loin du téléphone. Chacun sert une fois si le téléphone manque. Ils ne seront plus montrés.',
  recoveryKept: 'Je les ai notés',
  cancel: 'Abandonner',
  sessionsTitle: 'Sessions ouvertes',
  sessionsNote: 'Une session finit d’elle-même après dix heures.',
  session: (startedAt: number) => `Ouverte le ${dayAndHour(startedAt)}`,
  thisSession: 'celle-ci',
  endSession: 'Terminer',
  endSessionOf: (startedAt: number) => `Terminer la session ouverte le ${dayAndHour(startedAt)}`,
};
