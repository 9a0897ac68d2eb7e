/** Counsellors' pages that are connected to other hubs, as something that documents can be passed to. */
import { documentToConsole } from '#shared/protocol/documents.ts';
import type { DocumentSeat } from '../documents/relay.ts';
import type { Elsewhere, Neighbours } from './neighbours.ts';

export interface PagesElsewhere {
  /** The oldest first. */
  readonly of: (counsellorId: string, terminalId: string) => DocumentSeat[];
  /** `terminalId`: whose documents are passed to it. */
  readonly page: (hubId: string, seatId: string, terminalId: string) => DocumentSeat;
}

export function createPagesElsewhere(
  { send, relay }: Pick<Neighbours, 'send' | 'relay'>,
  elsewhere: () => Elsewhere | null,
): PagesElsewhere {
  function page(hubId: string, seatId: string, terminalId: string): DocumentSeat {
    const hold = (held: boolean) => send(hubId, { type: 'hold', feeder: 'console', id: seatId, held });
    return {
      seatId,
      line: {
        send: (message) =>
          send(hubId, { type: 'toConsole', seatId, message: documentToConsole.parse(message) }),
        relay: (bytes, from) => relay(hubId, { type: 'bytesToConsole', seatId, terminalId }, bytes, from),
        pause: () => hold(true),
        resume: () => hold(false),
      },
    };
  }
  return {
    page,
    of: (counsellorId, terminalId) =>
      (elsewhere()?.counsellors ?? [])
        .filter(({ accountId }) => accountId === counsellorId)
        .map(({ hubId, seatId }) => page(hubId, seatId, terminalId)),
  };
}
