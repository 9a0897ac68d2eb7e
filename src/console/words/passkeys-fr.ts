/** The words of passkeys: at the log-in, and on "Mon compte". */
const N = '\u00a0';

const DAY = new Intl.DateTimeFormat('fr-FR', { day: 'numeric', month: 'long', year: 'numeric' });

export const passkeysFr = {
  /** At the log-in. */
  or: 'ou sans mot de passe',
  button: 'Se connecter avec une clé d’accès',
  waiting: 'Regardez ce que demande l’appareil…',
  buttonNote: 'Empreinte, visage ou clé de sécurité. Elle s’ajoute une fois dans «\u00a0Mon compte\u00a0».',
  /** On "Mon compte". */
  title: 'Se connecter avec l’empreinte, le visage ou une clé de sécurité',
  note: 'Une clé d’accès remplace l’adresse, le mot de passe et le code. Votre empreinte et votre visage ne quittent pas votre appareil. Votre mot de passe reste valable.',
  shared: 'N’en ajoutez pas sur un ordinateur ou un téléphone que d’autres personnes peuvent ouvrir.',
  unfit: 'Ce navigateur ne permet pas d’ajouter une clé d’accès à cette adresse.',
  none: 'Vous n’avez pas encore de clé d’accès.',
  list: 'Vos clés d’accès',
  dates: (addedAt: number, lastUsedAt: number | null) =>
    `Ajoutée le ${DAY.format(addedAt)}, ${
      lastUsedAt === null ? 'pas encore utilisée' : `utilisée la dernière fois le ${DAY.format(lastUsedAt)}`
    }.`,
  label: 'Nom de cette clé',
  labelHint: `Pour la reconnaître plus tard${N}: «\u00a0téléphone\u00a0», «\u00a0ordinateur du bureau\u00a0»…`,
  labelMissing: 'Donnez-lui un nom.',
  add: 'Ajouter une clé d’accès',
  go: 'Continuer',
  added: 'Clé d’accès ajoutée. Elle sert dès la prochaine connexion.',
  rename: 'Renommer',
  renameOf: (label: string) => `Renommer ${label}`,
  save: 'Enregistrer',
  cancel: 'Abandonner',
  remove: 'Retirer',
  removeOf: (label: string) => `Retirer ${label}`,
  removeNote: 'Cette clé n’ouvrira plus votre compte.',
  removeLast: 'C’est votre dernière clé d’accès. Ensuite, vous vous connecterez avec votre mot de passe.',
  removed: 'Clé d’accès retirée. Vous pouvez aussi l’effacer dans les réglages de l’appareil.',
};
