/** What the hub says of an invitation, asked again and again: the call may change its room, pause, or be over. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { type InvitedAnswer, type InvitedBody, invitedAnswer } from '#shared/protocol/invited.ts';
import { send } from '../api.ts';

/** ms between two questions. */
const EVERY = 2_000;

export type Invitation =
  | { readonly kind: 'loading' }
  | { readonly kind: 'open'; readonly answer: InvitedAnswer; readonly silent: boolean }
  | { readonly kind: 'silent' }
  | { readonly kind: 'tooMany' }
  /** Spent: the call is over, or the invitation was withdrawn. */
  | { readonly kind: 'over' };

interface UsedInvitation {
  readonly invitation: Invitation;
  /** The same, before it is drawn. */
  readonly newest: () => Invitation;
  readonly subscribe: (listener: () => void) => () => void;
}

/** @param enters a ticket is asked for, and the others are told. */
export function useInvitation(by: InvitedBody['by'], enters: boolean): UsedInvitation {
  const [invitation, setInvitation] = useState<Invitation>({ kind: 'loading' });
  const newest = useRef(invitation);
  const listeners = useRef(new Set<() => void>());

  useEffect(() => {
    let timer = 0;
    let stopped = false;
    async function ask(): Promise<void> {
      const answer = await send('POST', '/api/invited', { by, enters } satisfies InvitedBody, invitedAnswer);
      if (stopped) return;
      newest.current = reading(answer, newest.current);
      setInvitation(newest.current);
      for (const listener of listeners.current) listener();
      const { kind } = newest.current;
      if (kind !== 'over' && kind !== 'tooMany') timer = window.setTimeout(() => void ask(), EVERY);
    }
    void ask();
    return () => {
      stopped = true;
      window.clearTimeout(timer);
    };
  }, [by, enters]);

  return {
    invitation,
    newest: useCallback(() => newest.current, []),
    subscribe: useCallback((listener) => {
      listeners.current.add(listener);
      return () => listeners.current.delete(listener);
    }, []),
  };
}

/** Without an answer what was known stays: a call goes on while a hub restarts. */
function reading(answer: Awaited<ReturnType<typeof send<InvitedAnswer>>>, before: Invitation): Invitation {
  if (answer.ok) return { kind: 'open', answer: answer.value, silent: false };
  if (answer.code === 'linkSpent' || answer.code === 'invalidMessage') return { kind: 'over' };
  if (answer.code === 'tooManyAttempts') return { kind: 'tooMany' };
  return before.kind === 'open' ? { ...before, silent: true } : { kind: 'silent' };
}
