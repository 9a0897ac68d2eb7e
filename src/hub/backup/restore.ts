/** npm run restore -- FILE: into an empty database, with everything that is due removed first. */
import { describeError } from '../log.ts';
import { CommandFailed, isCommand, keyFileOf, runCommand } from './command.ts';
import { restoreHub } from './restore-hub.ts';
import { readBackupKey } from './sealed-file.ts';

if (isCommand(import.meta.url)) {
  await runCommand(async (database, { secretFile, keepAnnouncement }) => {
    const file = process.argv[2];
    if (!file) throw new CommandFailed('Dites quoi : npm run restore -- FICHIER');
    const key = await readBackupKey(keyFileOf(process.env));
    const { madeAt, rows, removed, trail, overdue } = await restoreHub({
      ...{ database, file, key, secretFile, keepAnnouncement, clock: Date.now },
      log: { error: (content: unknown) => console.error(JSON.stringify(describeError(content))) },
    });
    const day = new Date(madeAt).toLocaleString('fr-FR', { dateStyle: 'long', timeStyle: 'short' });
    return [
      `Sauvegarde du ${day} restaurée : ${rows} lignes, dont ${removed} effacées aussitôt parce que leur durée était passée.`,
      trail.findings.length === 0
        ? 'Le journal qu’elle contenait est intact.'
        : 'ATTENTION : le journal qu’elle contenait avait été modifié ; voyez npm run verify-audit.',
      ...(overdue.length > 0 ? ['ATTENTION : tout ce qui devait être effacé ne l’est pas encore.'] : []),
      'Ce qui a été effacé à la demande de personnes depuis cette sauvegarde est revenu : effacez-le de nouveau.',
    ];
  });
}
