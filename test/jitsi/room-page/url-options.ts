/**
 * What external_api.js asks for in the address, read as Jitsi Meet reads it: `#config.startWithAudioMuted=true&…`, each
 * value JSON, and `?jwt=`. Keys that mean nothing to this page are left out.
 */
import { z } from 'zod/mini';

const text = z.optional(z.string());
const flag = z.optional(z.boolean());

const known = z.object({
  jitsi_meet_external_api_id: z.optional(z.number()),
  'config.prejoinConfig': z.optional(z.object({ enabled: flag })),
  'config.prejoinConfig.enabled': flag,
  'config.startWithAudioMuted': flag,
  'config.startWithVideoMuted': flag,
  'config.disableSelfView': flag,
  'config.p2p': z.optional(z.object({ enabled: flag })),
  'config.p2p.enabled': flag,
  'config.pcStatsInterval': z.optional(z.number()),
  'config.resolution': z.optional(z.number()),
  'userInfo.displayName': text,
  'devices.videoInput': text,
  'devices.audioInput': text,
  'devices.audioOutput': text,
});

export interface UrlOptions {
  readonly room: string;
  readonly jwt: string | null;
  /** Null: no page embeds this one. */
  readonly apiId: number | null;
  readonly prejoin: boolean;
  readonly startMuted: { readonly audio: boolean; readonly video: boolean };
  readonly selfView: boolean;
  readonly p2p: boolean;
  /** ms between two looks at what arrives. */
  readonly statsInterval: number;
  readonly resolution: number;
  readonly displayName: string;
  /** Labels. */
  readonly devices: Readonly<Record<'videoInput' | 'audioInput' | 'audioOutput', string | null>>;
}

export function readUrlOptions(location: Location): UrlOptions {
  const pairs = location.hash
    .slice(1)
    .split('&')
    .map((pair) => pair.split('=') as [string, string?]);
  const values = Object.fromEntries(pairs.map(([key, value]) => [key, parse(value)]));
  const hash = known.safeParse(values).data ?? {};
  return {
    room: decodeURIComponent(location.pathname.slice(1)).toLowerCase(),
    jwt: new URLSearchParams(location.search).get('jwt'),
    apiId: hash.jitsi_meet_external_api_id ?? null,
    // Jitsi's own default is true.
    prejoin: hash['config.prejoinConfig.enabled'] ?? hash['config.prejoinConfig']?.enabled ?? true,
    startMuted: {
      audio: hash['config.startWithAudioMuted'] ?? false,
      video: hash['config.startWithVideoMuted'] ?? false,
    },
    selfView: hash['config.disableSelfView'] !== true,
    p2p: hash['config.p2p.enabled'] ?? hash['config.p2p']?.enabled ?? true,
    statsInterval: hash['config.pcStatsInterval'] ?? 10_000,
    resolution: hash['config.resolution'] ?? 720,
    displayName: hash['userInfo.displayName'] ?? '',
    devices: {
      videoInput: hash['devices.videoInput'] ?? null,
      audioInput: hash['devices.audioInput'] ?? null,
      audioOutput: hash['devices.audioOutput'] ?? null,
    },
  };
}

/** Undefined for what is not JSON. */
function parse(value: string | undefined): unknown {
  try {
    return JSON.parse(decodeURIComponent(value ?? ''));
  } catch {
    return undefined;
  }
}
