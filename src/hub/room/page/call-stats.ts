/** The answer to getConnectionStats: bits a second since the last question, frames decoded, round trip. */

interface Totals {
  readonly at: number;
  readonly audio: { readonly down: number; readonly up: number };
  readonly video: { readonly down: number; readonly up: number };
}

export interface ConnectionStats {
  /** Kilobits a second. */
  readonly bitrate: {
    readonly download: number;
    readonly upload: number;
    readonly audio: { readonly download: number; readonly upload: number };
    readonly video: { readonly download: number; readonly upload: number };
  };
  /** By participant id, then by SSRC. */
  readonly framesDecoded: Record<string, Record<string, number>>;
  readonly transport: readonly { readonly p2p: true; readonly rtt: number | null }[];
}

export function createCallStats(): (
  connection: RTCPeerConnection | null,
  peerId: string | null,
) => Promise<ConnectionStats> {
  let last: Totals | null = null;
  let counted: RTCPeerConnection | null = null;

  return async (connection, peerId) => {
    const totals = { at: performance.now(), audio: { down: 0, up: 0 }, video: { down: 0, up: 0 } };
    const frames: Record<string, number> = {};
    let rtt: number | null = null;
    const report = connection ? await connection.getStats() : new Map<string, Record<string, unknown>>();
    report.forEach((entry: Record<string, unknown>) => {
      const kind = entry.kind === 'audio' ? 'audio' : 'video';
      if (entry.type === 'inbound-rtp') {
        totals[kind].down += number(entry.bytesReceived);
        if (kind === 'video') frames[String(entry.ssrc)] = number(entry.framesDecoded);
      }
      if (entry.type === 'outbound-rtp') totals[kind].up += number(entry.bytesSent);
      if (entry.type === 'candidate-pair' && entry.nominated === true) {
        rtt = Math.round(number(entry.currentRoundTripTime) * 1000);
      }
    });
    const before = counted === connection ? last : null;
    last = totals;
    counted = connection;
    const rate = (kind: 'audio' | 'video', way: 'down' | 'up') => {
      const ms = before ? totals.at - before.at : 0;
      if (!before || ms <= 0) return 0;
      return Math.max(0, Math.round(((totals[kind][way] - before[kind][way]) * 8) / ms));
    };
    const audio = { download: rate('audio', 'down'), upload: rate('audio', 'up') };
    const video = { download: rate('video', 'down'), upload: rate('video', 'up') };
    return {
      bitrate: {
        download: audio.download + video.download,
        upload: audio.upload + video.upload,
        audio,
        video,
      },
      framesDecoded: peerId ? { [peerId]: frames } : {},
      transport: connection ? [{ p2p: true, rtt }] : [],
    };
  };
}

function number(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
