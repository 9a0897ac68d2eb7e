/** The key that a server shows, whoever signed it. */
import { createHash, X509Certificate } from 'node:crypto';
import { connect } from 'node:tls';

const PATIENCE = 10_000;

/**
 * SHA-256 of the public key of the certificate that this server shows now, base64: what Chromium's
 * --ignore-certificate-errors-spki-list takes, so that this one is believed and no other.
 * @param domain host[:port]
 */
export function serverKeyHash(domain: string): Promise<string> {
  const { hostname, port } = new URL(`https://${domain}`);
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: hostname,
      port: Number(port || 443),
      servername: hostname,
      rejectUnauthorized: false,
    });
    socket.setTimeout(PATIENCE, () => socket.destroy(new Error(`${domain} does not answer.`)));
    socket.once('error', (error) => reject(new Error(`${domain} shows no certificate: ${error.message}`)));
    socket.once('secureConnect', () => {
      const { publicKey } = new X509Certificate(socket.getPeerCertificate().raw);
      socket.destroy();
      resolve(
        createHash('sha256')
          .update(publicKey.export({ type: 'spki', format: 'der' }))
          .digest('base64'),
      );
    });
  });
}
