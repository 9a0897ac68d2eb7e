/** What became of a terminal's updates, for the operator. */
import type { UpdateOutcome, UpdateReport, UpdateTrouble } from '#shared/machine/update-report.ts';

const troubles: Record<UpdateTrouble, string> = {
  badSignature:
    'la liste des paquets n’est pas signée par la clé attendue. Ne changez rien : vérifiez d’abord le dépôt',
  expired: 'la liste des paquets est périmée : elle n’a pas été signée à nouveau',
  damaged: 'un paquet ou la liste n’est pas ce qui a été signé. Vérifiez le dépôt',
  clockBehind: 'l’horloge de la borne retarde',
  unreachable: 'le dépôt ne répond pas',
  noRoom: 'le disque de la borne est plein',
  noWayBack: 'la version actuelle n’est plus dans le dépôt : aucun retour ne serait possible',
  notInstalled: 'les paquets n’ont pas pu être installés',
  keepsEnding: 'le programme s’arrêtait sans cesse',
  notPainted: 'un écran restait vide',
  hubNotReached: 'le serveur n’était plus joint',
  deviceLost: 'un appareil ne fonctionnait plus',
};

export const updatesFr = {
  channels: { stable: 'Canal stable', pilot: 'Canal pilote' },
  noSource: 'Aucun dépôt de mises à jour',
  neverLooked: 'Mises à jour jamais vérifiées',
  looked: (when: string) => `Mises à jour vérifiées : ${when}`,
  pending: (version: string) => `Version ${version} prête : elle attend une heure sans visite`,
  outcome(last: UpdateOutcome, when: string): string {
    switch (last.outcome) {
      case 'updated':
        return `Passée de ${last.from} à ${last.to} (${when})`;
      case 'rolledBack':
        return `Revenue à ${last.from} (${when}) : avec la version ${last.to}, ${troubles[last.trouble]}`;
      case 'refused':
        return `Mise à jour refusée (${when}) : ${troubles[last.trouble]}`;
    }
  },
  channel(report: UpdateReport): string {
    return report.channel === null ? updatesFr.noSource : updatesFr.channels[report.channel];
  },
};
