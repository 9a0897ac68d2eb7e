/** Log-in with ProConnect, beside the password. */
export const providerFr = {
  button: 'S’identifier avec ProConnect',
  leaving: 'Ouverture de ProConnect…',
  shared: 'Poste partagé : me redemander qui je suis',
  sharedNote:
    'Cochez si d’autres personnes utilisent cet ordinateur : ProConnect vous demandera qui vous êtes.',
  or: 'ou avec un mot de passe',
  left: 'Déconnexion faite, ici et chez ProConnect.',
};
