/** What the hub keeps, and whether what was due is gone: for those who answer for it. */
import type { FastifyInstance } from 'fastify';
import { keptAnswer } from '#shared/protocol/data-protection.ts';
import { refuse, requireAccount } from '../accounts/guard.ts';
import type { Hub } from '../hub.ts';
import type { PurgeKindName } from './purge.ts';
import { retention } from './retention.ts';

const NAMES: Readonly<Record<PurgeKindName, string>> = {
  visits: 'Visites que personne n’a prises',
  announcements: 'Annonces de visites passées',
  appointments: 'Personnes des rendez-vous passés',
  questions: 'Questions écrites, un mois après leur clôture',
  mails: 'Messages abandonnés',
  sessions: 'Sessions finies',
  attempts: 'Tentatives de connexion',
  enrolmentCodes: 'Codes d’installation de bornes',
  accountLinks: 'Invitations et mots de passe oubliés, une fois le lien périmé',
  passkeyChallenges: 'Demandes aux clés d’accès, une fois périmées',
  spentLogIns: 'Retours du fournisseur d’identité déjà utilisés',
  audit: 'Journal des actions',
  purgeRuns: 'Preuves d’effacement',
};

export function retentionRoutes(app: FastifyInstance, hub: Hub): void {
  app.get('/api/kept', { preValidation: requireAccount(hub) }, async ({ account }, reply) => {
    if (account?.role !== 'operator' && account?.role !== 'administrator') {
      await hub.audit({ actor: account?.accountId ?? null, action: 'keptData', outcome: 'forbidden' });
      return refuse(reply, 'forbidden');
    }
    const states = await hub.purge.state();
    return keptAnswer.parse({
      purges: states.map(({ kind, ...state }) => ({ name: NAMES[kind], ...state })),
      auditWhole: hub.auditKeeper.isWhole(),
      kept: Object.values(retention).flatMap(({ register, sealed }) =>
        register
          ? [
              {
                ...{ what: register.what, why: register.why, basis: register.basis, until: register.until },
                sealed: sealed !== undefined,
              },
            ]
          : [],
      ),
    });
  });
}
