/** What is kept from the other side for a while: asked of the hub, which tells the terminal. */
import { useCallback, useState } from 'react';
import type { ConsoleFailureCode, HubLink, RequestWithoutId } from '../hub-link.ts';

type QuietChange = Extract<RequestWithoutId, { type: 'quiet' }>['change'];

export interface QuietRequests {
  readonly ask: (change: QuietChange) => void;
  readonly failure: ConsoleFailureCode | null;
  readonly dismiss: () => void;
}

export function useQuiet(link: HubLink, visitId: string): QuietRequests {
  const [failure, setFailure] = useState<ConsoleFailureCode | null>(null);
  const ask = useCallback(
    (change: QuietChange) => {
      setFailure(null);
      void link.request({ type: 'quiet', visitId, change }).then((answer) => {
        if (!answer.ok) setFailure(answer.code);
      });
    },
    [link, visitId],
  );
  return { ask, failure, dismiss: () => setFailure(null) };
}
