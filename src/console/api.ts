/** The console's few HTTP requests to the hub, on its own origin, with its session cookie. */
import { z } from 'zod';
import { type FailureCode, failureCodeSchema } from '#shared/failure.ts';
import { consoleSettings, enrolmentCodeAnswer } from '#shared/protocol/http-bodies.ts';
import { type Me, me } from '#shared/protocol/views.ts';
import type { ConsoleFailureCode } from './hub-link.ts';

/** ms to the beginning of an answer. A log-in takes the hub a second of hashing, more when many come at once. */
const ANSWER_PATIENCE = 15_000;
/** Asked again and again while there is no connection. */
const SESSION_PATIENCE = 3_000;

const failureAnswer = z.object({ code: failureCodeSchema });

export type Session =
  /** `roomOrigin`: another origin than the console's, so that a call cannot read the documents here. */
  | { readonly kind: 'in'; readonly me: Me; readonly roomOrigin: string }
  | { readonly kind: 'out' }
  /** No answer, or the hub is starting or in trouble. */
  | { readonly kind: 'unreachable' };

/** Who is logged in, by the session cookie. */
export async function fetchSession(): Promise<Session> {
  const [response, settings] = await Promise.all([
    request('/api/me', {}, SESSION_PATIENCE),
    request('/api/settings', {}, SESSION_PATIENCE),
  ]);
  if (response?.status === 401) return { kind: 'out' };
  if (!response?.ok || !settings?.ok) return { kind: 'unreachable' };
  const account = me.safeParse(await body(response));
  const found = consoleSettings.safeParse(await body(settings));
  return account.success && found.success
    ? { kind: 'in', me: account.data, roomOrigin: found.data.roomOrigin }
    : { kind: 'unreachable' };
}

/** Null when logged in; else why not. */
export async function logIn(
  email: string,
  password: string,
  code?: string,
): Promise<ConsoleFailureCode | null> {
  const response = await request('/api/log-in', withBody({ email, password, ...(code ? { code } : {}) }));
  if (!response) return 'hubSilent';
  return response.ok ? null : failureOf(response);
}

export async function logOut(): Promise<void> {
  await request('/api/log-out', withBody({}));
}

/** A form of the body's library. */
export async function fetchForm(
  formId: string,
): Promise<Uint8Array<ArrayBuffer> | { readonly code: ConsoleFailureCode }> {
  const response = await request(`/api/forms/${encodeURIComponent(formId)}`);
  if (!response) return { code: 'hubSilent' };
  if (!response.ok) return { code: await failureOf(response) };
  try {
    return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    if (isCut(error)) return { code: 'hubSilent' };
    throw error;
  }
}

export type EnrolmentCode = z.infer<typeof enrolmentCodeAnswer>;

/** A one-time code with which a machine becomes a new terminal of this mairie. */
export async function makeEnrolmentCode(
  mairieId: string,
  terminalName: string,
): Promise<EnrolmentCode | { readonly failure: ConsoleFailureCode }> {
  const response = await request('/api/enrolment-codes', withBody({ mairieId, terminalName }));
  if (!response) return { failure: 'hubSilent' };
  if (!response.ok) return { failure: await failureOf(response) };
  const answer = enrolmentCodeAnswer.safeParse(await body(response));
  return answer.success ? answer.data : { failure: 'unexpected' };
}

export type HttpAnswer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: ConsoleFailureCode };

/** Reads what is at this path. */
export async function read<T>(path: string, schema: z.ZodType<T>): Promise<HttpAnswer<T>> {
  return answerOf(await request(path), schema);
}

/** Sends what is to be done or kept at this path, and reads the answer. */
export async function send<T>(
  method: Method,
  path: string,
  content: unknown,
  schema: z.ZodType<T>,
): Promise<HttpAnswer<T>> {
  return answerOf(await request(path, withBody(content, method)), schema);
}

/** ms: five megabytes on a slow line. */
const UPLOAD_PATIENCE = 180_000;

/** Sends a file as it is. */
export async function sendBytes<T>(path: string, bytes: Blob, schema: z.ZodType<T>): Promise<HttpAnswer<T>> {
  const headers = { 'content-type': 'application/octet-stream' };
  return answerOf(await request(path, { method: 'POST', headers, body: bytes }, UPLOAD_PATIENCE), schema);
}

async function answerOf<T>(response: Response | null, schema: z.ZodType<T>): Promise<HttpAnswer<T>> {
  if (!response) return { ok: false, code: 'hubSilent' };
  if (!response.ok) return { ok: false, code: await failureOf(response) };
  const answer = schema.safeParse(response.status === 204 ? null : await body(response));
  return answer.success ? { ok: true, value: answer.data } : { ok: false, code: 'unexpected' };
}

type Method = 'POST' | 'PUT' | 'DELETE';

function withBody(content: unknown, method: Method = 'POST'): RequestInit {
  return {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(content),
  };
}

/** Null where no answer came in time: a network that was cut without a word would keep a browser waiting for minutes. */
async function request(
  path: string,
  init: RequestInit = {},
  patience = ANSWER_PATIENCE,
): Promise<Response | null> {
  const abort = new AbortController();
  const late = setTimeout(() => abort.abort(), patience);
  try {
    return await fetch(path, {
      credentials: 'same-origin',
      cache: 'no-store',
      signal: abort.signal,
      ...init,
    });
  } catch (error) {
    if (isCut(error)) return null;
    throw error;
  } finally {
    clearTimeout(late);
  }
}

/** What fetch() and a body's reader throw when the network or the hub is not there (any more). */
function isCut(error: unknown): boolean {
  return error instanceof TypeError || (error instanceof DOMException && error.name === 'AbortError');
}

async function body(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch (error) {
    if (error instanceof SyntaxError || isCut(error)) return null;
    throw error;
  }
}

async function failureOf(response: Response): Promise<FailureCode> {
  const answer = failureAnswer.safeParse(await body(response));
  if (answer.success) return answer.data.code;
  if (response.status === 429) return 'tooManyAttempts';
  return response.status === 401 ? 'sessionExpired' : 'unexpected';
}
