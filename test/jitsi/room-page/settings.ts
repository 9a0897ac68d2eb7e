/** What the deployment tells its room page, as a Jitsi's config.js does. */
export interface RoomPageSettings {
  readonly hosts: { readonly domain: string; readonly muc: string; readonly focus: string };
  readonly signalling: 'websocket' | 'bosh';
  /** Seconds. */
  readonly reloadAfter: { readonly least: number; readonly more: number };
}
