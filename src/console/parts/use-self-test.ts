import { useState } from 'react';
import type { TerminalView } from '#shared/protocol/views.ts';
import type { ConsoleFailureCode, HubLink } from '../hub-link.ts';

export interface AskedSelfTest {
  /** Asked for and not yet refused, or going on. */
  readonly underWay: boolean;
  readonly ask: () => void;
  readonly failure: ConsoleFailureCode | null;
  readonly dismiss: () => void;
}

/** Asks a terminal to test itself. That it has begun, and that it is over, is told by the terminal's own report. */
export function useSelfTest({ terminalId, online, report }: TerminalView, link: HubLink): AskedSelfTest {
  const [asking, setAsking] = useState(false);
  const [failure, setFailure] = useState<ConsoleFailureCode | null>(null);

  async function request(): Promise<void> {
    setAsking(true);
    setFailure(null);
    const answer = await link.request({ type: 'selfTest', terminalId });
    setAsking(false);
    if (!answer.ok) setFailure(answer.code);
  }

  return {
    underWay: asking || (online && report?.selfTesting === true),
    ask: () => {
      if (!asking) void request();
    },
    failure,
    dismiss: () => setFailure(null),
  };
}
