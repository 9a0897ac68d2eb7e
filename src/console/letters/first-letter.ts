/** What a new letter begins with: today's date and the usual polite words. */
import { letterWords } from '../words/words.ts';
import { emptyLetter, type Letter } from './letter.ts';

const day = new Intl.DateTimeFormat('fr-FR', { day: 'numeric', month: 'long', year: 'numeric' });

export function firstLetter(kind: Letter['kind'], sender = ''): Letter {
  const { opening, closing } = letterWords;
  const today = letterWords.today(day.format(new Date()));
  return emptyLetter(kind, { sender, today, opening, closing }, () => crypto.randomUUID());
}
