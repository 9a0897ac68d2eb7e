/** npm run verify-audit: says in plain words whether, and where, the audit trail was changed. */
import { CommandFailed, isCommand, runCommand } from '../backup/command.ts';
import { deriveKey, readSecrets } from '../secret.ts';
import { anchorBeside } from './anchor.ts';
import { type TrailFinding, type TrailReport, verifyAudit } from './verify.ts';

/** One sentence a line. */
export function reportInWords({ entries, waiting, before, findings }: TrailReport): string[] {
  return [
    findings.length === 0
      ? `Le journal est intact : ${entries} entrées enchaînées, ${waiting} en attente de l’être.`
      : `Le journal a été MODIFIÉ par autre chose que le hub (${entries} entrées lues) :`,
    ...findings.map((finding) => `- ${sentenceOf(finding)}`),
    ...(before > 0
      ? [`${before} entrées plus anciennes que la chaîne : on ne peut rien dire de celles-là.`]
      : []),
  ];
}

function sentenceOf(finding: TrailFinding): string {
  const when = (at: number) =>
    new Date(at).toLocaleString('fr-FR', { dateStyle: 'long', timeStyle: 'medium' });
  switch (finding.kind) {
    case 'noBase':
      return 'rien ne dit où la chaîne commence, ou ce qui le dit a été réécrit';
    case 'missing':
      return `il manque ${finding.before - finding.after - 1} entrées avant celle du ${when(finding.at)}`;
    case 'changed':
      return `l’entrée n° ${finding.position}, datée du ${when(finding.at)}, a été changée ou ajoutée`;
    case 'moved':
      return `l’entrée n° ${finding.position}, datée du ${when(finding.at)}, n’est pas à sa place`;
    case 'copied':
      return 'des entrées ont été recopiées';
    case 'endCut':
      return `la fin a été coupée : l’entrée n° ${finding.link} de la chaîne, notée hors de la base, n’y est plus`;
  }
}

if (isCommand(import.meta.url)) {
  await runCommand(async (database, { secretFile }) => {
    const keys = readSecrets(secretFile).map((secret) => deriveKey(secret, 'audit'));
    const report = await verifyAudit(database, keys, anchorBeside(secretFile));
    const sentences = reportInWords(report);
    if (report.findings.length > 0) throw new CommandFailed(sentences.join('\n'));
    return sentences;
  });
}
