/** Every word that the room page shows. */
export const fr = {
  title: 'Salon',
  waiting: 'En attente de la borne…',
  connecting: 'L’image arrive…',
  lost: 'Image perdue, nous la retrouvons…',
  voiceOnly: 'Caméra éteinte',
  muted: 'Micro coupé',
  over: 'L’appel est terminé.',
  refused: 'L’accès à ce salon est refusé.',
  self: 'Votre image',
  other: 'Image de l’autre côté',
  third: 'Image de la personne invitée',
};
export type Words = typeof fr;
