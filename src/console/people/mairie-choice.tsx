import type { People } from '#shared/protocol/people.ts';
import { peopleWords } from '../words/words.ts';
import { CheckedList } from './checked-list.tsx';

interface Props {
  readonly mairies: People['mairies'];
  readonly chosen: readonly string[];
  readonly onChange: (mairieIds: readonly string[]) => void;
}

/** Of an agent of France services: any number of mairies. */
export function MairieChoice({ mairies, chosen, onChange }: Props) {
  const options = mairies.map(({ mairieId, name }) => ({ value: mairieId, name }));
  return <CheckedList label={peopleWords.mairies} {...{ options, chosen, onChange }} />;
}
