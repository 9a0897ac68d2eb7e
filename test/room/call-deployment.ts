/** A place where calls are made, for tests that are the same for every one of them. */
import type { RoomTicket } from '#shared/protocol/views.ts';
import type { PageOrigins } from './call-pages.ts';

export interface TicketChanges {
  /** Someone else of the same role. */
  readonly participantId?: string;
  /** Signed with another key. */
  readonly secret?: Uint8Array;
  readonly lifeSeconds?: number;
}

export interface CallDeployment extends PageOrigins {
  /** As in its tickets. */
  readonly origin: string;
  /** For Chromium, so that it may call there. */
  readonly browserArguments: readonly string[];
  /** In its room page: one's own picture. */
  readonly selfView: string;
  readonly newRoom: () => string;
  readonly ticket: (
    room: string,
    role: 'terminal' | 'counsellor',
    changes?: TicketChanges,
  ) => Promise<RoomTicket>;
  /** Whether it ends every call when its signalling server forgot them, so that both sides must join again. */
  readonly outageEndsCall: boolean;
  /** As a crash would: every connection to it is cut. */
  readonly stopSignalling: () => Promise<void>;
  readonly startSignalling: () => Promise<void>;
  readonly close: () => Promise<void>;
}
