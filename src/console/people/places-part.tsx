/** Mairies, bodies or groups of communes: a list, and a form that adds one or changes the one that was chosen. */
import { type FormEvent, useState } from 'react';
import { Button, FieldError, Form, Input, Label, TextField } from 'react-aria-components';
import { bodyBody, type People } from '#shared/protocol/people.ts';
import type { ConsoleFailureCode } from '../hub-link.ts';
import { FailureNotice } from '../parts/failure-notice.tsx';
import { Notice } from '../parts/notice.tsx';
import { peopleWords } from '../words/words.ts';
import { addBody, addGroup, addMairie, changeBody, renameGroup, renameMairie } from './people-api.ts';

type Kind = 'mairies' | 'bodies' | 'groups';

interface Props {
  readonly kind: Kind;
  readonly all: People;
  readonly onChanged: () => void;
}

interface Place {
  readonly placeId: string;
  readonly name: string;
  /** What stands beside the name. */
  readonly note: string;
  readonly motives: readonly string[];
  readonly office: string;
}

export function PlacesPart({ kind, all, onChanged }: Props) {
  const [changing, setChanging] = useState<Place | null>(null);
  const places = placesOf(kind, all);
  return (
    <>
      <PlaceForm
        key={changing?.placeId ?? 'new'}
        kind={kind}
        groups={all.groups}
        place={changing}
        onClose={() => setChanging(null)}
        onChanged={onChanged}
      />
      <section className="panel people-list" aria-label={peopleWords.tabs[kind]}>
        {places.length === 0 && <p>{peopleWords.nothing}</p>}
        <ul>
          {places.map((place) => (
            <li key={place.placeId}>
              <div>
                <strong>{place.name}</strong>
                <span className="muted">{place.note}</span>
              </div>
              <Button
                className="button small"
                aria-label={peopleWords.changeOf(place.name)}
                onPress={() => {
                  setChanging(place);
                  window.scrollTo(0, 0);
                }}
              >
                {peopleWords.change}
              </Button>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

interface FormProps {
  readonly kind: Kind;
  readonly groups: People['groups'];
  /** Null: a new one. */
  readonly place: Place | null;
  readonly onClose: () => void;
  readonly onChanged: () => void;
}

function PlaceForm({ kind, groups, place, onClose, onChanged }: FormProps) {
  const [name, setName] = useState(place?.name ?? '');
  const [motives, setMotives] = useState(place?.motives.join('\n') ?? '');
  const [office, setOffice] = useState(place?.office ?? '');
  const [groupId, setGroupId] = useState(groups[0]?.groupId ?? '');
  const [outcome, setOutcome] = useState<ConsoleFailureCode | 'saved' | 'motives' | null>(null);

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    const listed = motives
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean);
    const body = bodyBody.safeParse({ name, motives: listed, office });
    if (!body.success) return setOutcome('motives');
    const asked = {
      mairies: () => (place ? renameMairie(place.placeId, name) : addMairie(groupId, name)),
      groups: () => (place ? renameGroup(place.placeId, name) : addGroup(name)),
      bodies: () => (place ? changeBody(place.placeId, body.data) : addBody(body.data)),
    };
    const done = await asked[kind]();
    setOutcome(done.ok ? 'saved' : done.code);
    if (!done.ok) return;
    onChanged();
    if (place) return;
    setName('');
    setMotives('');
    setOffice('');
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
          <TextField autoFocus={place !== null} isRequired value={name} onChange={setName}>
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
            <label className="field">
              {peopleWords.office}
              <input
                className="react-aria-Input"
                maxLength={300}
                value={office}
                onChange={({ target }) => setOffice(target.value)}
              />
            </label>
          )}
        </div>
        {kind === 'bodies' && (
          <label className="field">
            {peopleWords.motives}
            <textarea
              className="react-aria-TextArea"
              rows={5}
              value={motives}
              onChange={({ target }) => setMotives(target.value)}
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

function placesOf(kind: Kind, all: People): Place[] {
  const plain = { motives: [], office: '' };
  switch (kind) {
    case 'groups':
      return all.groups.map(({ groupId, name }) => ({ ...plain, placeId: groupId, name, note: '' }));
    case 'mairies':
      return all.mairies.map(({ mairieId, name, terminals }) => ({
        ...{ ...plain, placeId: mairieId, name },
        note:
          terminals.length > 0
            ? `${peopleWords.terminals}\u00a0: ${terminals.join(', ')}`
            : peopleWords.noTerminal,
      }));
    case 'bodies':
      return all.bodies.map(({ bodyId, name, motives, office }) => ({
        ...{ placeId: bodyId, name, motives, office },
        note: [office, motives.join(', ')].filter(Boolean).join(' – '),
      }));
  }
}
