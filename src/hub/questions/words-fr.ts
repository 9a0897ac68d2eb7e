/** The mails about questions: a postcard that says where to look, and nothing of what, of whom, or from whom. */
const sign = 'Vis-à-vis';

export interface Letter {
  readonly subject: string;
  readonly text: string;
}

function letter(subject: string, line: string, link: string): Letter {
  return {
    subject,
    text: `Bonjour,\n\n${line}\n\n${link}\n\nPour protéger l’usager, ce message ne dit rien de la question\u00a0: connectez-vous pour la lire.\n\n${sign}\n`,
  };
}

export const questionLetters = {
  asked: (link: string) =>
    letter(
      'Une question attend votre réponse',
      'Une mairie a posé une question à votre organisme\u00a0:',
      link,
    ),
  replied: (link: string) =>
    letter(
      'Une mairie vous a répondu',
      'Une mairie a complété une question posée à votre organisme\u00a0:',
      link,
    ),
  reminder: (link: string, hoursLeft: number) =>
    letter(
      `Une question attend votre réponse\u00a0: il reste ${hoursLeft}\u00a0heures`,
      `Une question posée à votre organisme attend encore sa réponse. Il reste ${hoursLeft}\u00a0heures sur les 72\u00a0:`,
      link,
    ),
  late: (link: string) =>
    letter(
      'Une question est en retard',
      'Une question posée à votre organisme attend sa réponse depuis plus de 72\u00a0heures\u00a0:',
      link,
    ),
  answered: (link: string) =>
    letter('Une réponse est arrivée', 'Un organisme a répondu à votre question\u00a0:', link),
  askedBack: (link: string) =>
    letter(
      'Un organisme vous demande une précision',
      'Un organisme a besoin d’une précision avant de répondre à votre question\u00a0:',
      link,
    ),
};
