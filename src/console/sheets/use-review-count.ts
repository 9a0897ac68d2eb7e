import { useHashLocation } from 'wouter/use-hash-location';
import { fetchSheets } from './sheets-api.ts';
import { type Answer, useAnswer } from './use-answer.ts';

const countOf = async (): Promise<Answer<number>> => {
  const answer = await fetchSheets('own');
  return 'value' in answer
    ? { value: answer.value.sheets.filter(({ toReview }) => toReview).length }
    : answer;
};

/** How many sheets of the counsellor's body wait for a review: asked again at each change of page. 0 for others. */
export function useReviewCount(isCounsellor: boolean): number {
  const [location] = useHashLocation();
  const { answer } = useAnswer(isCounsellor ? location : null, countOf);
  return answer && 'value' in answer ? answer.value : 0;
}
