/** A repository's folder on a port of this machine, as any web server would serve it. */
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

export interface ServedRepository {
  /** http://localhost:PORT */
  readonly address: string;
  readonly close: () => Promise<void>;
}

export async function serveRepository(folder: string): Promise<ServedRepository> {
  const server = createServer((request, response) => {
    const wanted = path.join(
      folder,
      decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname),
    );
    const found = wanted.startsWith(folder) ? statSync(wanted, { throwIfNoEntry: false }) : undefined;
    if (!found?.isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-length': found.size, 'last-modified': found.mtime.toUTCString() });
    createReadStream(wanted).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://localhost:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
