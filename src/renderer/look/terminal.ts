/** The one thing that the preload gives a page. */
import type { DeskClient, FaceClient } from '#shared/ipc.ts';

/** `Client`: of this page. */
export function terminalClient<Client extends FaceClient | DeskClient>(): Client {
  return (window as unknown as { terminal: Client }).terminal;
}
