/** One call at a time, through whatever deployment the ticket names: for the terminal's room page and the console's. */
import type { RoomDevices } from '#shared/ipc.ts';
import { type JitsiApi, type JitsiConstructor, jitsiOptions } from '#shared/jitsi-api.ts';
import { type CallNews, watchCall } from '#shared/jitsi-call.ts';
import type { RoomTicket } from '#shared/protocol.ts';

/** Node is the page's HTMLElement. */
export interface RoomCallOptions<Node> {
  readonly parentNode: Node;
  readonly selfView: boolean;
  readonly texts: boolean;
  /** host[:port] whose script is fetched ahead of the first join, or null. */
  readonly ownDomain: string | null;
  /** load-api.ts */
  readonly load: (domain: string) => Promise<JitsiConstructor<Node>>;
  /** Calls back every `ms` until the function it returns is called. */
  readonly every: (ms: number, tick: () => void) => () => void;
  readonly onNews: (news: CallNews) => void;
}

export interface RoomCall {
  /** In place of the call under way, if any. What becomes of it is in the news: `failed` where there is no script. */
  readonly join: (to: {
    readonly ticket: RoomTicket;
    readonly displayName: string;
    readonly devices: RoomDevices;
  }) => void;
  /** Answered by `left` at once. */
  readonly leave: () => void;
  /** Means nothing without a call. */
  readonly execute: (command: 'toggleAudio' | 'toggleVideo') => void;
}

export function createRoomCall<Node>(options: RoomCallOptions<Node>): RoomCall {
  const { parentNode, selfView, texts, ownDomain, load, every, onNews } = options;
  const own = ownDomain === null ? null : load(ownDomain).catch(() => null);
  let current: { readonly api: JitsiApi; readonly end: () => void } | null = null;
  /** Counts the orders, so that a join that is overtaken while its script loads does nothing. */
  let latest = 0;

  function overtake(): number {
    latest += 1;
    current?.end();
    current = null;
    return latest;
  }

  async function join({ ticket, displayName, devices }: Parameters<RoomCall['join']>[0]): Promise<void> {
    const mine = overtake();
    try {
      // Another deployment's script gives the same global name: it must be the last one loaded.
      const first = await own;
      const Api = ticket.domain === ownDomain && first ? first : await load(ticket.domain);
      if (mine !== latest) return;
      const api = new Api(
        ticket.domain,
        jitsiOptions({ ticket, displayName, parentNode, devices, selfView, texts }),
      );
      const stopWatching = watchCall({ api, devices, every, onNews });
      current = {
        api,
        end: () => {
          stopWatching();
          api.dispose();
        },
      };
    } catch {
      if (mine === latest) onNews({ type: 'failed' });
    }
  }

  return {
    join: (to) => void join(to),
    leave: () => {
      overtake();
      onNews({ type: 'left' });
    },
    execute: (command) => current?.api.executeCommand(command),
  };
}
