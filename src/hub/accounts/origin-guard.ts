/**
 * Against cross-site request forgery: whatever changes something must come from the console's own page. Every browser
 * sends Origin with such a request, and no page can forge it. Room and console differ by origin only, and cookies do
 * not know ports, so SameSite alone would let a page of the room act for the counsellor.
 */
import type { FastifyInstance } from 'fastify';
import type { Hub } from '../hub.ts';
import { refuse } from './guard.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The address is the key and no session counts: there is nothing for another site to misuse. */
    byCapability?: true;
  }
}

const HARMLESS = new Set(['GET', 'HEAD', 'OPTIONS']);

export function guardOrigin(app: FastifyInstance, hub: Hub): void {
  app.addHook('onRequest', async (request, reply) => {
    if (HARMLESS.has(request.method)) return;
    // Its page has no referrer, so that browsers send "Origin: null" with its form.
    if (request.routeOptions.config.byCapability) return;
    const site = request.headers['sec-fetch-site'];
    const own =
      request.headers.origin === hub.origins().hub && (site === undefined || site === 'same-origin');
    if (own) return;
    await hub.refuseStranger(request.ip, { action: 'crossOrigin', outcome: 'forbidden' });
    return refuse(reply, 'forbidden');
  });
}
