/** One call at a time, through whatever deployment the ticket names: for the terminal's room page and the console's. */
import type { RoomDevices } from '#shared/ipc.ts';
import { type JitsiApi, type JitsiConstructor, jitsiOptions, missingFrom } from '#shared/jitsi-api.ts';
import { type CallNews, type SentMedia, type WatchedCall, watchCall } from '#shared/jitsi-call.ts';
import type { RoomTicket } from '#shared/protocol/views.ts';
import { domainOf } from '#shared/room.ts';

/** Node is the page's HTMLElement. */
export interface RoomCallOptions<Node> {
  readonly parentNode: Node;
  readonly selfView: boolean;
  readonly texts: boolean;
  /** load-api.ts */
  readonly load: (origin: string) => Promise<JitsiConstructor<Node>>;
  /** Of a deployment that cannot be warmed better: warm-deployment.ts. */
  readonly warm: (origin: string) => () => void;
  /** Calls back every `ms` until the function it returns is called. */
  readonly every: (ms: number, tick: () => void) => () => void;
  readonly onNews: (news: CallNews) => void;
}

export interface RoomCall {
  /** Fetches the deployment's script and warms its page. `failed` is said where there is no script. */
  readonly prepare: (origin: string) => void;
  /** In place of the call under way, if any. What becomes of it is in the news. */
  readonly join: (to: {
    readonly ticket: RoomTicket;
    readonly displayName: string;
    readonly devices: RoomDevices;
  }) => void;
  /** What this side sends, now and after each join. */
  readonly send: (media: SentMedia) => void;
  /** Asks for what is said in writing, now and after each join. */
  readonly setSubtitles: (on: boolean) => void;
  /** Answered by `left` at once. */
  readonly leave: () => void;
  /** Puts someone out of the room; means nothing without a call, and needs a moderator's ticket. */
  readonly remove: (participantId: string) => void;
}

/** ms within which a deployment's page must have joined. A country line has to fetch some megabytes for it. */
const JOIN_PATIENCE = 15_000;

export function createRoomCall<Node>(options: RoomCallOptions<Node>): RoomCall {
  const { parentNode, selfView, texts, load, warm, every, onNews } = options;
  let prepared: { readonly origin: string; readonly script: Promise<JitsiConstructor<Node>> } | null = null;
  let stopWarming: (() => void) | null = null;
  let sent: SentMedia = { audio: true, video: true };
  let subtitles = false;
  /** From the order to join to the order to leave: nothing is warmed beside a call. */
  let called = false;
  let current: { readonly api: JitsiApi; readonly watched: WatchedCall; readonly end: () => void } | null =
    null;
  /** Counts the orders, so that a join that is overtaken while its script loads does nothing. */
  let latest = 0;

  function overtake(): number {
    latest += 1;
    current?.end();
    current = null;
    return latest;
  }

  function coolDown(): void {
    stopWarming?.();
    stopWarming = null;
  }

  function scriptOf(origin: string): Promise<JitsiConstructor<Node>> {
    if (prepared?.origin === origin) return prepared.script;
    const mine = { origin, script: load(origin) };
    prepared = mine;
    // What did not come is asked for again the next time.
    mine.script.catch(() => {
      if (prepared === mine) prepared = null;
    });
    return mine.script;
  }

  function prepare(origin: string): void {
    scriptOf(origin).then(
      (Api) => {
        if (called || prepared?.origin !== origin) return;
        coolDown();
        stopWarming = Api.warm ? Api.warm(domainOf(origin), parentNode) : warm(origin);
      },
      () => onNews({ type: 'failed', why: 'unreachable', origin }),
    );
  }

  async function join({ ticket, displayName, devices }: Parameters<RoomCall['join']>[0]): Promise<void> {
    const { origin } = ticket;
    const mine = overtake();
    called = true;
    try {
      const Api = await scriptOf(origin);
      if (mine !== latest) return;
      const api = new Api(
        domainOf(origin),
        jitsiOptions({ ticket, displayName, parentNode, devices, sent, selfView, texts }),
      );
      // Said when it is nothing, too: a server that was brought up to date.
      onNews({ type: 'drift', missing: missingFrom(api) });
      let stopWaiting = every(JOIN_PATIENCE, () => {
        stopWaiting();
        onNews({ type: 'failed', why: 'neverJoined', origin });
      });
      const watched = watchCall({
        ...{ api, devices, every, origin, sent, subtitles, password: ticket.password },
        onNews(news) {
          // Not before: as long as a page of the deployment is open, its process is, and the next page comes sooner.
          coolDown();
          if (news.type === 'joined') stopWaiting();
          onNews(news);
        },
      });
      current = {
        api,
        watched,
        end: () => {
          stopWaiting();
          stopWaiting = () => undefined;
          watched.stop();
          api.dispose();
        },
      };
    } catch {
      if (mine === latest) onNews({ type: 'failed', why: 'unreachable', origin });
    }
  }

  return {
    prepare,
    join: (to) => void join(to),
    send(media) {
      sent = media;
      current?.watched.send(media);
    },
    setSubtitles(on) {
      subtitles = on;
      current?.watched.setSubtitles(on);
    },
    leave: () => {
      called = false;
      coolDown();
      overtake();
      onNews({ type: 'left' });
    },
    remove: (participantId) => current?.api.executeCommand('kickParticipant', participantId),
  };
}
