/** A visit that a counsellor hands over, or leaves to who knows its motive. */
const EITHER = new Intl.ListFormat('fr-FR', { type: 'disjunction' });

export const handOverFr = {
  open: 'Passer la visite',
  title: (name: string) => `À qui passer la visite de ${name} ?`,
  note: 'La personne reste assise devant la borne, et ses papiers y restent. Ce que vous n’avez pas enregistré ici est perdu.',
  toWhom: 'À qui',
  queue: 'À la file d’attente',
  queueNote: 'Elle garde son rang : le premier conseiller libre de votre organisme la prend.',
  colleagueFree: 'disponible',
  colleagueBusy: 'en visite',
  body: (count: number) =>
    count === 0 ? 'aucun conseiller présent' : `${count} présent${count > 1 ? 's' : ''}`,
  nobodyThere:
    'Personne n’est connecté dans cet organisme : l’attente peut être longue. Prévenez la personne.',
  confirm: 'Passer la visite',
  keep: 'Garder la visite',
  forYou: 'Un collègue vous la passe.',
  /** Of somebody who waits, with a motive that these colleagues know. */
  ratherFor: (names: readonly string[]) => `Motif que connaît ${EITHER.format(names)}`,
  knowsMotive: (note: string) => `${note}, connaît ce motif`,
  forColleague: (name: string) => `Passée à ${name}`,
};
