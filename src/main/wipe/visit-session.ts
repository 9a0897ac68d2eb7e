/**
 * Empties a session that a visit used, and looks into it as a page would: a session tells its cookies and its cache,
 * and nothing of what pages stored by other means.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Session, WebContentsView, webContents } from 'electron';
import { APP_SCHEME } from '#shared/screen-places.ts';
import type { VisitSession } from '../media-session.ts';

/** ms between two looks whether a page is gone. */
const LOOK_AGAIN = 10;

/** Resolves once no page runs in it any more and what they stored is removed. */
export async function emptySession({ session }: VisitSession): Promise<void> {
  // A page that is on its way out could still write. The wipe bounds the wait.
  while (pagesIn(session) > 0) await sleep(LOOK_AGAIN);
  await Promise.all([
    session.clearStorageData(),
    session.clearCache(),
    session.clearAuthCache(),
    session.clearCodeCaches({}),
    session.clearHostResolverCache(),
  ]);
  await session.closeAllConnections();
}

/** How many things are left in it. */
export async function leftInSession({ session, origins }: VisitSession): Promise<number> {
  const pages = pagesIn(session);
  const onDisk = session.getStoragePath() === null ? 0 : 1;
  const cached = (await session.getCacheSize()) > 0 ? 1 : 0;
  const cookies = await session.cookies.get({});
  return pages + onDisk + cached + cookies.length + (await storedIn(session, origins));
}

function pagesIn(session: Session): number {
  return webContents.getAllWebContents().filter((page) => page.session === session).length;
}

/**
 * Opens an empty page of the terminal's room that frames an empty page of each origin, as the visit's pages were framed
 * (what a frame stores is kept apart for each page around it), and counts what they find. Nothing is fetched: the
 * session itself answers for the origins.
 */
async function storedIn(session: Session, origins: readonly string[]): Promise<number> {
  const frames = origins.map((origin) => `<iframe src="${new URL(origin).href}"></iframe>`).join('');
  const served: [scheme: string, html: string][] = [
    [APP_SCHEME, `<!doctype html>${frames}`],
    ['http', '<!doctype html>'],
    ['https', '<!doctype html>'],
  ];
  for (const [scheme, html] of served) {
    if (session.protocol.isProtocolHandled(scheme)) session.protocol.unhandle(scheme);
    session.protocol.handle(scheme, () => new Response(html, { headers: { 'content-type': 'text/html' } }));
  }
  const view = new WebContentsView({
    webPreferences: { session, sandbox: true, contextIsolation: true, nodeIntegration: false },
  });
  try {
    await view.webContents.loadURL(`${APP_SCHEME}://room/wiped`);
    const pages = view.webContents.mainFrame.framesInSubtree;
    // A frame that did not load looked at nothing.
    if (pages.length !== origins.length + 1) throw new Error('A page for the check did not load.');
    const found = await Promise.all(pages.map((page) => page.executeJavaScript(COUNT_STORED)));
    return found.reduce((sum: number, count) => sum + Number(count), 0);
  } finally {
    view.webContents.close({ waitForBeforeUnload: false });
    for (const [scheme] of served) session.protocol.unhandle(scheme);
  }
}

/** Runs in the page: everything that the web platform lets it store. */
const COUNT_STORED = `(async () => {
  const { usage = 0 } = await navigator.storage.estimate();
  const databases = await indexedDB.databases();
  const caches = 'caches' in self ? await self.caches.keys() : [];
  // The terminal's own scheme has none, and asking for them is an error there.
  const mayWork = location.protocol.startsWith('http') && 'serviceWorker' in navigator;
  const workers = mayWork ? await navigator.serviceWorker.getRegistrations() : [];
  return localStorage.length + sessionStorage.length + databases.length + caches.length + workers.length + usage;
})()`;
