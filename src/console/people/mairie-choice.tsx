import { Checkbox, CheckboxGroup, Label } from 'react-aria-components';
import type { People } from '#shared/protocol/people.ts';
import { peopleWords } from '../words/words.ts';

interface Props {
  readonly mairies: People['mairies'];
  readonly chosen: readonly string[];
  readonly onChange: (mairieIds: readonly string[]) => void;
}

/** Of an agent of France services: any number of mairies. */
export function MairieChoice({ mairies, chosen, onChange }: Props) {
  return (
    <CheckboxGroup className="mairie-choice" value={[...chosen]} onChange={onChange}>
      <Label>{peopleWords.mairies}</Label>
      <div className="mairie-choice-list">
        {mairies.map(({ mairieId, name }) => (
          <Checkbox key={mairieId} value={mairieId} className="checkbox">
            <span className="checkbox-box" aria-hidden="true" />
            {name}
          </Checkbox>
        ))}
      </div>
    </CheckboxGroup>
  );
}
