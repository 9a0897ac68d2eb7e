import { createServer } from 'node:tls';
import { expect, it } from 'vitest';
import { makeRunFolder } from '#rig/run-folder.ts';
import { makeCertificate } from '../../test/jitsi/certificate.ts';
import { serverKeyHash } from './server-key.ts';

it('gives the key of a certificate that nobody signed, and says where there is none', async () => {
  const { key, cert, publicKeyHash } = await makeCertificate(makeRunFolder('key'), 'own');
  const server = createServer({ key, cert });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const address = server.address();
  const domain = `localhost:${address !== null && typeof address === 'object' ? address.port : 0}`;
  expect(await serverKeyHash(domain)).toBe(publicKeyHash);
  await new Promise((resolve) => server.close(resolve));
  await expect(serverKeyHash(domain)).rejects.toThrow('shows no certificate');
});
