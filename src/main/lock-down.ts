/** What no page of this application may ever do, whatever it has become: applied to every page at its birth. */
import { app, session } from 'electron';
import type { Log } from './log.ts';

export function lockDown(log: Log): void {
  app.on('web-contents-created', (_event, contents) => {
    const deny = (event: { preventDefault: () => void }) => {
      event.preventDefault();
      log.warn({ event: 'page.navigation-refused' });
    };
    contents.on('will-navigate', (event) => {
      // A page may only load itself again.
      if (event.url !== contents.getURL()) deny(event);
    });
    contents.on('will-redirect', deny);
    contents.on('will-attach-webview', deny);
    contents.setWindowOpenHandler(() => {
      log.warn({ event: 'page.window-refused' });
      return { action: 'deny' };
    });
    contents.on('will-prevent-unload', (event) => event.preventDefault());
  });
  app.on('session-created', (created) => {
    denyAll(created);
    created.on('will-download', (event) => {
      event.preventDefault();
      log.warn({ event: 'page.download-refused' });
    });
  });
  denyAll(session.defaultSession);
}

/** Every permission refused: the room's session sets its own narrow handlers afterwards. */
function denyAll(refused: Electron.Session): void {
  refused.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  refused.setPermissionCheckHandler(() => false);
  refused.setDevicePermissionHandler(() => false);
  refused.setDisplayMediaRequestHandler(null);
}
