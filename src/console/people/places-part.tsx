/** Mairies, bodies or groups of communes: a list, and a form that adds one or changes the one that was chosen. */
import { useState } from 'react';
import { Button } from 'react-aria-components';
import type { People } from '#shared/protocol/people.ts';
import { peopleWords } from '../words/words.ts';
import { type Place, PlaceForm, type PlaceKind } from './place-form.tsx';

interface Props {
  readonly kind: PlaceKind;
  readonly all: People;
  readonly onChanged: () => void;
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

interface ListedPlace extends Place {
  /** What stands beside the name. */
  readonly note: string;
}

function placesOf(kind: PlaceKind, all: People): ListedPlace[] {
  const plain = { motives: [], office: '', location: null };
  switch (kind) {
    case 'groups':
      return all.groups.map(({ groupId, ...group }) => ({ ...plain, ...group, placeId: groupId, note: '' }));
    case 'mairies':
      return all.mairies.map(({ mairieId, name, terminals, siret, location }) => ({
        ...{ ...plain, placeId: mairieId, name, siret, location },
        note:
          terminals.length > 0
            ? `${peopleWords.terminals}\u00a0: ${terminals.join(', ')}`
            : peopleWords.noTerminal,
      }));
    case 'bodies':
      return all.bodies.map(({ bodyId, ...body }) => ({
        ...{ placeId: bodyId, ...body },
        note: [body.office, body.motives.join(', ')].filter(Boolean).join(' – '),
      }));
  }
}
