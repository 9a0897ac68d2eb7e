import { useEffect } from 'react';
import { useHashLocation } from 'wouter/use-hash-location';
import type { Role } from '#shared/protocol/views.ts';
import { useAnswer } from '../sheets/use-answer.ts';
import { fetchWaiting } from './questions-api.ts';

/** ms between two looks while nobody changes the page. */
const PACE = 60_000;

/** How many questions wait for this account: asked again at each change of page and every minute. Null: not its business. */
export function useWaitingQuestions(role: Role): number | null {
  const [location] = useHashLocation();
  const asks = role !== 'operator' && role !== 'administrator';
  const { answer, again } = useAnswer(asks ? location : null, fetchWaiting);
  useEffect(() => {
    const timer = setInterval(again, PACE);
    return () => clearInterval(timer);
  }, [again]);
  return answer?.ok ? answer.value.waiting : null;
}
