/** Adds a mairie, a body or a group of communes, or changes one. */
import { type FormEvent, useState } from 'react';
import { Button, FieldError, Form, Input, Label, TextField } from 'react-aria-components';
import { bodyBody, type Location, type People } from '#shared/protocol/people.ts';
import type { ConsoleFailureCode } from '../hub-link.ts';
import { FailureNotice } from '../parts/failure-notice.tsx';
import { Notice } from '../parts/notice.tsx';
import { peopleWords } from '../words/words.ts';
import { CheckedField } from './checked-field.tsx';
import { addBody, addGroup, addMairie, changeBody, changeGroup, changeMairie } from './people-api.ts';
import { readCoordinates, readMotives, readSiret, writeCoordinates } from './read-place.ts';

export type PlaceKind = 'mairies' | 'bodies' | 'groups';

export interface Place {
  readonly placeId: string;
  readonly name: string;
  readonly siret: string | null;
  /** Null as well for a group, which is at no one place. */
  readonly location: Location | null;
  /** Of a body; empty for the others. */
  readonly motives: readonly string[];
  readonly office: string;
}

interface Props {
  readonly kind: PlaceKind;
  readonly groups: People['groups'];
  /** Null: a new one. */
  readonly place: Place | null;
  readonly onClose: () => void;
  readonly onChanged: () => void;
}

const EMPTY = { name: '', siret: '', coordinates: '', motives: '', office: '' };

export function PlaceForm({ kind, groups, place, onClose, onChanged }: Props) {
  const [written, setWritten] = useState(place ? writtenOf(place) : EMPTY);
  const [groupId, setGroupId] = useState(groups[0]?.groupId ?? '');
  const [outcome, setOutcome] = useState<ConsoleFailureCode | 'saved' | 'motives' | null>(null);
  const set = (field: keyof typeof EMPTY) => (value: string) =>
    setWritten((before) => ({ ...before, [field]: value }));

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    const { name, office } = written;
    const siret = readSiret(written.siret);
    const location = readCoordinates(written.coordinates);
    // Said beside the field.
    if (siret === 'wrong' || location === 'wrong') return;
    const body = bodyBody.safeParse({ name, motives: readMotives(written.motives), office, siret, location });
    if (!body.success) return setOutcome('motives');
    const asked = {
      mairies: () => {
        const mairie = { name, siret, location };
        return place ? changeMairie(place.placeId, mairie) : addMairie({ ...mairie, groupId });
      },
      groups: () => (place ? changeGroup(place.placeId, { name, siret }) : addGroup({ name, siret })),
      bodies: () => (place ? changeBody(place.placeId, body.data) : addBody(body.data)),
    };
    const done = await asked[kind]();
    setOutcome(done.ok ? 'saved' : done.code);
    if (!done.ok) return;
    onChanged();
    if (!place) setWritten(EMPTY);
  }

  const title = place ? peopleWords.changing(place.name) : peopleWords.addTitle[kind];
  return (
    <section className="panel account-part" aria-label={title}>
      <h2>{title}</h2>
      {outcome === 'saved' && <Notice tone="good">{peopleWords.saved}</Notice>}
      {outcome === 'motives' && (
        <Notice tone="bad" urgent>
          {peopleWords.motivesWrong}
        </Notice>
      )}
      {outcome !== 'saved' && outcome !== 'motives' && <FailureNotice code={outcome} />}
      <Form onSubmit={(event) => void save(event)}>
        <div className="people-fields">
          <TextField autoFocus={place !== null} isRequired value={written.name} onChange={set('name')}>
            <Label>{peopleWords.name}</Label>
            <Input maxLength={120} />
            <FieldError>{peopleWords.nameMissing}</FieldError>
          </TextField>
          {kind === 'mairies' && !place && (
            <label className="field">
              {peopleWords.group}
              <select value={groupId} onChange={({ target }) => setGroupId(target.value)}>
                {groups.map((group) => (
                  <option key={group.groupId} value={group.groupId}>
                    {group.name}
                  </option>
                ))}
              </select>
            </label>
          )}
          {kind === 'bodies' && (
            <TextField value={written.office} onChange={set('office')}>
              <Label>{peopleWords.office}</Label>
              <Input maxLength={300} />
            </TextField>
          )}
        </div>
        <div className="people-fields">
          <CheckedField
            label={peopleWords.siret}
            note={peopleWords.siretNote}
            wrong={peopleWords.siretWrong}
            isWrong={(text) => readSiret(text) === 'wrong'}
            value={written.siret}
            onChange={set('siret')}
          />
          {kind !== 'groups' && (
            <CheckedField
              label={peopleWords.coordinates}
              note={peopleWords.coordinatesNote}
              wrong={peopleWords.coordinatesWrong}
              isWrong={(text) => readCoordinates(text) === 'wrong'}
              value={written.coordinates}
              onChange={set('coordinates')}
            />
          )}
        </div>
        {kind === 'bodies' && (
          <label className="field">
            {peopleWords.motives}
            <textarea
              className="react-aria-TextArea"
              rows={5}
              value={written.motives}
              onChange={({ target }) => set('motives')(target.value)}
            />
          </label>
        )}
        <div className="people-buttons">
          <Button type="submit" className="button primary">
            {place ? peopleWords.save : peopleWords.add}
          </Button>
          {place && (
            <Button className="button" onPress={onClose}>
              {peopleWords.close}
            </Button>
          )}
        </div>
      </Form>
    </section>
  );
}

function writtenOf({ name, siret, location, motives, office }: Place): typeof EMPTY {
  return {
    ...{ name, office, siret: siret ?? '' },
    coordinates: writeCoordinates(location),
    motives: motives.join('\n'),
  };
}
