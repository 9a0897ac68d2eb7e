/** What is said of a terminal's last wipe, in French. */

/** What was looked at, by the names that terminals give their checks. */
const looks: Readonly<Record<string, string>> = {
  'paper-process': 'Programmes qui tenaient les documents',
  'memory-folders': 'Dossiers en mémoire',
  'print-jobs': 'Imprimante : travaux en cours et passés',
  'room-sessions': 'Salon vidéo : cookies, bases, caches',
  'disk-storage': 'Caches et bases sur le disque',
  'scan-files': 'Scanner : fichiers provisoires',
  clipboard: 'Presse-papiers',
  'crash-dumps': 'Rapports de panne',
  desk: 'Contenu du bureau',
  face: 'Contenu de l’écran du visage',
  'page-processes': 'Programmes qui dessinaient les écrans',
  'main-memory': 'Mémoire du programme principal',
};

export const wipeFr = {
  good: (when: string) => `Effacement vérifié ${when}, rien ne reste`,
  bad: (when: string) => `Effacement non vérifié ${when}`,
  badTodo: 'N’installez personne. La borne réessaie seule ; si cela dure, appelez votre exploitant.',
  forgedTitle: 'À ne pas utiliser',
  forged: 'La signature de l’effacement est fausse',
  forgedTodo: 'N’installez personne et appelez votre exploitant : ce résultat ne vient pas de la borne.',
  looking: 'Lecture de la signature de l’effacement…',
  none: 'aucun',
  details: 'Ce qui a été vérifié',
  look: (name: string) => looks[name] ?? name,
  counted: (looked: number, left: number) =>
    left === 0
      ? `${looked} vu${looked > 1 ? 's' : ''}, rien ne reste`
      : `${left} reste${left > 1 ? 'nt' : ''} à effacer`,
  left: (names: string) => `Reste à effacer : ${names}`,
};
