/** The resident's page, without script: whoever was forwarded the link reads when, where and with which body, never who or why. */
import { createHash } from 'node:crypto';
import { BRING, momentOf } from './letters-fr.ts';
import type { AppointmentRecord } from './store.ts';

const N = '\u00a0';
const STYLE = `body{margin:0;background:#fff;color:#111;font:1.375rem/1.5 Arial,sans-serif}
main{max-width:38rem;margin:0 auto;padding:1.5rem}
h1{font-size:2rem;line-height:1.25}dt{font-weight:bold}dd{margin:0 0 1rem}
a,button{box-sizing:border-box;display:block;width:100%;margin:1rem 0;padding:1rem;border:3px solid #003a70;border-radius:.5rem;background:#fff;color:#003a70;font:inherit;font-weight:bold;text-align:center;cursor:pointer}
button{background:#003a70;color:#fff}:focus-visible{outline:4px solid #111;outline-offset:3px}`;

/** No script, nothing from elsewhere; the form goes back to the hub alone. */
export const PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

type View = AppointmentRecord['view'];

export const residentPages = {
  shown: (view: View, path: string) =>
    page('Votre rendez-vous', [
      facts(view),
      `<p>${BRING}</p>`,
      `<a href="${path}/calendrier.ics" download="rendez-vous.ics">Ajouter à mon agenda</a>`,
      `<a href="${path}/annuler">Annuler le rendez-vous</a>`,
    ]),
  confirm: (view: View, path: string) =>
    page(`Annuler ce rendez-vous${N}?`, [
      facts(view),
      `<form method="post" action="${path}/annuler"><button>Oui, annuler le rendez-vous</button></form>`,
      `<a href="${path}">Non, garder le rendez-vous</a>`,
    ]),
  cancelled: () =>
    page('Le rendez-vous est annulé', [
      '<p>La mairie le sait. Pour en prendre un autre, adressez-vous à elle.</p>',
    ]),
  past: () =>
    page('Ce rendez-vous est passé', ['<p>Pour en prendre un autre, adressez-vous à la mairie.</p>']),
  unknown: () =>
    page('Ce lien ne mène à aucun rendez-vous', ['<p>Adressez-vous à la mairie, elle vous renseignera.</p>']),
};

function facts(view: View): string {
  return `<dl><dt>Quand</dt><dd>${momentOf(view)}</dd><dt>Où</dt><dd>${escaped(`Mairie de ${view.mairie}, ${view.terminal}`)}</dd><dt>Avec</dt><dd>${escaped(view.body)}, par vidéo</dd></dl>`;
}

function page(title: string, parts: readonly string[]): string {
  return `<!doctype html><html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title><style>${STYLE}</style></head><body><main><h1>${title}</h1>${parts.join('')}</main></body></html>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? '');
