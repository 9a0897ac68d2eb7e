/**
 * A piece of network between a browser and a server of this machine, which can be cut as networks are: without a word.
 * What was open when it was cut stays silent for ever, as behind a router that forgot it.
 */
import { connect, createServer, type Socket } from 'node:net';

export interface Relay {
  /** Of 127.0.0.1. */
  readonly port: number;
  readonly cut: () => void;
  readonly mend: () => void;
  readonly close: () => Promise<void>;
}

export async function startRelay(targetPort: number): Promise<Relay> {
  const open = new Set<Socket>();
  let whole = true;

  function hold(socket: Socket): void {
    open.add(socket);
    // A reset is what pulled plugs and killed servers look like; it is passed on by the pipe's end.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => open.delete(socket));
  }

  const server = createServer((near) => {
    hold(near);
    if (!whole) return;
    const far = connect({ port: targetPort, host: 'localhost' });
    hold(far);
    near.pipe(far);
    far.pipe(near);
    near.on('close', () => far.destroy());
    far.on('close', () => {
      if (whole) near.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port.');
  return {
    port: address.port,
    cut: () => {
      whole = false;
      for (const socket of open) {
        socket.unpipe();
        socket.pause();
      }
    },
    mend: () => {
      whole = true;
    },
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
