/**
 * Which Jitsi Meet deployments the calls are made on: a JSON file of the operator's. docs/jitsi.md says what to write in
 * it. Without one, calls are made in the built-in room.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** host[:port], as JitsiMeetExternalAPI wants it. */
const domain = z
  .string()
  .max(255)
  .regex(/^[a-z0-9.-]+(:\d{1,5})?$/);

const token = z.strictObject({
  /** `iss` of the token: the deployment's app_id. */
  appId: z.string().min(1).max(200),
  /** The deployment's app_secret (HS256). */
  secret: z.string().min(1).max(2000),
  audience: z.string().min(1).max(200).default('jitsi'),
  /** `sub` of the token; left out: the domain. */
  subject: z.string().min(1).max(255).optional(),
});

const jitsiFile = z
  .strictObject({
    /** In the order in which they are tried. */
    domains: z.array(domain).max(20),
    /** Lists of their own for bodies that want one, by the body's name. */
    bodies: z.record(z.string(), z.array(domain).min(1).max(20)).default({}),
    /** The built-in room after all of them. */
    builtIn: z.boolean().default(true),
    /** By domain, for deployments that want a token. */
    tokens: z.record(domain, token).default({}),
  })
  .refine(({ domains, builtIn }) => domains.length > 0 || builtIn, 'no domain and no built-in room: no call');

export type JitsiSettings = z.infer<typeof jitsiFile>;
export type TokenSettings = z.infer<typeof token>;

export const builtInOnly: JitsiSettings = { domains: [], bodies: {}, builtIn: true, tokens: {} };

/** @throws Error with a sentence for the operator, and nothing of what the file holds. */
export function readJitsiFile(file: string): JitsiSettings {
  const parsed = jitsiFile.safeParse(readJson(file));
  if (!parsed.success) throw new Error(`${file} is wrong.\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function readJson(file: string): unknown {
  const text = readFileSync(file, 'utf8');
  try {
    return JSON.parse(text);
  } catch {
    // What JSON.parse says quotes the text, and the text holds secrets.
    throw new Error(`${file} is not JSON.`);
  }
}

/** Every domain named anywhere. */
export function allDomains({ domains, bodies }: JitsiSettings): string[] {
  return [...new Set([...domains, ...Object.values(bodies).flat()])];
}
