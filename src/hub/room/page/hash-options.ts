/** What external_api.js tells the room page in the hash of its address, which no server sees: ticket, names, devices. */
import { z } from 'zod/mini';

const label = z.nullable(z.string().check(z.maxLength(200)));

export const hashOptions = z.object({
  /** Origin of the page that embeds the room; the room page speaks to no other. */
  parentOrigin: z.string().check(z.maxLength(300)),
  jwt: z.string().check(z.maxLength(4096)),
  lang: z._default(z.string().check(z.maxLength(16)), 'fr'),
  devices: z._default(
    z.object({
      videoInput: z._default(label, null),
      audioInput: z._default(label, null),
      audioOutput: z._default(label, null),
    }),
    { videoInput: null, audioInput: null, audioOutput: null },
  ),
  /** The keys of Jitsi's config.js that mean something here; others are ignored. */
  config: z._default(
    z.object({
      startWithAudioMuted: z._default(z.boolean(), false),
      startWithVideoMuted: z._default(z.boolean(), false),
      disableSelfView: z._default(z.boolean(), false),
      /** An empty list: the page shows no text of its own. */
      notifications: z.optional(z.array(z.string())),
    }),
    { startWithAudioMuted: false, startWithVideoMuted: false, disableSelfView: false },
  ),
});
export type HashOptions = z.infer<typeof hashOptions>;

/** In place of them: the page waits to be told which room (beginning.ts). */
const warmHash = z.strictObject({ warmFor: z.string().check(z.maxLength(300)) });

export function writeHash(options: unknown): string {
  return `#${encodeURIComponent(JSON.stringify(options))}`;
}

/** Null for a hash that is not one of ours. */
export function readHash(hash: string): HashOptions | null {
  return hashOptions.safeParse(parsed(hash)).data ?? null;
}

/** The origin of the page that will say which room; null where the address says it already. */
export function readWarmHash(hash: string): string | null {
  return warmHash.safeParse(parsed(hash)).data?.warmFor ?? null;
}

function parsed(hash: string): unknown {
  try {
    return JSON.parse(decodeURIComponent(hash.slice(1)));
  } catch {
    return null;
  }
}
