/** One IPP printer (RFC 8010, RFC 8011) asked over HTTP; the library writes and reads the messages. */
import { type ClientRequest, type RequestOptions, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import ipp, { type IppGroup, type IppMessage, type IppValue } from '@sealsystems/ipp';
import type { Result } from '#shared/failure.ts';

/** Operation attributes that the library's table lacks; what it does not know it leaves out in silence. */
const operationSyntax = ipp.attributes.Operation;
if (!operationSyntax) throw new Error('The IPP library has no table of operation attributes');
// CUPS's own: https://www.cups.org/doc/spec-ipp.html#CANCEL_JOB
operationSyntax['purge-job'] = operationSyntax['my-jobs'];
// RFC 3995 §11.2.7
operationSyntax['notify-subscription-id'] = operationSyntax['job-id'];

/** A printer that is there takes a connection at once; one that is off takes none. */
const CONNECT_MS = 1_000;
/** ms between two pieces of a document, and after the last one until the answer. */
const DOCUMENT_MS = 60_000;

export interface IppRequest {
  readonly operation: string;
  /** Operation attributes beside the charset, the language, the printer's URI and the user's name. */
  readonly attributes?: IppGroup;
  readonly job?: IppGroup;
  readonly subscription?: IppGroup;
  /** Sent as it comes; a failure in it ends the request, and whoever receives it keeps nothing of it. */
  readonly data?: AsyncIterable<Result<Uint8Array>>;
}

export interface IppAnswer {
  /** RFC 8011's keyword: "successful-ok", "client-error-not-found"… */
  readonly status: string;
  readonly succeeded: boolean;
  readonly group: (name: IppGroupName) => readonly IppGroup[];
}

export type IppGroupName =
  | 'printer-attributes-tag'
  | 'job-attributes-tag'
  | 'subscription-attributes-tag'
  | 'event-notification-attributes-tag';

export interface IppClient {
  /** Null: not reached, no answer within the time, or an answer that is no IPP. */
  readonly ask: (request: IppRequest) => Promise<IppAnswer | null>;
}

export interface IppClientOptions {
  /** ipp://, ipps://, http:// or https://. */
  readonly uri: string;
  /** requesting-user-name: the same neutral one for everything, so that our jobs are ours and name nobody. */
  readonly user: string;
  readonly answerMs: number;
  /** Accept whatever certificate: for a device that is only asked for states, never for what receives documents. */
  readonly anyCertificate?: boolean;
}

export function createIppClient(options: IppClientOptions): IppClient {
  const url = new URL(options.uri.replace(/^ipp/, 'http'));
  const secure = url.protocol === 'https:';
  const target: RequestOptions = {
    method: 'POST',
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port || 631,
    path: url.pathname + url.search,
    headers: { 'Content-Type': 'application/ipp' },
    agent: false,
  };

  function post(body: Buffer, data: IppRequest['data'], answerMs: number): Promise<Buffer | null> {
    return new Promise((resolve, reject) => {
      const sent = secure
        ? requestHttps({ ...target, rejectUnauthorized: options.anyCertificate !== true })
        : requestHttp(target);
      const settle = (answer: Buffer | null): void => {
        clearTimeout(connecting);
        clearTimeout(answering);
        resolve(answer);
        sent.destroy();
      };
      const connecting = setTimeout(() => settle(null), CONNECT_MS);
      const answering = setTimeout(() => settle(null), answerMs);
      sent.on('socket', (socket) => socket.once('connect', () => clearTimeout(connecting)));
      sent.on('error', () => settle(null));
      sent.on('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', () => settle(null));
        response.on('end', () => settle(response.statusCode === 200 ? Buffer.concat(chunks) : null));
      });
      if (!data) {
        sent.end(body);
        return;
      }
      sent.write(body);
      send(data, sent, () => answering.refresh()).then(
        (isWhole) => (isWhole ? sent.end() : settle(null)),
        (bug: unknown) => {
          settle(null);
          reject(bug);
        },
      );
    });
  }

  /** False: the data ends with a failure, or the other side is gone. */
  async function send(
    data: AsyncIterable<Result<Uint8Array>>,
    sent: ClientRequest,
    onPiece: () => void,
  ): Promise<boolean> {
    for await (const piece of data) {
      if (!piece.ok || sent.destroyed) return false;
      onPiece();
      if (!sent.write(piece.value)) await drained(sent);
    }
    return !sent.destroyed;
  }

  return {
    async ask(request) {
      const body = ipp.serialize({
        version: '2.0',
        operation: request.operation,
        'operation-attributes-tag': {
          'attributes-charset': 'utf-8',
          'attributes-natural-language': 'en',
          'printer-uri': options.uri,
          'requesting-user-name': options.user,
          ...request.attributes,
        },
        ...(request.job && { 'job-attributes-tag': request.job }),
        ...(request.subscription && { 'subscription-attributes-tag': request.subscription }),
      });
      const answer = await post(body, request.data, request.data ? DOCUMENT_MS : options.answerMs);
      return answer && read(answer);
    },
  };
}

function read(bytes: Buffer): IppAnswer | null {
  let message: IppMessage;
  try {
    message = ipp.parse(bytes);
  } catch {
    return null;
  }
  const status = message.statusCode ?? '';
  return {
    status,
    succeeded: status.startsWith('successful-ok'),
    group: (name) => {
      const found = message[name];
      if (found === undefined) return [];
      return (Array.isArray(found) ? found : [found]) as readonly IppGroup[];
    },
  };
}

/** Resolves too where it never will be, because the other side is gone. */
function drained(sent: ClientRequest): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      sent.off('drain', done);
      sent.off('close', done);
      resolve();
    };
    sent.on('drain', done);
    sent.on('close', done);
    if (sent.destroyed) done();
  });
}

export function ippStrings(value: IppValue | undefined): readonly string[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');
}

export function ippNumber(value: IppValue | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

export function ippString(value: IppValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
