/** LISTEN on a connection of its own, opened again whenever it breaks: what was said in between is lost, and onOpen says so. */
import { Client } from 'pg';

export interface ListenEvents {
  readonly onMessage: (payload: string) => void;
  /** It listens (again): whatever was announced before was not heard. */
  readonly onOpen: () => void;
}

export interface Listening {
  readonly stop: () => Promise<void>;
}

/** ms. */
const AGAIN_AFTER = 500;
/** ms between two questions whether the server still answers: a line that was cut without a word looks like silence. */
const ASK_EVERY = 5_000;

/** @param onLost is told why a connection broke. @param channel a plain SQL name. */
export function listen(
  url: string,
  channel: string,
  events: ListenEvents,
  onLost: (error: Error) => void,
): Listening {
  let stopped = false;
  let timer: NodeJS.Timeout | null = null;
  let client: Client | null = null;
  let lastEnd: Promise<void> = Promise.resolve();

  function open(): void {
    const opened = new Client({
      connectionString: url,
      keepAlive: true,
      connectionTimeoutMillis: ASK_EVERY,
      query_timeout: ASK_EVERY,
    });
    client = opened;
    let over = false;
    const lose = (error: Error): void => {
      if (over) return;
      over = true;
      clearInterval(asking);
      if (!stopped) onLost(error);
      lastEnd = opened.end().catch(onLost);
      if (!stopped) timer = setTimeout(open, AGAIN_AFTER);
    };
    const asking = setInterval(() => {
      opened.query('select 1').catch(lose);
    }, ASK_EVERY);
    opened.on('error', lose);
    opened.on('end', () => lose(new Error('The connection that listens was ended.')));
    opened.on('notification', ({ payload }) => {
      if (payload !== undefined) events.onMessage(payload);
    });
    opened
      .connect()
      .then(() => opened.query(`listen ${channel}`))
      .then(() => {
        if (!over && !stopped) events.onOpen();
      })
      .catch(lose);
    if (stopped) lose(new Error('stopped'));
  }

  open();
  return {
    async stop() {
      stopped = true;
      if (timer) clearTimeout(timer);
      await client?.end();
      await lastEnd;
    },
  };
}
