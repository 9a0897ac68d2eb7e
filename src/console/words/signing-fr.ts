/** The words of printing, signing and scanning back. */
const N = '\u00a0';

export const signingFr = {
  print: 'Imprimer pour signature',
  fileName: (name: string) => `${name} (à signer).pdf`,
  signedName: (name: string) => `${name} (signé).pdf`,
  title: 'À signer',
  code: (digits: string) => `code ${digits}`,
  steps: 'Étapes de la signature',
  printed: 'Imprimé',
  printing: 'Impression…',
  notPrinted: 'Pas encore imprimé',
  printAgain: 'Imprimer à nouveau',
  sign: (pages: readonly number[]) =>
    pages.length > 1
      ? `La personne signe, pages ${pages.join(', ')}`
      : `La personne signe, page ${pages.join()}`,
  showWhere: (page: number) => `Montrer où signer, page ${page}`,
  scan: 'Numériser les pages signées',
  page: (page: number) => `Page ${page}${N}: `,
  awaited: 'attendue',
  looking: 'vérification…',
  verdict: {
    back: 'revenue',
    signed: 'signé',
    faint: 'une trace légère, regardez si c’est signé',
    unsigned: 'il manque la signature',
    different: 'ce n’est pas la page qui a été imprimée',
    unknown: 'n’a pas pu être comparée, regardez-la',
  },
  accepted: 'acceptée par vous',
  skipped: 'laissée de côté par vous',
  accept: 'Accepter',
  acceptNamed: (page: number) => `Accepter la page ${page} comme elle est`,
  skip: 'Sans elle',
  skipNamed: (page: number) => `Continuer sans la page ${page}`,
  stranger:
    'Une page de la dernière numérisation n’a pas le code de ce formulaire\u00a0: ce n’est pas celle qui a été imprimée.',
  save: 'Enregistrer la copie signée',
  saving: 'Assemblage de la copie…',
  saved: (name: string) => `Enregistré${N}: ${name}`,
  digest: (short: string) => `Empreinte${N}: ${short}`,
  saveFailed: 'La copie n’a pas pu être assemblée. Numérisez de nouveau la dernière page.',
  stop: 'Arrêter la signature',
};
