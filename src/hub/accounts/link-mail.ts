/** The mails with a link. Nothing in them says who somebody is: a mail is a postcard. */
import type { Mail } from '../mail/mailbox.ts';

type Occasion = 'invitation' | 'forgotten';

const TEXTS: Readonly<
  Record<Occasion, { readonly subject: string; readonly text: (link: string) => string }>
> = {
  invitation: {
    subject: 'Votre accès à Vis-à-vis',
    text: (link) =>
      `Bonjour,\n\nUn accès à Vis-à-vis vous a été préparé. Ouvrez ce lien pour choisir votre mot de passe\u00a0:\n\n${link}\n\nCe lien sert une seule fois, pendant sept jours. Si vous n’attendez pas ce message, ne faites rien.\n`,
  },
  forgotten: {
    subject: 'Votre mot de passe Vis-à-vis',
    text: (link) =>
      `Bonjour,\n\nQuelqu’un, sans doute vous, a demandé un nouveau mot de passe. Ouvrez ce lien pour le choisir\u00a0:\n\n${link}\n\nCe lien sert une seule fois, pendant une heure. Si vous n’avez rien demandé, ne faites rien\u00a0: votre mot de passe ne change pas.\n`,
  },
};

export function linkMail(occasion: Occasion, to: string, link: string): Mail {
  const { subject, text } = TEXTS[occasion];
  return { to, subject, text: text(link) };
}
