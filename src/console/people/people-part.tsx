import { useState } from 'react';
import { Button } from 'react-aria-components';
import type { People, PersonView } from '#shared/protocol/people.ts';
import { Notice } from '../parts/notice.tsx';
import { peopleWords } from '../words/words.ts';
import { InviteForm } from './invite-form.tsx';
import { PersonEditor } from './person-editor.tsx';

interface Props {
  readonly all: People;
  readonly isAdministrator: boolean;
  /** The account that is being changed; '' or anything else: nobody. */
  readonly chosen: string;
  readonly onChoose: (accountId: string) => void;
  readonly onChanged: () => void;
}

/** What came of a link: on its way by mail, or to be handed over. */
export interface LinkNews {
  readonly said: string;
  readonly link: string | null;
}

export function PeoplePart({ all, isAdministrator, chosen, onChoose, onChanged }: Props) {
  const [news, setNews] = useState<LinkNews | null>(null);
  const person = all.people.find(({ accountId, changeable }) => changeable && accountId === chosen);
  const tell = (told: LinkNews) => {
    setNews(told);
    onChanged();
  };
  return (
    <>
      {news && (
        <Notice tone="good" onDismiss={() => setNews(null)}>
          {news.said}
          {news.link && (
            <label className="field">
              {peopleWords.link}
              <input
                className="react-aria-Input"
                readOnly
                value={news.link}
                onFocus={({ target }) => target.select()}
              />
            </label>
          )}
        </Notice>
      )}
      {person ? (
        <PersonEditor
          key={person.accountId}
          person={person}
          all={all}
          onClose={() => onChoose('')}
          onChanged={onChanged}
          onLink={tell}
        />
      ) : (
        <InviteForm all={all} isAdministrator={isAdministrator} onInvited={tell} />
      )}
      <section className="panel people-list" aria-label={peopleWords.tabs.people}>
        {all.people.length === 0 ? (
          <p>{peopleWords.nobody}</p>
        ) : (
          <table>
            <thead>
              <tr>
                <th scope="col">{peopleWords.name}</th>
                <th scope="col">{peopleWords.role}</th>
                <th scope="col">{peopleWords.place}</th>
                <th scope="col">{peopleWords.state}</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {all.people.map((one) => (
                <PersonRow key={one.accountId} person={one} onChoose={onChoose} />
              ))}
            </tbody>
          </table>
        )}
      </section>
    </>
  );
}

function PersonRow({
  person,
  onChoose,
}: {
  readonly person: PersonView;
  readonly onChoose: (accountId: string) => void;
}) {
  const { accountId, name, email, role, place, standing, hasSecondFactor, undelivered, changeable } = person;
  return (
    <tr>
      <th scope="row">
        {name}
        <span className="muted">{email}</span>
      </th>
      <td>{peopleWords.roles[role]}</td>
      <td>{place}</td>
      <td>
        {peopleWords.standing[standing]}
        {undelivered && <strong className="field-error">{peopleWords.undelivered}</strong>}
        {hasSecondFactor && <span className="muted">{peopleWords.secondFactor}</span>}
      </td>
      <td>
        {changeable ? (
          <Button
            className="button small"
            aria-label={peopleWords.changeOf(name)}
            onPress={() => {
              onChoose(accountId);
              window.scrollTo(0, 0);
            }}
          >
            {peopleWords.change}
          </Button>
        ) : (
          <span className="muted">{peopleWords.elsewhere}</span>
        )}
      </td>
    </tr>
  );
}
