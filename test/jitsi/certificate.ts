/** A self-signed certificate for this machine, made anew for each deployment. */
import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { runCommand } from '../rig/run-command.ts';

export interface Certificate {
  readonly key: Buffer;
  readonly cert: Buffer;
  /** SHA-256 of its public key, base64: what Chromium's --ignore-certificate-errors-spki-list takes. */
  readonly publicKeyHash: string;
}

/** @param folder where the files are written, under `name`. */
export async function makeCertificate(folder: string, name: string): Promise<Certificate> {
  const [keyFile, certFile] = [path.join(folder, `${name}.key`), path.join(folder, `${name}.crt`)];
  await runCommand('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
    ...['-keyout', keyFile, '-out', certFile, '-days', '2', '-subj', '/CN=localhost'],
    ...['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
  ]);
  const cert = readFileSync(certFile);
  const publicKey = new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' });
  return {
    key: readFileSync(keyFile),
    cert,
    publicKeyHash: createHash('sha256').update(publicKey).digest('base64'),
  };
}
