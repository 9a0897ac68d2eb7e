import { z } from 'zod';
import { countingAnswer, type ResidentWord, wordsToAskAnswer } from '#shared/protocol/counting.ts';
import { read, send } from '../api.ts';

/** @param query of the address: year and mairie, or ''. */
export const fetchCounting = (query: string) =>
  read(`/api/counting${query === '' ? '' : `?${query}`}`, countingAnswer);

export const fetchVisitsToAsk = () => read('/api/counting/words', wordsToAskAnswer);

export const giveWord = (visitId: string, word: ResidentWord) =>
  send('POST', '/api/counting/words', { visitId, word }, z.null());
