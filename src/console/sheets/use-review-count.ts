import { useHashLocation } from 'wouter/use-hash-location';
import type { HttpAnswer } from '../api.ts';
import { fetchSheets } from './sheets-api.ts';
import { useAnswer } from './use-answer.ts';

const countOf = async (): Promise<HttpAnswer<number>> => {
  const answer = await fetchSheets('own');
  return answer.ok
    ? { ok: true, value: answer.value.sheets.filter(({ toReview }) => toReview).length }
    : answer;
};

/** How many sheets of the counsellor's body wait for a review: asked again at each change of page. 0 for others. */
export function useReviewCount(isCounsellor: boolean): number {
  const [location] = useHashLocation();
  const { answer } = useAnswer(isCounsellor ? location : null, countOf);
  return answer?.ok ? answer.value : 0;
}
